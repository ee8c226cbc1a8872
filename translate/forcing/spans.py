"""Where the English renders a term: spans of the alignment, weighed, and handed out so that none serves twice."""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from collections.abc import Sequence

from translate.alignment.posterior import Floats
from translate.alignment.words import FUNCTION_WORDS, english_words
from translate.forcing.evidence import Reading, Served
from translate.forcing.ledger import Occurrence
from translate.forcing.tokens import Token

# A word in a span counts by its share in the term, less what belongs to others, less a little if it belongs to nobody.
_OTHERS = 0.9
_NOBODYS = 0.15
_GRAMMAR = 0.04
# Reaching over "and" or "or" costs, if neither the term nor its name joins anything.
_JOIN = 3.9
_JOINED = re.compile(r"\b(?:and|or)\b|[&/]|[和与與及或、]")
# So does a word in small letters in a run of capitals, and a participle that the name does not have: "risks associated".
_SMALL = 0.6
_PARTICIPLE = 2.2
_ENDS_IN_ED = re.compile(r"[a-z]{3,}ed")
# And reaching over a word that leads to what is done: "portfolios managed by managers", "efforts to promote".
_TO_DO = frozenset(("to", "by"))
_DONE = 1.0
_LONGEST = 14
_QUOTES = '“「『《〈"‘'


@dataclasses.dataclass(frozen=True, slots=True)
class Certainty:
    """The least share with which a span begins and ends, and the least score that is believed."""

    edge: float
    score: float


SURE = Certainty(0.14, 0.1)
LIKELY = Certainty(0.07, 0.02)


@dataclasses.dataclass(frozen=True, slots=True)
class Span:
    """English that renders an occurrence (its index): text[start:end], and how much speaks for it."""

    occurrence: int
    start: int
    end: int
    score: float


@dataclasses.dataclass(frozen=True, slots=True)
class _Look:
    """How a name looks: how often it says each stem, whether it joins things, whether it is in capitals throughout, and
    which words that lead to what is done it has itself."""

    stems: Counter[str]
    joins: bool
    capitals: bool
    grammar: frozenset[str]


def _look_of(occurrence: Occurrence) -> _Look:
    stems = Counter[str]()
    for form in occurrence.accepted:
        stems |= Counter(stem for _, _, stem in english_words(form))
    words = [word for form in occurrence.accepted for word in re.findall("[A-Za-z]+", form)]
    capitals = all(word[0].isupper() for word in words if word not in FUNCTION_WORDS)
    return _Look(
        stems,
        bool(_JOINED.search(" ".join((occurrence.text, *occurrence.accepted)))),
        capitals,
        frozenset(words) & _TO_DO,
    )


def find_spans(
    source: str, occurrences: Sequence[Occurrence], served: Served, reading: Reading, certainty: Certainty = SURE
) -> list[Span]:
    """For the occurrences that are not served the spans that render them, disjoint, surest first.

    Occurrences of one concept look for their spans together and are given them in order.
    """
    tokens, shares = reading.tokens, reading.alignment.shares
    if not tokens:
        return []
    everything = shares.sum(axis=1)
    used = [token.blocked for token in tokens]
    groups: dict[str, list[int]] = {}
    for index, span in enumerate(served):
        if span is None:
            groups.setdefault(occurrences[index].concept, []).append(index)

    def best(concept: str) -> tuple[float, int, int]:
        occurrence = occurrences[groups[concept][0]]
        closed = used
        if not _is_quoted(source, occurrence):
            closed = [u or token.quoted for u, token in zip(used, tokens, strict=True)]
        if not any(char.isdigit() for char in occurrence.text + "".join(occurrence.accepted)):
            closed = [c or token.word[0].isdigit() for c, token in zip(closed, tokens, strict=True)]
        own = shares[:, groups[concept]].sum(axis=1)
        return _best(own, everything, tokens, closed, certainty.edge, _look_of(occurrence))

    chosen: dict[str, list[tuple[float, int, int]]] = {}
    found = {concept: best(concept) for concept in groups}
    while found:
        concept = max(found, key=lambda c: (found[c][0], -groups[c][0]))
        score, first, last = found.pop(concept)
        if score < certainty.score:
            continue
        if not any(used[first : last + 1]):
            used[first : last + 1] = [True] * (last + 1 - first)
            chosen.setdefault(concept, []).append((score, first, last))
            if len(chosen[concept]) == len(groups[concept]):
                continue
        found[concept] = best(concept)
    return [
        Span(index, tokens[first].start, tokens[last].end, score)
        for concept, spans in chosen.items()
        for index, (score, first, last) in zip(
            _in_order(groups[concept], spans, reading), _by_place(spans), strict=True
        )
    ]


