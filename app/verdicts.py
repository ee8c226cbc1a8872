"""A person's verdict on an edit is carried out: the document is made anew and no English that a person wrote is lost."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence

import streamlit as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.desk import judged
from app.entries import count_open, entries_of
from app.removals import read_ledger
from app.session import workspace
from documents.decisions import key_of
from documents.edits import Edit, OffsetMap
from documents.store import decide_edit, decisions_of
from storage.models import DecisionRow, DocumentRow, SegmentRow
from translate.store import count_by_state, save_person

_PROPOSED = '"applied": false'


@dataclasses.dataclass(frozen=True, slots=True)
class Outcome:
    """What a verdict did to the English: sentences more without any, sentences whose English a person wrote and must
    confirm again, and such English that no sentence is left for."""

    missing: int
    again: int
    lost: tuple[str, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class _Written:
    """English that a person wrote, and the raw span that it stands for."""

    translation_id: int
    start: int
    end: int
    target: str


def decide(session: Session, document_id: int, edits: Sequence[Edit], action: str) -> Outcome:
    """Restore, accept or undo `edits` of a document together. Raises NoResultFound if the document is gone."""
    row = session.get_one(DocumentRow, document_id)
    before = count_by_state(session, document_id).get("missing", 0)
    written = _written(row)
    for edit in edits:
        decide_edit(session, document_id, edit, action)
    session.flush()
    again, lost = _carry_over(session, row, written)
    return Outcome(max(0, count_by_state(session, document_id).get("missing", 0) - before), again, lost)


def choose(session: Session, document_id: int, readings: Sequence[Edit], chosen: Edit) -> Outcome:
    """Accept one reading of a place, whatever was accepted there before."""
    accepted = decisions_of(session, document_id).accepted
    others = [edit for edit in readings if edit != chosen and key_of(edit) in accepted]
    if others:
        decide(session, document_id, others, "undo")
    return decide(session, document_id, [chosen], "accept")


def _offsets(row: DocumentRow) -> OffsetMap:
    return OffsetMap([edit for edit in read_ledger(row.ledger) if edit.applied], len(row.raw))


def _written(row: DocumentRow) -> list[_Written]:
    """The English of a document that a person edited or confirmed."""
    segments = [s for s in row.segments if s.translation is not None and s.translation.state != "machine"]
    offsets = _offsets(row) if segments else None
    return [
        _Written(segment.translation.id, *offsets.span_to_raw(segment.start, segment.end), segment.translation.target)
        for segment in segments
        if offsets is not None and segment.translation is not None
    ]


def _carry_over(session: Session, row: DocumentRow, written: Iterable[_Written]) -> tuple[int, tuple[str, ...]]:
    """Give a person's English to the sentence that now stands where its own stood, as edited, to be confirmed again."""
    kept = {segment.translation.id for segment in row.segments if segment.translation is not None}
    homeless = [english for english in written if english.translation_id not in kept]
    if not homeless:
        return 0, ()
    offsets = _offsets(row)
    free = [(s, offsets.span_to_raw(s.start, s.end)) for s in row.segments if s.translation is None]
    found: dict[int, tuple[SegmentRow, list[str]]] = {}
    lost: list[str] = []
    for english in homeless:
        shared = [(min(end, english.end) - max(start, english.start), at) for at, (_, (start, end)) in enumerate(free)]
        overlap, best = max(shared, default=(0, 0))
        if overlap > 0:
            found.setdefault(best, (free[best][0], []))[1].append(english.target)
        else:
            lost.append(english.target)
    for segment, targets in found.values():
        text = " ".join(targets)
        proof = judged(session, segment, row.name, text)
        save_person(session, segment.id, 0, text, "edited", proof.ledger, proof.flags)
    session.flush()
    return len(found), tuple(lost)


def count_all_open(session: Session) -> int:
    """Places in all documents at which a proposal waits for a person."""
    decided = select(func.count(DecisionRow.id), func.max(DecisionRow.id))
    with_proposals = select(DocumentRow.id, DocumentRow.sha256, func.length(DocumentRow.ledger)).where(
        DocumentRow.ledger.contains(_PROPOSED, autoescape=True)
    )
    total = 0
    for number, *stamp in session.execute(with_proposals).all():
        made = session.execute(decided.where(DecisionRow.document_id == number)).one()
        total += _open_in(workspace().location, number, (*stamp, *made), session)
    return total


@st.cache_data(max_entries=1000, show_spinner=False)
def _open_in(location: str, document_id: int, stamp: tuple[object, ...], _session: Session) -> int:
    ledger = _session.scalars(select(DocumentRow.ledger).where(DocumentRow.id == document_id)).one()
    return count_open(entries_of(read_ledger(ledger), decisions_of(_session, document_id)))
