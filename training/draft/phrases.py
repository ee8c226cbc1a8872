"""Phrase pairs consistent with the word alignment (Koehn, Och & Marcu 2003), counted and scored.

Compiled with numba: a million sentences give some hundred million phrase pairs, told apart by 64-bit hashes.
"""

from __future__ import annotations

import dataclasses

import numba
import numpy as np
from numpy.typing import NDArray

from training.draft.pairs import Ints, Pairs
from translate.engines.draft.words import CLASSES

LONGEST_CHINESE = 5
LONGEST_ENGLISH = 8
# The classes are the first words of each vocabulary.
CLASS_COUNT = len(CLASSES)

Hashes = NDArray[np.uint64]


@dataclasses.dataclass(frozen=True)
class Phrases:
    """Phrase pairs with where each was seen first; columns of the same length, sorted by `source`, best first.

    `place`: sentence, first and last Chinese word, first and last English word (last exclusive), (n, 5). `scores`: log10 of
    p(english | chinese), p(chinese | english), lexical weights both ways, (n, 4). `counts`: how often seen together.
    """

    source: Hashes
    place: Ints
    scores: NDArray[np.float32]
    counts: NDArray[np.float32]


@numba.njit(cache=True)
def _mix(value: np.uint64, more: np.uint64) -> np.uint64:
    value = (value ^ more) * np.uint64(0x9E3779B97F4A7C15)
    return (value ^ (value >> np.uint64(29))) * np.uint64(0xBF58476D1CE4E5B9)


@numba.njit(cache=True)
def _extract(z, zs, e, es, links, a, astarts, first, last, want, out_f, out_e, out_place):
    """Phrase pairs of the sentences first to last; written from out_*[0] on if `want`, only counted if not."""
    n = 0
    low_of = np.empty(256, np.int32)
    high_of = np.empty(256, np.int32)
    zlow = np.empty(256, np.int32)
    zhigh = np.empty(256, np.int32)
    for s in range(first, last):
        zb, ze = zs[s], zs[s + 1]
        eb, ee = es[s], es[s + 1]
        lz, le = ze - zb, ee - eb
        for i in range(lz):
            low_of[i], high_of[i] = 1000, -1
        for j in range(le):
            zlow[j], zhigh[j] = 1000, -1
        for k in range(astarts[s], astarts[s + 1]):
            i, j = a[k, 0], a[k, 1]
            low_of[i], high_of[i] = min(low_of[i], j), max(high_of[i], j)
            zlow[j], zhigh[j] = min(zlow[j], i), max(zhigh[j], i)
        for i1 in range(lz):
            lo, hi = 1000, -1
            fh = np.uint64(7)
            for i2 in range(i1, min(lz, i1 + LONGEST_CHINESE)):
                fh = _mix(fh, np.uint64(z[zb + i2]))
                lo, hi = min(lo, low_of[i2]), max(hi, high_of[i2])
                if hi < 0 or hi - lo >= LONGEST_ENGLISH:
                    continue
                good = True
                for j in range(lo, hi + 1):
                    if zhigh[j] >= 0 and (zlow[j] < i1 or zhigh[j] > i2):
                        good = False
                        break
                if not good:
                    continue
                classes = 0
                for i in range(i1, i2 + 1):
                    classes += z[zb + i] < CLASS_COUNT
                # Words without a link may join on either side.
                j1 = lo
                while True:
                    j2 = hi
                    while True:
                        if j2 - j1 < LONGEST_ENGLISH:
                            eh = np.uint64(11)
                            there = 0
                            for j in range(j1, j2 + 1):
                                eh = _mix(eh, np.uint64(e[eb + j]))
                                if links[eb + j] >= 0:
                                    there += 1
                                    rank = 0
                                    for i in range(i1, min(links[eb + j], i2 + 1)):
                                        rank += z[zb + i] < CLASS_COUNT
                                    if links[eb + j] < i1 or links[eb + j] > i2:
                                        there += 1000
                                    eh = _mix(eh, np.uint64(1000003 + rank))
                            if there == classes:
                                if want:
                                    out_f[n], out_e[n] = fh, eh
                                    out_place[n, 0] = s
                                    out_place[n, 1], out_place[n, 2] = i1, i2 + 1
                                    out_place[n, 3], out_place[n, 4] = j1, j2 + 1
                                n += 1
                        j2 += 1
                        if j2 >= le or zhigh[j2] >= 0 or j2 - j1 >= LONGEST_ENGLISH:
                            break
                    j1 -= 1
                    if j1 < 0 or zhigh[j1] >= 0 or hi - j1 >= LONGEST_ENGLISH:
                        break
    return n


