"""A document that tries to break into the app."""

from __future__ import annotations

from sqlalchemy import select

from documents import clean
from documents.store import decide_edit
from storage import Workspace
from storage.models import DocumentRow
from translate.batch import refresh
from translate.engines import get_engine

HOSTILE = (
    "国家原子能机构主任<script>window.hacked=1</script>出席会议。\n"
    "海关总署[点我](https://evil.example)表示<img src=x onerror=window.hacked=1>欢迎。\n"
    "会议讨论了$\\frac{1}{2}$和:material/home:以及**粗体**问题。\n"
)


def put_markup_back(store: Workspace) -> None:
    """Restore, as a person can, the tags that cleaning took out of the hostile document: the app then has to show them."""
    with store.session() as session:
        row = session.scalars(select(DocumentRow).where(DocumentRow.name.startswith("<img"))).one()
        for edit in clean(row.raw).applied:
            decide_edit(session, row.id, edit, "restore")
    refresh(store, get_engine("gloss"))
