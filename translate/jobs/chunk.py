"""A chunk of a document's segments: what wants English, where it comes from, and all of it kept in one transaction.

A chunk is kept whole or not at all, and begins at the same segment in every run: a job that was killed asks the rest in
the same company, so that what is learnt from a chunk's sentences, and every output, is the same as undisturbed.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from glossary import Glossary
from storage import Workspace
from storage.models import SegmentRow, TranslationRow
from translate import requests_for
from translate.checks import run_checks
from translate.engines.base import Engine, Strategy
from translate.forcing.chain import Request
from translate.forcing.naming import Style
from translate.jobs.asking import Answer
from translate.jobs.attempts import MOST_ATTEMPTS, count_failure, forget_failures, set_aside
from translate.jobs.counts import BatchReport
from translate.jobs.proof import prove_again
from translate.jobs.reuse import MEMORY, Reused, Wanted, reusable
from translate.memory.store import remember
from translate.memory.unit import Unit, context_key
from translate.store import WITH_ENGLISH, Machined, save_machine, save_machined

# Raised when a change of ours to forcing makes old answers worthless.
FORCING_VERSION = "3"
_OFFLINE = 32
# Rounds of requests at once in a chunk of an online engine: few waits for the last of a chunk.
_ROUNDS = 16


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
class Task:
    """A document to translate: its id, name, and what each of its segments asks, by position.

    `own_only`: leave what other engines have translated. `only`: the positions that it is about, where it is not all.
    """

    document_id: int
    name: str
    requests: Sequence[Request]
    own_only: bool = False
    only: frozenset[int] | None = None

    def concerns(self, start: int, stop: int) -> bool:
        """Whether it is about a segment from `start` up to `stop`."""
        return self.only is None or any(start <= position < stop for position in self.only)


def task_of(session: Session, job: Job, document_id: int, name: str, own_only: bool = False) -> Task:
    """The document's task under the job's glossary and style of names."""
    query = select(SegmentRow.source).where(SegmentRow.document_id == document_id).order_by(SegmentRow.position)
    return Task(document_id, name, requests_for(list(session.scalars(query)), job.glossary, name, job.style), own_only)


@dataclasses.dataclass(frozen=True, slots=True)
class Chunk:
    """The segments of a task from `start` on that want asking."""

    task: Task
    start: int
    todo: Sequence[Wanted]

    @property
    def requests(self) -> dict[str, Request]:
        """What is asked, each request once, under its first key."""
        return {wanted.keys[0]: wanted.request for wanted in self.todo}


def rows_of(session: Session, document_id: int, start: int, stop: int) -> Sequence[SegmentRow]:
    """Segments from position `start` up to `stop`, with their English and its ledger."""
    query = (
        select(SegmentRow)
        .where(SegmentRow.document_id == document_id, SegmentRow.position >= start, SegmentRow.position < stop)
        .options(WITH_ENGLISH)
        .order_by(SegmentRow.position)
    )
    return session.scalars(query).all()


def request_key(request: Request, signature: str) -> str:
    """Hash of all that decides the answer to a request: text, terms, how names are to be written, and engine."""
    terms = [dataclasses.astuple(occurrence) for occurrence in request.occurrences]
    asked = json.dumps([FORCING_VERSION, signature, request.source, terms, request.told], ensure_ascii=False)
    return hashlib.sha256(asked.encode()).hexdigest()


def is_current(state: str | None, request: str | None, keys: Sequence[str]) -> bool:
    """Whether a segment needs nothing: a person's English, or a machine's to one of these requests."""
    return state is not None and (state != "machine" or request in keys)


def wanted_of(segment_id: int, position: int, requests: Sequence[Request], engine: Engine) -> Wanted:
    """A segment with what it would be asked as, among the requests of its document."""
    request = requests[position]
    before = requests[position - 1].source if position else ""
    after = requests[position + 1].source if position + 1 < len(requests) else ""
    keys = tuple(request_key(request, member.signature) for member in engine.members)
    return Wanted(segment_id, position, request, context_key(before, after), keys)


def refreshable(state: str | None, made_by: str | None, engine: Engine) -> bool:
    """Whether English in this state, by this engine (both None: there is none), is `engine`'s, a person's or nobody's."""
    if state != "machine":
        return True
    made_by = (made_by or "").partition(":")[0]
    return made_by in {member.name for member in engine.members} | {MEMORY.partition(":")[0]}


