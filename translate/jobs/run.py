"""The main job: documents in, English with the terms forced in out, everything kept in the workspace.

A segment is asked of the engine once for the same text, terms and engine: a job started again goes on where it was.
"""

from __future__ import annotations

import dataclasses
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import IO

from sqlalchemy import select
from sqlalchemy.orm import Session

from documents import CleanText, RawDocument, Unreadable, read_documents
from documents.files import write_bytes, writing
from documents.formats import FormatError
from documents.store import keep_document, list_documents
from glossary import Concept, Glossary
from glossary.store import load_concepts, sync_concepts
from glossary.store.nearby import FormIndex, form_index, standing_in
from glossary.store.search import make_searchable, segments_with
from storage import Workspace
from storage.models import DocumentRow, SegmentRow, TranslationRow
from translate import requests_for
from translate.bilingual import BilingualDocument
from translate.engines.base import Engine
from translate.forcing.naming import Style
from translate.forcing.profile import ways_of
from translate.jobs.answers import keep_answers
from translate.jobs.chunk import Job, is_current, refreshable, task_of, wanted_of
from translate.jobs.counts import BatchReport, DocumentReport, Progress
from translate.jobs.documents import in_own_format, load_bilingual, report_on
from translate.jobs.finished import finish, finished
from translate.jobs.pipeline import Pipeline, Tell
from translate.jobs.runners import LocalRunner, Runner
from translate.originals import SAME, place_of
from translate.outputs import SUFFIXES, WRITERS
from translate.outputs.csv_table import LEDGER_COLUMNS, csv_lines, ledger_lines
from translate.store import end_job, last_style, load_profile, start_job


def _silent(progress: Progress) -> None:
    """For callers that show no progress."""


def run_batch(
    workspace: Workspace,
    inputs: Iterable[str],
    concepts: Sequence[Concept] | None,
    engine: Engine,
    out: Path,
    formats: Sequence[str],
    tell: Tell = _silent,
    style: Style = "as-source",
    runner: Runner | None = None,
    columns: Sequence[str] = (),
) -> BatchReport:
    """Translate the documents that `inputs` mean and write them under `out`; of tables only `columns`, if any are named.

    `concepts` becomes the workspace's termbase (what a person decided there stays); None uses it as it is. Where no engine
    can go on, what is done is written and the report says why and how to go on.
    """
    report = BatchReport(engine=engine.signature, names=style)
    with workspace.session() as session:
        if concepts is not None:
            report.notes.extend(sync_concepts(session, concepts).notes(workspace.location))
        glossary = Glossary(tuple(load_concepts(session)))
        number = start_job(session, "batch", engine.signature, glossary.hash).id
    report.terms, report.glossary = len(glossary.forced), glossary.hash
    state = "stopped"
    try:
        where = runner or LocalRunner(engine)
        job = _begin(workspace, glossary, engine, where, report, style)
        with tempfile.TemporaryFile() as ledger:
            given = list(inputs)
            work = _Batch(job, Pipeline(job, where, tell), out, formats, ledger, given, columns)
            work.all_of(given)
            if report.documents:
                work.write_ledger()
        state = "failed" if report.failures else "done"
    finally:
        with workspace.session() as session:
            end_job(session, number, state, report.as_dict())
    return report


def translate_documents(
    workspace: Workspace, documents: Sequence[int], engine: Engine, tell: Tell = _silent, style: Style = "as-source"
) -> BatchReport:
    """Translate documents of the workspace, by id, with its termbase as it is; nothing is written outside it.

    What `tell` raises ends the work between two chunks; what was done is kept, and the next call goes on there.
    """
    report = BatchReport(engine=engine.signature, names=style)
    with workspace.session() as session:
        glossary = Glossary(tuple(load_concepts(session)))
        names = {number: name for number, name, _ in list_documents(session) if number in documents}
        number = start_job(session, "batch", engine.signature, glossary.hash).id
    report.terms, report.glossary = len(glossary.forced), glossary.hash
    state = "stopped"
    try:
        _through(workspace, glossary, engine, report, names, tell, own_only=False)
        state = "failed" if report.failures else "done"
    finally:
        with workspace.session() as session:
            end_job(session, number, state, report.as_dict())
    return report


