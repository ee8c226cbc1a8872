"""What stands beside a name in the source, and which English words are sure to render it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from translate.alignment.words import chinese_words
from translate.forcing.evidence import Reading, Served
from translate.forcing.steps.base import Draft
from translate.forcing.tokens import Token

BE = frozenset("is are was were be been being".split())
PARTICIPLE = re.compile(r"(?:ed|en|held|made|set|put|done|built|sent|brought|led|met)$")
_LINK = re.compile(r"[」』”》）)]*(的|之)?[「『“《]?")
_BEFORE_VERB = BE | frozenset("to will would may can could should must not has have had".split())
# The least share of the neighbour's best word, and how many words off the expected place it may stand.
_SURE = 0.35
REACH = 14.0
# What is done to an object that is then one's own: a review is carried out, a measure issued.
_DONE = re.compile(
    r"[^，,；;。！？!?：:]*?(?:進行|进行|推出|舉行|举行|舉辦|举办|作出|採取|采取|實施|实施|發布|发布|公布|制定|提出|展開|开展|展开|設立|设立|出版|完成)了?"
)
_CLAUSE_END = re.compile(r"[，,；;。！？!?：:]")
# How many words behind a name may be the verb that it is the subject of.
_VERBS_AHEAD = 3


def row_beside(draft: Draft, index: int, served: Served, reading: Reading) -> tuple[int | None, bool]:
    """The English word that what follows the name in the source begins with, and whether 的 stands between them.

    Another term, or a plain word whose English is sure; None where there is none near enough.
    """
    link = _LINK.match(draft.source, draft.occurrences[index].end)
    at = link.end() if link else draft.occurrences[index].end
    linked = bool(link and link.group(1))
    line = float(reading.alignment.line[index])
    for row in _rows_at(draft, at, served, reading):
        if abs(row - line) <= REACH:
            return row, linked
    return None, linked


def _rows_at(draft: Draft, at: int, served: Served, reading: Reading) -> list[int]:
    for occurrence, span in zip(draft.occurrences, served, strict=True):
        if occurrence.start == at:
            return [row for row, token in enumerate(reading.tokens) if span and span[0] <= token.start < span[1]]
    for column, unit in enumerate(reading.units):
        if column >= len(draft.occurrences) and unit.start == at:
            return _sure(reading, column)
    return []


def _sure(reading: Reading, column: int) -> list[int]:
    shares = reading.alignment.shares[:, column]
    row = int(shares.argmax())
    return [row] if shares[row] >= _SURE else []


def rows_after(draft: Draft, at: int, reading: Reading) -> list[int]:
    """The sure English words for the next words of the source behind an offset, within its clause."""
    clause = re.match(r"[^，,；;。！？!?：:]*", draft.source[at:])
    end = at + (clause.end() if clause else 0)
    ahead = [start for start, _, _ in chinese_words(draft.source) if at <= start < end][:_VERBS_AHEAD]
    return [
        row
        for column, unit in enumerate(reading.units)
        if column >= len(draft.occurrences) and unit.start in ahead
        for row in _sure(reading, column)
    ]


def rows_of_object(draft: Draft, at: int, served: Served, reading: Reading) -> list[int]:
    """The English words for the object of what is done in the clause behind an offset, head first: 进行…的专题评估."""
    done = _DONE.match(draft.source, at)
    if done is None:
        return []
    ends = _CLAUSE_END.search(draft.source, done.end())
    end = ends.start() if ends else len(draft.source)
    found = []
    for column, unit in sorted(enumerate(reading.units), key=lambda pair: -pair[1].start):
        if done.end() <= unit.start < end:
            span = served[column] if column < len(served) else None
            if span:
                found.append(next(row for row, token in enumerate(reading.tokens) if token.start >= span[0]))
            elif column >= len(served):
                found += _sure(reading, column)
    return found


def is_verbal(tokens: Sequence[Token], row: int) -> bool:
    """Whether an English word stands as a verb: after a verb of being, "to" or a modal."""
    return bool(row) and tokens[row - 1].word.lower() in _BEFORE_VERB
