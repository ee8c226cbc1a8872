"""The draft's phrase table and language model: read-only arrays in files that the system maps into memory.

Each table is a hash table of buckets: `offsets` says where a bucket begins, `prints` holds a fingerprint for each entry
(16 bits of an n-gram, 32 of a phrase), the other columns its values in eight bits. A fingerprint can be that of another
n-gram once in ten thousand lookups; the score is then a little wrong and nothing else.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

UNKNOWN, BEGIN, END = 0, 1, 2
# Scores are log10, in steps of a 24th, down to the least.
STEP = 24.0
# Entries of a bucket, on the average.
FILL = 6

Floats = NDArray[np.float32]
Longs = NDArray[np.uint64]
Ids = NDArray[np.int64]


def packed(scores: NDArray[Any]) -> NDArray[np.uint8]:
    """Log10 scores (0 to −10.6) as bytes."""
    return np.rint(np.clip(-scores * STEP, 0, 255)).astype(np.uint8)


_UNPACKED = (-np.arange(256) / STEP).astype(np.float32)
# A back-off weight can be a little more than one.
BACK_OFF_ABOVE = 0.5
_BACK_OFF = _UNPACKED + np.float32(BACK_OFF_ABOVE)


def buckets(count: int) -> int:
    """How many buckets a table of so many entries has."""
    return max(1, count // FILL)


def spread(keys: Longs) -> Longs:
    """64-bit numbers mixed so that every bit depends on all (the finaliser of SplitMix64)."""
    keys = (keys ^ (keys >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    keys = (keys ^ (keys >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return keys ^ (keys >> np.uint64(31))


def phrase_hash(phrase: str) -> int:
    """The number that a Chinese phrase is found under."""
    return int.from_bytes(hashlib.blake2b(phrase.encode(), digest_size=8).digest(), "little")


class Table:
    """Where the entries of a hash table stand; `find` gives their places or -1."""

    def __init__(self, offsets: NDArray[Any], prints: NDArray[Any]) -> None:
        self._offsets, self._prints = offsets, prints
        self._count = np.uint64(len(offsets) - 1)
        self._bits = np.uint64(8 * prints.dtype.itemsize)
        self._steps = np.arange(max(1, int(np.diff(offsets).max(initial=0))))

    def find(self, hashes: Longs) -> Ids:
        """Place of each hash in the columns, -1 where there is none."""
        bucket = (hashes % self._count).astype(np.int64)
        prints = (hashes >> (np.uint64(64) - self._bits)).astype(self._prints.dtype)
        at = self._offsets[bucket].astype(np.int64)
        end = self._offsets[bucket + 1].astype(np.int64)
        last = len(self._prints) - 1
        if last < 0:
            return np.full(len(hashes), -1, np.int64)
        # Every entry of each bucket is looked at in one step; buckets are short.
        place = at[:, None] + self._steps
        hit = (self._prints[np.minimum(place, last)] == prints[:, None]) & (place < end[:, None])
        first = hit.argmax(1)
        return np.where(hit[np.arange(len(first)), first], at + first, -1)


def table_of(hashes: Longs, print_type: type[np.unsignedinteger[Any]]) -> tuple[NDArray[np.uint32], NDArray[Any], Ids]:
    """(offsets, prints, the order that the other columns are to be brought into) of a table over `hashes`."""
    count = buckets(len(hashes))
    bucket = (hashes % np.uint64(count)).astype(np.int64)
    order = np.argsort(bucket, kind="stable")
    offsets = np.r_[0, np.cumsum(np.bincount(bucket, minlength=count))].astype(np.uint32)
    bits = np.uint64(64 - 8 * np.dtype(print_type).itemsize)
    return offsets, (hashes[order] >> bits).astype(print_type), order


@dataclasses.dataclass(frozen=True, slots=True)
class Options:
    """English phrases for Chinese ones: which lookup each belongs to, its words (padded with -1), its score, its place."""

    owner: Ids
    words: Ids
    lengths: Ids
    scores: Floats
    entries: Ids


class PhraseTable:
    """English phrases by Chinese phrase."""

    def __init__(self, columns: Mapping[str, NDArray[Any]]) -> None:
        self._table = Table(columns["phrase_offsets"], columns["phrase_prints"])
        self._first, self._words_at = columns["phrase_first"], columns["phrase_words_at"]
        self._lengths, self._scores, self._words = (columns[f"entry_{name}"] for name in ("lengths", "scores", "words"))

    def look_up(self, phrases: Sequence[str]) -> Options:
        """Every English phrase for each of `phrases`."""
        hashes = np.fromiter(map(phrase_hash, phrases), np.uint64, len(phrases))
        place = self._table.find(hashes)
        owner = np.flatnonzero(place >= 0)
        place = place[owner]
        first = self._first[place].astype(np.int64)
        counts = self._first[place + 1].astype(np.int64) - first
        entry = _ranges(first, counts)
        lengths = self._lengths[entry].astype(np.int64)
        # The words of the entries of one phrase stand one after the other.
        before = np.cumsum(lengths) - lengths
        group = np.repeat(np.arange(len(owner)), counts)
        begins = np.cumsum(counts) - counts
        at = self._words_at[place].astype(np.int64)[group] + before - before[begins[group]] if len(group) else before
        wide = int(lengths.max(initial=1))
        words = np.full((len(entry), wide), -1, np.int64)
        for column in range(wide):
            some = lengths > column
            words[some, column] = self._words[at[some] + column]
        return Options(owner[group], words, lengths, _UNPACKED[self._scores[entry]], entry)


def _ranges(first: Ids, counts: Ids) -> Ids:
    ends = np.cumsum(counts)
    return np.arange(ends[-1] if len(ends) else 0) - np.repeat(ends - counts, counts) + np.repeat(first, counts)


class LanguageModel:
    """Log10 probability of a word after up to three others, with back-off (n-grams of up to four words)."""

    def __init__(self, columns: Mapping[str, NDArray[Any]]) -> None:
        self._score = [_UNPACKED[columns["gram1_scores"]]]
        self._back = _BACK_OFF[columns["gram1_back_off"]]
        self._tables = {n: Table(columns[f"gram{n}_offsets"], columns[f"gram{n}_prints"]) for n in (2, 3, 4)}
        self._scores = {n: columns[f"gram{n}_scores"] for n in (2, 3, 4)}
        self._backs = {n: columns[f"gram{n}_back_off"] for n in (2, 3)}

    def score(self, words: Ids, one: Ids, two: Ids, three: Ids) -> Floats:
        """Of each of `words` after `three`, `two`, `one` (the nearest last); -1 where there is no such word before it."""
        w, a, b, c = (column.astype(np.uint64) for column in (words, one, two, three))
        unigram = self._score[0][words]
        known1, known2, known3 = one >= 0, (one >= 0) & (two >= 0), (one >= 0) & (two >= 0) & (three >= 0)
        s = np.uint64(16)
        bigram = self._find(2, (a << s) | w, known1)
        result = np.where(
            bigram >= 0, self._value(_UNPACKED, self._scores[2], bigram), unigram + np.where(known1, self._back[one], 0)
        )
        context = self._find(2, (b << s) | a, known2)
        trigram = self._find(3, (((b << s) | a) << s) | w, known2)
        backed = result + np.where(context >= 0, self._value(_BACK_OFF, self._backs[2], context), 0)
        result = np.where(trigram >= 0, self._value(_UNPACKED, self._scores[3], trigram), backed)
        context = self._find(3, (((c << s) | b) << s) | a, known3)
        fourgram = self._find(4, (((((c << s) | b) << s) | a) << s) | w, known3)
        backed = result + np.where(context >= 0, self._value(_BACK_OFF, self._backs[3], context), 0)
        return np.where(fourgram >= 0, self._value(_UNPACKED, self._scores[4], fourgram), backed).astype(np.float32)

    def _find(self, n: int, keys: Longs, known: NDArray[np.bool_]) -> Ids:
        found = np.full(len(keys), -1, np.int64)
        if known.any():
            found[known] = self._tables[n].find(spread(keys[known]))
        return found

    @staticmethod
    def _value(scale: Floats, column: NDArray[np.uint8], places: Ids) -> Floats:
        result: Floats = scale[column[np.maximum(places, 0)]] if len(column) else np.zeros(len(places), np.float32)
        return result


def load(folder: Path) -> tuple[list[str], PhraseTable, LanguageModel]:
    """(English words by number, phrase table, language model) of the files in `folder`. Raises OSError, ValueError."""
    # As plain arrays over the mapped memory: numpy's own class for it is slow to index.
    columns = {
        path.stem: np.asarray(np.load(path, mmap_mode="r", allow_pickle=False)) for path in sorted(folder.glob("*.npy"))
    }
    words = (folder / "words.txt").read_text(encoding="utf-8").split("\n")
    return words, PhraseTable(columns), LanguageModel(columns)
