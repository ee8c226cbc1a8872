"""Finding sources that are nearly alike among a million: character bigrams choose candidates, edit distance decides.

Two texts of `a` and `b` characters whose edit distance is d share at least max(a, b) - 1 - 2 d bigrams (Ukkonen 1992), so
a text that is 75 % like another shares about half its bigrams, and one of its rarer half for sure. Units are numbered by
length: those that can be alike at all are one slice of every posting list.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

_BUCKETS = 1 << 20
_MOST_CANDIDATES = 1500
LEAST = 0.75
_WORDS = re.compile(r"\w+|\s+|[^\w\s]")


@dataclasses.dataclass(frozen=True, slots=True)
class Difference:
    """One step from the old text to the new: `kind` equal, replace, insert or delete."""

    kind: str
    old: str
    new: str


@dataclasses.dataclass(frozen=True, slots=True)
class FuzzyMatch:
    """A unit by its number in the index's texts, how alike it is (0–1: one less the edits over the longer length)."""

    number: int
    score: float


def differences(old: str, new: str) -> tuple[Difference, ...]:
    """How `new` comes from `old`, as data for any screen."""
    return tuple(
        Difference(code.tag, old[code.src_start : code.src_end], new[code.dest_start : code.dest_end])
        for code in Levenshtein.opcodes(old, new)
    )


def word_differences(old: str, new: str) -> tuple[Difference, ...]:
    """The same word by word, as English is read; blanks and marks are words of their own."""
    before, after = (_WORDS.findall(text) for text in (old, new))
    return tuple(
        Difference(
            code.tag, "".join(before[code.src_start : code.src_end]), "".join(after[code.dest_start : code.dest_end])
        )
        for code in Levenshtein.opcodes(before, after)
    )


class FuzzyIndex:
    """Over texts that do not change; about 100 bytes a text besides the texts themselves."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts
        lengths = np.fromiter(map(len, texts), np.int32, len(texts))
        # Position by length → number of the text.
        self._order = np.argsort(lengths, kind="stable").astype(np.int32)
        self._lengths = lengths[self._order]
        grams, owners = _grams_of([texts[number] for number in self._order])
        # Sorted by bigram, then by position: each bigram's units are one slice, rising. Sorting one number that holds
        # both is several times faster, and smaller, than sorting by two.
        both = grams.astype(np.uint64)
        del grams
        both <<= np.uint64(32)
        both |= owners.astype(np.uint64)
        del owners
        both.sort()
        self._starts = np.searchsorted(both, np.arange(_BUCKETS + 1, dtype=np.uint64) << np.uint64(32)).astype(np.int64)
        self._units = (both & np.uint64(0xFFFFFFFF)).astype(np.int32)

    def __len__(self) -> int:
        return len(self._texts)

    def find(self, text: str, least: float = LEAST, most: int = 5) -> list[FuzzyMatch]:
        """The texts at least so alike, the most alike first; at most `most`."""
        candidates = self._candidates(text, least)
        if not len(candidates):
            return []
        numbers = self._order[candidates].tolist()
        found = process.extract(
            text,
            [self._texts[number] for number in numbers],
            scorer=Levenshtein.normalized_similarity,
            score_cutoff=least,
            limit=most,
        )
        return [FuzzyMatch(numbers[at], float(score)) for _, score, at in found]

    def _candidates(self, text: str, least: float) -> npt.NDArray[np.int64]:
        """Positions of texts that may be alike enough, those that share most rare bigrams first."""
        length = len(text)
        if not length:
            return np.empty(0, np.int64)
        low = int(np.searchsorted(self._lengths, int(np.ceil(length * least - 1e-9)), "left"))
        high = int(np.searchsorted(self._lengths, int(np.floor(length / least + 1e-9)), "right"))
        grams = np.unique(_grams_of([text])[0])
        if high <= low or not len(grams):
            return np.arange(low, high)[:_MOST_CANDIDATES]
        lists = sorted((self._slice(int(gram), low, high) for gram in grams), key=len)
        longest = length / least
        shared = longest - 1 - 2 * (1 - least) * longest
        # Of n bigrams with s shared, one of any n - s + 1 is shared; bigrams that stand twice count once: some slack.
        rare = lists[: max(1, int(len(lists) - min(shared, length - 1) * 0.8) + 1)]
        counts = np.bincount(np.concatenate(rare) - low, minlength=high - low)
        hits = np.flatnonzero(counts)
        if len(hits) > _MOST_CANDIDATES:
            best = np.argpartition(counts[hits], -_MOST_CANDIDATES)[-_MOST_CANDIDATES:]
            hits = hits[best]
        return hits + low

    def _slice(self, gram: int, low: int, high: int) -> npt.NDArray[np.int32]:
        units = self._units[self._starts[gram] : self._starts[gram + 1]]
        return units[np.searchsorted(units, low) : np.searchsorted(units, high)]


def _grams_of(texts: Sequence[str]) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]:
    """Bucket of every bigram of the texts, and which text it is of; a text of one character is its own bigram."""
    padded = [text if len(text) > 1 else text + "\x00" for text in texts]
    lengths = np.fromiter(map(len, padded), np.int64, len(padded))
    codes = np.frombuffer("".join(padded).encode("utf-32-le", "surrogatepass"), np.uint32)
    if len(codes) < 2:
        return np.empty(0, np.int32), np.empty(0, np.int32)
    mixed = codes[:-1] * np.uint32(0x9E3779B1) ^ codes[1:] * np.uint32(0x85EBCA6B)
    buckets = (mixed ^ (mixed >> np.uint32(15))) & np.uint32(_BUCKETS - 1)
    owners = np.repeat(np.arange(len(padded), dtype=np.int32), lengths)
    # The pair of a text's last character and the next text's first is nobody's.
    inside = np.ones(len(codes) - 1, bool)
    inside[np.cumsum(lengths)[:-1] - 1] = False
    return buckets[inside].astype(np.int32), owners[:-1][inside]
