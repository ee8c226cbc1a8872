"""Forcing terms into the pairs of a file, document by document, and the ledger of it."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Callable, Sequence

from glossary import Glossary
from translate import enforce_document
from translate.checks import Flag, run_checks
from translate.checks.document import across
from translate.forcing.chain import Enforced
from translate.forcing.naming import Style
from translate.outputs.csv_table import LEDGER_COLUMNS, to_csv
from translate.pair_files import Pair


@dataclasses.dataclass(frozen=True)
class ForcedPair:
    """A pair of the file, its English with the names forced in, and what its document as a whole tells of it."""

    pair: Pair
    forced: Enforced
    across: tuple[Flag, ...] = ()

    @functools.cached_property
    def flags(self) -> tuple[Flag, ...]:
        """What the quality checks find in the new English."""
        return (*run_checks(self.pair.source, self.forced.text, self.forced.ledger), *self.across)


def enforce_pairs(
    pairs: Sequence[Pair],
    glossary: Glossary,
    style: Style = "as-source",
    tell: Callable[[int], None] = lambda count: None,
) -> list[ForcedPair]:
    """Each pair with the glossary's names forced into its target, in order; `tell` is given how many more are done."""
    documents: dict[str, list[int]] = {}
    for index, pair in enumerate(pairs):
        documents.setdefault(pair.document, []).append(index)
    done: dict[int, ForcedPair] = {}
    for document, indices in documents.items():
        texts = [(pairs[index].source, pairs[index].target) for index in indices]
        made = enforce_document(texts, glossary, document, style)
        told = across([forced.ledger for forced in made])
        for index, forced, flags in zip(indices, made, told, strict=True):
            done[index] = ForcedPair(pairs[index], forced, tuple(flags))
        tell(len(indices))
    return [done[index] for index in range(len(pairs))]


def ledger_csv(pairs: Sequence[ForcedPair]) -> str:
    """The term ledger of the pairs; `segment` is the pair's number in the file."""
    rows: list[Sequence[object]] = []
    for number, item in enumerate(pairs, 1):
        for row in item.forced.ledger:
            o = row.occurrence
            where = (item.pair.document, number, o.concept, o.text, o.start, o.end, o.expected)
            rows.append((*where, row.found, row.target_start, row.target_end, row.outcome))
    return to_csv(LEDGER_COLUMNS, rows)
