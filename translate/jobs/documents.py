"""A document of the workspace as outputs see it, and its counts."""

from __future__ import annotations

import dataclasses
from collections import Counter
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from documents import CleanText
from documents.bundle import source_bytes
from documents.edits import read_clean
from documents.formats import format_of
from documents.store import original_of
from glossary import Glossary
from storage.models import DocumentRow, SegmentRow
from translate import requests_for
from translate.bilingual import BilingualDocument, BilingualSegment
from translate.checks import Flag
from translate.checks.document import across
from translate.engines.base import Engine
from translate.forcing.chain import Request
from translate.forcing.ledger import Outcome, ledger
from translate.jobs.chunk import rows_of
from translate.jobs.counts import DocumentReport
from translate.originals import in_english


def load_bilingual(session: Session, document_id: int, glossary: Glossary, engine: Engine) -> BilingualDocument:
    """A document of the workspace with all its segments, for writing out."""
    document = session.get_one(DocumentRow, document_id)
    rows = rows_of(session, document_id, 0, 2**31 - 1)
    requests = requests_for([row.source for row in rows], glossary, document.name)
    segments = [_bilingual(row, request) for row, request in zip(rows, requests, strict=True)]
    further = across([segment.ledger for segment in segments])
    segments = [
        dataclasses.replace(segment, flags=(*segment.flags, *flags)) if flags else segment
        for segment, flags in zip(segments, further, strict=True)
    ]
    return BilingualDocument(
        document.name, engine.signature, f"{engine.title}: {engine.description}", glossary.hash, tuple(segments)
    )


def _spans_of(session: Session, document_id: int) -> list[tuple[int, int]]:
    """Where each segment of a document stands in its clean text, in order."""
    query = select(SegmentRow.start, SegmentRow.end).where(SegmentRow.document_id == document_id)
    return [(start, end) for start, end in session.execute(query.order_by(SegmentRow.position))]


def in_own_format(session: Session, document: BilingualDocument, cleaned: CleanText | None = None) -> bytes:
    """A document's file again, in English. Raises FormatError where it cannot be written back, OSError.

    The file is the one that the workspace keeps, else the one at the document's path.
    """
    row = session.scalars(select(DocumentRow).where(DocumentRow.name == document.name)).one()
    form = format_of(row.path)
    form = form.only(row.columns) if form is not None and row.columns else form
    cleaned = cleaned or read_clean(row.raw, row.clean, row.ledger)
    data = b"" if form is None else original_of(session, row.id) or source_bytes(Path(row.path))
    return in_english(data, form, cleaned, document, _spans_of(session, row.id))


def _bilingual(row: SegmentRow, request: Request) -> BilingualSegment:
    translation = row.translation
    if translation is None:
        proof = ledger("", request.occurrences, ["unresolved"] * len(request.occurrences))
        return BilingualSegment(
            row.position, row.paragraph, row.source, "", "failed", proof, (), "not translated yet", row.damage
        )
    stored = {entry.source_start: entry.outcome for entry in translation.occurrences}
    outcomes: list[Outcome] = [stored.get(o.start, "unresolved") for o in request.occurrences]  # type: ignore[misc]
    proof = ledger(translation.target, request.occurrences, outcomes)
    flags = tuple(Flag(**flag) for flag in translation.flags)
    return BilingualSegment(
        row.position, row.paragraph, row.source, translation.target, translation.state, proof, flags, "", row.damage
    )


def report_on(document: BilingualDocument, cleaned: CleanText) -> DocumentReport:
    """Counts of a document."""
    flags = Counter(flag.severity for segment in document.segments for flag in segment.flags)
    return DocumentReport(
        name=document.name,
        kept=cleaned.kept,
        restored=cleaned.restored,
        removed=cleaned.removed_by_kind(),
        segments=len(document.segments),
        outcomes=dict(Counter(row.outcome for segment in document.segments for row in segment.ledger)),
        errors=flags["error"] + sum(bool(segment.error) for segment in document.segments),
        warnings=flags["warning"],
    )
