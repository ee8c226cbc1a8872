"""Occurrences of terms in a source text, and which span of the English serves each of them.

One English span serves one Chinese occurrence; longer names are served first. The ledger has one row an occurrence,
so that its length always equals the number of occurrences.
"""

from __future__ import annotations

import dataclasses
import functools
import re
from collections.abc import Iterable, Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from glossary import Match

Outcome = Literal["engine", "hinted", "placeholder", "repaired", "inserted", "unresolved"]
OUTCOMES: tuple[Outcome, ...] = ("engine", "hinted", "placeholder", "repaired", "inserted", "unresolved")


@dataclasses.dataclass(frozen=True, slots=True)
class Occurrence:
    """An occurrence of a term in a source text: source[start:end] = `text`, and the English forms that serve it."""

    start: int
    end: int
    text: str
    concept: str
    expected: str
    accepted: tuple[str, ...]
    forbidden: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class LedgerRow:
    """How one occurrence came to its English: target[target_start:target_end] = `found`; -1 and "" if unresolved."""

    occurrence: Occurrence
    found: str
    target_start: int
    target_end: int
    outcome: Outcome


def occurrences_of(source: str, matches: Iterable[Match]) -> list[Occurrence]:
    """The matches in `source` as occurrences, in order."""
    return [
        Occurrence(
            m.start,
            m.end,
            source[m.start : m.end],
            m.concept.source,
            m.concept.target,
            m.concept.accepted,
            m.concept.forbidden,
        )
        for m in matches
    ]


def serve(target: str, occurrences: Sequence[Occurrence]) -> list[tuple[int, int] | None]:
    """For each occurrence the span of `target` that serves it, None where there is none.

    Forms are looked for at word boundaries, longest first, plural allowed, case aside; spans do not overlap.
    """
    return list(_served(target, tuple(occurrences)))


# Every step asks again, most often about a text that has not changed.
@functools.lru_cache(maxsize=512)
def _served(target: str, occurrences: tuple[Occurrence, ...]) -> list[tuple[int, int] | None]:
    if not occurrences:
        return []
    forms = sorted({form.lower() for o in occurrences for form in o.accepted}, key=lambda form: (-len(form), form))
    taken = bytearray(len(target))
    lower = target.lower()
    spans: dict[str, list[tuple[int, int]]] = {}
    for form in forms:
        for start, end in find_form(target, form, lower):
            if not any(taken[start:end]):
                taken[start:end] = b"\x01" * (end - start)
                spans.setdefault(form, []).append((start, end))
    # Shorter sources take what longer ones leave, as the WMT25 scorer counts.
    order = sorted(range(len(occurrences)), key=lambda i: (-len(occurrences[i].text), occurrences[i].start))
    groups: dict[str, list[int]] = {}
    for index in order:
        groups.setdefault(occurrences[index].concept, []).append(index)
    served: list[tuple[int, int] | None] = [None] * len(occurrences)
    for indices in groups.values():
        wanted = sorted(
            {form.lower() for form in occurrences[indices[0]].accepted}, key=lambda form: (-len(form), form)
        )
        sure: list[tuple[int, int]] = []
        either: list[tuple[int, int]] = []
        for form in wanted:
            free = spans.get(form, [])
            if len(sure) + len(free) > len(indices):
                either = free if len(sure) < len(indices) else []
                break
            sure += free
            spans[form] = []
        for index, span in _in_place(sorted(indices), sure, either, target, occurrences):
            served[index] = span
            if span in either:
                either.remove(span)
    return served


def _in_place(
    indices: Sequence[int],
    sure: Sequence[tuple[int, int]],
    either: Sequence[tuple[int, int]],
    target: str,
    occurrences: Sequence[Occurrence],
) -> list[tuple[int, tuple[int, int]]]:
    """(occurrence, span) pairs in order, as many as can be, so that both stand as far into their texts as can be.

    All `sure` spans are used; of the spans in `either`, whose form they share, as many as there are occurrences left.
    """
    spans = sorted([*sure, *either])
    if not indices or not spans:
        return []
    if len(indices) == len(spans):
        return list(zip(indices, spans, strict=True))
    length = max(occurrence.end for occurrence in occurrences)
    where = np.array([occurrences[index].start / length for index in indices])
    there = np.array([span[0] / max(1, len(target)) for span in spans])
    costs = np.abs(where[:, None] - there[None, :]) + np.array([_inside_spelt_out(target, span) for span in spans])
    if len(indices) > len(spans):
        pairs = _cheapest(costs, [True] * len(indices))
    else:
        surplus = frozenset(either)
        pairs = [(i, j) for j, i in _cheapest(costs.T, [span in surplus for span in spans])]
    return [(indices[i], spans[j]) for i, j in pairs]


def _cheapest(costs: NDArray[np.float64], optional: Sequence[bool]) -> list[tuple[int, int]]:
    """(row, column) pairs in order, one for every column, so that their costs are least; rows not `optional` are used."""
    rows, columns = costs.shape
    best = np.full(columns + 1, np.inf)
    best[0] = 0.0
    taken = np.zeros((rows, columns + 1), dtype=bool)
    for row in range(rows):
        paired = np.concatenate(([np.inf], best[:-1] + costs[row]))
        left_out = best if optional[row] else np.full(columns + 1, np.inf)
        taken[row] = paired < left_out
        best = np.where(taken[row], paired, left_out)
    pairs = []
    column = columns
    for row in range(rows - 1, -1, -1):
        if taken[row, column]:
            column -= 1
            pairs.append((row, column))
    return pairs[::-1]


# Behind the words of an institution's name its initials in brackets: Hong Kong in "Hong Kong Monetary Authority (HKMA)".
_SPELT_OUT = re.compile(r"(?:\s+(?:of |the |for |and |on )*[A-Z]\w+)+\s+\([A-Z][A-Za-z&/-]*[A-Z]s?\)")


def _inside_spelt_out(target: str, span: tuple[int, int]) -> float:
    """1 for a span that begins a longer name with its initials behind it, which means that name and not this one."""
    return float(bool(_SPELT_OUT.match(target, span[1])))


def find_form(text: str, form: str, lower: str = "") -> list[tuple[int, int]]:
    """Where `form` stands in `text` as words: case aside, plural allowed, any blanks between words.

    `lower` is `text` in lower case, where the caller has it.
    """
    # Most forms are not there: a look for the longest word is a hundred times cheaper than the pattern.
    if _longest_word(form) not in (lower or text.lower()):
        return []
    return [(hit.start(), hit.end()) for hit in _pattern(form).finditer(text)]


@functools.lru_cache(maxsize=65536)
def _longest_word(form: str) -> str:
    return max(form.lower().split(), key=len, default="")


@functools.lru_cache(maxsize=16384)
def _pattern(form: str) -> re.Pattern[str]:
    words = r"\s+".join(re.escape(word) for word in form.split())
    return re.compile(rf"(?<![A-Za-z0-9]){words}(?:s|es)?(?![A-Za-z0-9])", re.IGNORECASE)


def ledger(target: str, occurrences: Sequence[Occurrence], outcomes: Sequence[Outcome]) -> tuple[LedgerRow, ...]:
    """The ledger of the final text: one row an occurrence; what is not served is unresolved, whatever was tried."""
    rows = []
    for occurrence, span, outcome in zip(occurrences, serve(target, occurrences), outcomes, strict=True):
        if span is None:
            rows.append(LedgerRow(occurrence, "", -1, -1, "unresolved"))
        else:
            rows.append(LedgerRow(occurrence, target[span[0] : span[1]], *span, outcome))
    return tuple(rows)
