"""Phrase pairs consistent with the word alignment (Koehn, Och & Marcu 2003), counted and scored.

Compiled with numba: a million sentences give some hundred million phrase pairs, told apart by 64-bit hashes.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import numba
import numpy as np
from numpy.typing import NDArray

from training.draft.pairs import Ints, Pairs
from translate.engines.draft.choices import AROUND_GAP, AROUND_PART
from translate.engines.draft.words import CLASSES

# As many Chinese words as three bits can count (`_with_english`).
LONGEST_CHINESE = 7
LONGEST_ENGLISH = 8
# Chinese words of a phrase that stands in no more than one sentence.
_LONGEST_OF_ONE = 3
# Hashes of phrases around others begin with the one, and their gap is the other: no word has such a number.
_AROUND_SEED, _GAP = np.uint64(13), np.uint64(1 << 40)
# How many occurrences what is known of all texts counts for in one kind of them.
_SEEN = 2.0
# The classes are the first words of each vocabulary.
CLASS_COUNT = len(CLASSES)

Hashes = NDArray[np.uint64]
Floats = NDArray[np.float32]
_NONE = np.empty((3, 0), np.uint64)


@dataclasses.dataclass(frozen=True)
class Phrases:
    """Phrase pairs with where each was seen first; columns of the same length, sorted by `source`, best first.

    `place`: sentence, first and last Chinese word, first and last English word, first and last Chinese word of a gap that is
    not of the phrase (last exclusive; without a gap both are the last Chinese word), (n, 7). `scores`: log10 of
    p(english | chinese), p(chinese | english), lexical weights both ways, p(english | chinese) in law and elsewhere, (n, 6).
    `counts`: how often seen together. `turns`: log10 of how often the English goes on from the Chinese before, from the
    Chinese behind, or from elsewhere (Koehn et al. 2005), (n, 3).
    """

    source: Hashes
    place: Ints
    scores: Floats
    counts: Floats
    turns: Floats


@numba.njit(cache=True)
def _mix(value: np.uint64, more: np.uint64) -> np.uint64:
    value = (value ^ more) * np.uint64(0x9E3779B97F4A7C15)
    return (value ^ (value >> np.uint64(29))) * np.uint64(0xBF58476D1CE4E5B9)


@numba.njit(cache=True)
def _reach(s, a, astarts, lz, le, low_of, high_of, zlow, zhigh, linked):
    """From where to where the links of each word go (1000 to -1: none); `linked` must be blank."""
    low_of[:lz] = zlow[:le] = 1000
    high_of[:lz] = zhigh[:le] = -1
    for k in range(astarts[s], astarts[s + 1]):
        i, j = a[k, 0], a[k, 1]
        linked[i, j] = True
        low_of[i], high_of[i] = min(low_of[i], j), max(high_of[i], j)
        zlow[j], zhigh[j] = min(zlow[j], i), max(zhigh[j], i)


@numba.njit(cache=True)
def _turn(i1, i2, j1, lz, high_of, zhigh, linked):
    """From where the English goes on: 0 the Chinese before, 1 that behind, 2 elsewhere. Words without a link do not count."""
    k, before, behind = j1 - 1, i1 - 1, i2
    while k >= 0 and zhigh[k] < 0:
        k -= 1
    while before >= 0 and high_of[before] < 0:
        before -= 1
    while behind < lz and high_of[behind] < 0:
        behind += 1
    if (k < 0 and before < 0) or (k >= 0 and before >= 0 and linked[before, k]):
        return 0
    return 1 if k >= 0 and behind < lz and linked[behind, k] else 2


@numba.njit(cache=True)
def _with_english(n, s, i1, g1, g2, i2, lo, hi, fh, z, e, links, lz, le, high_of, zhigh, linked, want, outs):
    """Writes the phrase pairs of the Chinese words i1 to i2 without g1 to g2 from number n on; returns the next number.

    `lo`, `hi`: the English that their links go to. Words without a link may join on either side.
    """
    classes = 0
    for i in range(i1, i2):
        classes += z[i] < CLASS_COUNT and not g1 <= i < g2
    j1 = lo
    while True:
        j2 = hi
        while True:
            if j2 - j1 < LONGEST_ENGLISH:
                eh = np.uint64(11)
                there = 0
                for j in range(j1, j2 + 1):
                    eh = _mix(eh, np.uint64(e[j]))
                    if links[j] >= 0:
                        there += 1
                        rank = 0
                        for i in range(i1, min(links[j], i2)):
                            rank += z[i] < CLASS_COUNT and not g1 <= i < g2
                        if links[j] < i1 or links[j] >= i2 or g1 <= links[j] < g2:
                            there += 1000
                        eh = _mix(eh, np.uint64(1000003 + rank))
                if there == classes:
                    if want:
                        outs[0, n], outs[1, n] = fh, eh
                        # Eight bytes: there are some hundred million, and a sentence has at most a hundred words.
                        outs[2, n] = (
                            (np.uint64(_turn(i1, i2, j1, lz, high_of, zhigh, linked)) << np.uint64(62))
                            | (np.uint64(s) << np.uint64(32))
                            | (np.uint64(i1) << np.uint64(25))
                            | (np.uint64(g1 - i1) << np.uint64(22))
                            | (np.uint64(g2 - g1) << np.uint64(18))
                            | (np.uint64(i2 - g2) << np.uint64(15))
                            | (np.uint64(j1) << np.uint64(8))
                            | np.uint64(j2 + 1)
                        )
                    n += 1
            j2 += 1
            if j2 >= le or zhigh[j2] >= 0 or j2 - j1 >= LONGEST_ENGLISH:
                break
        j1 -= 1
        if j1 < 0 or zhigh[j1] >= 0 or hi - j1 >= LONGEST_ENGLISH:
            return n


@numba.njit(cache=True)
def _consistent(i1, i2, lo, hi, zlow, zhigh):
    """Whether the English words lo to hi are linked to no Chinese but i1 to i2."""
    consistent = True
    for j in range(lo, hi + 1):
        consistent &= zhigh[j] < 0 or (zlow[j] >= i1 and zhigh[j] < i2)
    return consistent


@numba.njit(cache=True)
def _whole_from(n, s, i1, z, e, links, lz, le, low_of, high_of, zlow, zhigh, linked, want, outs):
    """Writes the phrase pairs that begin with the Chinese word i1 and have no gap; returns the next number."""
    lo, hi = 1000, -1
    fh = np.uint64(7)
    for i2 in range(i1 + 1, min(lz, i1 + LONGEST_CHINESE) + 1):
        fh = _mix(fh, np.uint64(z[i2 - 1]))
        lo, hi = min(lo, low_of[i2 - 1]), max(hi, high_of[i2 - 1])
        if hi >= 0 and hi - lo < LONGEST_ENGLISH and _consistent(i1, i2, lo, hi, zlow, zhigh):
            n = _with_english(n, s, i1, i2, i2, i2, lo, hi, fh, z, e, links, lz, le, high_of, zhigh, linked, want, outs)
    return n


@numba.njit(cache=True)
def _around_from(n, s, i1, z, e, links, lz, le, low_of, high_of, zlow, zhigh, linked, is_wall, want, outs):
    """Like `_whole_from`: Chinese phrases of two parts whose English has no gap, what stands between them being rendered next."""
    lo1, hi1 = 1000, -1
    head = _AROUND_SEED
    for g1 in range(i1 + 1, min(lz, i1 + AROUND_PART + 1)):
        if is_wall[z[g1 - 1]]:
            break
        head = _mix(head, np.uint64(z[g1 - 1]))
        lo1, hi1 = min(lo1, low_of[g1 - 1]), max(hi1, high_of[g1 - 1])
        if hi1 < 0:
            continue
        between = 1000
        for g2 in range(g1 + 1, min(lz, g1 + AROUND_GAP + 1)):
            between = min(between, low_of[g2 - 1])
            if is_wall[z[g2 - 1]] or between <= lo1:
                break
            if between == 1000:
                continue
            lo, hi, some = lo1, hi1, False
            fh = _mix(head, _GAP)
            for i2 in range(g2 + 1, min(lz, g2 + AROUND_PART) + 1):
                if is_wall[z[i2 - 1]]:
                    break
                fh = _mix(fh, np.uint64(z[i2 - 1]))
                lo, hi = min(lo, low_of[i2 - 1]), max(hi, high_of[i2 - 1])
                some = some or high_of[i2 - 1] >= 0
                if not some or between <= hi or hi - lo >= LONGEST_ENGLISH:
                    continue
                follows = hi + 1
                while follows < le and zhigh[follows] < 0:
                    follows += 1
                next_is_between = follows < le and zlow[follows] >= g1 and zhigh[follows] < g2
                if next_is_between and _consistent(i1, i2, lo, hi, zlow, zhigh):
                    n = _with_english(
                        n, s, i1, g1, g2, i2, lo, hi, fh, z, e, links, lz, le, high_of, zhigh, linked, want, outs
                    )
    return n


@numba.njit(cache=True)
def _extract(z, zs, e, es, links, a, astarts, is_wall, around, want, outs):
    """Phrase pairs of all sentences, of two parts if `around`, else without a gap: hash of the Chinese, of the English, place
    (3, n); written if `want`, only counted if not."""
    n = 0
    linked = np.zeros((128, 128), np.bool_)
    ends = np.empty((4, 128), np.int32)
    low_of, high_of, zlow, zhigh = ends[0], ends[1], ends[2], ends[3]
    for s in range(len(zs) - 1):
        sz, se, sl = z[zs[s] : zs[s + 1]], e[es[s] : es[s + 1]], links[es[s] : es[s + 1]]
        lz, le = len(sz), len(se)
        _reach(s, a, astarts, lz, le, low_of, high_of, zlow, zhigh, linked)
        for i1 in range(lz):
            if around:
                n = _around_from(
                    n, s, i1, sz, se, sl, lz, le, low_of, high_of, zlow, zhigh, linked, is_wall, want, outs
                )
            else:
                n = _whole_from(n, s, i1, sz, se, sl, lz, le, low_of, high_of, zlow, zhigh, linked, want, outs)
        for k in range(astarts[s], astarts[s + 1]):
            linked[a[k, 0], a[k, 1]] = False
    return n


@numba.njit(cache=True)
def _occurrences(z, zs, is_wall, weights, is_law, keys, may_be, out):
    """Adds up how often each two-part Chinese phrase of `keys` (sorted hashes) stands anywhere, in all texts and in law.

    `may_be`: which last bits the keys have.
    """
    mask = np.uint64(len(may_be) - 1)
    for s in range(len(zs) - 1):
        sz = z[zs[s] : zs[s + 1]]
        lz, weight = len(sz), weights[s]
        for i1 in range(lz if weight > 0 else 0):
            head = _AROUND_SEED
            for g1 in range(i1 + 1, min(lz, i1 + AROUND_PART + 1)):
                if is_wall[sz[g1 - 1]]:
                    break
                head = _mix(head, np.uint64(sz[g1 - 1]))
                for g2 in range(g1 + 1, min(lz, g1 + AROUND_GAP + 1)):
                    if is_wall[sz[g2 - 1]]:
                        break
                    fh = _mix(head, _GAP)
                    for i2 in range(g2 + 1, min(lz, g2 + AROUND_PART) + 1):
                        if is_wall[sz[i2 - 1]]:
                            break
                        fh = _mix(fh, np.uint64(sz[i2 - 1]))
                        if may_be[fh & mask]:
                            at = np.searchsorted(keys, fh)
                            if at < len(keys) and keys[at] == fh:
                                out[at, 0] += weight
                                out[at, 1] += weight * is_law[s]


@numba.njit(cache=True)
def _lexical(place, z, zs, e, es, a, astarts, key, forward, backward, esize, null_f, null_b, out):
    for n in range(len(place)):
        s, i1, i2, j1, j2, g1, g2 = place[n]
        total_f = 0.0
        total_b = 0.0
        for side in range(2):
            top = j2 if side == 0 else i2
            bottom = j1 if side == 0 else i1
            for word in range(bottom, top):
                if side == 1 and g1 <= word < g2:
                    continue
                mass, count = 0.0, 0
                for k in range(astarts[s], astarts[s + 1]):
                    inside = i1 <= a[k, 0] < i2 and not g1 <= a[k, 0] < g2
                    if a[k, 1 - side] == word and inside and j1 <= a[k, 1] < j2:
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
    sides = _columns(pairs)
    numbers = np.fromiter((_pair_hash(*sides, *row) for row in phrases.place[:, :5]), np.uint64, len(phrases.place))
    row_of = np.argsort(numbers, kind="stable")
    order = np.argsort(phrases.place[:, 2] - phrases.place[:, 1], kind="stable")
    result: NDArray[np.float32] = _composed(
        *sides,
        phrases.place[:, :5],
        order,
        numbers[row_of],
        row_of,
        scores.astype(np.float32).copy(),
        np.float32(phrase),
    )
    return result


def extract(
    pairs: Pairs, a: Ints, astarts: NDArray[np.int64], weights: Floats, is_law: NDArray[np.bool_], least: float
) -> Phrases:
    """Phrases seen at least `least` times (weighted: one weight a sentence), and all of one Chinese word.

    `is_law`: of each sentence.
    """
    found = _found(pairs, a, astarts, _is_wall(pairs), False)
    return _scored(pairs, a, astarts, found, weights, is_law, least, None)


def extract_around(
    pairs: Pairs, a: Ints, astarts: NDArray[np.int64], weights: Floats, is_law: NDArray[np.bool_], least: float
) -> Phrases:
    """Phrases of two parts around what is rendered next (在 … 时: when …), as `extract` gives others.

    How likely the English is counts against every place where both parts stand so near each other, together or not.
    """
    is_wall = _is_wall(pairs)

    def often(sources: Hashes) -> Floats:
        keys, inverse = np.unique(sources, return_inverse=True)
        may_be = np.zeros(2**27, np.bool_)
        may_be[(keys & np.uint64(len(may_be) - 1)).astype(np.int64)] = True
        counts = np.zeros((len(keys), 2))
        _occurrences(pairs.chinese.ids, pairs.chinese.starts, is_wall, weights, is_law, keys, may_be, counts)
        return counts[inverse].astype(np.float32)

    found = _found(pairs, a, astarts, is_wall, True)
    return _scored(pairs, a, astarts, found, weights, is_law, least, often)


def _is_wall(pairs: Pairs) -> NDArray[np.bool_]:
    """Of each Chinese word, whether it is punctuation, which nothing is carried across."""
    return np.array([n >= CLASS_COUNT and not word.isalnum() for n, word in enumerate(pairs.chinese.words)])


def _found(pairs: Pairs, a: Ints, astarts: NDArray[np.int64], is_wall: NDArray[np.bool_], around: bool) -> Hashes:
    given = (*_columns(pairs), a, astarts, is_wall, around)
    outs = np.empty((3, _extract(*given, False, _NONE)), np.uint64)
    _extract(*given, True, outs)
    return outs


def _columns(pairs: Pairs) -> tuple[Ints, NDArray[np.int64], Ints, NDArray[np.int64], Ints]:
    return pairs.chinese.ids, pairs.chinese.starts, pairs.english.ids, pairs.english.starts, pairs.links


def _scored(
    pairs: Pairs,
    a: Ints,
    astarts: NDArray[np.int64],
    outs: Hashes,
    weights: Floats,
    is_law: NDArray[np.bool_],
    least: float,
    often: Callable[[Hashes], Floats] | None,
) -> Phrases:
    """What `outs` has, counted and scored. `often`: how often each Chinese phrase stands in all texts and in law, (n, 2), if that is
    not how often it stands in `outs`."""
    f, h, packed = outs
    order = np.lexsort((h, f))
    fs, hs = f[order], h[order]
    new = np.ones(len(order), bool)
    new[1:] = (fs[1:] != fs[:-1]) | (hs[1:] != hs[:-1])
    first = np.flatnonzero(new)
    sentence = (packed >> np.uint64(32) & np.uint64(2**30 - 1)).astype(np.int32)[order]
    turn = (packed >> np.uint64(62)).astype(np.int8)[order]
    joint = np.add.reduceat(weights[sentence], first)
    in_law = np.add.reduceat((weights * is_law)[sentence], first)
    packed, f, h = packed[order[first]], fs[first], hs[first]
    single = (packed >> np.uint64(15) & np.uint64(2**10 - 1)) == 1 << 7
    times = np.diff(np.r_[first, len(order)])
    often_enough = joint >= least
    of_one = np.flatnonzero(often_enough & ~single & (times == 1))
    often_enough[of_one] = _is_sure_of_one(pairs, a, astarts, _unpacked(packed[of_one]))
    kept = often_enough | (single & (joint > 0))
    turns = np.empty((int(kept.sum()), 3), np.float32)
    for at in range(3):
        turns[:, at] = np.add.reduceat(weights[sentence] * (turn == at), first)[kept]
    del sentence, turn
    del fs, hs, order, new
    if often is None:
        new_f = np.flatnonzero(np.r_[True, f[1:] != f[:-1]])
        sizes = np.diff(np.r_[new_f, len(f)])
        of_f, of_f_in_law = (np.repeat(np.add.reduceat(counts, new_f), sizes)[kept] for counts in (joint, in_law))
    else:
        of_f, of_f_in_law = often(f[kept]).T
    by_e = np.argsort(h, kind="stable")
    new_e = np.flatnonzero(np.r_[True, h[by_e][1:] != h[by_e][:-1]])
    of_e = np.empty(len(h), np.float32)
    of_e[by_e] = np.repeat(np.add.reduceat(joint[by_e], new_e), np.diff(np.r_[new_e, len(h)]))
    f, place, times = f[kept], _unpacked(packed[kept]), times[kept]
    joint, in_law, of_e = joint[kept], in_law[kept], of_e[kept]
    scores = np.empty((len(f), 6), np.float32)
    # Good-Turing would say so: a pair seen once in a while is less sure than its ratio, also where a sentence counts double.
    seen = np.maximum(joint - 0.6 * np.maximum(joint / times, 1.0), 0.05)
    everywhere = seen / of_f
    scores[:, 0] = np.log10(everywhere)
    # Of one kind of text: what is seen in all, as if seen a few times in this one, and what is seen in it.
    for column, part, whole in ((4, in_law, of_f_in_law), (5, joint - in_law, of_f - of_f_in_law)):
        scores[:, column] = np.log10((part + _SEEN * everywhere) / (whole + _SEEN))
    scores[:, 1] = np.log10(seen / of_e)
    z, zs, e, es, _ = _columns(pairs)
    _lexical(place, z, zs, e, es, a, astarts, *_word_table(pairs, a, astarts), scores[:, 2:4])
    usual = turns.sum(0) / turns.sum()
    turns = np.log10((turns + _SEEN * usual) / (joint[:, None] + _SEEN)).astype(np.float32)
    return Phrases(f, place, scores, joint, turns)


def _is_sure_of_one(pairs: Pairs, a: Ints, astarts: NDArray[np.int64], place: Ints) -> NDArray[np.bool_]:
    """Which phrases of one sentence are short and begin and end, on both sides, in words that render each other.

    A long one is mostly that sentence's own, whatever the sentence counts for; words that nothing is linked to join any phrase beside them.
    """
    sentence = np.repeat(np.arange(len(astarts) - 1), np.diff(astarts))
    s, i1, i2, j1, j2, g1, g2 = place.T
    result: NDArray[np.bool_] = i2 - i1 - (g2 - g1) <= _LONGEST_OF_ONE
    for side, column, first, last in ((pairs.chinese, 0, i1, i2), (pairs.english, 1, j1, j2)):
        linked = np.zeros(len(side.ids), np.bool_)
        linked[side.starts[sentence] + a[:, column]] = True
        result &= linked[side.starts[s] + first] & linked[side.starts[s] + last - 1]
    return result


def _unpacked(packed: Hashes) -> Ints:
    """The place of each as `Phrases` has it, of what `_with_english` packed."""
    s, i1, head, gap, tail, j1, j2 = (
        (packed >> np.uint64(low) & np.uint64(2**bits - 1)).astype(np.int32)
        for low, bits in ((32, 30), (25, 7), (22, 3), (18, 4), (15, 3), (8, 7), (0, 8))
    )
    return np.stack([s, i1, i1 + head + gap + tail, j1, j2, i1 + head, i1 + head + gap], 1)


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
