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
# Kinds of text that phrases are scored for apart; the first is that of texts that are not law.
KINDS = ("general", "law")
# The code points that `register` speaks of.
FIRST_CHARACTER, LAST_CHARACTER = 0x3400, 0xA000
# A text is law if its characters speak for it by more than this on the average, in sixteenths of a bit, with so many
# characters added that speak for nothing: a few say little.
_SURE, _SILENT = 12, 10
# Stands between the two parts of a phrase around others.
AROUND = "\ue00d"
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

    def bucket(self, hashes: Longs) -> Ids:
        """The bucket of each hash."""
        return (hashes % self._count).astype(np.int64)

    def find(self, hashes: Longs) -> Ids:
        """Place of each hash in the columns, -1 where there is none."""
        bucket = self.bucket(hashes)
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
    """English phrases for Chinese ones: which lookup each belongs to, its words (padded with -1), its score, its place.

    `turns`: log10 of how likely the English goes on from the Chinese before, from that behind, from elsewhere.
    """

    owner: Ids
    words: Ids
    lengths: Ids
    scores: Floats
    turns: Floats
    entries: Ids


# Where English goes on from, in sixteen steps each for the first two; the third is what they leave.
_TURN_STEP = 0.16
_LIKELY = 10 ** (-_TURN_STEP * np.stack(np.divmod(np.arange(256), 16), axis=1))
_TURNS = np.log10(np.c_[_LIKELY, np.maximum(1 - _LIKELY.sum(1), 0.005)]).astype(np.float32)
# As phrases mostly do: on from the Chinese before.
USUAL_TURNS = np.log10(np.array([0.7, 0.05, 0.25], np.float32))


def _packed_turns(turns: NDArray[Any]) -> NDArray[np.uint8]:
    steps = np.clip(np.rint(-turns[:, :2] / _TURN_STEP), 0, 15).astype(np.uint8)
    return (steps[:, 0] * 16 + steps[:, 1]).astype(np.uint8)


def phrase_columns(
    hashes: Longs, counts: Ids, lengths: Ids, words: NDArray[Any], scores: NDArray[Any], turns: NDArray[Any]
) -> tuple[dict[str, NDArray[Any]], Ids]:
    """(columns of a PhraseTable, the entries in its order). `counts`: entries of each phrase, one phrase after the other;
    `lengths`, `scores` (a column for each of KINDS) and `turns` (three columns) of each entry; `words`: those of all entries."""
    offsets, prints, order = table_of(hashes, np.uint32)
    entry = _ranges((np.cumsum(counts) - counts)[order], counts[order])
    word = _ranges((np.cumsum(lengths) - lengths)[entry], lengths[entry])
    first = np.r_[0, np.cumsum(counts[order])][offsets[:-1]]
    columns = {
        "phrase_offsets": offsets,
        "phrase_prints": prints,
        "phrase_counts": counts[order].astype(np.uint8),
        # Where the entries of a bucket begin, and their words; within a bucket they are counted on.
        "bucket_entry": first.astype(np.uint32),
        "bucket_word": np.r_[0, np.cumsum(lengths[entry])][first].astype(np.uint32),
        "entry_lengths": lengths[entry].astype(np.uint8),
        "entry_words": words[word].astype(np.uint16),
        "entry_turns": _packed_turns(turns[entry]),
        **{f"entry_scores_{kind}": packed(scores[entry, number]) for number, kind in enumerate(KINDS)},
    }
    return columns, entry


class PhraseTable:
    """English phrases by Chinese phrase; the columns as `phrase_columns` makes them."""

    def __init__(self, columns: Mapping[str, NDArray[Any]]) -> None:
        self._offsets = columns["phrase_offsets"]
        self._table = Table(self._offsets, columns["phrase_prints"])
        self._counts = columns["phrase_counts"]
        self._bucket_entry, self._bucket_word = columns["bucket_entry"], columns["bucket_word"]
        self._lengths, self._words, self._turns = (columns[f"entry_{name}"] for name in ("lengths", "words", "turns"))
        self._scores = {kind: columns[f"entry_scores_{kind}"] for kind in KINDS}

    def look_up(self, phrases: Sequence[str], kind: str) -> Options:
        """Every English phrase for each of `phrases`, scored for a text of this kind."""
        hashes = np.fromiter(map(phrase_hash, phrases), np.uint64, len(phrases))
        place = self._table.find(hashes)
        owner = np.flatnonzero(place >= 0)
        place, bucket = place[owner], self._table.bucket(hashes[owner])
        begin, word = self._bucket_entry[bucket].astype(np.int64), self._bucket_word[bucket].astype(np.int64)
        before = _sums(self._counts, self._offsets[bucket].astype(np.int64), place)
        word += _sums(self._lengths, begin, begin + before)
        counts = self._counts[place].astype(np.int64)
        entry = _ranges(begin + before, counts)
        lengths = self._lengths[entry].astype(np.int64)
        # The words of the entries of one phrase stand one after the other.
        before = np.cumsum(lengths) - lengths
        group = np.repeat(np.arange(len(owner)), counts)
        begins = np.cumsum(counts) - counts
        at = word[group] + before - before[begins[group]] if len(group) else before
        wide = int(lengths.max(initial=1))
        words = np.full((len(entry), wide), -1, np.int64)
        for column in range(wide):
            some = lengths > column
            words[some, column] = self._words[at[some] + column]
        return Options(
            owner[group], words, lengths, _UNPACKED[self._scores[kind][entry]], _TURNS[self._turns[entry]], entry
        )


