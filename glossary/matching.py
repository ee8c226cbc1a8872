"""Where the terms of a glossary stand in Chinese text.

Matching is leftmost-longest over text normalised for width, script (簡/繁), dashes and invisible characters, with
offsets mapped back. Quotation marks inside a name are ignored (“一带一路”倡议). Latin terms need word boundaries.
"""

from __future__ import annotations

import bisect
import functools
import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import ahocorasick_rs

from documents.script import to_simplified_characters
from glossary.bulk import collector_paused
from glossary.concept import Concept

_OPENING = "“‘「『"
_CLOSING = "”’」』"
QUOTES = _OPENING + _CLOSING + '"'
_DROPPED = QUOTES + "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_DROPPED_RUN = re.compile(f"[{_DROPPED}]+")
_DASHES = "‐‑‒–—―−－﹣─"
_DOTS = "•・‧∙⋅"
# What may follow a name's last character only if the word runs on: 生态环境部 does not stand in 生态环境部门.
# 吉林市 not in 吉林市场, 上海港 not in 上海港澳, 北京大学 not in 北京大学生, 公司法 not in 公司法人.
_RUNS_ON = {
    "部": "门长队署",
    "法": "规律治制定令院学庭官人则务医理案典",
    "准": "化",
    "行": "业",
    "市": "场值长民",
    "港": "澳口务",
    "学": "生",
}
# Han characters that may have a simplified form of their own.
_HAN_BLOCKS = ((0x3400, 0x4DC0), (0x4E00, 0xA000), (0xF900, 0xFB00))
# What must be asked before a form that was found is a match.
_LATIN_EDGE, _RUNNING_ON, _DEPENDS = 1, 2, 4


class Match(NamedTuple):
    """An occurrence of a concept: text[start:end] is one of its Chinese forms, quotes included."""

    start: int
    end: int
    concept: Concept


# Match(*parts), without the detour through Python that a named tuple takes.
_made = functools.partial(tuple.__new__, Match)


@functools.cache
def _table() -> dict[int, str | None]:
    """Every character that is compared as another one, or as none."""
    han = "".join(chr(code) for first, last in _HAN_BLOCKS for code in range(first, last))
    table: dict[int, str | None] = {
        ord(was): now for was, now in zip(han, to_simplified_characters(han), strict=True) if was != now
    }
    table.update({code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)})
    table[0x3000] = table[0x00A0] = " "
    table.update({ord(dash): "-" for dash in _DASHES})
    table.update({ord(dot): "·" for dot in _DOTS})
    # The full-width quotation mark is one too.
    table.update({ord(char): None for char in _DROPPED})
    return table


def normalize(text: str) -> str:
    """`text` as it is compared: half-width, simplified by character, without quotes and invisible characters."""
    return text.translate(_table())


def _offsets(text: str, normal: str) -> Sequence[int]:
    """For each character of normalize(text), and its end, the offset in `text`."""
    if len(normal) == len(text):
        return range(len(text) + 1)
    kept: list[range] = []
    end = 0
    for dropped in _DROPPED_RUN.finditer(text):
        kept.append(range(end, dropped.start()))
        end = dropped.end()
    return [*itertools.chain.from_iterable(kept), *range(end, len(text) + 1)]


def occurrences(wanted: str, text: str) -> Iterator[tuple[int, int]]:
    """Where `wanted`, normalised already, stands in `text`, case aside."""
    normal = normalize(text)
    offsets = _offsets(text, normal)
    for hit in re.finditer(re.escape(wanted), normal, re.IGNORECASE):
        yield offsets[hit.start()], offsets[hit.end() - 1] + 1


