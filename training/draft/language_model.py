"""The 4-gram language model of the draft: modified Kneser-Ney (Chen & Goodman 1999), pruned, in numpy.

N-grams are 64-bit numbers, 16 bits a word, so that counting is sorting; the vocabulary has at most 65,536 words.
"""

from __future__ import annotations

import dataclasses

import numpy as np
from numpy.typing import NDArray

from translate.engines.draft.tables import BEGIN, END

ORDER = 4
# An n-gram of so many words is kept from so many occurrences on.
KEPT_FROM = {2: 2, 3: 2, 4: 2}

Keys = NDArray[np.uint64]
Floats = NDArray[np.float64]


@dataclasses.dataclass(frozen=True)
class Grams:
    """N-grams of one length, sorted: their numbers, log10 probability and log10 back-off weight."""

    keys: Keys
    score: NDArray[np.float32]
    back_off: NDArray[np.float32]


def learn(sentences: NDArray[np.int64], starts: NDArray[np.int64], size: int) -> list[Grams]:
    """Grams of 1 to 4 words. `sentences`: word numbers below `size`, sentence n from starts[n] to starts[n + 1]."""
    lengths = np.diff(starts)
    padded = np.full(len(sentences) + 2 * len(lengths), END, np.uint64)
    begins = starts[:-1] + 2 * np.arange(len(lengths))
    padded[begins] = BEGIN
    place = np.arange(len(sentences)) + 2 * np.repeat(np.arange(len(lengths)), lengths) + 1
    padded[place] = sentences
    depth = np.arange(len(padded)) - np.repeat(begins, lengths + 2)
    raw: list[tuple[Keys, NDArray[np.int64]]] = []
    for n in range(1, ORDER + 1):
        ends = np.flatnonzero(depth >= max(n - 1, 1))
        keys = np.zeros(len(ends), np.uint64)
        for back in range(n - 1, -1, -1):
            keys = (keys << np.uint64(16)) | padded[ends - back]
        found = np.unique(keys, return_counts=True)
        raw.append((found[0], found[1].astype(np.int64)))
    adjusted = [raw[ORDER - 1][1]]
    for n in range(ORDER - 1, 0, -1):
        keys, counts = raw[n - 1]
        suffix = raw[n][0] & np.uint64((1 << 16 * n) - 1)
        continued = np.zeros(len(keys), np.int64)
        at, times = np.unique(suffix, return_counts=True)
        continued[np.searchsorted(keys, at)] = times
        begin = (keys >> np.uint64(16 * (n - 1))) == BEGIN
        adjusted.insert(0, np.where(begin, counts, np.maximum(continued, 1)) if n > 1 else np.maximum(continued, 1))
    result: list[Grams] = []
    below: tuple[Keys, Floats] = (np.arange(size, dtype=np.uint64), np.full(size, 1.0 / size))
    for n in range(1, ORDER + 1):
        keys, counts = raw[n - 1][0], adjusted[n - 1]
        probability, lower = _interpolated(keys, counts, n, below)
        if n == 1:
            every = np.full(size, probability.min() * 0.5)
            every[keys.astype(np.int64)] = probability
            every[BEGIN] = 1e-9
            result.append(Grams(np.arange(size, dtype=np.uint64), _log(every), np.zeros(size, np.float32)))
            below = (np.arange(size, dtype=np.uint64), every)
            continue
        kept = raw[n - 1][1] >= KEPT_FROM[n]
        context = keys[kept] >> np.uint64(16)
        owner, first = np.unique(context, return_index=True)
        mass = np.add.reduceat(probability[kept], first)
        low = np.add.reduceat(lower[kept], first)
        weight = _log(np.maximum(1 - mass, 1e-4) / np.maximum(1 - low, 1e-4))
        above = result[-1]
        where = np.searchsorted(above.keys, owner)
        where = np.minimum(where, len(above.keys) - 1)
        same = above.keys[where] == owner
        above.back_off[where[same]] = weight[same]
        result.append(Grams(keys[kept], _log(probability[kept]), np.zeros(int(kept.sum()), np.float32)))
        below = (keys, probability)
    return result


def _interpolated(keys: Keys, counts: NDArray[np.int64], n: int, below: tuple[Keys, Floats]) -> tuple[Floats, Floats]:
    """(probability of each n-gram, that of its last word after one word less of context)."""
    times = [int((counts == number).sum()) or 1 for number in range(1, 5)]
    y = times[0] / (times[0] + 2 * times[1])
    discounts = np.array([0.0, *(k - (k + 1) * y * times[k] / times[k - 1] for k in (1, 2, 3))]).clip(0)
    discount = discounts[np.minimum(counts, 3)]
    context = keys >> np.uint64(16)
    _owner, first, inverse = np.unique(context, return_index=True, return_inverse=True)
    total = np.add.reduceat(counts, first).astype(float)
    mass = np.add.reduceat(np.minimum(discount, counts), first) / total
    suffix = keys & np.uint64((1 << 16 * (n - 1)) - 1) if n > 1 else keys
    lower = below[1][np.searchsorted(below[0], suffix)]
    return np.maximum(counts - discount, 0) / total[inverse] + mass[inverse] * lower, lower


def _log(values: Floats) -> NDArray[np.float32]:
    return np.log10(np.maximum(values, 1e-9)).astype(np.float32)
