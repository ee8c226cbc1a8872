"""Settling a conflict by saying which side is right, and remembering it beside a glossary file."""

from __future__ import annotations

import csv
import dataclasses
import datetime
import io
from collections.abc import Iterable
from pathlib import Path

from documents.files import write_text
from glossary.checking import Conflict
from glossary.concept import Concept
from glossary.csv_file import csv_row, csv_text
from glossary.matching import normalize

_COLUMNS = ("conflict", "kept", "who", "made", "sentence")


class NotInConflictError(ValueError):
    """What is to be kept is no side of the conflict. The message is one sentence."""


def resolve(concepts: Iterable[Concept], conflict: Conflict, keep: str) -> list[Concept]:
    """The concepts after `keep` (Chinese name or English of one side) has been found right.

    A form claimed twice and a cycle stay with the one kept; a name for two bodies stays with the one kept, and the others
    become candidates without English; of two names for one body, the other rows go.
    """
    side = next((c for c in conflict.concepts if keep in (c.source, c.target)), None)
    if side is None or len(conflict.concepts) < 2:
        sides = " or ".join(dict.fromkeys(c.source for c in conflict.concepts))
        raise NotInConflictError(f"{keep} is no side of this conflict, which is between {sides}.")
    changed: list[Concept] = []
    for concept in concepts:
        if concept == side or concept not in conflict.concepts:
            changed.append(concept)
        elif (other := _loser(conflict, concept, side)) is not None:
            changed.append(other)
    return [_gains(concept, conflict) if concept == side else concept for concept in changed]


def _loser(conflict: Conflict, concept: Concept, side: Concept) -> Concept | None:
    """A concept that was not kept, as it is from now on; None if it goes."""
    if conflict.kind in ("alias", "cycle"):
        claimed = {normalize(form) for form in side.sources}
        if normalize(concept.source) in claimed:
            return None
        return dataclasses.replace(
            concept, source_variants=tuple(f for f in concept.source_variants if normalize(f) not in claimed)
        )
    if conflict.kind == "one name for two" or (conflict.kind == "forbidden" and concept.target == conflict.over):
        variants = tuple(form for form in concept.target_variants if form != concept.target)
        return dataclasses.replace(concept, target="", status="candidate", target_variants=variants)
    if conflict.kind == "forbidden":
        kept = tuple(form for form in concept.forbidden if form.lower() != conflict.over.lower())
        return dataclasses.replace(concept, forbidden=kept)
    return None


def _gains(side: Concept, conflict: Conflict) -> Concept:
    """The side that was kept: of one body under two Chinese names it takes over the other name."""
    if conflict.kind != "two names":
        return side
    others = [c.source for c in conflict.concepts if c.source != side.source]
    return dataclasses.replace(side, source_variants=tuple(dict.fromkeys((*side.source_variants, *others))))


def settled_beside(glossary: Path) -> set[str]:
    """Ids of the conflicts that were settled for a glossary file."""
    path = _beside(glossary)
    if not path.exists():
        return set()
    rows = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline=""))
    return {row["conflict"] for row in rows if row.get("conflict")}


def settle_beside(glossary: Path, conflict: Conflict, kept: str, who: str) -> Path:
    """Remember a settlement in `<glossary>.settled.csv`; the path of that file. Raises OSError."""
    path = _beside(glossary)
    present = path.read_text(encoding="utf-8-sig") if path.exists() else csv_text(_COLUMNS, [])
    made = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
    row = csv_row((conflict.id, kept, who, made, conflict.sentence))
    write_text(path, "\ufeff" + present + row)
    return path


def _beside(glossary: Path) -> Path:
    return glossary.with_name(f"{glossary.name}.settled.csv")
