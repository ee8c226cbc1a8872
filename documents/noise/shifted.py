"""Readings of GBK text that stands one byte off: what each shown code may have been, with codes that vanished between.

A beam search over characters: a reading is scored by the words it makes, by what the page repeats, and by how its
characters fit the page.
"""

from __future__ import annotations

import dataclasses
import functools
import itertools
import math
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator

import numpy
from numpy.typing import NDArray

from documents.noise.base import is_han
from documents.noise.gbk import Numbers, gbk_codes, in_big5
from documents.noise.likelihood import Words, words
from documents.noise.pinyin import readings
from documents.script import to_simplified_characters

SYLLABLE = "[a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüêńňǹḿ]{1,6}"
WHOLE = re.compile(rf"[(（]({SYLLABLE})[)）]")
BEAM = 60
OUT_OF_PLACE = 8.0
NOT_TRADITIONAL = 6.0
_ANY = frozenset[int]()
_NOT_OF_THESE = 0x7FFF
_HOPELESS = 14.0
# The most that a pair of characters gains by standing elsewhere on the page.
_REPEATED = 5.0
_GAPS_IN_A_ROW = 2
_CONTEXT = 4
_Sparse = tuple[Numbers, NDArray[numpy.float64]]


class Page:
    """What the page itself tells: its table of marked characters, the unmarked ones, and its widths."""

    def __init__(self, text: str) -> None:
        self.text = text
        pairs = ((text[hit.start() - 1], hit.group(1)) for hit in WHOLE.finditer(text) if hit.start())
        marked = Counter(char for char, spelling in pairs if is_han(char) and spelling in readings(char))
        self.table = {char for char, count in marked.items() if count >= 0.8 * text.count(char)}
        self.present = frozenset(text)
        self.pairs = _repeated(to_simplified_characters(WHOLE.sub("", text)))
        self._seconds: dict[str, list[tuple[str, float]]] = {}
        for pair, gain in self.pairs.items():
            self._seconds.setdefault(pair[0], []).append((pair[1], gain))
        self._gains: dict[str, _Sparse] = {}
        self.misfits = self._misfits()
        self.never = numpy.full(0x10000, -math.inf)
        self.nothing = numpy.zeros(0x10000)
        self.wide = any(mark in self.present for mark in "，：；（）")

    def _misfits(self) -> NDArray[numpy.float64]:
        """By code, how badly its character as restored, without a mark, fits this page."""
        codes = gbk_codes()
        misfits = numpy.where(codes.is_han & ~codes.is_big5, OUT_OF_PLACE, 0.0)
        misfits[[code for char in self.present if (code := codes.code_of.get(char)) is not None]] = 0.0
        misfits[[code for char in self.table if (code := codes.code_of.get(char)) is not None]] = OUT_OF_PLACE
        return misfits

    def misfit(self, char: str) -> float:
        """How badly `char` as restored, without a mark, fits this page."""
        code = gbk_codes().code_of.get(char)
        return float(self.misfits[code]) if code is not None else 0.0

    def gains(self, tail: str) -> _Sparse | None:
        """What codes gain by standing behind `tail` here: a page repeats its words."""
        if tail not in self._seconds:
            return None
        if tail not in self._gains:
            self._gains[tail] = _by_code(self._seconds[tail])
        return self._gains[tail]

    def misfit_marked(self, char: str) -> float:
        """How badly `char` fits this page as one that its table marks."""
        if char in self.table:
            return -2.0
        if char in self.present or not in_big5(char):
            return OUT_OF_PLACE
        return 0.0 if gbk_codes().simple.get(char) != char else NOT_TRADITIONAL

    def before(self, at: int) -> str:
        """The simplified characters before `at`, without marks."""
        return to_simplified_characters(WHOLE.sub("", self.text[max(0, at - 40) : at]))[-_CONTEXT:]

    def line_behind(self, at: int) -> str:
        """The rest of the line from `at` on."""
        end = self.text.find("\n", at)
        return self.text[at : len(self.text) if end < 0 else end]

    def after(self, at: int) -> str:
        """The simplified characters that follow `at`, without marks, up to the next damage."""
        ahead = WHOLE.sub("", self.text[at : at + 40])
        return to_simplified_characters(re.split(r"[\n?？(]", ahead, maxsplit=1)[0])[:_CONTEXT]


def _repeated(plain: str) -> dict[str, float]:
    """What each pair of neighbours on the (simplified) page gains by standing there: a page repeats its words."""
    counts = Counter(first + second for first, second in itertools.pairwise(plain))
    lexicon = words()
    size = len(plain)
    gains = {
        pair: min(_REPEATED, math.log(0.4 * count / size) - lexicon.score(pair))
        for pair, count in counts.items()
        if is_han(pair[0]) and is_han(pair[1])
    }
    return {pair: gain for pair, gain in gains.items() if gain > 0}


@dataclasses.dataclass(slots=True)
class Reading:
    """One way to read the run so far: the text, its score, and the lead byte that waits for its second byte."""

    text: str
    lead: int
    mark: Words.Mark
    penalty: float = 0.0

    @property
    def score(self) -> float:
        return self.mark[1][0] - self.penalty

    @property
    def promise(self) -> float:
        return self.mark[2] - self.penalty


