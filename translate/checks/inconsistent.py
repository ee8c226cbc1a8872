"""One concept under several full names in one segment. An acronym beside its full name is no inconsistency."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from translate.alignment.words import stem
from translate.checks.base import Check
from translate.forcing.ledger import LedgerRow
from translate.forcing.naming import is_acronym


def full_names(ledger: Sequence[LedgerRow]) -> dict[str, dict[tuple[str, ...], str]]:
    """By concept the full names that it has, each under the stems of its words; acronyms are left out."""
    names: dict[str, dict[tuple[str, ...], str]] = {}
    for row in ledger:
        if row.found and not is_acronym(row.found):
            words = tuple(stem(word) for word in row.found.removeprefix("the ").split())
            names.setdefault(row.occurrence.concept, {}).setdefault(words, row.found)
    return names


def _find(source: str, target: str, ledger: Sequence[LedgerRow]) -> Iterator[str]:
    for concept, found in full_names(ledger).items():
        if len(found) > 1:
            yield f"{concept} is called {' and '.join(sorted(found.values()))}"


CHECK = Check(
    "inconsistent",
    "Inconsistent name",
    "One term has several English names in the segment.",
    "warning",
    _find,
)
