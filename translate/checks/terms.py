"""Terms: a name is missing, or stands only because it was inserted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from translate.checks.base import Check
from translate.forcing.ledger import LedgerRow


def _missing(source: str, target: str, ledger: Sequence[LedgerRow]) -> Iterator[str]:
    for row in ledger:
        if row.outcome == "unresolved":
            yield f"{row.occurrence.text} = {row.occurrence.expected} does not stand in the English"


def _inserted(source: str, target: str, ledger: Sequence[LedgerRow]) -> Iterator[str]:
    for row in ledger:
        if row.outcome == "inserted":
            yield f"{row.found} was put in brackets at the end of its clause; place it"


MISSING = Check("term_missing", "Term missing", "A name of the glossary is not in the English.", "error", _missing)
INSERTED = Check("term_inserted", "Term to place", "A name was inserted and wants its place.", "warning", _inserted)
