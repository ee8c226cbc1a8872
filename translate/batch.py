"""The main job: documents in, English with the terms forced in out, everything kept in the workspace.

A segment is asked of the engine once for the same text, terms and engine: a job started again goes on where it was.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from documents import CleanText, RawDocument, Unreadable, read_documents
from documents.files import write_text
from documents.store import keep_document, list_documents
from glossary import Concept, Glossary
from glossary.store import load_concepts, sync_concepts
from storage import Workspace
from storage.models import DocumentRow, SegmentRow, TranslationRow
from translate import requests_for
from translate.bilingual import BilingualDocument, BilingualSegment
from translate.checks import Flag, run_checks
from translate.engines.base import Engine
from translate.forcing.chain import Request, force_all
from translate.forcing.ledger import LedgerRow, Occurrence, Outcome, ledger
from translate.outputs import WRITERS
from translate.outputs.csv_table import render_ledger
from translate.store import end_job, save_machine, save_proof, start_job

# Raised when a change of ours to forcing makes old answers worthless.
_FORCING_VERSION = "2"
_CHUNK = 32


@dataclasses.dataclass(frozen=True, slots=True)
class Progress:
    """Told after every step: which document, segments done and segments in all."""

    document: str
    done: int
    total: int


@dataclasses.dataclass
class BatchReport:
    """What a batch did. `failures` names every input and segment that gave nothing, one sentence each."""

    documents: list[DocumentReport] = dataclasses.field(default_factory=list)
    failures: list[str] = dataclasses.field(default_factory=list)
    notes: list[str] = dataclasses.field(default_factory=list)
    files: list[str] = dataclasses.field(default_factory=list)
    terms: int = 0
    reused: int = 0
    translated: int = 0

    @property
    def outcomes(self) -> Counter[str]:
        """Occurrences by outcome over all documents."""
        return sum((Counter(document.outcomes) for document in self.documents), Counter[str]())

    def as_dict(self) -> dict[str, object]:
        """For the job's row and JSON output."""
        return dataclasses.asdict(self)


@dataclasses.dataclass(frozen=True, slots=True)
class DocumentReport:
    """Counts of one document: raw characters kept and removed by kind, restored ones, segments, outcomes, flags."""

    name: str
    kept: int
    restored: int
    removed: dict[str, int]
    segments: int
    outcomes: dict[str, int]
    errors: int
    warnings: int


def run_batch(
    workspace: Workspace,
    inputs: Iterable[str],
    concepts: Sequence[Concept] | None,
    engine: Engine,
    out: Path,
    formats: Sequence[str],
    tell: Callable[[Progress], None] = lambda progress: None,
) -> BatchReport:
    """Translate the documents that `inputs` mean and write them under `out`.

    `concepts` becomes the workspace's termbase (what a person decided there stays); None uses it as it is.
    """
    report = BatchReport()
    with workspace.session() as session:
        if concepts is not None:
            report.notes.extend(sync_concepts(session, concepts).notes(workspace.location))
        glossary = Glossary(tuple(load_concepts(session)))
        job = start_job(session, "batch", engine.signature, glossary.hash).id
    report.terms = len(glossary.forced)
    state = "stopped"
    try:
        done = []
        for item in read_documents(inputs):
            if isinstance(item, Unreadable):
                report.failures.append(item.reason)
                continue
            document = _one_document(workspace, item, glossary, engine, report, tell)
            done.append(document)
            for name in formats:
                _write(out / f"{document.name}.{name}", WRITERS[name](document), report)
        if done:
            _write(out / "term_ledger.csv", render_ledger(done), report)
        state = "failed" if report.failures else "done"
    finally:
        with workspace.session() as session:
            end_job(session, job, state, report.as_dict())
    return report


def _write(path: Path, text: str, report: BatchReport) -> None:
    try:
        write_text(path, text)
        report.files.append(str(path))
    except OSError as error:
        report.failures.append(
            f"{path}: cannot be written ({error.strerror}); check the directory and the space on the disk."
        )


def _one_document(
    workspace: Workspace,
    raw: RawDocument,
    glossary: Glossary,
    engine: Engine,
    report: BatchReport,
    tell: Callable[[Progress], None],
) -> BilingualDocument:
    if raw.lost_bytes:
        report.notes.append(
            f"{raw.path}: {raw.lost_bytes} places could not be read as {raw.encoding} and show as \ufffd."
        )
    with workspace.session() as session:
        row, cleaned = keep_document(session, raw)
        document_id, name, total = row.id, row.name, len(row.segments)
    tell(Progress(name, 0, total))
    for start in range(0, total, _CHUNK):
        _translate_chunk(workspace, (document_id, name), start, glossary, engine, report)
        tell(Progress(name, min(start + _CHUNK, total), total))
    with workspace.session() as session:
        document = load_bilingual(session, document_id, glossary, engine)
    report.documents.append(_report_on(document, cleaned))
    return document


def _rows(session: Session, document_id: int, start: int, stop: int) -> Sequence[SegmentRow]:
    query = (
        select(SegmentRow)
        .where(SegmentRow.document_id == document_id, SegmentRow.position >= start, SegmentRow.position < stop)
        .options(selectinload(SegmentRow.translation).selectinload(TranslationRow.occurrences))
        .order_by(SegmentRow.position)
    )
    return session.scalars(query).all()


