"""The company a term keeps: a stem that stands where the term stands, and nowhere else, renders it.

One step of expectation over the texts at hand: what other words of the source account for is not counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from translate.alignment.posterior import Floats

# How far a word that renders nothing else is taken to render the term.
_NOBODYS = 0.98
_LEAST_DICE = 0.25
_WEIGHT = 0.98
_LEAST_COUNT = 1.2


class Company:
    """Counts of terms and English stems over segments; `scores` are ready when all segments are told."""

    def __init__(self) -> None:
        self._alone: Counter[str] = Counter()
        self._terms: Counter[str] = Counter()
        self._both: dict[str, Counter[str]] = {}
        self._scores: dict[str, Mapping[str, float]] = {}

    def tell(self, stems: Sequence[str], columns: Mapping[str, Sequence[int]], shares: Floats) -> None:
        """One segment: its stems, the columns of each term in it, and the posteriors found without company."""
        self._scores.clear()
        self._alone.update({stem for stem in stems if stem})
        free = (1 - shares.sum(axis=1)).clip(min=0) * _NOBODYS
        for term, its in columns.items():
            self._terms[term] += 1
            own = (shares[:, list(its)].sum(axis=1) + free).clip(max=1).tolist()
            most: dict[str, float] = {}
            for stem, weight in zip(stems, own, strict=True):
                if stem and weight > most.get(stem, 0.0):
                    most[stem] = weight
            both = self._both.setdefault(term, Counter())
            for stem, weight in most.items():
                both[stem] += weight  # type: ignore[assignment]

    def scores(self, term: str) -> Mapping[str, float]:
        """Stem → Dice coefficient with the term, less what chance would give; nothing for a term met once."""
        if term not in self._scores:
            self._scores[term] = dict(self._found(term))
        return self._scores[term]

    def _found(self, term: str) -> Iterable[tuple[str, float]]:
        count = self._terms[term]
        if count < 2:
            return
        for stem, both in self._both[term].items():
            dice = 2 * (both - 1) / (count + self._alone[stem])
            if both >= _LEAST_COUNT and dice > _LEAST_DICE:
                yield stem, _WEIGHT * dice