def refresh(workspace: Workspace, engine: Engine, tell: Tell = _silent) -> BatchReport:
    """Bring every document of the workspace in line with its termbase, without its file.

    Only segments whose terms changed are asked again, and only those that are `engine`'s; what a person edited or
    confirmed stays and is checked anew. Names are written in the style of the last batch.
    """
    report = BatchReport(engine=engine.signature)
    with workspace.reading() as session:
        glossary = Glossary(tuple(load_concepts(session)))
        names = {number: name for number, name, _ in list_documents(session)}
        report.names = last_style(session)
    report.terms, report.glossary = len(glossary.forced), glossary.hash
    _through(workspace, glossary, engine, report, names, tell, own_only=True)
    return report


def refresh_holding(
    workspace: Workspace, engine: Engine, names: Sequence[str], index: FormIndex | None = None, tell: Tell = _silent
) -> BatchReport:
    """`refresh` for the segments only whose Chinese holds one of these names: what a changed concept can touch.

    Of the termbase only what stands in their documents is read, told by `index` (made here if not given).
    """
    report = BatchReport(engine=engine.signature)
    holding: dict[int, set[int]] = {}
    make_searchable(workspace)
    with workspace.reading() as session:
        documents = {name: number for number, name, _ in list_documents(session)}
        for name in names:
            for document, number, _ in segments_with(session, name):
                holding.setdefault(documents[document], set()).add(number - 1)
        if not holding:
            return report
        texts = session.scalars(select(SegmentRow.source).where(SegmentRow.document_id.in_(holding))).all()
        glossary = Glossary(tuple(standing_in(session, index or form_index(session), texts)))
        report.names = last_style(session)
    report.terms = len(glossary.forced)
    touched = {number: name for name, number in documents.items() if number in holding}
    _through(workspace, glossary, engine, report, touched, tell, own_only=True, holding=holding)
    return report


def _through(
    workspace: Workspace,
    glossary: Glossary,
    engine: Engine,
    report: BatchReport,
    names: Mapping[int, str],
    tell: Tell,
    own_only: bool,
    holding: Mapping[int, set[int]] | None = None,
) -> None:
    """Documents of the workspace, by id, through the pipeline; with `holding`, only these positions of each."""
    where = LocalRunner(engine)
    job = _begin(workspace, glossary, engine, where, report, report.names)
    pipeline = Pipeline(job, where, tell)
    try:
        for document_id, name in names.items():
            with workspace.session() as session:
                task = task_of(session, job, document_id, name, own_only)
            if holding is not None:
                task = dataclasses.replace(task, only=frozenset(holding[document_id]))
            pipeline.translate(task)
        pipeline.finish()
    except BaseException:
        pipeline.stop()
        raise


def count_outdated(session: Session, document_id: int, glossary: Glossary, engine: Engine) -> int:
    """Segments of a document that `refresh` would ask `engine` about: terms changed, or no English yet."""
    document = session.get_one(DocumentRow, document_id)
    query = (
        select(SegmentRow.id, SegmentRow.source, TranslationRow.state, TranslationRow.request, TranslationRow.engine)
        .outerjoin(TranslationRow)
        .where(SegmentRow.document_id == document_id)
        .order_by(SegmentRow.position)
    )
    rows = session.execute(query).all()
    requests = requests_for([row.source for row in rows], glossary, document.name, last_style(session))
    return sum(
        refreshable(row.state, row.engine, engine)
        and not is_current(row.state, row.request, wanted_of(row.id, number, requests, engine).keys)
        for number, row in enumerate(rows)
    )


def _begin(
    workspace: Workspace,
    glossary: Glossary,
    engine: Engine,
    runner: Runner,
    report: BatchReport,
    style: Style = "as-source",
) -> Job:
    """The job, its engines told the terms; one whose glossary cannot be made goes on without, and that is noted."""
    keep_answers(engine, workspace)
    terms = [(concept.source, concept.target) for concept in glossary.forced]
    report.notes.extend(runner.begin(terms))
    with workspace.session() as session:
        ways = {one.name: ways_of(one, load_profile(session, one.signature)) for one in engine.members}
    return Job(workspace, glossary, engine, report, style, ways)