def _by_place(spans: Sequence[tuple[float, int, int]]) -> list[tuple[float, int, int]]:
    return sorted(spans, key=lambda span: span[1])


def _in_order(indices: Sequence[int], spans: Sequence[tuple[float, int, int]], reading: Reading) -> list[int]:
    """As many of the occurrences as there are spans, in order: those that are expected nearest to them."""
    left = list(indices)
    line = reading.alignment.line
    rows = [(first + last) / 2 for _, first, last in _by_place(spans)]
    while len(left) > len(rows):
        left.remove(max(left, key=lambda index: min(abs(float(line[index]) - row) for row in rows)))
    return left


def _is_quoted(source: str, occurrence: Occurrence) -> bool:
    around = source[max(0, occurrence.start - 1) : occurrence.start + 1]
    return any(char in _QUOTES for char in around)


def _best(
    own: Floats, everything: Floats, tokens: Sequence[Token], closed: Sequence[bool], edge: float, look: _Look
) -> tuple[float, int, int]:
    """(score, first token, last token) of the span that speaks most for a unit; score -1 where there is none."""
    mine: list[float] = own.tolist()
    all_of_it: list[float] = everything.tolist()

    def worth(at: int) -> float:
        if not tokens[at].stem:
            if tokens[at].word in _TO_DO and tokens[at].word not in look.grammar:
                return -_DONE
            return -_JOIN if not look.joins and tokens[at].word in ("and", "or") else -_GRAMMAR
        return mine[at] - _OTHERS * (all_of_it[at] - mine[at]) - _NOBODYS * (1 - all_of_it[at])

    def strange(at: int, first: int) -> float:
        """What a word costs because it does not look like part of a name that begins at `first`."""
        token = tokens[at]
        if not token.stem or look.stems[token.stem]:
            return 0.0
        capitals = sum(t.word[0].isupper() for t in tokens[first:at] if t.stem)
        cost = _SMALL if look.capitals and capitals > 1 and token.word.islower() and not token.joined else 0.0
        ends = at + 1 == len(tokens) or tokens[at + 1].gap or not tokens[at + 1].stem
        return cost + _PARTICIPLE if ends and _ENDS_IN_ED.fullmatch(token.word) else cost

    best = (-1.0, 0, 0)
    for begin in range(len(tokens)):
        if closed[begin] or mine[begin] < edge:
            continue
        # A span does not begin inside a hyphenated word.
        first, total = begin, 0.0
        said: Counter[str] = Counter()
        while tokens[first].joined and not closed[first - 1]:
            first -= 1
            total += worth(first)
        for last in range(begin, min(begin + _LONGEST, len(tokens))):
            if closed[last] or (last > begin and tokens[last].gap == float("inf")):
                break
            if tokens[last].stem and mine[last] >= edge:
                # A name says a word as often as it does: one more begins another rendering.
                said[tokens[last].stem] += 1
                if said[tokens[last].stem] > max(1, look.stems[tokens[last].stem]):
                    break
            total += worth(last) - strange(last, first) - (tokens[last].gap if last > begin else 0.0)
            if mine[last] >= edge and total > best[0]:
                best = (total, first, last)
    if best[0] < 0:
        return best
    last = _to_word_end(best[2], tokens, closed, mine, all_of_it)
    return best[0], *_whole_proper_name(best[1], last, tokens, closed, all_of_it)


def _whole_proper_name(
    first: int, last: int, tokens: Sequence[Token], closed: Sequence[bool], everything: Sequence[float]
) -> tuple[int, int]:
    """The span with the capitalised words beside it that render nothing else, if all its own words have capitals."""

    def belongs(at: int) -> bool:
        word = tokens[at].word
        return not closed[at] and bool(tokens[at].stem) and word[0].isupper() and everything[at] < SURE.edge

    if any(token.stem and not token.word[0].isupper() for token in tokens[first : last + 1]):
        return first, last
    # The first word of a sentence has its capital for another reason.
    while first > 1 and belongs(first - 1) and tokens[first].gap == 0.0 and tokens[first - 1].gap == 0.0:
        first -= 1
    while last + 1 < len(tokens) and belongs(last + 1) and tokens[last + 1].gap == 0.0:
        last += 1
    return first, last


def _to_word_end(
    last: int, tokens: Sequence[Token], closed: Sequence[bool], mine: Sequence[float], everything: Sequence[float]
) -> int:
    """The last token, or the end of its hyphenated word where that renders nothing else: start-[ups]."""
    after = last + 1
    while after < len(tokens) and tokens[after].joined and not closed[after]:
        if everything[after] - mine[after] >= SURE.edge:
            break
        last, after = after, after + 1
    return last