def with_gaps(page: Page, beam: list[Reading], most: int, leads: frozenset[int] = _ANY) -> list[Reading]:
    """The readings, and those with vanished codes before the next character shown, whose lead byte is of `leads`."""
    floor = max((reading.promise for reading in beam), default=0.0) - _HOPELESS
    every = layer = [reading for reading in beam if reading.promise >= floor]
    gaps = gbk_codes().gaps
    last = [trail for trail, firsts in gaps.items() if leads is _ANY or not leads.isdisjoint(firsts)]
    for number in range(_GAPS_IN_A_ROW):
        # Only the lead bytes that may follow are of use, but a second gap can come between.
        every = every + step(page, layer, [(trail, -trail) for trail in last], most, guess=True)
        if number + 1 < _GAPS_IN_A_ROW:
            layer = step(page, layer, [(trail, -trail) for trail in gaps], BEAM // 2, guess=True)
    return [reading for reading in every if leads is _ANY or reading.lead < 0 or reading.lead in leads]


def step(
    page: Page, layer: list[Reading], bytes_: list[tuple[int, int]], most: int = BEAM, guess: bool = False
) -> list[Reading]:
    """The best readings with their waiting lead byte completed, for each (second byte, lead byte that waits next)."""
    if not layer or not bytes_:
        return []
    codes = gbk_codes()
    waiting = numpy.full(0x100, _NOT_OF_THESE)
    for trail, lead in bytes_:
        waiting[trail] = lead
    trails = numpy.array([trail for trail, _ in bytes_])
    options: dict[int, Numbers] = {}
    for lead in {reading.lead for reading in layer}:
        made = (lead << 8) + trails if lead > 0 else codes.behind_gap(-lead)
        right = (
            (codes.is_usable if guess else codes.is_shown)[made] if lead > 0 else waiting[made & 0xFF] != _NOT_OF_THESE
        )
        options[lead] = made[right]
    promises = [_promises(page, reading, options[reading.lead]) for reading in layer]
    whole = numpy.concatenate(promises)
    best = numpy.argsort(-whole, kind="stable")[:most]
    owners = numpy.repeat(numpy.arange(len(layer)), [len(promise) for promise in promises])[best].tolist()
    made = numpy.concatenate([options[reading.lead] for reading in layer])[best].tolist()
    return [
        grown(page, layer[owner], codes.shown[code], int(waiting[code & 0xFF]))
        for owner, code in zip(owners, made, strict=True)
    ]


def _promises(page: Page, reading: Reading, options: Numbers) -> NDArray[numpy.float64]:
    """What `reading` promises with each code of `options` added, without the cost of adding it."""
    codes = gbk_codes()
    tail, scores, _ = reading.mark
    promises = scores[0] + codes.begin[options]
    for back in (1, 2):
        if len(tail) >= back:
            numpy.maximum(promises, scores[back] + _spread(_followers(tail[-back:]), page.never, options), out=promises)
    promises -= reading.penalty + page.misfits[options]
    gains = page.gains(tail[-1:])
    return promises + _spread(gains, page.nothing, options) if gains else promises


def _spread(values: _Sparse, row: NDArray[numpy.float64], options: Numbers) -> NDArray[numpy.float64]:
    """The values at `options`; where there is none, what the uniform `row` holds."""
    at, value = values
    other = row[0]
    row[at] = value
    found: NDArray[numpy.float64] = row[options]
    row[at] = other
    return found


@functools.cache
def _begun() -> list[str]:
    """Every beginning of a word that has two or three characters, in order."""
    return sorted(word for word in words().begin if 2 <= len(word) <= 3)


def _continued(tail: str) -> Iterator[tuple[str, float]]:
    """What may follow `tail`, one or two characters, inside a word, and how likely the word so far is."""
    begun, begin = _begun(), words().begin
    for at in range(bisect_left(begun, tail), len(begun)):
        word = begun[at]
        if not word.startswith(tail):
            break
        if len(word) == len(tail) + 1:
            yield word[-1], begin[word]


@functools.lru_cache(4096)
def _followers(tail: str) -> _Sparse:
    return _by_code(_continued(tail))


def _by_code(plain: Iterable[tuple[str, float]]) -> _Sparse:
    """Values of simplified characters as codes and their values."""
    of_plain = gbk_codes().of_plain
    pairs = [(code, value) for char, value in plain for code in of_plain.get(char, ())]
    return numpy.array([code for code, _ in pairs], dtype=numpy.int64), numpy.array([value for _, value in pairs])


def grown(page: Page, reading: Reading, char: str, lead: int, marked: bool = False) -> Reading:
    plain = gbk_codes().simple[char]
    # The first character was split before its own mark, if it has one, could be put in.
    misfit = page.misfit_marked(char) if marked else page.misfit(char) if reading.text else 0.0
    misfit -= page.pairs.get(reading.mark[0][-1:] + plain, 0.0)
    return Reading(reading.text + char, lead, words().add(reading.mark, plain), reading.penalty + misfit)
