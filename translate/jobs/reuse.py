"""English that is there already: the same request answered before, or the same sentence confirmed by a person."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from sqlalchemy.orm import Session

from translate.forcing.chain import Enforced, Request
from translate.forcing.ledger import OUTCOMES, Outcome, ledger
from translate.memory.store import same_requests, same_sources
from translate.memory.unit import Unit

# What stands as the engine of a translation that a person confirmed elsewhere.
MEMORY = "memory:confirmed"


@dataclasses.dataclass(frozen=True, slots=True)
class Wanted:
    """A segment that wants English: its request, its surroundings (memory's context key), the request's keys by engine."""

    segment_id: int
    position: int
    request: Request
    context: str
    keys: tuple[str, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class Reused:
    """English from the memory, which engine (or MEMORY) it is from, and the key of the request it answers."""

    enforced: Enforced
    engine: str
    key: str


def reusable(session: Session, wanted: Sequence[Wanted]) -> dict[int, Reused]:
    """By segment: what need not be asked.

    A person's confirmed English comes first, from the same surroundings if there is one, but only while every term in it
    stands as the glossary wants it now; then what an engine answered to the same request.
    """
    if not wanted:
        return {}
    confirmed = same_sources(session, {item.request.source: item.context for item in wanted}, ("confirmed",))
    answered = same_requests(session, [key for item in wanted for key in item.keys])
    found: dict[int, Reused] = {}
    for item in wanted:
        for unit in confirmed.get(item.request.source, ()):
            proof = ledger(unit.target, item.request.occurrences, ["repaired"] * len(item.request.occurrences))
            if all(row.outcome != "unresolved" for row in proof):
                found[item.segment_id] = Reused(Enforced(unit.target, proof), MEMORY, item.keys[0])
                break
        else:
            key = next((key for key in item.keys if key in answered), "")
            if key:
                found[item.segment_id] = Reused(_again(answered[key], item.request), answered[key].engine, key)
    return found


def _again(unit: Unit, request: Request) -> Enforced:
    """A machine's answer to the same request; how its terms came to stand is known."""
    outcomes: list[Outcome] = [outcome for outcome in unit.outcomes if outcome in OUTCOMES]
    if len(outcomes) != len(request.occurrences):
        outcomes = ["engine"] * len(request.occurrences)
    return Enforced(unit.target, ledger(unit.target, request.occurrences, outcomes))
