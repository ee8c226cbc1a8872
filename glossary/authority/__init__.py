"""Official names, curated by hand: one CSV a field, each row with where its English is known from.

`basis` says how good a name is: official (the body's own English), treaty, list (an official list), conventional
(usual in press and literature) or own (our rendering). Names from the first three are approved from the start.
"""

from __future__ import annotations

import csv
import functools
from importlib import resources

from glossary.concept import Concept
from glossary.csv_file import split_list

_APPROVED = {"official": 1.0, "treaty": 1.0, "list": 0.95}
_OFFERED = {"conventional": 0.8, "own": 0.6}


@functools.cache
def authority() -> tuple[Concept, ...]:
    """Every concept of the authority file, in the order of its files."""
    concepts: list[Concept] = []
    for file in sorted(resources.files(__name__).iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".csv"):
            rows = csv.DictReader(file.read_text(encoding="utf-8").splitlines())
            concepts.extend(_concept(row) for row in rows)
    return tuple(concepts)


def _concept(row: dict[str, str]) -> Concept:
    basis = row["basis"]
    years = f"{row['valid_from']}–{row['valid_to']}" if row["valid_from"] or row["valid_to"] else ""
    return Concept(
        source=row["source"],
        target=row["target"],
        acronym=row["acronym"],
        source_variants=split_list(row["source_variants"]),
        target_variants=split_list(row["target_variants"]),
        forbidden=split_list(row["forbidden"]),
        category=row["category"],
        status="approved" if basis in _APPROVED else "candidate",
        origin="authority",
        confidence=_APPROVED.get(basis) or _OFFERED[basis],
        note="; ".join(part for part in (basis, row["cite"], years, row["note"]) if part),
    )