@dataclasses.dataclass
class _Batch:
    """The documents of one run on their way through: read, cleaned, translated, written, and their rows in the ledger."""

    job: Job
    pipeline: Pipeline
    out: Path
    formats: Sequence[str]
    ledger: IO[bytes]
    inputs: Sequence[str] = ()
    columns: Sequence[str] = ()

    def all_of(self, inputs: Iterable[str]) -> None:
        """Every document, in order; those that nothing has touched since they were finished are left as they are."""
        try:
            for item in read_documents(inputs, self.columns):
                if isinstance(item, Unreadable):
                    self.job.report.failures.append(item.reason)
                else:
                    self._take_in(item)
            self.pipeline.finish()
        except BaseException:
            self.pipeline.stop()
            raise

    def write_ledger(self) -> None:
        """The term ledger of all documents, from what was collected."""
        path = self.out / "term_ledger.csv"
        self.ledger.seek(0)
        try:
            with writing(path) as file:
                file.writelines(csv_lines(LEDGER_COLUMNS, ()))
                file.writelines(self.ledger)
            self.job.report.files.append(str(path))
        except OSError as error:
            self._not_written(path, error)

    def _take_in(self, raw: RawDocument) -> None:
        job = self.job
        if raw.lost_bytes:
            job.report.notes.append(
                f"{raw.path}: {raw.lost_bytes} places could not be read as {raw.encoding} and show as \ufffd."
            )
        job.report.notes.extend(f"{raw.path}: {note}." for note in raw.notes)
        with job.workspace.session() as session:
            known = finished(session, job, raw, lambda name: self._paths(name, raw.path))
        if known is not None:
            # In its turn, behind what is still under way.
            self.pipeline.then(lambda: self._as_it_was(known.report, known.ledger, known.files))
            return
        with job.workspace.session() as session:
            row, cleaned = keep_document(session, raw)
            task = task_of(session, job, row.id, row.name)
        self.pipeline.translate(task, lambda: self._write_out(task.document_id, cleaned, raw.path))

    def _as_it_was(self, report: DocumentReport, ledger: str, files: Sequence[str]) -> None:
        self.job.report.documents.append(report)
        self.job.report.reused += report.segments
        self.job.report.files.extend(files)
        self.ledger.write(ledger.encode("utf-8", "surrogatepass"))

    def _write_out(self, document_id: int, cleaned: CleanText, source: str) -> None:
        job = self.job
        before = len(job.report.failures)
        with job.workspace.session() as session:
            document = load_bilingual(session, document_id, job.glossary, job.engine)
        report = report_on(document, cleaned)
        job.report.documents.append(report)
        paths = self._paths(document.name, source)
        for path, name in zip(paths, self.formats, strict=True):
            try:
                write_bytes(path, WRITERS[name](document) if name != SAME else self._same(document, cleaned))
                job.report.files.append(str(path))
            except FormatError as error:
                job.report.failures.append(f"{source}: {error}")
            except OSError as error:
                self._not_written(path, error)
        rows = b"".join(ledger_lines(document))
        self.ledger.write(rows)
        whole = all(not segment.error for segment in document.segments)
        if whole and len(job.report.failures) == before:
            with job.workspace.session() as session:
                finish(session, job, document_id, report, rows.decode("utf-8", "surrogatepass"), paths)

    def _same(self, document: BilingualDocument, cleaned: CleanText) -> bytes:
        with self.job.workspace.reading() as session:
            return in_own_format(session, document, cleaned)

    def _paths(self, name: str, source: str) -> list[Path]:
        return [
            self.out / "documents" / place_of(source, self.inputs)
            if form == SAME
            else self.out / f"{name}.{SUFFIXES.get(form, form)}"
            for form in self.formats
        ]

    def _not_written(self, path: Path, error: OSError) -> None:
        self.job.report.failures.append(
            f"{path}: cannot be written ({error.strerror}); check the directory and the space on the disk."
        )
