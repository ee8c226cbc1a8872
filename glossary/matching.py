"""Where the terms of a glossary stand in Chinese text.

Matching is leftmost-longest over text normalised for width, script (簡/繁), dashes and invisible characters, with
offsets mapped back. Quotation marks inside a name are ignored (“一带一路”倡议). Latin terms need word boundaries.
"""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Iterable, Sequence

import ahocorasick_rs

from documents.script import to_simplified_characters
from glossary.concept import Concept

_OPENING = "“‘「『"
_CLOSING = "”’」』"
_DROPPED = _OPENING + _CLOSING + '"\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff'
_DASHES = "‐‑‒–—―−－﹣─"
_DOTS = "•・‧∙⋅"
# What may follow a name's last character only if the word runs on: 生态环境部 does not stand in 生态环境部门.
_RUNS_ON = {"部": "门长队署", "法": "规律治制定令院学", "准": "化", "行": "业"}


@dataclasses.dataclass(frozen=True, slots=True)
class Match:
    """An occurrence of a concept: text[start:end] is one of its Chinese forms, quotes included."""

    start: int
    end: int
    concept: Concept


@functools.cache
def _table() -> dict[int, str | None]:
    table: dict[int, str | None] = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    table[0x3000] = table[0x00A0] = " "
    table.update({ord(dash): "-" for dash in _DASHES})
    table.update({ord(dot): "·" for dot in _DOTS})
    table.update({ord(char): None for char in _DROPPED})
    return table


def normalize(text: str) -> str:
    """`text` as it is compared: half-width, simplified by character, without quotes and invisible characters."""
    return to_simplified_characters(text).translate(_table())


def _offsets(text: str, normal: str) -> Sequence[int]:
    """For each character of normalize(text), and its end, the offset in `text`."""
    if len(normal) == len(text):
        return range(len(text) + 1)
    kept = [at for at, char in enumerate(text) if char not in _DROPPED]
    return [*kept, len(text)]


class Matcher:
    """Finds every occurrence of a set of concepts in a text; built once, used for many texts."""

    def __init__(self, concepts: Iterable[Concept]) -> None:
        self._forms: dict[str, list[Concept]] = {}
        for concept in concepts:
            for form in concept.sources:
                normal = normalize(form).strip()
                if normal:
                    self._forms.setdefault(normal, []).append(concept)
        self._patterns = list(self._forms)
        self._automaton = ahocorasick_rs.AhoCorasick(self._patterns, matchkind=ahocorasick_rs.MATCHKIND_STANDARD)

    def find(self, text: str, document: str = "") -> list[Match]:
        """The occurrences in `text` of the concepts that hold in `document`, leftmost-longest, free of overlaps."""
        if not self._patterns:
            return []
        normal = normalize(text)
        offsets = _offsets(text, normal)
        hits = self._automaton.find_matches_as_indexes(normal, overlapping=True)
        found: list[Match] = []
        end = 0
        for index, start, stop in sorted(hits, key=lambda hit: (hit[1], -hit[2])):
            if start < end or not _at_word_boundaries(normal, start, stop):
                continue
            concept = self._holding(index, document)
            if concept is None or (concept.origin == "authority" and _runs_on(normal, stop)):
                continue
            span = _with_quotes(text, offsets[start], offsets[stop - 1] + 1)
            if span is not None:
                found.append(Match(*span, concept))
                end = stop
        return found

    def _holding(self, index: int, document: str) -> Concept | None:
        """The concept that a form means in `document`: one of its own scope before one that holds everywhere."""
        concepts = self._forms[self._patterns[index]]
        scoped = (c for c in concepts if c.scope and c.scope == document)
        return next(scoped, next((c for c in concepts if not c.scope), None))


def _at_word_boundaries(text: str, start: int, stop: int) -> bool:
    """Whether a form that begins or ends with a Latin letter or digit is not cut out of a longer word."""
    inner_start, inner_end = text[start], text[stop - 1]
    if start and _is_word(inner_start) and _is_word(text[start - 1]):
        return False
    return not (stop < len(text) and _is_word(inner_end) and _is_word(text[stop]))


def _runs_on(text: str, stop: int) -> bool:
    """Whether the word goes on behind a name. Asked of the authority file's names only: others mean what they say."""
    return stop < len(text) and text[stop] in _RUNS_ON.get(text[stop - 1], "")


def _is_word(char: str) -> bool:
    return char.isascii() and char.isalnum()


def _with_quotes(text: str, start: int, stop: int) -> tuple[int, int] | None:
    """The span, widened to quotes that it leaves half open; None where two quotations only stand side by side."""
    inside = text[start:stop]
    depth = 0
    for at, char in enumerate(inside):
        if char in _CLOSING:
            if inside[at + 1 : at + 2] and inside[at + 1] in _OPENING:
                return None
            depth -= 1
            if depth < 0:
                if start and text[start - 1] in _OPENING:
                    start -= 1
                depth = 0
        elif char in _OPENING:
            depth += 1
    if depth > 0 and stop < len(text) and text[stop] in _CLOSING:
        stop += 1
    return start, stop