def _translate_chunk(
    workspace: Workspace,
    document: tuple[int, str],
    start: int,
    glossary: Glossary,
    engine: Engine,
    report: BatchReport,
    own_only: bool = False,
) -> None:
    """Translate those of the next segments that need it. The database is not held while the engine works."""
    document_id, name = document
    with workspace.session() as session:
        rows = _rows(session, document_id, start, start + _CHUNK)
        rows = _refreshable(rows, engine) if own_only else rows
        requests = requests_for([row.source for row in rows], glossary, name)
        keys = [request_key(request, engine.signature) for request in requests]
        todo = []
        for row, request, key in zip(rows, requests, keys, strict=True):
            if row.translation is None or (row.translation.state == "machine" and row.translation.request != key):
                todo.append((row.id, row.position, request, key))
                continue
            report.reused += 1
            if row.translation.state != "machine":
                _prove_again(row.translation, request)
    answers = force_all([request for _, _, request, _ in todo], engine)
    with workspace.session() as session:
        for (segment_id, position, request, key), answer in zip(todo, answers, strict=True):
            segment = session.get(SegmentRow, segment_id)
            if answer.error:
                report.failures.append(f"{name}, segment {position + 1}: {answer.error}")
            elif segment is not None and segment.source == request.source:
                flags = run_checks(request.source, answer.text, answer.ledger)
                save_machine(session, segment, answer.text, engine.signature, key, answer.ledger, flags)
                report.translated += 1


def count_outdated(session: Session, document_id: int, glossary: Glossary, engine: Engine) -> int:
    """Segments of a document that `refresh` would ask `engine` about: terms changed, or no English yet."""
    document = session.get_one(DocumentRow, document_id)
    rows = _refreshable(_rows(session, document_id, 0, 2**31 - 1), engine)
    keys = [request_key(r, engine.signature) for r in requests_for([r.source for r in rows], glossary, document.name)]
    return sum(
        row.translation is None or (row.translation.state == "machine" and row.translation.request != key)
        for row, key in zip(rows, keys, strict=True)
    )


def refresh(
    workspace: Workspace, engine: Engine, tell: Callable[[Progress], None] = lambda progress: None
) -> BatchReport:
    """Bring every document of the workspace in line with its termbase, without its file.

    Only segments whose terms changed are asked again, and only those that are `engine`'s; what a person edited or
    confirmed stays and is checked anew.
    """
    report = BatchReport()
    with workspace.session() as session:
        glossary = Glossary(tuple(load_concepts(session)))
        documents = list_documents(session)
    report.terms = len(glossary.forced)
    for document_id, name, total in documents:
        for start in range(0, total, _CHUNK):
            _translate_chunk(workspace, (document_id, name), start, glossary, engine, report, own_only=True)
            tell(Progress(name, min(start + _CHUNK, total), total))
    return report


def _refreshable(rows: Sequence[SegmentRow], engine: Engine) -> list[SegmentRow]:
    """The segments that are this engine's, a person's or nobody's yet."""
    return [
        row
        for row in rows
        if row.translation is None
        or row.translation.state != "machine"
        or row.translation.engine.partition(":")[0] == engine.name
    ]


def _prove_again(translation: TranslationRow, request: Request) -> None:
    """A person's English against the glossary as it is now; the English itself stays."""
    proof = ledger_of_person(translation.target, request.occurrences, translation)
    save_proof(translation, proof, run_checks(request.source, translation.target, proof))


def ledger_of_person(
    target: str, occurrences: Sequence[Occurrence], before: TranslationRow | None
) -> tuple[LedgerRow, ...]:
    """The ledger of a person's text: an outcome stays as it was; what was not right before, the person has repaired."""
    known: dict[int, Outcome] = {}
    for row in before.occurrences if before is not None else ():
        if row.outcome not in ("unresolved", "inserted"):
            known[row.source_start] = row.outcome  # type: ignore[assignment]
    return ledger(target, occurrences, [known.get(o.start, "repaired") for o in occurrences])


def request_key(request: Request, signature: str) -> str:
    """Hash of all that decides the answer to a request: text, terms and engine."""
    terms = [dataclasses.astuple(occurrence) for occurrence in request.occurrences]
    asked = json.dumps([_FORCING_VERSION, signature, request.source, terms], ensure_ascii=False)
    return hashlib.sha256(asked.encode()).hexdigest()


def load_bilingual(session: Session, document_id: int, glossary: Glossary, engine: Engine) -> BilingualDocument:
    """A document of the workspace with all its segments, for writing out."""
    document = session.get_one(DocumentRow, document_id)
    rows = _rows(session, document_id, 0, 2**31 - 1)
    requests = requests_for([row.source for row in rows], glossary, document.name)
    segments = tuple(_bilingual(row, request) for row, request in zip(rows, requests, strict=True))
    return BilingualDocument(
        document.name, engine.signature, f"{engine.title}: {engine.description}", glossary.hash, segments
    )


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


def _report_on(document: BilingualDocument, cleaned: CleanText) -> DocumentReport:
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
