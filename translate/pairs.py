"""Forcing terms into the pairs of a file, document by document, and the ledger of it."""

from __future__ import annotations

import dataclasses
import functools
import itertools
import operator
from collections.abc import Iterable, Iterator, Sequence

from glossary import Glossary
from translate import enforce_document
from translate.checks import Flag, run_checks
from translate.checks.document import across
from translate.forcing.chain import Enforced
from translate.forcing.naming import Style
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


def enforce_pairs(pairs: Iterable[Pair], glossary: Glossary, style: Style = "as-source") -> Iterator[ForcedPair]:
    """Each pair with the glossary's names forced into its target, in order.

    `pairs` is gone through twice. No more than one document is in memory at once where the pairs of a document stand
    together.
    """
    if _stand_together(pair.document for pair in pairs):
        for document, group in itertools.groupby(pairs, key=operator.attrgetter("document")):
            yield from _forced(list(group), glossary, document, style)
        return
    documents: dict[str, list[tuple[int, Pair]]] = {}
    for index, pair in enumerate(pairs):
        documents.setdefault(pair.document, []).append((index, pair))
    done: dict[int, ForcedPair] = {}
    for document, its in documents.items():
        forced = _forced([pair for _, pair in its], glossary, document, style)
        done.update(zip((index for index, _ in its), forced, strict=True))
    yield from (done[index] for index in range(len(done)))


def _stand_together(documents: Iterable[str]) -> bool:
    seen: set[str] = set()
    for document, _ in itertools.groupby(documents):
        if document in seen:
            return False
        seen.add(document)
    return True


def _forced(pairs: Sequence[Pair], glossary: Glossary, document: str, style: Style) -> list[ForcedPair]:
    made = enforce_document([(pair.source, pair.target) for pair in pairs], glossary, document, style)
    told = across([forced.ledger for forced in made])
    return [ForcedPair(pair, forced, tuple(flags)) for pair, forced, flags in zip(pairs, made, told, strict=True)]


def ledger_rows(number: int, item: ForcedPair) -> Iterator[Sequence[object]]:
    """The rows of a pair in the term ledger (LEDGER_COLUMNS); `number` is the pair's in the file."""
    for row in item.forced.ledger:
        o = row.occurrence
        where = (item.pair.document, number, o.concept, o.text, o.start, o.end, o.expected)
        yield (*where, row.found, row.target_start, row.target_end, row.outcome)