def plan(session: Session, job: Job, task: Task, start: int) -> Chunk:
    """What must be asked of the next segments; what is there, or in the memory, is settled here."""
    query = (
        select(
            SegmentRow.id,
            SegmentRow.position,
            SegmentRow.source,
            TranslationRow.state,
            TranslationRow.request,
            TranslationRow.engine,
        )
        .outerjoin(TranslationRow)
        .where(
            SegmentRow.document_id == task.document_id,
            SegmentRow.position >= start,
            SegmentRow.position < min(start + job.size, len(task.requests)),
        )
        .order_by(SegmentRow.position)
    )
    todo: list[Wanted] = []
    by_person: list[Wanted] = []
    for row in session.execute(query):
        # A document that somebody has changed meanwhile is left to the next run.
        if task.requests[row.position].source != row.source:
            continue
        if not task.concerns(row.position, row.position + 1):
            continue
        if task.own_only and not refreshable(row.state, row.engine, job.engine):
            continue
        wanted = wanted_of(row.id, row.position, task.requests, job.engine)
        if not is_current(row.state, row.request, wanted.keys):
            todo.append(wanted)
            continue
        job.report.reused += 1
        if row.state != "machine":
            by_person.append(wanted)
    found = reusable(session, todo)
    _settle(session, job, by_person, [wanted for wanted in todo if wanted.segment_id in found], found)
    open_ones = [wanted for wanted in todo if wanted.segment_id not in found]
    return Chunk(task, start, _without_set_aside(session, job, task.name, open_ones))


def _settle(
    session: Session, job: Job, by_person: Sequence[Wanted], known: Sequence[Wanted], found: Mapping[int, Reused]
) -> None:
    """A person's English is proved against the glossary of now; what the memory has is taken."""
    wanted = {item.segment_id: item for item in (*by_person, *known)}
    if not wanted:
        return
    query = select(SegmentRow).where(SegmentRow.id.in_(list(wanted))).options(WITH_ENGLISH)
    for row in session.scalars(query):
        old = found.get(row.id)
        if old is None:
            if row.translation is not None:
                prove_again(row.translation, wanted[row.id].request)
            continue
        flags = run_checks(row.source, old.enforced.text, old.enforced.ledger)
        save_machine(session, row, old.enforced.text, old.engine, old.key, old.enforced.ledger, flags)
        job.report.reused += 1


def _without_set_aside(session: Session, job: Job, name: str, todo: Sequence[Wanted]) -> list[Wanted]:
    aside = set_aside(session, [(wanted.segment_id, wanted.keys[0]) for wanted in todo]) if todo else {}
    for wanted in todo:
        if wanted.segment_id in aside:
            job.report.set_aside += 1
            job.report.failures.append(
                f"{name}, segment {wanted.position + 1}: set aside after {MOST_ATTEMPTS} runs; {aside[wanted.segment_id]}"
            )
    return [wanted for wanted in todo if wanted.segment_id not in aside]


def keep(session: Session, job: Job, chunk: Chunk, answers: Mapping[str, Answer]) -> None:
    """Keep what a chunk was answered, by first key: translations, memory, failures."""
    units: list[Unit] = []
    asked: set[str] = set()
    name = chunk.task.name
    ids = [wanted.segment_id for wanted in chunk.todo]
    query = select(SegmentRow.id, SegmentRow.source).where(SegmentRow.id.in_(ids))
    sources = {row.id: row.source for row in session.execute(query)}
    made: list[Machined] = []
    for wanted in chunk.todo:
        answer = answers[wanted.keys[0]]
        forced, member = answer.forced, job.engine.members[answer.member]
        if forced.error:
            # No fault of the segment where every engine is gone: the job says so once, and the next run tries it.
            if job.left:
                count_failure(session, wanted.segment_id, wanted.keys[0], forced.error)
                job.report.failures.append(f"{name}, segment {wanted.position + 1}: {forced.error}")
            continue
        if sources.get(wanted.segment_id) != wanted.request.source:
            continue
        told = (forced.text, member.signature, wanted.keys[answer.member], forced.ledger, answer.flags, answer.seconds)
        made.append(Machined(wanted.segment_id, *told))
        job.report.reused += wanted.keys[0] in asked
        job.report.translated += wanted.keys[0] not in asked
        asked.add(wanted.keys[0])
        units.append(_unit(wanted, answer, member, job.glossary.hash, name))
    save_machined(session, made)
    remember(session, {unit.identity: unit for unit in reversed(units)}.values())
    forget_failures(session, [w.segment_id for w in chunk.todo if not answers[w.keys[0]].forced.error])


def _unit(wanted: Wanted, answer: Answer, member: Engine, glossary: str, document: str) -> Unit:
    return Unit(
        source=wanted.request.source,
        target=answer.forced.text,
        state="machine",
        context=wanted.context,
        engine=member.signature,
        glossary=glossary,
        request=wanted.keys[answer.member],
        who="machine",
        document=document,
        outcomes=tuple(row.outcome for row in answer.forced.ledger),
    )
