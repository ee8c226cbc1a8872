"""A person's verdict on an edit is carried out: the document is made anew and no English that a person wrote is lost."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.desk import judged
from documents.decisions import key_of
from documents.edits import Edit, OffsetMap, read_ledger
from documents.store import decide_edits, decisions_of
from storage.models import DocumentRow, SegmentRow, TranslationRow
from translate.store import save_person


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
    before = _count_missing(session, document_id)
    written = _written(session, row)
    decide_edits(session, document_id, edits, action)
    again, lost = _carry_over(session, row, written)
    return Outcome(max(0, _count_missing(session, document_id) - before), again, lost)


def choose(session: Session, document_id: int, readings: Sequence[Edit], chosen: Edit) -> Outcome:
    """Accept one reading of a place, whatever was accepted there before."""
    accepted = decisions_of(session, document_id).accepted
    others = [edit for edit in readings if edit != chosen and key_of(edit) in accepted]
    if others:
        decide(session, document_id, others, "undo")
    return decide(session, document_id, [chosen], "accept")


def _count_missing(session: Session, document_id: int) -> int:
    without = select(func.count(SegmentRow.id)).outerjoin(TranslationRow).where(TranslationRow.id.is_(None))
    return session.scalar(without.where(SegmentRow.document_id == document_id)) or 0


def _offsets(row: DocumentRow) -> OffsetMap:
    return OffsetMap([edit for edit in read_ledger(row.ledger) if edit.applied], len(row.raw))


def _written(session: Session, row: DocumentRow) -> list[_Written]:
    """The English of a document that a person edited or confirmed."""
    query = select(TranslationRow.id, SegmentRow.start, SegmentRow.end, TranslationRow.target).join(SegmentRow)
    query = query.where(SegmentRow.document_id == row.id, TranslationRow.state != "machine")
    found = session.execute(query.order_by(SegmentRow.position)).all()
    offsets = _offsets(row) if found else None
    return [
        _Written(number, *offsets.span_to_raw(start, end), target)
        for number, start, end, target in found
        if offsets is not None
    ]


def _carry_over(session: Session, row: DocumentRow, written: Iterable[_Written]) -> tuple[int, tuple[str, ...]]:
    """Give a person's English to the sentence that now stands where its own stood, as edited, to be confirmed again."""
    query = select(TranslationRow.id).join(SegmentRow).where(SegmentRow.document_id == row.id)
    kept = set(session.scalars(query))
    homeless = [english for english in written if english.translation_id not in kept]
    if not homeless:
        return 0, ()
    offsets = _offsets(row)
    without = select(SegmentRow).outerjoin(TranslationRow).where(TranslationRow.id.is_(None))
    waiting = session.scalars(without.where(SegmentRow.document_id == row.id).order_by(SegmentRow.position)).all()
    free = [(s, offsets.span_to_raw(s.start, s.end)) for s in waiting]
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
    return session.scalar(select(func.sum(DocumentRow.waiting))) or 0
