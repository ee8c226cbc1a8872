"""What a quality check is: an id, words for a person, a severity, and a function over one translated segment."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Literal

from translate.forcing.ledger import LedgerRow

Severity = Literal["error", "warning"]


@dataclasses.dataclass(frozen=True, slots=True)
class Flag:
    """What a check found in one segment, in words. Errors hold back confirmation, warnings can be passed."""

    check: str
    severity: Severity
    text: str

    def as_dict(self) -> dict[str, Any]:
        """For storage and JSON."""
        return dataclasses.asdict(self)


@dataclasses.dataclass(frozen=True, slots=True)
class Check:
    """One quality check. `find(source, target, ledger)` gives what is wrong, each as the end of a sentence.

    `good` and `bad` are (source, target) examples that its tests run.
    """

    id: str
    name: str
    description: str
    severity: Severity
    find: Callable[[str, str, Sequence[LedgerRow]], Iterable[str]]
    good: tuple[tuple[str, str], ...] = ()
    bad: tuple[tuple[str, str], ...] = ()

    def run(self, source: str, target: str, ledger: Sequence[LedgerRow] = ()) -> list[Flag]:
        """The flags of this check for one segment."""
        return [Flag(self.id, self.severity, text) for text in self.find(source, target, ledger)]
