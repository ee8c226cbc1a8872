"""The base of the online engines: cutting, requests at once, retries, errors in one sentence, and the count of it all."""

from __future__ import annotations

import abc
import dataclasses
import os
import threading
from collections.abc import Sequence
from typing import ClassVar, Protocol

from tenacity import RetryCallState, Retrying, retry_if_exception, stop_after_attempt

from translate.engines.base import Context, Engine, EngineError, Limits, PartialError, Readiness, Usage
from translate.engines.online.crew import Crew
from translate.engines.online.faults import Fault, Passing, Unusable
from translate.engines.online.pace import Pace
from translate.engines.online.pieces import pieces_of, size_of
from translate.engines.online.transport import Transport

_LONGEST_PAUSE = 30.0
# Threads beside those that wait for the server: they read and keep answers while all places are taken.
READERS = 2
_NOTHING = Context()


@dataclasses.dataclass(frozen=True, slots=True)
class Unit:
    """One thing to translate, with what stands around it."""

    text: str
    context: Context = _NOTHING


class AnswerKeeper(Protocol):
    """Keeps what was answered, so that it is not paid for again (translate/jobs/answers.py)."""

    def recall(self, asked_as: str, units: Sequence[Unit]) -> list[str | None]:
        """The kept answer of each unit, None where there is none."""

    def keep(self, asked_as: str, units: Sequence[Unit], answers: Sequence[str]) -> None:
        """Keep answers; called from several threads."""


