"""English that the glossary forbids for a term of this segment."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from translate.checks.base import Check
from translate.forcing.ledger import LedgerRow, find_form


def _find(source: str, target: str, ledger: Sequence[LedgerRow]) -> Iterator[str]:
    right = {form.lower() for row in ledger for form in row.occurrence.accepted}
    served = [(row.target_start, row.target_end) for row in ledger if row.target_start >= 0]
    told: set[str] = set()
    for row in ledger:
        for form in row.occurrence.forbidden:
            if form.lower() in right or form in told:
                continue
            for start, end in find_form(target, form):
                # Part of a right name is no mistake: "nuclear safety" in National Nuclear Safety Administration.
                if all(end <= first or last <= start for first, last in served):
                    told.add(form)
                    yield f"“{target[start:end]}” is not to be used for {row.occurrence.text}; it is {row.occurrence.expected}"
                    break


CHECK = Check(
    "forbidden",
    "Forbidden English",
    "A rendering stands in the English that the glossary forbids.",
    "error",
    _find,
)