def _ranges(first: Ids, counts: Ids) -> Ids:
    ends = np.cumsum(counts)
    return np.arange(ends[-1] if len(ends) else 0) - np.repeat(ends - counts, counts) + np.repeat(first, counts)


def _sums(column: NDArray[Any], first: Ids, last: Ids) -> Ids:
    """Sum of `column` from each of `first` to before its `last`."""
    counts = last - first
    group = np.repeat(np.arange(len(first)), counts)
    return np.bincount(group, column[_ranges(first, counts)], len(first)).astype(np.int64)


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
        ab, abc = (b << s) | a, (((c << s) | b) << s) | a
        # Those of a length are looked for together: what costs is the call.
        bigram, context2 = self._find(2, (a << s) | w, known1, ab, known2)
        trigram, context3 = self._find(3, (ab << s) | w, known2, abc, known3)
        (fourgram,) = self._find(4, (abc << s) | w, known3)
        result = np.where(
            bigram >= 0, self._value(_UNPACKED, self._scores[2], bigram), unigram + np.where(known1, self._back[one], 0)
        )
        backed = result + np.where(context2 >= 0, self._value(_BACK_OFF, self._backs[2], context2), 0)
        result = np.where(trigram >= 0, self._value(_UNPACKED, self._scores[3], trigram), backed)
        backed = result + np.where(context3 >= 0, self._value(_BACK_OFF, self._backs[3], context3), 0)
        return np.where(fourgram >= 0, self._value(_UNPACKED, self._scores[4], fourgram), backed).astype(np.float32)

    def _find(self, n: int, *asked: Any) -> list[Ids]:
        """Places of n-grams: for each pair of numbers and which of them are known, -1 for the others."""
        keys, known = np.concatenate(asked[::2]), np.concatenate(asked[1::2])
        found = np.full(len(keys), -1, np.int64)
        found[known] = self._tables[n].find(spread(keys[known]))
        return np.split(found, len(asked) // 2)

    @staticmethod
    def _value(scale: Floats, column: NDArray[np.uint8], places: Ids) -> Floats:
        result: Floats = scale[column[np.maximum(places, 0)]] if len(column) else np.zeros(len(places), np.float32)
        return result


class Register:
    """Tells law from other texts by their characters.

    Reports of agencies and companies use law's characters too, and read better when they are not taken for law: it
    must be clear (training/draft/README.md has the figures).
    """

    def __init__(self, columns: Mapping[str, NDArray[Any]]) -> None:
        self._speaks = columns["register"].tolist()

    def kind(self, text: str) -> str:
        """Which of KINDS a sentence is of."""
        places = [at for at in (ord(char) - FIRST_CHARACTER for char in text) if 0 <= at < len(self._speaks)]
        return KINDS[sum(self._speaks[at] for at in places) > _SURE * (len(places) + _SILENT)]


@dataclasses.dataclass(frozen=True, slots=True)
class Model:
    """What the files of a model hold; `words`: the English words by number; `numbers`: the other way."""

    words: list[str]
    numbers: dict[str, int]
    phrases: PhraseTable
    language: LanguageModel
    register: Register


def load(folder: Path) -> Model:
    """The model in `folder`. Raises OSError, ValueError, KeyError."""
    # As plain arrays over the mapped memory: numpy's own class for it is slow to index.
    columns = {
        path.stem: np.asarray(np.load(path, mmap_mode="r", allow_pickle=False)) for path in sorted(folder.glob("*.npy"))
    }
    words = (folder / "words.txt").read_text(encoding="utf-8").split("\n")
    numbers = {word: number for number, word in enumerate(words)}
    return Model(words, numbers, PhraseTable(columns), LanguageModel(columns), Register(columns))
