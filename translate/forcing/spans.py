"""Where the English renders a term: spans of the alignment, weighed, and handed out so that none serves twice."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from translate.alignment.posterior import Floats
from translate.forcing.evidence import Reading, Served
from translate.forcing.ledger import Occurrence
from translate.forcing.tokens import Token

# A word in a span counts by its share in the term, less what belongs to others, less a little if it belongs to nobody.
_OTHERS = 0.9
_NOBODYS = 0.15
_GRAMMAR = 0.04
# The least share with which a span begins and ends, the least score that is believed, and its most words.
_EDGE = 0.2
_ENOUGH = 0.2
_LONGEST = 14
_QUOTES = "“「『《〈\"‘"


@dataclasses.dataclass(frozen=True, slots=True)
class Span:
    """English that renders an occurrence (its index): text[start:end], and how much speaks for it."""

    occurrence: int
    start: int
    end: int
    score: float


def find_spans(
    source: str, occurrences: Sequence[Occurrence], served: Served, reading: Reading, enough: float = _ENOUGH
) -> list[Span]:
    """For the occurrences that are not served the spans that render them, disjoint, surest first."""
    tokens, shares = reading.tokens, reading.alignment.shares
    if not tokens:
        return []
    everything = shares.sum(axis=1)
    used = [token.blocked for token in tokens]
    chosen: list[Span] = []

    def best(index: int) -> tuple[float, int, int]:
        occurrence = occurrences[index]
        closed = used
        if not _is_quoted(source, occurrence):
            closed = [u or token.quoted for u, token in zip(used, tokens, strict=True)]
        if not any(char.isdigit() for char in occurrence.text + "".join(occurrence.accepted)):
            closed = [c or token.word[0].isdigit() for c, token in zip(closed, tokens, strict=True)]
        return _best(shares[:, index], everything, tokens, closed)

    found = {index: best(index) for index, span in enumerate(served) if span is None}
    while found:
        index = max(found, key=lambda i: (found[i][0], -i))
        score, first, last = found.pop(index)
        if score < enough:
            continue
        if any(used[first : last + 1]):
            found[index] = best(index)
            continue
        used[first : last + 1] = [True] * (last + 1 - first)
        chosen.append(Span(index, tokens[first].start, tokens[last].end, score))
    return chosen


def _is_quoted(source: str, occurrence: Occurrence) -> bool:
    around = source[max(0, occurrence.start - 1) : occurrence.start + 1]
    return any(char in _QUOTES for char in around)


def _best(
    own: Floats, everything: Floats, tokens: Sequence[Token], closed: Sequence[bool]
) -> tuple[float, int, int]:
    """(score, first token, last token) of the span that speaks most for a unit; score -1 where there is none."""
    mine, all_of_it = own.tolist(), everything.tolist()

    def worth(at: int) -> float:
        if not tokens[at].stem:
            return -_GRAMMAR
        return mine[at] - _OTHERS * (all_of_it[at] - mine[at]) - _NOBODYS * (1 - all_of_it[at])

    best = (-1.0, 0, 0)
    for begin in range(len(tokens)):
        if closed[begin] or mine[begin] < _EDGE:
            continue
        # A span does not begin inside a hyphenated word.
        first, total = begin, 0.0
        while tokens[first].joined and not closed[first - 1]:
            first -= 1
            total += worth(first)
        for last in range(begin, min(begin + _LONGEST, len(tokens))):
            if closed[last] or (last > begin and tokens[last].gap == float("inf")):
                break
            total += worth(last) - (tokens[last].gap if last > begin else 0.0)
            if mine[last] >= _EDGE and total > best[0]:
                best = (total, first, last)
    return best
