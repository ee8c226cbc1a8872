"""Answers of online engines, each in the workspace before anything is made of it.

A job killed between two requests finds every answer it had; at most the requests then under way are made again.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Sequence

from sqlalchemy import select

from storage import Workspace
from storage.models import AnswerRow
from translate.engines.base import Engine
from translate.engines.online.engine import OnlineEngine, Unit

_AT_ONCE = 500


class KeptAnswers:
    """The `keeper` of an online engine.

    A kept answer serves once in a chunk, which is one thread's: who asks the same again there wants another answer, since
    this one was found wanting.
    """

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._mine = threading.local()
        self._lock = threading.Lock()

    def begin_chunk(self) -> None:
        """What is kept serves anew in this thread."""
        self._mine.served = set()

    def recall(self, asked_as: str, units: Sequence[Unit]) -> list[str | None]:
        """The kept answer of each unit that was not asked for before, None where there is none."""
        keys = [_key(asked_as, unit) for unit in units]
        served: set[str] = self._mine.__dict__.setdefault("served", set())
        fresh = [key for key in keys if key not in served]
        served |= set(keys)
        found: dict[str, str] = {}
        if fresh:
            with self._workspace.session() as session:
                for at in range(0, len(fresh), _AT_ONCE):
                    query = select(AnswerRow.key, AnswerRow.answer).where(AnswerRow.key.in_(fresh[at : at + _AT_ONCE]))
                    found |= {row.key: row.answer for row in session.execute(query)}
        return [found.get(key) for key in keys]

    def keep(self, asked_as: str, units: Sequence[Unit], answers: Sequence[str]) -> None:
        """Keep answers, at once and for good."""
        with self._lock, self._workspace.session() as session:
            for unit, answer in zip(units, answers, strict=True):
                session.merge(AnswerRow(key=_key(asked_as, unit), answer=answer))


def keep_answers(engine: Engine, workspace: Workspace) -> None:
    """From now on keep what the engine, or a member of it, is answered over the network."""
    for member in engine.members:
        if isinstance(member, OnlineEngine):
            member.keeper = KeptAnswers(workspace)


def begin_chunk(engine: Engine) -> None:
    """What was answered in earlier chunks serves this one too."""
    for member in engine.members:
        if isinstance(member, OnlineEngine) and isinstance(member.keeper, KeptAnswers):
            member.keeper.begin_chunk()


def _key(asked_as: str, unit: Unit) -> str:
    asked = repr((asked_as, unit.text, unit.context.terms, unit.context.before, unit.context.after))
    return hashlib.blake2b(asked.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