class OnlineEngine(Engine):
    """Sends texts over the network. Subclasses give `_send`: the units of one request in, their English out."""

    online = True
    limits: ClassVar[Limits] = Limits()
    # Whether what stands around a text changes how it is translated; where not, the same sentence is sent once.
    wants_context: ClassVar[bool] = False

    def __init__(
        self,
        url: str = "",
        attempts: int = 5,
        pause: float = 1.0,
        timeout: tuple[float, float] = (10, 60),
        at_once: int = 0,
        per_second: float | None = None,
    ) -> None:
        """`url` replaces the service's address (tests play it on loopback); `pause` is the first wait in seconds.

        `at_once` and `per_second` replace the engine's own limits.
        """
        self._url = url
        self._pause = pause
        self.pace = Pace(at_once or self.limits.at_once, self.limits.per_second if per_second is None else per_second)
        self.transport = Transport(self.pace, self.keys, timeout, pause)
        self._crew = Crew(self.pace.most + READERS)
        self._stopped = threading.Event()
        self._counting = threading.Lock()
        self._usage = Usage()
        self._gave_up: EngineError | None = None
        self.keeper: AnswerKeeper | None = None
        self._retry = Retrying(
            retry=retry_if_exception(lambda error: isinstance(error, Fault) and error.passing),
            stop=stop_after_attempt(attempts),
            wait=self._wait,
            sleep=self._sleep,
            reraise=True,
        )

    @property
    def usage(self) -> Usage:
        return self._usage

    @property
    def gave_up(self) -> EngineError | None:
        return self._gave_up

    @property
    def asked_as(self) -> str:
        """All beside the text that decides an answer."""
        return self.signature

    def stop(self) -> None:
        self._stopped.set()

    def readiness(self) -> Readiness:
        missing = [key for key in self.keys if not os.environ.get(key)]
        if missing:
            return Readiness(False, f"set {' and '.join(missing)}")
        return Readiness(True, "ready if the network is")

    def translate(self, texts: list[str]) -> list[str]:
        answers = self.translate_each(texts)
        if any(isinstance(answer, EngineError) for answer in answers):
            raise PartialError(answers)
        return [str(answer) for answer in answers]

    def translate_each(self, texts: list[str], contexts: Sequence[Context] = ()) -> list[str | EngineError]:
        """English of each text, or why there is none; several requests at once, the same piece only once."""
        state = self.readiness()
        cut = [pieces_of(text, self.limits) for text in texts]
        around = contexts if contexts and self.wants_context else [_NOTHING] * len(texts)
        units: dict[tuple[str, Context], Unit] = {}
        for pieces, context in zip(cut, around, strict=True):
            for piece, sent in pieces:
                if sent:
                    units.setdefault((piece, context), Unit(piece, context))
        if units and not state.ready:
            self._gave_up = EngineError(f"{self.title}: is not ready; {state.text}.", fatal=True)
            return [self._gave_up] * len(texts)
        found = self._translate_units(list(units.values()))
        english = dict(zip(units, found, strict=True))
        return [
            _joined([english[piece, context] if sent else piece for piece, sent in pieces])
            for pieces, context in zip(cut, around, strict=True)
        ]

    @abc.abstractmethod
    def _send(self, units: Sequence[Unit]) -> list[str]:
        """One request: the English of each unit. Raises Fault; anything else raised counts as no usable answer."""

    def _translate_units(self, units: Sequence[Unit]) -> list[str | EngineError]:
        found: dict[Unit, str | EngineError] = {}
        if self.keeper is not None and units:
            kept = self.keeper.recall(self.asked_as, units)
            found = {unit: answer for unit, answer in zip(units, kept, strict=True) if answer is not None}
        open_ones = [unit for unit in units if unit not in found]
        found |= zip(open_ones, self._ask_all(open_ones), strict=True)
        return [found[unit] for unit in units]

    def _ask_all(self, units: Sequence[Unit]) -> list[str | EngineError]:
        self._stopped.clear()
        call = _Call()

        def work(group: Sequence[Unit]) -> list[str | EngineError]:
            answers = self._group(group, call)
            good = [(unit, a) for unit, a in zip(group, answers, strict=True) if isinstance(a, str)]
            if self.keeper is not None and good:
                self.keeper.keep(self.asked_as, [unit for unit, _ in good], [answer for _, answer in good])
            return answers

        try:
            groups = [units[at : at + self.limits.texts] for at in range(0, len(units), self.limits.texts)]
            return [answer for answers in self._crew.map(work, groups) for answer in answers]
        except BaseException:
            self._stopped.set()
            raise

    def _group(self, units: Sequence[Unit], call: _Call) -> list[str | EngineError]:
        """One request with its retries; where its texts are at fault, each is asked alone."""
        if call.gave_up is not None:
            return [call.gave_up] * len(units)
        for unit in units:
            if self.limits.size and size_of(unit.text, self.limits) > self.limits.size:
                return self._apart(units, call, f"a sentence of {len(unit.text)} characters is too long; split it.")
        try:
            answers = self._retry(self._counted, units)
            if len(answers) != len(units):
                raise Unusable("gave more or fewer answers than it was asked for.")
        except Fault as fault:
            if fault.fatal:
                call.gave_up = self._gave_up = EngineError(f"{self.title}: {fault.sentence}", fatal=True)
                return [call.gave_up] * len(units)
            return self._apart(units, call, fault.sentence)
        except Exception as error:
            return self._apart(units, call, f"no usable answer ({type(error).__name__}).")
        checked = [self._checked(unit, answer) for unit, answer in zip(units, answers, strict=True)]
        if len(units) == 1:
            return checked
        return [
            answer if isinstance(answer, str) else self._group([unit], call)[0]
            for unit, answer in zip(units, checked, strict=True)
        ]

    def _apart(self, units: Sequence[Unit], call: _Call, sentence: str) -> list[str | EngineError]:
        if len(units) == 1:
            return [EngineError(f"{self.title}: {sentence}")]
        return [self._group([unit], call)[0] for unit in units]

    def _counted(self, units: Sequence[Unit]) -> list[str]:
        with self._counting:
            used = self._usage
            sent = sum(len(unit.text) for unit in units)
            self._usage = dataclasses.replace(used, requests=used.requests + 1, characters=used.characters + sent)
        try:
            return self._send(units)
        except ValueError:
            # JSON that breaks off or is none: damage on the way, which passes.
            raise Passing("the answer was damaged; try again later.") from None

    def _checked(self, unit: Unit, answer: str | None) -> str | EngineError:
        """The answer, or why it is none: deep-translator gives None for an echo, other services give the text back."""
        if not answer or not answer.strip() or answer.strip() == unit.text.strip():
            return EngineError(f"{self.title}: gave the sentence back untranslated.")
        return answer.strip()

    def _wait(self, state: RetryCallState) -> float:
        fault = state.outcome.exception() if state.outcome else None
        asked = fault.retry_after if isinstance(fault, Fault) else 0.0
        pause: float = min(_LONGEST_PAUSE, self._pause * 2 ** (state.attempt_number - 1))
        return max(asked, pause)

    def _sleep(self, seconds: float) -> None:
        with self._counting:
            self._usage = dataclasses.replace(self._usage, retries=self._usage.retries + 1)
        if self._stopped.wait(seconds):
            raise Unusable("stopped before it had an answer.")


@dataclasses.dataclass
class _Call:
    """What the threads of one `translate_each` share: once the engine as a whole has failed, nothing more is sent."""

    gave_up: EngineError | None = None


def _joined(parts: Sequence[str | EngineError]) -> str | EngineError:
    """The parts of a text again in one; English after English wants a blank between."""
    text = ""
    for part in parts:
        if isinstance(part, EngineError):
            return part
        blank = text and part and not text[-1].isspace() and not part[0].isspace()
        text += f" {part}" if blank else part
    return text
