"""Heads of names (…海关, …委员会, …计划), with the category and the English that each gives to a name: `heads.tsv`."""

from __future__ import annotations

import csv
import dataclasses
from importlib import resources


@dataclasses.dataclass(frozen=True, slots=True)
class Head:
    """`of_field` and `of_place` are patterns: {} stands for the English of what precedes, a subject or a place or body."""

    name: str
    category: str
    of_field: str
    of_place: str


def _load() -> dict[str, Head]:
    lines = resources.files(__package__).joinpath("heads.tsv").read_text(encoding="utf-8").splitlines()
    rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    return {row["head"]: Head(row["head"], row["category"], row["of_field"], row["of_place"]) for row in rows}


HEADS: dict[str, Head] = _load()
LONGEST = max(map(len, HEADS))


def head_of(name: str) -> Head | None:
    """The longest head that `name` ends with, a final bracket aside; None if it has none."""
    bare = name
    if bare[-1:] in ")）":
        bare = bare[: max(bare.rfind("("), bare.rfind("（"))]
    for length in range(min(LONGEST, len(bare)), 0, -1):
        if bare[-length:] in HEADS:
            return HEADS[bare[-length:]]
    return None
