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

LONGEST_CHINESE = 7
LONGEST_ENGLISH = 8
# How many occurrences what is known of all texts counts for in one kind of them.
_SEEN = 2.0
# The classes are the first words of each vocabulary.
CLASS_COUNT = len(CLASSES)

Hashes = NDArray[np.uint64]


@dataclasses.dataclass(frozen=True)
class Phrases:
    """Phrase pairs with where each was seen first; columns of the same length, sorted by `source`, best first.

    `place`: sentence, first and last Chinese word, first and last English word (last exclusive), (n, 5). `scores`: log10 of
    p(english | chinese), p(chinese | english), lexical weights both ways, p(english | chinese) in law and elsewhere, (n, 6).
    `counts`: how often seen together. `turns`: log10 of how often the English goes on from the Chinese before, from the
    Chinese behind, or from elsewhere (Koehn et al. 2005), (n, 3).
    """

    source: Hashes
    place: Ints
    scores: NDArray[np.float32]
    counts: NDArray[np.float32]
    turns: NDArray[np.float32]


@numba.njit(cache=True)
def _mix(value: np.uint64, more: np.uint64) -> np.uint64:
    value = (value ^ more) * np.uint64(0x9E3779B97F4A7C15)
    return (value ^ (value >> np.uint64(29))) * np.uint64(0xBF58476D1CE4E5B9)


@numba.njit(cache=True)
def _extract(z, zs, e, es, links, a, astarts, first, last, want, out_f, out_e, out_place):
    """Phrase pairs of the sentences first to last; written from out_*[0] on if `want`, only counted if not."""
    n = 0
    linked = np.zeros((256, 256), np.bool_)
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
            linked[i, j] = True
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
                                    # From where the English goes on: words without a link do not count.
                                    k, before, behind = j1 - 1, i1 - 1, i2 + 1
                                    while k >= 0 and zhigh[k] < 0:
                                        k -= 1
                                    while before >= 0 and high_of[before] < 0:
                                        before -= 1
                                    while behind < lz and high_of[behind] < 0:
                                        behind += 1
                                    turn = 2
                                    if (k < 0 and before < 0) or (k >= 0 and before >= 0 and linked[before, k]):
                                        turn = 0
                                    elif k >= 0 and behind < lz and linked[behind, k]:
                                        turn = 1
                                    out_f[n], out_e[n] = fh, eh
                                    # Eight bytes: there are some hundred million, and a sentence has at most 255 words.
                                    out_place[n] = (
                                        (np.uint64(turn) << np.uint64(62))
                                        | (np.uint64(s) << np.uint64(32))
                                        | (np.uint64(i1) << np.uint64(24))
                                        | (np.uint64(i2 + 1) << np.uint64(16))
                                        | (np.uint64(j1) << np.uint64(8))
                                        | np.uint64(j2 + 1)
                                    )
                                n += 1
                        j2 += 1
                        if j2 >= le or zhigh[j2] >= 0 or j2 - j1 >= LONGEST_ENGLISH:
                            break
                    j1 -= 1
                    if j1 < 0 or zhigh[j1] >= 0 or hi - j1 >= LONGEST_ENGLISH:
                        break
        for k in range(astarts[s], astarts[s + 1]):
            linked[a[k, 0], a[k, 1]] = False
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


@numba.njit(cache=True)
def _pair_hash(z, zs, e, es, links, s, i1, i2, j1, j2):
    """The number of a phrase pair, as `_extract` tells them apart; 0 if a class of one side is not in the other."""
    fh = np.uint64(7)
    classes = 0
    for i in range(i1, i2):
        fh = _mix(fh, np.uint64(z[zs[s] + i]))
        classes += z[zs[s] + i] < CLASS_COUNT
    eh = np.uint64(11)
    for j in range(j1, j2):
        eh = _mix(eh, np.uint64(e[es[s] + j]))
        link = links[es[s] + j]
        if link >= 0:
            if link < i1 or link >= i2:
                return np.uint64(0)
            classes -= 1
            rank = 0
            for i in range(i1, link):
                rank += z[zs[s] + i] < CLASS_COUNT
            eh = _mix(eh, np.uint64(1000003 + rank))
    return _mix(fh, eh) if classes == 0 else np.uint64(0)


@numba.njit(cache=True)
def _composed(z, zs, e, es, links, place, order, keys, row_of, reach, phrase):
    """For each phrase pair the best score of two others that say the same one after the other. `reach`: scores, raised to that."""
    best = np.full(len(place), -1e9, np.float32)
    for at in order:
        s, i1, i2, j1, j2 = place[at]
        for i in range(i1 + 1, i2):
            for j in range(j1 + 1, j2):
                one = _pair_hash(z, zs, e, es, links, s, i1, i, j1, j)
                if one == 0:
                    continue
                a = np.searchsorted(keys, one)
                if a >= len(keys) or keys[a] != one:
                    continue
                two = _pair_hash(z, zs, e, es, links, s, i, i2, j, j2)
                if two == 0:
                    continue
                b = np.searchsorted(keys, two)
                if b < len(keys) and keys[b] == two:
                    best[at] = max(best[at], reach[row_of[a]] + reach[row_of[b]] + phrase)
        reach[at] = max(reach[at], best[at])
    return best