@numba.njit(cache=True)
def _lexical(place, z, zs, e, es, a, astarts, key, forward, backward, esize, null_f, null_b, out):
    for n in range(len(place)):
        s, i1, i2, j1, j2 = place[n]
        total_f = 0.0
        total_b = 0.0
        for side in range(2):
            top = j2 if side == 0 else i2
            bottom = j1 if side == 0 else i1
            for word in range(bottom, top):
                mass, count = 0.0, 0
                for k in range(astarts[s], astarts[s + 1]):
                    if a[k, 1 - side] == word and i1 <= a[k, 0] < i2 and j1 <= a[k, 1] < j2:
                        code = np.int64(z[zs[s] + a[k, 0]]) * esize + e[es[s] + a[k, 1]]
                        at = np.searchsorted(key, code)
                        mass += forward[at] if side == 0 else backward[at]
                        count += 1
                if count:
                    p = mass / count
                else:
                    p = null_f[e[es[s] + word]] if side == 0 else null_b[z[zs[s] + word]]
                if side == 0:
                    total_f += np.log10(max(p, 1e-6))
                else:
                    total_b += np.log10(max(p, 1e-6))
        out[n, 0] = total_f
        out[n, 1] = total_b


def extract(pairs: Pairs, a: Ints, astarts: NDArray[np.int64], weights: NDArray[np.float32], least: float) -> Phrases:
    """Phrases seen at least `least` times (weighted: one weight a sentence), or whose Chinese was seen at most as often."""
    z, zs, e, es = pairs.chinese.ids, pairs.chinese.starts, pairs.english.ids, pairs.english.starts
    sentences = len(zs) - 1
    empty = (np.empty(0, np.uint64), np.empty(0, np.uint64), np.empty((0, 5), np.int32))
    count = _extract(z, zs, e, es, pairs.links, a, astarts, 0, sentences, False, *empty)
    f, h = np.empty(count, np.uint64), np.empty(count, np.uint64)
    place = np.empty((count, 5), np.int32)
    _extract(z, zs, e, es, pairs.links, a, astarts, 0, sentences, True, f, h, place)
    weight = weights[place[:, 0]]
    order = np.lexsort((h, f))
    fs, hs = f[order], h[order]
    new = np.ones(count, bool)
    new[1:] = (fs[1:] != fs[:-1]) | (hs[1:] != hs[:-1])
    first = np.flatnonzero(new)
    joint = np.add.reduceat(weight[order], first)
    place, f, h = place[order[first]], fs[first], hs[first]
    del fs, hs, order, new, weight
    new_f = np.flatnonzero(np.r_[True, f[1:] != f[:-1]])
    of_f = np.repeat(np.add.reduceat(joint, new_f), np.diff(np.r_[new_f, len(f)]))
    by_e = np.argsort(h, kind="stable")
    new_e = np.flatnonzero(np.r_[True, h[by_e][1:] != h[by_e][:-1]])
    of_e = np.empty(len(h), np.float32)
    of_e[by_e] = np.repeat(np.add.reduceat(joint[by_e], new_e), np.diff(np.r_[new_e, len(h)]))
    single = (place[:, 2] - place[:, 1]) == 1
    kept = (joint >= least) | (single & (joint >= 1))
    # Good-Turing would say so: a pair seen once in a while is less sure than its ratio.
    scores = np.empty((int(kept.sum()), 4), np.float32)
    scores[:, 0] = np.log10(np.maximum(joint[kept] - 0.6, 0.05) / of_f[kept])
    scores[:, 1] = np.log10(np.maximum(joint[kept] - 0.6, 0.05) / of_e[kept])
    place, f, joint = np.ascontiguousarray(place[kept]), f[kept], joint[kept]
    del of_f, of_e, h, by_e
    _lexical(place, z, zs, e, es, a, astarts, *_word_table(pairs, a, astarts), scores[:, 2:])
    return Phrases(f, place, scores, joint)


def _word_table(pairs: Pairs, a: Ints, astarts: NDArray[np.int64]):  # type: ignore[no-untyped-def]
    """(keys, p(e|f), p(f|e), number of English words, p(e|nothing), p(f|nothing)) from the links."""
    z, e = pairs.chinese.ids, pairs.english.ids
    sentence = np.repeat(np.arange(len(astarts) - 1), np.diff(astarts))
    at_z, at_e = pairs.chinese.starts[sentence] + a[:, 0], pairs.english.starts[sentence] + a[:, 1]
    esize = len(pairs.english.words)
    key, counts = np.unique(z[at_z].astype(np.int64) * esize + e[at_e], return_counts=True)
    sums_z = np.bincount(key // esize, counts)
    sums_e = np.bincount(key % esize, counts)
    loose_e, loose_z = np.ones(len(e), bool), np.ones(len(z), bool)
    loose_e[at_e] = loose_z[at_z] = False
    null_e = np.bincount(e[loose_e], minlength=esize) / np.maximum(np.bincount(e, minlength=esize), 1)
    null_z = np.bincount(z[loose_z], minlength=len(pairs.chinese.words)) / np.maximum(
        np.bincount(z, minlength=len(pairs.chinese.words)), 1
    )
    return key, counts / sums_z[key // esize], counts / sums_e[key % esize], esize, null_e * 0.5, null_z * 0.5
