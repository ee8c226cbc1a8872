"""What a batch counts while it runs, and tells at the end."""

from __future__ import annotations

import dataclasses
from collections import Counter

from translate.forcing.naming import Style


@dataclasses.dataclass(frozen=True, slots=True)
class Progress:
    """Told after every step: which document, segments done and segments in all, and how the run's names came to stand."""

    document: str
    done: int
    total: int
    outcomes: tuple[tuple[str, int], ...] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class DocumentReport:
    """Counts of one document: raw characters kept and removed by kind, restored ones, segments, outcomes, flags."""

    name: str
    kept: int
    restored: int
    removed: dict[str, int]
    segments: int
    outcomes: dict[str, int]
    errors: int
    warnings: int


@dataclasses.dataclass
class BatchReport:
    """What a batch did. `failures` names every input and segment that gave nothing, one sentence each.

    `reused`: segments whose English was there (kept, in the memory, or of an equal segment); `set_aside`: those that are
    no longer tried.
    """

    documents: list[DocumentReport] = dataclasses.field(default_factory=list)
    failures: list[str] = dataclasses.field(default_factory=list)
    notes: list[str] = dataclasses.field(default_factory=list)
    files: list[str] = dataclasses.field(default_factory=list)
    terms: int = 0
    reused: int = 0
    translated: int = 0
    set_aside: int = 0
    engine: str = ""
    glossary: str = ""
    names: Style = "as-source"

    @property
    def outcomes(self) -> Counter[str]:
        """Occurrences by outcome over all documents."""
        return sum((Counter(document.outcomes) for document in self.documents), Counter[str]())

    def as_dict(self) -> dict[str, object]:
        """For the job's row and JSON output."""
        return dataclasses.asdict(self)
