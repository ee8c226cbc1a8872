"""What only shows over a whole document: one concept under several full names in its segments."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from translate.checks.base import Flag
from translate.checks.inconsistent import CHECK, full_names
from translate.forcing.ledger import LedgerRow


def across(ledgers: Sequence[Sequence[LedgerRow]]) -> list[list[Flag]]:
    """For each segment of a document, by its ledger, the names that are called otherwise in most other segments."""
    counts: dict[str, Counter[tuple[str, ...]]] = {}
    shown: dict[tuple[str, ...], str] = {}
    found = [full_names(ledger) for ledger in ledgers]
    for names in found:
        for concept, forms in names.items():
            counts.setdefault(concept, Counter()).update(forms.keys())
            for words, form in forms.items():
                shown.setdefault(words, form)
    flags: list[list[Flag]] = []
    for names in found:
        told = []
        for concept, forms in names.items():
            [(usual, _)] = counts[concept].most_common(1)
            told += [
                Flag(CHECK.id, CHECK.severity, f"{concept} is called {form} here and {shown[usual]} elsewhere")
                for words, form in forms.items()
                if words != usual
            ]
        flags.append(told)
    return flags
