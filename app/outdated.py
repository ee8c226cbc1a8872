"""How many sentences of a document would get new English: counted behind the page where it takes long."""

from __future__ import annotations

import threading
from collections.abc import Callable

import streamlit as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.session import glossary_at
from glossary.store import termbase_stamp
from storage import Workspace
from storage.models import ConceptRow, DocumentRow, SegmentRow, TranslationRow
from translate.batch import count_outdated
from translate.engines import get_engine

# Up to so many segments, or concepts, a person does not notice the counting.
_FEW, _FEW_CONCEPTS = 500, 2_000
_MOST = 64


class Counts:
    """What was counted, by what it was counted of; one thing is counted once, by one thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._found: dict[tuple[object, ...], int | None] = {}

    def get(self, key: tuple[object, ...], count: Callable[[], int]) -> int | None:
        """The number, None while it is being counted."""
        with self._lock:
            if key in self._found:
                return self._found[key]
            self._found[key] = None
            while len(self._found) > _MOST:
                del self._found[next(iter(self._found))]
        threading.Thread(target=self._work, args=(key, count), name="Outdated", daemon=True).start()
        return None

    def _work(self, key: tuple[object, ...], count: Callable[[], int]) -> None:
        number = 0
        try:
            number = count()
        finally:
            with self._lock:
                self._found[key] = number


@st.cache_resource(show_spinner=False)
def _counts(location: str) -> Counts:
    return Counts()


def count_missing(session: Session, document_id: int) -> int:
    """Segments of a document without English."""
    without = select(func.count(SegmentRow.id)).outerjoin(TranslationRow).where(TranslationRow.id.is_(None))
    return session.scalar(without.where(SegmentRow.document_id == document_id)) or 0


def outdated(where: Workspace, document_id: int, missing: int, refreshed: int, engine: str) -> int | None:
    """Segments that would get new English from `engine`; None while they are being counted, as in a long document."""
    with where.reading() as session:
        last = select(func.max(SegmentRow.position)).where(SegmentRow.document_id == document_id)
        long = (session.scalar(last) or 0) >= _FEW
        stamp = termbase_stamp(session)
        version = session.scalar(select(DocumentRow.version).where((DocumentRow.id + 0) == document_id))
        many = (session.scalar(select(func.count()).select_from(ConceptRow)) or 0) > _FEW_CONCEPTS

    def count() -> int:
        with where.reading() as session:
            return count_outdated(session, document_id, glossary_at(where.location, session), get_engine(engine))

    if not long and not many:
        return _at_once(where.location, document_id, version, stamp, missing, refreshed, engine, count)
    return _counts(where.location).get((document_id, version, stamp, missing, refreshed, engine), count)


# Not at every click, but soon after a command has been at work.
@st.cache_data(max_entries=16, ttl=120, show_spinner=False)
def _at_once(
    location: str,
    document_id: int,
    version: int | None,
    stamp: tuple[int, ...],
    missing: int,
    refreshed: int,
    engine: str,
    _count: Callable[[], int],
) -> int:
    return _count()
