"""What a runner is: it asks chunks, several ahead of the one that is kept next."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from translate.engines.base import Strategy, Usage
from translate.forcing.chain import Request
from translate.jobs.asking import Asked

# Waits for the answers of a chunk.
Pending = Callable[[], Asked]


class Runner(Protocol):
    """Asks chunks of requests; `ahead` is how many it may be given beyond the one whose answers are waited for."""

    ahead: int

    @property
    def usage(self) -> Usage:
        """What was sent so far."""

    def begin(self, terms: Sequence[tuple[str, str]]) -> list[str]:
        """Tell the engines which terms (Chinese, English) are in force; what of that failed, a sentence each."""

    def submit(
        self, requests: Sequence[Request], ways: Mapping[str, Sequence[Strategy]], gone: Mapping[str, str]
    ) -> Pending:
        """Begin with a chunk."""

    def stop(self) -> None:
        """Drop what is under way: nobody waits for it any more."""

    def close(self) -> None:
        """All is done."""