def composed(pairs: Pairs, phrases: Phrases, scores: NDArray[np.float32], phrase: float) -> NDArray[np.float32]:
    """The score that two or more of `phrases` would give, one after the other, for the same words; far below 0 if none do.

    `scores`: of each phrase pair, weighted; `phrase`: what one more phrase counts for.
    """
    sides = pairs.chinese.ids, pairs.chinese.starts, pairs.english.ids, pairs.english.starts, pairs.links
    numbers = np.fromiter((_pair_hash(*sides, *row) for row in phrases.place), np.uint64, len(phrases.place))
    row_of = np.argsort(numbers, kind="stable")
    order = np.argsort(phrases.place[:, 2] - phrases.place[:, 1], kind="stable")
    result: NDArray[np.float32] = _composed(
        *sides, phrases.place, order, numbers[row_of], row_of, scores.astype(np.float32).copy(), np.float32(phrase)
    )
    return result


def extract(
    pairs: Pairs,
    a: Ints,
    astarts: NDArray[np.int64],
    weights: NDArray[np.float32],
    is_law: NDArray[np.bool_],
    least: float,
) -> Phrases:
    """Phrases seen at least `least` times (weighted: one weight a sentence), and all of one Chinese word.

    `is_law`: of each sentence.
    """
    z, zs, e, es = pairs.chinese.ids, pairs.chinese.starts, pairs.english.ids, pairs.english.starts
    sentences = len(zs) - 1
    empty = (np.empty(0, np.uint64), np.empty(0, np.uint64), np.empty(0, np.uint64))
    count = _extract(z, zs, e, es, pairs.links, a, astarts, 0, sentences, False, *empty)
    f, h = np.empty(count, np.uint64), np.empty(count, np.uint64)
    packed = np.empty(count, np.uint64)
    _extract(z, zs, e, es, pairs.links, a, astarts, 0, sentences, True, f, h, packed)
    order = np.lexsort((h, f))
    fs, hs = f[order], h[order]
    new = np.ones(count, bool)
    new[1:] = (fs[1:] != fs[:-1]) | (hs[1:] != hs[:-1])
    first = np.flatnonzero(new)
    sentence = (packed >> np.uint64(32) & np.uint64(2**30 - 1)).astype(np.int32)[order]
    turn = (packed >> np.uint64(62)).astype(np.int8)[order]
    joint = np.add.reduceat(weights[sentence], first)
    in_law = np.add.reduceat((weights * is_law)[sentence], first)
    packed, f, h = packed[order[first]], fs[first], hs[first]
    single = (packed >> np.uint64(16) & np.uint64(255)) - (packed >> np.uint64(24) & np.uint64(255)) == 1
    kept = (joint >= least) | (single & (joint > 0))
    turns = np.empty((int(kept.sum()), 3), np.float32)
    for at in range(3):
        turns[:, at] = np.add.reduceat(weights[sentence] * (turn == at), first)[kept]
    del sentence, turn
    del fs, hs, order, new
    new_f = np.flatnonzero(np.r_[True, f[1:] != f[:-1]])
    sizes = np.diff(np.r_[new_f, len(f)])
    of_f, of_f_in_law = (np.repeat(np.add.reduceat(counts, new_f), sizes) for counts in (joint, in_law))
    by_e = np.argsort(h, kind="stable")
    new_e = np.flatnonzero(np.r_[True, h[by_e][1:] != h[by_e][:-1]])
    of_e = np.empty(len(h), np.float32)
    of_e[by_e] = np.repeat(np.add.reduceat(joint[by_e], new_e), np.diff(np.r_[new_e, len(h)]))
    # Good-Turing would say so: a pair seen once in a while is less sure than its ratio.
    scores = np.empty((int(kept.sum()), 6), np.float32)
    seen = np.maximum(joint[kept] - 0.6, 0.05)
    everywhere = seen / of_f[kept]
    scores[:, 0] = np.log10(everywhere)
    # Of one kind of text: what is seen in all, as if seen a few times in this one, and what is seen in it.
    for column, part, whole in ((4, in_law, of_f_in_law), (5, joint - in_law, of_f - of_f_in_law)):
        scores[:, column] = np.log10((part[kept] + _SEEN * everywhere) / (whole[kept] + _SEEN))
    scores[:, 1] = np.log10(seen / of_e[kept])
    place, f, joint = _unpacked(packed[kept]), f[kept], joint[kept]
    del of_f, of_f_in_law, in_law, of_e, h, by_e
    _lexical(place, z, zs, e, es, a, astarts, *_word_table(pairs, a, astarts), scores[:, 2:4])
    usual = turns.sum(0) / turns.sum()
    turns = np.log10((turns + _SEEN * usual) / (joint[:, None] + _SEEN)).astype(np.float32)
    return Phrases(f, place, scores, joint, turns)


def _unpacked(packed: Hashes) -> Ints:
    shifts = np.array([32, 24, 16, 8, 0], np.uint64)
    return (packed[:, None] >> shifts & np.array([2**30 - 1, 255, 255, 255, 255], np.uint64)).astype(np.int32)


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
