"""A chunk of a document's segments: what wants English, where it comes from, and all of it kept in one transaction.

A chunk is kept whole or not at all, and begins at the same segment in every run: a job that was killed asks the rest in
the same company, so that what is learnt from a chunk's sentences, and every output, is the same as undisturbed.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import time
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from glossary import Glossary
from storage import Workspace
from storage.models import SegmentRow, TranslationRow
from translate import requests_for
from translate.checks import run_checks
from translate.engines.base import Engine, Strategy
from translate.forcing.chain import Enforced, Request, force_all
from translate.forcing.naming import Style
from translate.jobs.answers import begin_chunk
from translate.jobs.attempts import MOST_ATTEMPTS, count_failure, forget_failures, set_aside
from translate.jobs.counts import BatchReport
from translate.jobs.proof import prove_again
from translate.jobs.reuse import MEMORY, Wanted, reusable
from translate.memory.store import remember
from translate.memory.unit import Unit, context_key
from translate.store import save_machine

# Raised when a change of ours to forcing makes old answers worthless.
FORCING_VERSION = "3"
_OFFLINE = 32
# Rounds of requests at once in a chunk of an online engine: few waits for the last of a chunk.
_ROUNDS = 16
_WITH_ENGLISH = selectinload(SegmentRow.translation).selectinload(TranslationRow.occurrences)


class JobStoppedError(Exception):
    """No engine is left that could go on. The message is one sentence for a person."""


@dataclasses.dataclass
class Job:
    """What all chunks of a run share. `ways`: by engine how its names are carried; `gone`: engines that can
    do nothing more, and why."""

    workspace: Workspace
    glossary: Glossary
    engine: Engine
    report: BatchReport
    style: Style = "as-source"
    ways: dict[str, tuple[Strategy, ...]] = dataclasses.field(default_factory=dict)
    gone: dict[str, str] = dataclasses.field(default_factory=dict)

    @property
    def size(self) -> int:
        """Segments in a chunk; the same in every run with this engine."""
        return max(_OFFLINE, _ROUNDS * self.engine.limits.at_once) if self.engine.online else _OFFLINE

    @property
    def left(self) -> list[Engine]:
        """The engines that may still be asked."""
        return [member for member in self.engine.members if member.name not in self.gone]


@dataclasses.dataclass(frozen=True, slots=True)
class _Answer:
    """What an engine made of a request, and how long it took (its share of what was asked together)."""

    forced: Enforced
    engine: Engine
    seconds: float


@dataclasses.dataclass(frozen=True, slots=True)
class Task:
    """A document to translate: its id, name, and what each of its segments asks, by position.

    `own_only`: leave what other engines have translated.
    """

    document_id: int
    name: str
    requests: Sequence[Request]
    own_only: bool = False


def task_of(session: Session, job: Job, document_id: int, name: str, own_only: bool = False) -> Task:
    """The document's task under the job's glossary and style of names."""
    query = select(SegmentRow.source).where(SegmentRow.document_id == document_id).order_by(SegmentRow.position)
    return Task(document_id, name, requests_for(list(session.scalars(query)), job.glossary, name, job.style), own_only)


def translate_chunk(job: Job, task: Task, start: int) -> None:
    """Translate those of the next segments that need it. The database is not held while the engine works.

    Raises JobStoppedError once every engine has failed for good; what was answered until then is kept.
    """
    with job.workspace.session() as session:
        todo = _plan(session, job, task, start)
    if not todo:
        return
    if not job.left:
        raise JobStoppedError(" ".join(job.gone.values()))
    begin_chunk(job.engine)
    answers = _ask(job, todo)
    with job.workspace.session() as session:
        _keep(session, job, task.name, todo, answers)
    if not job.left:
        raise JobStoppedError(" ".join(job.gone.values()))


def rows_of(session: Session, document_id: int, start: int, stop: int) -> Sequence[SegmentRow]:
    """Segments from position `start` up to `stop`, with their English and its ledger."""
    query = (
        select(SegmentRow)
        .where(SegmentRow.document_id == document_id, SegmentRow.position >= start, SegmentRow.position < stop)
        .options(_WITH_ENGLISH)
        .order_by(SegmentRow.position)
    )
    return session.scalars(query).all()


def request_key(request: Request, signature: str) -> str:
    """Hash of all that decides the answer to a request: text, terms, how names are to be written, and engine."""
    terms = [dataclasses.astuple(occurrence) for occurrence in request.occurrences]
    asked = json.dumps([FORCING_VERSION, signature, request.source, terms, request.told], ensure_ascii=False)
    return hashlib.sha256(asked.encode()).hexdigest()


def is_current(translation: TranslationRow | None, keys: Sequence[str]) -> bool:
    """Whether a segment needs nothing: a person's English, or a machine's to one of these requests."""
    return translation is not None and (translation.state != "machine" or translation.request in keys)


def wanted_of(rows: Sequence[SegmentRow], requests: Sequence[Request], engine: Engine) -> list[Wanted]:
    """Each segment with what it would be asked as; the rows are neighbours, in order."""
    sources = {row.position: row.source for row in rows}
    return [
        Wanted(
            row.id,
            row.position,
            request,
            context_key(sources.get(row.position - 1, ""), sources.get(row.position + 1, "")),
            tuple(request_key(request, member.signature) for member in engine.members),
        )
        for row, request in zip(rows, requests, strict=True)
    ]


def refreshable(row: SegmentRow, engine: Engine) -> bool:
    """Whether a segment is this engine's, a person's or nobody's yet."""
    translation = row.translation
    if translation is None or translation.state != "machine":
        return True
    made_by = translation.engine.partition(":")[0]
    return made_by in {member.name for member in engine.members} | {MEMORY.partition(":")[0]}


