"""A glossary in memory: its concepts, which of them are forced, and a hash that names exactly this state."""

from __future__ import annotations

import dataclasses
import functools
import hashlib
from pathlib import Path

from glossary.concept import Concept
from glossary.csv_file import Problem, write_rows
from glossary.formats import read_path
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
    """The glossary in a file of any format that `glossary.formats` reads. Raises GlossaryError with one sentence."""
    concepts, problems = read_path(Path(path))
    return Glossary(tuple(concepts), tuple(problems))
