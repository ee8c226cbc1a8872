"""Quality checks on the final English. To add one is to add one module and one line here."""

from collections.abc import Sequence

from translate.checks import (
    brackets,
    damaged,
    empty,
    fixed,
    forbidden,
    inconsistent,
    leftover,
    length,
    meaning,
    measures,
    negation,
    numbers,
    repeated,
    terms,
    truncated,
)
from translate.checks.base import Check, Flag
from translate.forcing.ledger import LedgerRow

CHECKS: tuple[Check, ...] = (
    terms.MISSING,
    terms.INSERTED,
    forbidden.CHECK,
    inconsistent.CHECK,
    empty.CHECK,
    fixed.CHECK,
    leftover.CHECK,
    numbers.CHECK,
    measures.CHECK,
    negation.CHECK,
    length.CHECK,
    truncated.CHECK,
    repeated.CHECK,
    brackets.CHECK,
    meaning.CHECK,
    damaged.CHECK,
)


def run_checks(source: str, target: str, ledger: Sequence[LedgerRow] = ()) -> list[Flag]:
    """Everything the checks find in one segment, errors first."""
    flags = [flag for check in CHECKS for flag in check.run(source, target, ledger)]
    return sorted(flags, key=lambda flag: flag.severity)


__all__ = ["CHECKS", "Check", "Flag", "run_checks"]
