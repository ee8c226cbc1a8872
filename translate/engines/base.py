"""What every engine is: a list of Chinese texts in, a list of English texts out, same length and order."""

from __future__ import annotations

import abc
import dataclasses
from typing import ClassVar, Literal

Strategy = Literal["plain", "hint", "placeholder"]


class EngineError(Exception):
    """An engine could not do its work. The message is one sentence for a person: what, where, what to do. No key in it."""


@dataclasses.dataclass(frozen=True, slots=True)
class Readiness:
    """Whether an engine can run here: `ready`, and in words what it is or what is missing."""

    ready: bool
    text: str


class Engine(abc.ABC):
    """A machine translation engine, zh → en.

    Subclasses are cheap to construct; what is heavy is loaded at the first `translate`.
    """

    name: ClassVar[str]
    title: ClassVar[str]
    description: ClassVar[str]
    online: ClassVar[bool] = False
    # Ways of carrying a term through this engine, in the order to try (DESIGN §3).
    strategies: ClassVar[tuple[Strategy, ...]] = ("hint", "placeholder")
    # How an English name is written into the Chinese sentence as a hint.
    hint_format: ClassVar[str] = "{}"
    version: ClassVar[str] = "1"

    @property
    def signature(self) -> str:
        """What a translation was made with; part of every cache key and report."""
        return f"{self.name}:{self.version}"

    def readiness(self) -> Readiness:
        """Whether the engine can run here. No network call."""
        return Readiness(True, "ready")

    @abc.abstractmethod
    def translate(self, texts: list[str]) -> list[str]:
        """English of each text, same length and order. Raises EngineError when it cannot."""
