"""A document that tries to break into the app."""

from __future__ import annotations

from sqlalchemy import select

from documents import clean
from documents.store import decide_edit
from storage import Workspace
from storage.models import DocumentRow
from translate.batch import refresh
from translate.engines import get_engine

# Turns the direction of all that follows it.
RIGHT_TO_LEFT = "\u202e"
HOSTILE = (
    "国家原子能机构主任<script>window.hacked=1</script>出席会议。\n"
    "海关总署[点我](https://evil.example)表示<img src=x onerror=window.hacked=1>欢迎。\n"
    "会议讨论了$\\frac{1}{2}$和:material/home:以及**粗体**问题。\n"
    f"海关总署:red[红色]:blue-badge[徽章]表示{RIGHT_TO_LEFT}欢迎{RIGHT_TO_LEFT}，=cmd|'/C calc'!A0是公式。\n"
    f"国家原子能机构{'汉' + chr(0x301) * 60}发布公告，javascript:alert(1)不是链接。\n"
    f"{'海关' * 3_000}"
)


def put_markup_back(store: Workspace) -> None:
    """Restore, as a person can, the tags that cleaning took out of the hostile document: the app then has to show them."""
    with store.session() as session:
        row = session.scalars(select(DocumentRow).where(DocumentRow.name.startswith("<img"))).one()
        for edit in clean(row.raw).applied:
            decide_edit(session, row.id, edit, "restore")
    refresh(store, get_engine("gloss"))
