"""`a,b`: what engine a cannot translate is asked of b."""

from __future__ import annotations

from collections.abc import Sequence

from translate.engines.base import Context, Engine, EngineError, Limits, PartialError, Readiness, Usage


class FallbackEngine(Engine):
    """Several engines as one; batch looks at `members` to keep which of them made a translation."""

    name = "fallback"
    title = "Fallback"
    description = "Each engine is asked what the one before could not do."

    def __init__(self, members: Sequence[Engine]) -> None:
        self._members = tuple(members)
        first = self._members[0]
        # What a class says of an engine, this object says of its members.
        self.name = ",".join(member.name for member in members)  # type: ignore[misc]
        self.title = ", then ".join(member.title for member in members)  # type: ignore[misc]
        self.description = first.description  # type: ignore[misc]
        self.online = any(member.online for member in members)  # type: ignore[misc]
        self.sends = "; ".join(dict.fromkeys(member.sends for member in members))  # type: ignore[misc]
        self.limits = Limits(at_once=first.limits.at_once)  # type: ignore[misc]
        self.price = first.price  # type: ignore[misc]
        # A hint in bare English is understood by every engine.
        self.strategies = first.strategies  # type: ignore[misc]

    @property
    def signature(self) -> str:
        return ",".join(member.signature for member in self._members)

    @property
    def members(self) -> tuple[Engine, ...]:
        return self._members

    @property
    def usage(self) -> Usage:
        used = [member.usage for member in self._members]
        return Usage(
            sum(one.requests for one in used), sum(one.characters for one in used), sum(one.retries for one in used)
        )

    def readiness(self) -> Readiness:
        states = [member.readiness() for member in self._members]
        return Readiness(states[0].ready, "; ".join(state.text for state in states))

    def begin(self, terms: Sequence[tuple[str, str]]) -> None:
        for member in self._members:
            member.begin(terms)

    def translate(self, texts: list[str]) -> list[str]:
        answers = self.translate_each(texts)
        if any(isinstance(answer, EngineError) for answer in answers):
            raise PartialError(answers)
        return [str(answer) for answer in answers]

    def translate_each(self, texts: list[str], contexts: Sequence[Context] = ()) -> list[str | EngineError]:
        answers: list[str | EngineError] = [EngineError("nothing was asked")] * len(texts)
        for member in self._members:
            open_ones = [at for at, answer in enumerate(answers) if isinstance(answer, EngineError)]
            if not open_ones:
                break
            around = [contexts[at] for at in open_ones] if contexts else []
            asked = member.translate_each([texts[at] for at in open_ones], around)
            for at, answer in zip(open_ones, asked, strict=True):
                before = answers[at]
                told = isinstance(before, EngineError) and member is not self._members[0]
                if isinstance(answer, EngineError) and told:
                    answer = EngineError(f"{before} {answer}", answer.fatal)
                answers[at] = answer
        return answers
