"""One document as its page needs it, read and worked out once for every state of it, however long it is."""

from __future__ import annotations

import dataclasses
import datetime
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection
from pathlib import PurePath
from typing import Any

import streamlit as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.entries import Entry, count_open, doubts_of, entries_of, on_stretch
from app.removals import Change, changes_of, merged, pages_of
from documents.decisions import Decisions
from documents.edits import Edit, read_ledger
from documents.language import Language, language_of
from documents.metadata import Metadata, metadata
from documents.store import decisions_of
from storage.models import DecisionRow, DocumentRow

_SAMPLE = 4_000


@dataclasses.dataclass(frozen=True, slots=True)
class Opened:
    """A document, what was done to it place by place, and what it says of itself. Nobody changes it.

    `gone`: raw characters removed or replaced; `places`: of each kind, and those of them that are `removed`;
    `doubts`: as doubts_of counts them; `longest`: raw
    characters of the longest place.
    """

    id: int
    name: str
    file: str
    sha256: str
    encoding: str
    added: datetime.datetime
    damage: float
    raw: str
    clean: str
    changes: list[Change]
    entries: list[Entry]
    places: Counter[str]
    removed: Counter[str]
    proposals: list[Entry]
    waiting: int
    gone: int
    doubts: Counter[tuple[str, str]]
    longest: int
    raw_pages: list[tuple[int, int]]
    clean_pages: list[tuple[int, int]]
    said: Metadata
    language: Language

    def on_stretch(self, start: int, end: int, kinds: Collection[str]) -> list[Entry]:
        """The places of these kinds on raw[start:end)."""
        low = bisect_left(self.entries, start - self.longest, key=lambda entry: entry.start)
        high = bisect_left(self.entries, end, key=lambda entry: entry.start)
        return on_stretch(self.entries[low:high], start, end, kinds)


def open_document(session: Session, location: str, document_id: int) -> Opened | None:
    """The document as it is now; None if it is no longer there."""
    stamp = _stamp(session, document_id)
    return None if stamp is None else _opened(location, document_id, stamp, session)


def _stamp(session: Session, document_id: int) -> tuple[object, ...] | None:
    """Changes whenever the document is read in anew, cleaned anew or decided about."""
    # Not found by its key but in the index for lists: a row would be gone through in all its length.
    found = (DocumentRow.id + 0) == document_id
    query = select(DocumentRow.version, DocumentRow.added, DocumentRow.damage, DocumentRow.waiting).where(found)
    row = session.execute(query).one_or_none()
    decided = select(func.count(DecisionRow.id), func.max(DecisionRow.id))
    made = session.execute(decided.where(DecisionRow.document_id == document_id)).one()
    return None if row is None else (*row, *made)


@st.cache_resource(max_entries=8, show_spinner=False)
def _opened(location: str, document_id: int, stamp: tuple[object, ...], _session: Session) -> Opened:
    row = _session.get_one(DocumentRow, document_id)
    decisions = decisions_of(_session, document_id)
    edits = read_ledger(row.ledger)
    entries = entries_of(edits, decisions)
    return Opened(
        id=row.id,
        name=row.name,
        file="" if row.path == "-" else PurePath(row.path).name,
        sha256=row.sha256,
        encoding=row.encoding,
        added=row.added,
        damage=row.damage,
        raw=row.raw,
        clean=row.clean,
        gone=sum(edit.end - edit.start for edit in edits if edit.applied),
        doubts=doubts_of(entries, row.clean),
        raw_pages=pages_of(row.raw),
        clean_pages=pages_of(row.clean),
        said=metadata(row.clean),
        language=language_of(row.clean[:_SAMPLE], row.raw[: 2 * _SAMPLE]),
        **_worked_out(edits, entries, decisions),
    )


def _worked_out(edits: list[Edit], entries: list[Entry], decisions: Decisions) -> dict[str, Any]:
    places = Counter(edit.kind for entry in entries for edit in entry.edits[:1])
    places.update({edit.kind: 0 for entry in entries for edit in entry.edits[1:]})
    return {
        "changes": changes_of(merged(edits), decisions.restored),
        "entries": entries,
        "places": places,
        "removed": Counter(entry.kind for entry in entries if entry.standing == "removed"),
        # Decided ones stay in the list, so that a slip can be undone where it was made.
        "proposals": [entry for entry in entries if entry.standing not in ("removed", "restored")],
        "waiting": count_open(entries),
        "longest": max((entry.end - entry.start for entry in entries), default=0),
    }
