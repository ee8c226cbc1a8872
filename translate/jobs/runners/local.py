"""In this process: an offline engine at once, an online one in threads, so that its places stay taken while answers are kept."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from queue import SimpleQueue

from translate.engines.base import Engine, EngineError, Strategy, Usage
from translate.forcing.chain import Request
from translate.jobs.asking import Asked, ask
from translate.jobs.runners.base import Pending

_AHEAD = 2


class LocalRunner:
    """Asks `engine`, which the whole process shares."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.ahead = _AHEAD if engine.online else 0

    @property
    def usage(self) -> Usage:
        return self._engine.usage

    def begin(self, terms: Sequence[tuple[str, str]]) -> list[str]:
        notes = []
        for member in self._engine.members:
            try:
                member.begin(terms)
            except EngineError as error:
                notes.append(str(error))
        return notes

    def submit(
        self, requests: Sequence[Request], ways: Mapping[str, Sequence[Strategy]], gone: Mapping[str, str]
    ) -> Pending:
        if not self.ahead:
            asked = ask(self._engine, requests, ways, gone)
            return lambda: asked
        done: SimpleQueue[Asked | BaseException] = SimpleQueue()

        def work() -> None:
            try:
                done.put(ask(self._engine, requests, ways, gone))
            except BaseException as error:
                done.put(error)

        # A daemon: Ctrl+C does not wait for an answer that never comes.
        threading.Thread(target=work, name="Chunk", daemon=True).start()

        def wait() -> Asked:
            found = done.get()
            if isinstance(found, BaseException):
                raise found
            return found

        return wait

    def stop(self) -> None:
        for member in self._engine.members:
            member.stop()

    def close(self) -> None:
        """Nothing is left open."""