def _plan(session: Session, job: Job, task: Task, start: int) -> list[Wanted]:
    """What must be asked; what is there, or in the memory, is settled here."""
    # One more at each end: the surroundings of the first and the last.
    rows = rows_of(session, task.document_id, start - 1, start + job.size + 1)
    # A document that somebody has changed meanwhile is left to the next run.
    rows = [
        row for row in rows if row.position < len(task.requests) and task.requests[row.position].source == row.source
    ]
    requests = [task.requests[row.position] for row in rows]
    todo: list[Wanted] = []
    by_id = {row.id: row for row in rows}
    for row, wanted in zip(rows, wanted_of(rows, requests, job.engine), strict=True):
        if not start <= row.position < start + job.size or (task.own_only and not refreshable(row, job.engine)):
            continue
        if not is_current(row.translation, wanted.keys):
            todo.append(wanted)
            continue
        job.report.reused += 1
        if row.translation is not None and row.translation.state != "machine":
            prove_again(row.translation, wanted.request)
    for segment_id, old in reusable(session, todo).items():
        source = by_id[segment_id].source
        flags = run_checks(source, old.enforced.text, old.enforced.ledger)
        save_machine(session, by_id[segment_id], old.enforced.text, old.engine, old.key, old.enforced.ledger, flags)
        job.report.reused += 1
        todo = [wanted for wanted in todo if wanted.segment_id != segment_id]
    aside = set_aside(session, [(wanted.segment_id, wanted.keys[0]) for wanted in todo])
    for wanted in todo:
        if wanted.segment_id in aside:
            job.report.set_aside += 1
            job.report.failures.append(
                f"{task.name}, segment {wanted.position + 1}: set aside after {MOST_ATTEMPTS} runs; {aside[wanted.segment_id]}"
            )
    return [wanted for wanted in todo if wanted.segment_id not in aside]


def _ask(job: Job, todo: Sequence[Wanted]) -> dict[str, _Answer]:
    """By first key: the answer. Equal segments are asked once; what one engine cannot do the next may."""
    open_ones = {wanted.keys[0]: wanted.request for wanted in todo}
    answers: dict[str, _Answer] = {}
    for member in job.left:
        started = time.perf_counter()
        asked = force_all(list(open_ones.values()), member, job.ways.get(member.name, ()))
        seconds = (time.perf_counter() - started) / len(open_ones)
        for key, answer in zip(open_ones, asked, strict=True):
            if answer.error and key in answers:
                answer = dataclasses.replace(answer, error=f"{answers[key].forced.error} {answer.error}")
            answers[key] = _Answer(answer, member, seconds)
        if member.gave_up is not None:
            job.gone[member.name] = str(member.gave_up)
        open_ones = {key: request for key, request in open_ones.items() if answers[key].forced.error}
        if not open_ones:
            break
    return answers


def _keep(
    session: Session,
    job: Job,
    name: str,
    todo: Sequence[Wanted],
    answers: dict[str, _Answer],
) -> None:
    units: list[Unit] = []
    asked: set[str] = set()
    query = select(SegmentRow).where(SegmentRow.id.in_([wanted.segment_id for wanted in todo])).options(_WITH_ENGLISH)
    segments = {row.id: row for row in session.scalars(query)}
    for wanted in todo:
        made = answers[wanted.keys[0]]
        answer, member = made.forced, made.engine
        segment = segments.get(wanted.segment_id)
        if answer.error:
            # No fault of the segment where every engine is gone: the job says so once, and the next run tries it.
            if job.left:
                count_failure(session, wanted.segment_id, wanted.keys[0], answer.error)
                job.report.failures.append(f"{name}, segment {wanted.position + 1}: {answer.error}")
            continue
        if segment is None or segment.source != wanted.request.source:
            continue
        key = wanted.keys[job.engine.members.index(member)]
        flags = run_checks(wanted.request.source, answer.text, answer.ledger)
        save_machine(session, segment, answer.text, member.signature, key, answer.ledger, flags, made.seconds)
        job.report.reused += wanted.keys[0] in asked
        job.report.translated += wanted.keys[0] not in asked
        asked.add(wanted.keys[0])
        units.append(_unit(wanted, answer, member, key, job.glossary.hash, name))
    remember(session, {unit.identity: unit for unit in reversed(units)}.values())
    forget_failures(session, [wanted.segment_id for wanted in todo if not answers[wanted.keys[0]].forced.error])


def _unit(wanted: Wanted, answer: Enforced, member: Engine, key: str, glossary: str, document: str) -> Unit:
    return Unit(
        source=wanted.request.source,
        target=answer.text,
        state="machine",
        context=wanted.context,
        engine=member.signature,
        glossary=glossary,
        request=key,
        who="machine",
        document=document,
        outcomes=tuple(row.outcome for row in answer.ledger),
    )