class Matcher:
    """Finds every occurrence of a set of concepts in a text; built once, used for many texts."""

    def __init__(self, concepts: Iterable[Concept]) -> None:
        with collector_paused():
            self._forms = _forms(concepts)
        self._patterns = list(self._forms)
        self._questions = [_questions(form, held) for form, held in self._forms.items()]
        self._firsts = [held[0] for held in self._forms.values()]
        self._longest = _automaton(self._patterns, ahocorasick_rs.MATCHKIND_LEFTMOST_LONGEST)

    @functools.cached_property
    def _every(self) -> ahocorasick_rs.AhoCorasick:
        """Finds forms inside and across each other too; only needed where the longest one does not hold."""
        return _automaton(self._patterns, ahocorasick_rs.MATCHKIND_STANDARD)

    def find(self, text: str, document: str = "") -> list[Match]:
        """The occurrences in `text` of the concepts that hold in `document`, leftmost-longest, free of overlaps."""
        if not self._patterns:
            return []
        normal = normalize(text)
        offsets = _offsets(text, normal)
        hits = self._longest.find_matches_as_indexes(normal)
        if not hits:
            return []
        with collector_paused():
            return self._matches(text, normal, offsets, hits, document)

    def _matches(
        self, text: str, normal: str, offsets: Sequence[int], hits: Sequence[tuple[int, int, int]], document: str
    ) -> list[Match]:
        """The matches that the longest forms found are: all at once, then again where something must be asked."""
        forms, starts, stops = zip(*hits, strict=True)
        lows = [offsets[start] for start in starts]
        highs = [offsets[stop - 1] + 1 for stop in stops]
        found = list(map(_made, zip(lows, highs, map(self._firsts.__getitem__, forms), strict=True)))
        questions = map(self._questions.__getitem__, forms)
        spans = zip(questions, lows, highs, starts, stops, strict=True)
        doubtful = [
            at for at, (asked, low, high, start, stop) in enumerate(spans) if asked or high - low != stop - start
        ]
        checked: list[Match] = []
        done = 0
        for at in doubtful:
            if at < done:
                continue
            match = self._match(text, normal, offsets, hits[at], document)
            if match is not None:
                found[at] = match
                continue
            line_end = normal.find("\n", stops[at])
            line_end = line_end if line_end >= 0 else len(normal)
            checked += found[done:at]
            checked += self._find_shorter(text, normal, offsets, (starts[at], line_end), document)
            done = bisect.bisect_left(starts, line_end)
        return checked + found[done:] if done else found

    def _find_shorter(
        self, text: str, normal: str, offsets: Sequence[int], span: tuple[int, int], document: str
    ) -> Iterator[Match]:
        """The matches from a longest form that does not hold to the end of its line, shorter forms asked too."""
        begin, end = span
        hits = self._every.find_matches_as_indexes(normal[begin:end], overlapping=True)
        free = begin
        for index, start, stop in sorted(hits, key=lambda hit: (hit[1], -hit[2])):
            place = (index, begin + start, begin + stop)
            if place[1] >= free and (match := self._match(text, normal, offsets, place, document)) is not None:
                yield match
                free = place[2]

    def _match(
        self, text: str, normal: str, offsets: Sequence[int], place: tuple[int, int, int], document: str
    ) -> Match | None:
        """The match that a form found at `place` (form, start, stop in `normal`) is, if it is one."""
        index, start, stop = place
        if self._questions[index] & _LATIN_EDGE and not _at_word_boundaries(normal, start, stop):
            return None
        concept = self._holding(index, document)
        if concept is None or (concept.origin == "authority" and _runs_on(normal, stop)):
            return None
        span = _with_quotes(text, offsets[start], offsets[stop - 1] + 1)
        return Match(*span, concept) if span is not None else None

    def _holding(self, index: int, document: str) -> Concept | None:
        """The concept that a form means in `document`: one of its own scope before one that holds everywhere."""
        concepts = self._forms[self._patterns[index]]
        scoped = (c for c in concepts if c.scope and c.scope == document)
        return next(scoped, next((c for c in concepts if not c.scope), None))


def _forms(concepts: Iterable[Concept]) -> dict[str, list[Concept]]:
    """The concepts that each normalised form may mean."""
    forms: dict[str, list[Concept]] = {}
    for concept in concepts:
        for form in concept.sources:
            if normal := normalize(form).strip():
                forms.setdefault(normal, []).append(concept)
    return forms


def _automaton(patterns: list[str], kind: ahocorasick_rs.MatchKind) -> ahocorasick_rs.AhoCorasick:
    return ahocorasick_rs.AhoCorasick(patterns, matchkind=kind)


def _questions(form: str, concepts: Sequence[Concept]) -> int:
    """What must be asked before this form is a match: word boundaries, whether the word runs on, the document."""
    latin = _LATIN_EDGE if _is_word(form[0]) or _is_word(form[-1]) else 0
    running = _RUNNING_ON if form[-1] in _RUNS_ON and any(c.origin == "authority" for c in concepts) else 0
    depends = _DEPENDS if len(concepts) > 1 or concepts[0].scope else 0
    return latin | running | depends


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
