"""What a carrier is: a way of taking names through an engine in the Chinese sentence, and of getting them back."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence

from translate.engines.base import Engine
from translate.forcing.ledger import Occurrence, Outcome


@dataclasses.dataclass(frozen=True, slots=True)
class Carrier:
    """`send` gives the text for the engine, `receive` the English of its answer; `outcome` is what the ledger says.

    What the engine did to the names on the way is checked by the caller, name by name.
    """

    outcome: Outcome
    send: Callable[[str, Sequence[Occurrence], Engine], str]
    receive: Callable[[str, str, Sequence[Occurrence]], str]


def written_in(source: str, occurrences: Sequence[Occurrence], names: Sequence[str]) -> str:
    """`source` with a name in place of each occurrence, set off by blanks from the letters beside it."""
    parts: list[str] = []
    at = 0
    for occurrence, name in zip(occurrences, names, strict=True):
        parts.append(source[at : occurrence.start])
        before = source[occurrence.start - 1] if occurrence.start else ""
        after = source[occurrence.end : occurrence.end + 1]
        bare = name[0].isalnum()
        parts.append(f"{' ' if bare and before.isalnum() else ''}{name}{' ' if bare and after.isalnum() else ''}")
        at = occurrence.end
    parts.append(source[at:])
    return "".join(parts)
