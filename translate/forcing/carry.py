"""Carrying names through an engine: written into the Chinese sentence as a hint, or as a placeholder put back after.

Both keep the place of the name in the sentence; what the engine did to it on the way is checked by the caller.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from translate.engines.base import Engine, Strategy
from translate.forcing.ledger import Occurrence

# Capital letters around a number: engines leave this alone more often than any symbol.
_PLACEHOLDER = "XT{}X"
_FOUND = re.compile(r"X\s*T\s*-?\s*(\d{1,4})\s*X", re.IGNORECASE)


def prepare(source: str, occurrences: Sequence[Occurrence], strategy: Strategy, engine: Engine) -> str:
    """The text to send to the engine."""
    if strategy == "plain":
        return source
    parts: list[str] = []
    at = 0
    for number, occurrence in enumerate(occurrences):
        parts.append(source[at : occurrence.start])
        if strategy == "hint":
            name = engine.hint_format.format(occurrence.expected)
        else:
            name = _PLACEHOLDER.format(number)
        before = source[occurrence.start - 1] if occurrence.start else ""
        after = source[occurrence.end : occurrence.end + 1]
        bare = name[0].isalnum()
        parts.append(f"{' ' if bare and before.isalnum() else ''}{name}{' ' if bare and after.isalnum() else ''}")
        at = occurrence.end
    parts.append(source[at:])
    return "".join(parts)


def restore(answer: str, occurrences: Sequence[Occurrence], strategy: Strategy) -> str:
    """The engine's answer with placeholders put back; one that is doubled or unknown becomes no name at all."""
    if strategy != "placeholder":
        return answer
    seen: set[int] = set()

    def name(hit: re.Match[str]) -> str:
        number = int(hit.group(1))
        if number >= len(occurrences) or number in seen:
            return ""
        seen.add(number)
        return occurrences[number].expected

    return re.sub(r"[ \t]{2,}", " ", _FOUND.sub(name, answer))
