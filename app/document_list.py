"""The list of documents, a page at a time: one look at the index of documents, then what the page shows of each."""

from __future__ import annotations

import dataclasses
import datetime
import re
from collections import defaultdict
from collections.abc import Sequence
from typing import Any, Literal

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from documents.language import Language, language_of
from storage.models import DocumentRow, SegmentRow, TranslationRow
from translate.selection import SETTLED

PAGE = 25
Order = Literal["damage", "waiting", "name", "added", "size"]
LANGUAGE_NAMES: dict[Language, str] = {
    "simplified": "Simplified Chinese",
    "traditional": "Traditional Chinese",
    "mixed": "Both scripts mixed",
    "english": "Mostly English",
    "other": "Another language",
    "none": "No words",
}
_SAMPLE = 2_000
_TAG = re.compile(r"<[^<>]{0,400}>")


@dataclasses.dataclass(frozen=True, slots=True)
class Listed:
    """A document as the list shows it; `characters` of its clean text. `waiting`: places that a person must decide."""

    id: int
    name: str
    damage: float
    waiting: int
    added: datetime.datetime
    characters: int
    sentences: int
    settled: int
    translated: int
    language: Language


def count_documents(session: Session, search: str = "") -> int:
    """Documents whose name holds `search`."""
    return session.scalar(select(func.count(DocumentRow.id)).where(*_named(search))) or 0


def documents_at(session: Session, search: str, order: Order, page: int) -> list[Listed]:
    """The documents of a page (from 0) of the list; no more of a text is fetched than shows its language."""
    columns = (DocumentRow.id, DocumentRow.name, DocumentRow.damage, DocumentRow.waiting, DocumentRow.added)
    query = select(*columns).where(*_named(search)).order_by(*_ordered(order))
    rows = session.execute(query.offset(page * PAGE).limit(PAGE)).all()
    numbers = [row.id for row in rows]
    texts, states = _texts(session, numbers), _states(session, numbers)
    return [
        Listed(
            *row,
            characters=texts[row.id][0],
            sentences=sum(states[row.id].values()),
            settled=sum(states[row.id][state] for state in SETTLED),
            translated=sum(states[row.id].values()) - states[row.id]["missing"],
            language=texts[row.id][1],
        )
        for row in rows
    ]


def _named(search: str) -> list[ColumnElement[bool]]:
    return [DocumentRow.name.icontains(search, autoescape=True)] if search else []


def _ordered(order: Order) -> list[ColumnElement[Any]]:
    """The columns to order by; documents that are alike stand by name."""
    if order == "size":
        last = select(func.max(SegmentRow.position)).where(SegmentRow.document_id == DocumentRow.id).scalar_subquery()
        return [func.coalesce(last, -1).desc(), DocumentRow.name.asc()]
    first: dict[str, list[ColumnElement[Any]]] = {
        "damage": [DocumentRow.damage.desc()],
        "waiting": [DocumentRow.waiting.desc()],
        "added": [DocumentRow.added.desc()],
    }
    return [*first.get(order, ()), DocumentRow.name.asc()]


def _texts(session: Session, numbers: Sequence[int]) -> dict[int, tuple[int, Language]]:
    """Characters and language of documents."""
    sample = (func.substr(DocumentRow.clean, 1, _SAMPLE), func.substr(DocumentRow.raw, 1, 2 * _SAMPLE))
    query = select(DocumentRow.id, func.length(DocumentRow.clean), *sample).where(DocumentRow.id.in_(numbers))
    return {
        number: (length, language_of(clean, _TAG.sub(" ", raw)))
        for number, length, clean, raw in session.execute(query)
    }


def _states(session: Session, numbers: Sequence[int]) -> dict[int, dict[str, int]]:
    """Segments of documents by the state of their English."""
    state = func.coalesce(TranslationRow.state, "missing")
    query = select(SegmentRow.document_id, state, func.count(SegmentRow.id)).outerjoin(TranslationRow)
    query = query.where(SegmentRow.document_id.in_(numbers)).group_by(SegmentRow.document_id, state)
    counts: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for number, name, segments in session.execute(query):
        counts[number][name] = segments
    return counts
