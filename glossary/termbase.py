"""A glossary in memory: its concepts, which of them are forced, and a hash that names exactly this state."""

from __future__ import annotations

import dataclasses
import functools
import hashlib
from collections.abc import Iterable
from pathlib import Path

from glossary.concept import Concept
from glossary.csv_file import Problem, read_file, write_rows
from glossary.matching import Matcher


@dataclasses.dataclass(frozen=True)
class Glossary:
    """Concepts in order, and the rows of the file that were left out, if it came from one."""

    concepts: tuple[Concept, ...] = ()
    problems: tuple[Problem, ...] = ()

    @functools.cached_property
    def forced(self) -> tuple[Concept, ...]:
        """The concepts whose English must stand in every translation."""
        return tuple(concept for concept in self.concepts if concept.is_forced)

    @functools.cached_property
    def matcher(self) -> Matcher:
        """Finds the forced concepts in text."""
        return Matcher(self.forced)

    @functools.cached_property
    def hash(self) -> str:
        """Short name of this state of the glossary; part of every figure and report made with it."""
        return hashlib.sha256(write_rows(self.concepts).encode()).hexdigest()[:12]


def load(path: str | Path) -> Glossary:
    """The glossary in a CSV or TSV file. Raises GlossaryError with one sentence."""
    concepts, problems = read_file(Path(path))
    return Glossary(tuple(concepts), tuple(problems))


def merge(
    mine: Iterable[Concept], theirs: Iterable[Concept], how: str = "update"
) -> tuple[list[Concept], dict[str, int]]:
    """Bring `theirs` into `mine`, and count what happened: added, changed, kept, same.

    `update`: theirs win; `add`: only what is new comes in; `keep`: mine win, but what they leave empty is filled in.
    """
    merged = {concept.key: concept for concept in mine}
    report = {"added": 0, "changed": 0, "kept": 0, "same": 0}
    for concept in theirs:
        present = merged.get(concept.key)
        if present is None:
            merged[concept.key] = concept
            report["added"] += 1
            continue
        wanted = {"update": concept, "add": present}.get(how) or _filled(present, concept)
        if present == concept:
            report["same"] += 1
        elif wanted == present:
            report["kept"] += 1
        else:
            merged[concept.key] = wanted
            report["changed"] += 1
    return list(merged.values()), report


def _filled(present: Concept, other: Concept) -> Concept:
    """`present`, with the English of `other` where it has none."""
    if present.target or not other.target:
        return present
    return dataclasses.replace(
        present,
        target=other.target,
        acronym=present.acronym or other.acronym,
        origin=other.origin,
        confidence=other.confidence,
    )
