"""Chunks in order: planned, asked several at once, kept one after the other.

The runner has the next chunks while one is kept, so that an online engine's places stay taken. A chunk that asks what one
before it is asking just now waits until that is kept: nothing is paid twice.
"""

from __future__ import annotations

import dataclasses
from collections import Counter, deque
from collections.abc import Callable

from translate.forcing.chain import Request
from translate.forcing.ledger import Occurrence
from translate.jobs.chunk import Chunk, Job, Task, keep, plan
from translate.jobs.counts import Progress
from translate.jobs.runners import Runner
from translate.jobs.runners.base import Pending

Tell = Callable[[Progress], None]
# What an engine is asked: a text and its terms, however their names are to be written.
_Asking = tuple[str, tuple[Occurrence, ...]]


@dataclasses.dataclass(frozen=True)
class _InFlight:
    chunk: Chunk
    pending: Pending | None


class Pipeline:
    """The chunks of a job. Where no engine is left, each document's failure says so once and its segments stay."""

    def __init__(self, job: Job, runner: Runner, tell: Tell) -> None:
        self._job = job
        self._runner = runner
        self._tell = tell
        self._queue: deque[_InFlight | Callable[[], None]] = deque()
        self._stopped: set[int] = set()
        self._outcomes: Counter[str] = Counter()

    def translate(self, task: Task, done: Callable[[], None] = lambda: None) -> None:
        """Take in a document; `done` is called when all before it and all of it is kept."""
        total = len(task.requests)
        self._tell(Progress(task.name, 0, total))
        for start in range(0, total, self._job.size):
            if task.document_id in self._stopped:
                break
            if not task.concerns(start, start + self._job.size):
                continue
            asked = self._asked()
            if asked and any(_asking(request) in asked for request in task.requests[start : start + self._job.size]):
                self._settle(0)
            with self._job.workspace.session() as session:
                chunk = plan(session, self._job, task, start)
            self._queue.append(_InFlight(chunk, self._submit(chunk)))
            self._settle(self._runner.ahead)
        self.then(done)

    def then(self, done: Callable[[], None]) -> None:
        """Do this when all that was taken in before is kept."""
        self._queue.append(done)
        self._settle(self._runner.ahead)

    def finish(self) -> None:
        """Wait for everything."""
        self._settle(0)

    def stop(self) -> None:
        """Leave what is under way."""
        self._runner.stop()

    def _asked(self) -> set[_Asking]:
        return {
            _asking(wanted.request) for item in self._queue if isinstance(item, _InFlight) for wanted in item.chunk.todo
        }

    def _submit(self, chunk: Chunk) -> Pending | None:
        if not chunk.todo or not self._job.left:
            return None
        return self._runner.submit(list(chunk.requests.values()), self._job.ways, self._job.gone)

    def _settle(self, ahead: int) -> None:
        """Keep the first chunks until no more than so many are left; what was to be done behind them is done."""
        while self._queue:
            first = self._queue[0]
            if isinstance(first, _InFlight):
                if sum(isinstance(item, _InFlight) for item in self._queue) <= ahead:
                    break
                self._keep(first)
                self._queue.popleft()
            else:
                self._queue.popleft()
                first()

    def _keep(self, item: _InFlight) -> None:
        job, chunk = self._job, item.chunk
        if item.pending is not None:
            asked = item.pending()
            job.gone.update(asked.gone)
            self._outcomes.update(row.outcome for answer in asked.answers for row in answer.forced.ledger)
            with job.workspace.session() as session:
                keep(session, job, chunk, dict(zip(chunk.requests, asked.answers, strict=True)))
        if chunk.todo and not job.left and chunk.task.document_id not in self._stopped:
            self._stopped.add(chunk.task.document_id)
            job.report.failures.append(
                f"{chunk.task.name}, from segment {chunk.start + 1}: stopped; {' '.join(job.gone.values())} "
                "What was done is kept; start the same command again to go on."
            )
        total = len(chunk.task.requests)
        if chunk.task.document_id not in self._stopped:
            done = min(chunk.start + job.size, total)
            self._tell(Progress(chunk.task.name, done, total, tuple(self._outcomes.items())))


def _asking(request: Request) -> _Asking:
    return request.source, request.occurrences
