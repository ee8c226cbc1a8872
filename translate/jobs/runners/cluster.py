"""On the workers of a Dask cluster: one engine a worker process, made there; what is kept is kept by the process that runs the batch.

Without a scheduler's address the cluster is this machine: one worker a core. A worker that dies is replaced and its chunk
asked again; what an online engine had answered until then is in the workspace, which the workers open too.
"""

from __future__ import annotations

import dataclasses
import importlib
import os
import uuid
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from translate.engines.base import Engine, EngineError, Strategy, Usage
from translate.forcing.chain import Request, failed
from translate.jobs.answers import keep_answers
from translate.jobs.asking import Answer, Asked, ask
from translate.jobs.runners.base import Pending

_RETRIES = 3
# Seconds that a scheduler has to answer in.
_PATIENCE = 5
# In a worker process: the engines of the runs that it works for.
_ENGINES: dict[str, Engine] = {}


# A run's mark, what makes its engine, its workspace, and the terms in force.
_Given = tuple[str, Callable[[], Engine], str, tuple[tuple[str, str], ...]]


class RunnerError(Exception):
    """The cluster cannot be used. The message is one sentence for a person."""


class DaskRunner:
    """Asks the engine that `make` makes on each worker; `location` is the workspace as workers can open it."""

    def __init__(self, make: Callable[[], Engine], location: str, scheduler: str = "") -> None:
        try:
            distributed: Any = importlib.import_module("distributed")
        except ImportError:
            raise RunnerError(
                "dask is missing for --runner dask: python -m pip install -r requirements-cluster.txt"
            ) from None
        self._run = uuid.uuid4().hex
        self._given: _Given = (self._run, make, location, ())
        self._members = [member.name for member in make().members]
        self._usage = Usage()
        self._cluster: Any = None
        try:
            if not scheduler:
                self._cluster = distributed.LocalCluster(
                    n_workers=os.cpu_count() or 1, threads_per_worker=1, dashboard_address=None, silence_logs=50
                )
            self._client: Any = distributed.Client(self._cluster or scheduler, timeout=_PATIENCE)
            workers = len(self._client.scheduler_info()["workers"])
        except (OSError, ValueError) as error:
            raise RunnerError(
                f"{scheduler}: no Dask scheduler can be reached there ({type(error).__name__})."
            ) from None
        # Two chunks a worker: one at work, one waiting.
        self.ahead = 2 * max(1, workers)

    @property
    def usage(self) -> Usage:
        return self._usage

    def begin(self, terms: Sequence[tuple[str, str]]) -> list[str]:
        self._given = (*self._given[:3], tuple(terms))
        return []

    def submit(
        self, requests: Sequence[Request], ways: Mapping[str, Sequence[Strategy]], gone: Mapping[str, str]
    ) -> Pending:
        future = self._client.submit(
            _ask_there, self._given, list(requests), dict(ways), dict(gone), pure=False, retries=_RETRIES
        )

        def wait() -> Asked:
            try:
                asked, used = future.result()
            except Exception as error:
                return self._lost(requests, error)
            self._usage = _sum(self._usage, used)
            return asked  # type: ignore[no-any-return]

        return wait

    def stop(self) -> None:
        self.close()

    def close(self) -> None:
        """Let the workers go; those of this machine end."""
        self._client.close(timeout=2)
        if self._cluster is not None:
            self._cluster.close(timeout=2)

    def _lost(self, requests: Sequence[Request], error: Exception) -> Asked:
        """No answer to a chunk: where the cluster as a whole is there still, its segments fail; else nothing can go on."""
        alive = self._client.status == "running" and self._client.scheduler_info()["workers"]
        said = f"The cluster lost this chunk ({type(error).__name__}: {str(error).splitlines()[0][:120] if str(error) else ''})."
        gone = {} if alive else dict.fromkeys(self._members, "The cluster has no worker left.")
        return Asked([Answer(failed(request, said), 0, 0.0) for request in requests], gone)


def _ask_there(
    given: _Given,
    requests: Sequence[Request],
    ways: Mapping[str, Sequence[Strategy]],
    gone: Mapping[str, str],
) -> tuple[Asked, Usage]:
    """On a worker: the answers to a chunk, and what was sent for them."""
    engine = _engine(*given)
    before = engine.usage
    asked = ask(engine, requests, ways, gone)
    return asked, _sum(engine.usage, before, -1)


def _engine(run: str, make: Callable[[], Engine], location: str, terms: Sequence[tuple[str, str]]) -> Engine:
    if run not in _ENGINES:
        from storage import open_workspace

        engine = make()
        if engine.online:
            keep_answers(engine, open_workspace(location))
        for member in engine.members:
            try:
                member.begin(terms)
            except EngineError:
                # A glossary of its own is a help to an engine, no condition.
                continue
        _ENGINES[run] = engine
    return _ENGINES[run]


def _sum(one: Usage, other: Usage, sign: int = 1) -> Usage:
    pairs = zip(dataclasses.astuple(one), dataclasses.astuple(other), strict=True)
    return Usage(*(a + sign * b for a, b in pairs))
