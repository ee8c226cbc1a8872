"""Documents that a batch has finished and nothing has touched since: the next run need not look at their segments.

What counts: the file, what a person decided about its edits, every translation's version, the glossary, the engine, the
style of names, and each output file as it was written.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from documents import RawDocument
from storage.models import DecisionRow, DocumentRow, FinishedRow, SegmentRow, TranslationRow
from translate.jobs.chunk import FORCING_VERSION, Job
from translate.jobs.counts import DocumentReport


@dataclasses.dataclass(frozen=True, slots=True)
class Finished:
    """A document's counts and its rows of the term ledger (CSV, no header)."""

    report: DocumentReport
    ledger: str
    files: Sequence[str]


def finished(
    session: Session, job: Job, raw: RawDocument, paths_of: Callable[[str], Sequence[Path]]
) -> Finished | None:
    """The document as it was finished, if it is still that and its files, at `paths_of` its name, too; else None."""
    query = select(DocumentRow.id, DocumentRow.name, DocumentRow.columns, FinishedRow).join(FinishedRow)
    absolute = raw.path if raw.path == "-" else str(Path(raw.path).absolute())
    query = query.where(DocumentRow.sha256 == raw.sha256, DocumentRow.path == absolute)
    for document_id, name, columns, row in session.execute(query):
        if tuple(columns) != raw.columns:
            continue
        paths = paths_of(name)
        if row.key == _key(session, job, document_id) and _hashes(paths) == row.files:
            return Finished(DocumentReport(**row.report), row.ledger, [str(path) for path in paths])
    return None


def finish(
    session: Session, job: Job, document_id: int, report: DocumentReport, ledger: str, paths: Sequence[Path]
) -> None:
    """Note that a document is finished; not where something of it failed."""
    row = session.scalar(select(FinishedRow).where(FinishedRow.document_id == document_id))
    hashes = _hashes(paths)
    if len(hashes) < len(paths):
        if row is not None:
            session.delete(row)
        return
    key = _key(session, job, document_id)
    if row is None:
        row = FinishedRow(document_id=document_id)
        session.add(row)
    row.key, row.ledger, row.files, row.report = key, ledger, hashes, dataclasses.asdict(report)


def _key(session: Session, job: Job, document_id: int) -> str:
    translations = (
        select(func.count(), func.sum(TranslationRow.version), func.max(TranslationRow.updated))
        .join(SegmentRow)
        .where(SegmentRow.document_id == document_id)
    )
    decisions = select(func.count(), func.max(DecisionRow.made)).where(DecisionRow.document_id == document_id)
    told = [
        FORCING_VERSION,
        job.engine.signature,
        job.glossary.hash,
        job.style,
        *map(str, session.execute(translations).one()),
        *map(str, session.execute(decisions).one()),
    ]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def _hashes(paths: Iterable[Path]) -> dict[str, str]:
    """Path → SHA-256 of the files that are there."""
    found = {}
    for path in paths:
        try:
            found[str(path.absolute())] = hashlib.sha256(path.read_bytes()).hexdigest()
        except OSError:
            continue
    return found
