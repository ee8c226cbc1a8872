"""What every engine is: a list of Chinese texts in, a list of English texts out, same length and order."""

from __future__ import annotations

import abc
import dataclasses
from collections.abc import Sequence
from typing import ClassVar, Literal

Strategy = Literal["plain", "native", "hint", "placeholder"]


class EngineError(Exception):
    """An engine could not do its work. The message is one sentence for a person: what, where, what to do. No key in it.

    `fatal`: every further text would fail the same way (no network, refused key, spent quota).
    """

    def __init__(self, message: str, fatal: bool = False) -> None:
        super().__init__(message)
        self.fatal = fatal


class PartialError(EngineError):
    """Some texts of a list failed: `answers` holds for each text its English or the EngineError. Nothing is lost."""

    def __init__(self, answers: Sequence[str | EngineError]) -> None:
        failed = [answer for answer in answers if isinstance(answer, EngineError)]
        super().__init__(str(failed[0]), any(error.fatal for error in failed))
        self.answers = list(answers)


@dataclasses.dataclass(frozen=True, slots=True)
class Readiness:
    """Whether an engine can run here: `ready`, and in words what it is or what is missing."""

    ready: bool
    text: str


@dataclasses.dataclass(frozen=True, slots=True)
class Limits:
    """What an engine takes; 0 is no limit.

    `size`: bytes of one text as it is sent (percent-encoded where it goes into an address, else UTF-8); `texts` in one
    request; requests `at_once` and `per_second`.
    """

    size: int = 0
    in_address: bool = False
    texts: int = 1
    at_once: int = 8
    per_second: float = 0.0

    def __str__(self) -> str:
        parts = [f"{self.size:,} bytes a text{' (in the address)' if self.in_address else ''}"] if self.size else []
        parts += [f"{self.texts} texts a request"] if self.texts > 1 else []
        parts += [f"{self.at_once} at once"]
        parts += [f"{self.per_second:g} a second"] if self.per_second else []
        return ", ".join(parts)


@dataclasses.dataclass(frozen=True, slots=True)
class Price:
    """List price in `currency` for a million characters sent, and in words what is free; prices change, look them up."""

    per_million: float
    currency: str = "USD"
    note: str = ""

    def of(self, characters: int) -> str:
        """What so many characters cost, in words."""
        if not self.per_million:
            return self.note or "free"
        cost = f"{characters * self.per_million / 1_000_000:,.2f} {self.currency}"
        return f"{cost} at {self.per_million:g} {self.currency} a million{f' ({self.note})' if self.note else ''}"


@dataclasses.dataclass(frozen=True, slots=True)
class Context:
    """What stands around a text: the sentences before and after it, and its terms with their English names."""

    terms: tuple[tuple[str, str], ...] = ()
    before: str = ""
    after: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Usage:
    """What an engine object has sent since it was made."""

    requests: int = 0
    characters: int = 0
    retries: int = 0


class Engine(abc.ABC):
    """A machine translation engine, zh → en.

    Subclasses are cheap to construct; what is heavy is loaded at the first `translate`.
    """

    name: ClassVar[str]
    title: ClassVar[str]
    description: ClassVar[str]
    online: ClassVar[bool] = False
    # What leaves the machine, in words.
    sends: ClassVar[str] = "nothing"
    # Environment variables that hold keys; `settings` are others that it reads. Keys are never logged, stored or shown.
    keys: ClassVar[tuple[str, ...]] = ()
    settings: ClassVar[tuple[str, ...]] = ()
    limits: ClassVar[Limits] = Limits(at_once=1)
    # None: the price is not known.
    price: ClassVar[Price | None] = Price(0)
    # Ways of carrying a term through this engine, in the order to try (DESIGN §3).
    strategies: ClassVar[tuple[Strategy, ...]] = ("hint", "placeholder")
    # How an English name is written into the Chinese sentence as a hint.
    hint_format: ClassVar[str] = "{}"
    version: ClassVar[str] = "1"

    @property
    def signature(self) -> str:
        """What a translation was made with; part of every cache key and report."""
        return f"{self.name}:{self.version}"

    @property
    def members(self) -> tuple[Engine, ...]:
        """The engines in the order they are tried: itself, or those of a fallback."""
        return (self,)

    @property
    def usage(self) -> Usage:
        """What was sent so far."""
        return Usage()

    @property
    def gave_up(self) -> EngineError | None:
        """The last fatal error that this object met, None as long as it met none."""
        return None

    def readiness(self) -> Readiness:
        """Whether the engine can run here. No network call."""
        return Readiness(True, "ready")

    def begin(self, terms: Sequence[tuple[str, str]]) -> None:  # noqa: B027
        """Told before a job which terms (Chinese, English) are in force, for engines with a glossary of their own."""

    def stop(self) -> None:  # noqa: B027
        """Told when nobody waits any more: what waits for a server or a retry ends."""

    @abc.abstractmethod
    def translate(self, texts: list[str]) -> list[str]:
        """English of each text, same length and order. Raises EngineError when it cannot."""

    def translate_each(self, texts: list[str], contexts: Sequence[Context] = ()) -> list[str | EngineError]:
        """English of each text, or why there is none. Asks a failing list again text by text."""
        if not texts:
            return []
        try:
            answers = self.translate(texts)
            if len(answers) == len(texts):
                return list(answers)
            error = EngineError(f"{self.title}: gave more or fewer answers than it was asked for.")
        except PartialError as partly:
            return partly.answers
        except EngineError as failure:
            error = failure
        if len(texts) == 1 or error.fatal:
            return [error] * len(texts)
        return [self.translate_each([text])[0] for text in texts]
