"""Words with their English in names: `words.tsv`. A `quality` stands first (National), a `field` is what a name is about."""

from __future__ import annotations

import csv
import dataclasses
import functools
from importlib import resources


@dataclasses.dataclass(frozen=True, slots=True)
class Word:
    """`role` is quality, field or joint."""

    english: str
    role: str


@functools.cache
def lexicon() -> dict[str, Word]:
    """Every word by its Chinese."""
    lines = resources.files(__package__).joinpath("words.tsv").read_text(encoding="utf-8").splitlines()
    rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    return {row["word"]: Word(row["english"], row["role"]) for row in rows}
