"""The main job: documents in, English with the terms forced in out, everything kept in the workspace.

A segment is asked of the engine once for the same text, terms and engine: a job started again goes on where it was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from sqlalchemy.orm import Session

from documents import RawDocument, Unreadable, read_documents
from documents.files import write_text
from documents.store import keep_document, list_documents
from glossary import Concept, Glossary
from glossary.store import load_concepts, sync_concepts
from storage import Workspace
from storage.models import DocumentRow
from translate import requests_for
from translate.bilingual import BilingualDocument
from translate.engines.base import Engine, EngineError
from translate.forcing.naming import Style
from translate.forcing.profile import ways_of
from translate.jobs.answers import keep_answers
from translate.jobs.chunk import (
    Job,
    JobStoppedError,
    is_current,
    refreshable,
    rows_of,
    task_of,
    translate_chunk,
    wanted_of,
)
from translate.jobs.counts import BatchReport, Progress
from translate.jobs.documents import load_bilingual, report_on
from translate.outputs import WRITERS
from translate.outputs.csv_table import render_ledger
from translate.store import end_job, load_profile, start_job

Tell = Callable[[Progress], None]


def run_batch(
    workspace: Workspace,
    inputs: Iterable[str],
    concepts: Sequence[Concept] | None,
    engine: Engine,
    out: Path,
    formats: Sequence[str],
    tell: Tell = lambda progress: None,
    style: Style = "as-source",
) -> BatchReport:
    """Translate the documents that `inputs` mean and write them under `out`.

    `concepts` becomes the workspace's termbase (what a person decided there stays); None uses it as it is. Where no engine
    can go on, what is done is written and the report says why and how to go on.
    """
    report = BatchReport(engine=engine.signature)
    with workspace.session() as session:
        if concepts is not None:
            report.notes.extend(sync_concepts(session, concepts).notes(workspace.location))
        glossary = Glossary(tuple(load_concepts(session)))
        number = start_job(session, "batch", engine.signature, glossary.hash).id
    report.terms, report.glossary = len(glossary.forced), glossary.hash
    state = "stopped"
    try:
        job = _begin(workspace, glossary, engine, report, style)
        done = []
        for item in read_documents(inputs):
            if isinstance(item, Unreadable):
                report.failures.append(item.reason)
                continue
            document = _one_document(job, item, tell)
            done.append(document)
            for name in formats:
                _write(out / f"{document.name}.{name}", WRITERS[name](document), report)
        if done:
            _write(out / "term_ledger.csv", render_ledger(done), report)
        state = "failed" if report.failures else "done"
    finally:
        with workspace.session() as session:
            end_job(session, number, state, report.as_dict())
    return report


def refresh(workspace: Workspace, engine: Engine, tell: Tell = lambda progress: None) -> BatchReport:
    """Bring every document of the workspace in line with its termbase, without its file.

    Only segments whose terms changed are asked again, and only those that are `engine`'s; what a person edited or
    confirmed stays and is checked anew.
    """
    report = BatchReport(engine=engine.signature)
    with workspace.session() as session:
        glossary = Glossary(tuple(load_concepts(session)))
        documents = list_documents(session)
    report.terms, report.glossary = len(glossary.forced), glossary.hash
    job = _begin(workspace, glossary, engine, report)
    for document_id, name, _ in documents:
        _translate(job, document_id, name, tell, own_only=True)
    return report


def count_outdated(session: Session, document_id: int, glossary: Glossary, engine: Engine) -> int:
    """Segments of a document that `refresh` would ask `engine` about: terms changed, or no English yet."""
    document = session.get_one(DocumentRow, document_id)
    rows = rows_of(session, document_id, 0, 2**31 - 1)
    requests = requests_for([row.source for row in rows], glossary, document.name)
    wanted = wanted_of(rows, requests, engine)
    return sum(
        refreshable(row, engine) and not is_current(row.translation, one.keys)
        for row, one in zip(rows, wanted, strict=True)
    )


def _begin(
    workspace: Workspace, glossary: Glossary, engine: Engine, report: BatchReport, style: Style = "as-source"
) -> Job:
    """The job, its engines told the terms; one whose glossary cannot be made goes on without, and that is noted."""
    keep_answers(engine, workspace)
    terms = [(concept.source, concept.target) for concept in glossary.forced]
    for member in engine.members:
        try:
            member.begin(terms)
        except EngineError as error:
            report.notes.append(str(error))
    with workspace.session() as session:
        ways = {one.name: ways_of(one, load_profile(session, one.signature)) for one in engine.members}
    return Job(workspace, glossary, engine, report, style, ways)


def _one_document(job: Job, raw: RawDocument, tell: Tell) -> BilingualDocument:
    if raw.lost_bytes:
        job.report.notes.append(
            f"{raw.path}: {raw.lost_bytes} places could not be read as {raw.encoding} and show as \ufffd."
        )
    with job.workspace.session() as session:
        row, cleaned = keep_document(session, raw)
        document_id, name = row.id, row.name
    _translate(job, document_id, name, tell)
    with job.workspace.session() as session:
        document = load_bilingual(session, document_id, job.glossary, job.engine)
    job.report.documents.append(report_on(document, cleaned))
    return document


def _translate(job: Job, document_id: int, name: str, tell: Tell, own_only: bool = False) -> None:
    """All chunks of a document; where no engine is left, one failure names it and the segments stay as they are."""
    with job.workspace.session() as session:
        task = task_of(session, job, document_id, name, own_only)
    total = len(task.requests)
    tell(Progress(name, 0, total))
    for start in range(0, total, job.size):
        try:
            translate_chunk(job, task, start)
        except JobStoppedError as reason:
            job.report.failures.append(
                f"{name}, from segment {start + 1}: stopped; {reason} "
                "What was done is kept; start the same command again to go on."
            )
            return
        tell(Progress(name, min(start + job.size, total), total))


def _write(path: Path, text: str, report: BatchReport) -> None:
    try:
        write_text(path, text)
        report.files.append(str(path))
    except OSError as error:
        report.failures.append(
            f"{path}: cannot be written ({error.strerror}); check the directory and the space on the disk."
        )
