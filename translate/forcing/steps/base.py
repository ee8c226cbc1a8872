"""What a step of forcing is: English in which names are missing in, English in which fewer are missing out."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence

from translate.forcing.evidence import Evidence
from translate.forcing.ledger import Occurrence, Outcome
from translate.forcing.naming import Names

# English of a term by itself, as the engine at hand renders it ("" if it has none).
OwnRendering = Callable[[str], str]


def no_rendering(term: str) -> str:
    """For translations made elsewhere: nobody can be asked."""
    return ""


@dataclasses.dataclass(frozen=True, slots=True)
class Draft:
    """A segment on its way: the English as it is now; `mentions[i]` counts the earlier mentions of occurrence i's
    concept in the document."""

    source: str
    text: str
    occurrences: Sequence[Occurrence]
    mentions: Sequence[int]


@dataclasses.dataclass(frozen=True)
class Means:
    """What the steps may use: evidence of the texts at hand, the document's names, the engine's own renderings."""

    evidence: Evidence = dataclasses.field(default_factory=Evidence)
    names: Names = dataclasses.field(default_factory=Names)
    own_rendering: OwnRendering = no_rendering


@dataclasses.dataclass(frozen=True, slots=True)
class Step:
    """One way of bringing missing names in. `apply` gives the new text; what it serves has `outcome` in the ledger."""

    name: str
    outcome: Outcome
    apply: Callable[[Draft, Means], str]
