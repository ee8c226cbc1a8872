"""Batches of token ids: pairs drawn by weight, terms tagged anew each time, names exchanged, sorted by length.

Everything that is drawn depends on (seed, chunk) alone, so that a run that was broken off goes on with the same batches,
whatever the number of processes that make them. Needs numpy only.
"""

from __future__ import annotations

import concurrent.futures
import dataclasses
import multiprocessing
from collections.abc import Iterator, Mapping, Set

import numpy as np
from numpy.typing import NDArray

from training.neural.packing import Packed, Told, Word

Ids = NDArray[np.int64]


@dataclasses.dataclass(frozen=True, slots=True)
class Plan:
    """How batches are made.

    `tokens`: most tokens of one side of a batch, padding counted. `chunk`: so many pairs are drawn and sorted together.
    `tagged`: the share of pairs with terms in which some are tagged. `exchanged`: the share of tagged terms that get
    another name, Chinese and English, out of the bank; `exchanged_plain` that of untagged ones. `told`: of this share of
    the words of a pair the lexicon's English is told, one share drawn for each pair. `advised`: so often a pair of which the
    draft's advice is known gets that instead. `longest`: tokens of a side, longer pairs are left out.
    """

    tokens: int = 4096
    chunk: int = 20_000
    tagged: float = 0.5
    exchanged: float = 0.35
    exchanged_plain: float = 0.02
    told: tuple[float, ...] = (0.0, 0.5, 1.0, 1.0)
    advised: float = 0.8
    longest: int = 250
    seed: int = 1


@dataclasses.dataclass(frozen=True, slots=True)
class Example:
    """One pair as it is learnt: `links` are (target position, source position) of copied tokens; `spans` are what renders
    what: (source start, source end, target start, target end), where nothing is copied."""

    source: list[int]
    target: list[int]
    links: list[tuple[int, int]]
    spans: list[tuple[int, int, int, int]]


@dataclasses.dataclass(frozen=True, slots=True)
class Batch:
    """`source` (B, S), `before` and `after` (B, T): the target shifted and as it is; `link` (B, T): the source position
    that a target token is copied from, -1 for none; `first` and `last` (B, T): the source tokens first to last - 1 that
    it renders, 0 and 0 where that is not known. Sentences end in the end mark; the rest is padding."""

    source: Ids
    before: Ids
    after: Ids
    link: Ids
    first: Ids
    last: Ids
    # Target tokens, padding not counted.
    tokens: int


def order_of(packed: Packed, epoch: int, seed: int) -> Ids:
    """The pairs of an epoch, each as often as its domain weighs (a share of them where that is no whole number)."""
    rng = np.random.default_rng((seed, 1, epoch))
    drawn = []
    for number, weight in enumerate(packed.meta.weights):
        members = np.flatnonzero(packed.domain == number)
        drawn += [members] * int(weight)
        rest = round((weight - int(weight)) * len(members))
        drawn.append(rng.permutation(members)[:rest])
    return rng.permutation(np.concatenate(drawn)).astype(np.int64)


def epoch_size(packed: Packed) -> int:
    """Pairs seen in an epoch."""
    counts = np.bincount(packed.domain, minlength=len(packed.meta.weights))
    return sum(
        int(weight) * int(n) + round((weight - int(weight)) * int(n))
        for weight, n in zip(packed.meta.weights, counts, strict=True)
    )


def example(packed: Packed, at: int, rng: np.random.Generator, plan: Plan) -> Example:
    """Pair `at` with some of its terms tagged, some names exchanged for others, and the lexicon's English of some words."""
    source, target, spans = packed.source[at], packed.target[at], packed.spans_of(at)
    share = rng.choice(plan.told)
    words = packed.advice_of(at)
    if not words or rng.random() >= plan.advised:
        words = [word for word in packed.words_of(at) if rng.random() < share]
    if not spans and not words:
        return Example(source, target, [], [])
    tags = rng.random(len(spans)) < rng.choice((0.35, 0.7, 1.0)) if rng.random() < plan.tagged else [False] * len(spans)
    edits = [_edit(packed, source, target, span, bool(tag), rng, plan) for span, tag in zip(spans, tags, strict=True)]
    changed = {
        span[0]: (span[1], edit.source)
        for span, edit in zip(spans, edits, strict=True)
        if edit.source != source[span[0] : span[1]]
    }
    new_source, places, told = _told(packed, source, changed, words)
    new_target: list[int] = []
    links: list[tuple[int, int]] = []
    rendered: list[tuple[int, int, int, int]] = []
    done = 0
    for number in sorted(range(len(spans)), key=lambda n: spans[n][2]):
        edit, span = edits[number], spans[number]
        new_target += target[done : span[2]]
        at, start = len(new_target), places[span[0]]
        if edit.inside:
            links += [(at + i, start + edit.inside + edit.late + i) for i in range(len(edit.target))]
        else:
            rendered.append((start, places[span[1]], at, at + len(edit.target)))
        new_target += edit.target
        done = span[3]
    new_target += target[done:]
    copies = _copies(told, new_target, {at for at, _ in links})
    return Example(new_source, new_target, links, [*rendered, *copies])


def _told(
    packed: Packed, source: list[int], changed: Mapping[int, tuple[int, list[int]]], words: list[Told]
) -> tuple[list[int], list[int], list[tuple[int, list[int]]]]:
    """(the source with what stands for some of its parts, and the English that is told behind words; where each of its tokens and
    its end is now; where the English is that is told). `changed`: end and new tokens of a part, by its start."""
    _, says, closes = packed.meta.tags
    within = {at for start, (end, _) in changed.items() for at in range(start, end)}
    behind = {last: english for at, last, english in words if within.isdisjoint(range(at, last))}
    tokens: list[int] = []
    places: list[int] = []
    told: list[tuple[int, list[int]]] = []
    at = 0
    while at < len(source):
        end, new = changed.get(at, (at + 1, source[at : at + 1]))
        places += [len(tokens)] * (end - at)
        tokens += new
        at = end
        if at in behind:
            for meaning in _meanings(behind[at], says):
                tokens.append(says)
                told.append((len(tokens), meaning))
                tokens += meaning
            tokens.append(closes)
    return tokens, [*places, len(tokens)], told


def _meanings(english: Word, says: int) -> list[list[int]]:
    """The renderings of a word of the lexicon."""
    parts: list[list[int]] = [[]]
    for token in english:
        if token == says:
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def _copies(
    told: list[tuple[int, list[int]]], target: list[int], taken: Set[int]
) -> Iterator[tuple[int, int, int, int]]:
    """The spans, a token each, of what was told and stands in the target just once."""
    places: dict[int, list[int]] = {}
    for at, token in enumerate(target):
        places.setdefault(token, []).append(at)
    for start, english in told:
        size = len(english)
        hits = [at for at in places.get(english[0], ()) if target[at : at + size] == english]
        if len(hits) == 1 and taken.isdisjoint(range(hits[0], hits[0] + size)):
            yield from ((start + i, start + i + 1, hits[0] + i, hits[0] + i + 1) for i in range(size))


@dataclasses.dataclass(frozen=True, slots=True)
class _Edit:
    """What stands for a span in source and target; `inside`: where the English begins in the source, 0 without a tag;
    `late`: the copy in the source has so many tokens more at its front (a blank)."""

    source: list[int]
    target: list[int]
    inside: int = 0
    late: int = 0


def _edit(
    packed: Packed,
    source: list[int],
    target: list[int],
    span: list[int],
    tag: bool,
    rng: np.random.Generator,
    plan: Plan,
) -> _Edit:
    chinese, english = source[span[0] : span[1]], target[span[2] : span[3]]
    spaced = int(packed.spaced[english[0]])
    if len(packed.names_chinese) and spaced == 0 and rng.random() < (plan.exchanged if tag else plan.exchanged_plain):
        most = len(packed.names_chinese) if tag else packed.meta.true_names
        if most:
            name = int(rng.integers(most))
            chinese, english = packed.names_chinese[name], packed.names_english[name]
    if not tag:
        return _Edit(chinese, english)
    opens, says, closes = packed.meta.tags
    late = 0
    copy = english
    if spaced > 0:
        copy = [spaced, *english[1:]]
    elif spaced < 0:
        # No such piece with a blank: the blank is a piece of its own.
        late, copy = 1, [packed.meta.blank, *english]
    return _Edit([opens, *chinese, says, *copy, closes], english, len(chinese) + 2, late)


def chunk(packed: Packed, plan: Plan, number: int) -> list[Batch]:
    """The batches of chunk `number`, in the order in which they are learnt."""
    size = epoch_size(packed)
    chunks = max(1, -(-size // plan.chunk))
    epoch, part = divmod(number, chunks)
    order = order_of(packed, epoch, plan.seed)[part * plan.chunk : (part + 1) * plan.chunk]
    rng = np.random.default_rng((plan.seed, 2, number))
    made = [example(packed, int(at), rng, plan) for at in order]
    made = [one for one in made if len(one.source) < plan.longest and len(one.target) < plan.longest]
    batches = in_batches(packed, made, plan.tokens)
    return [batches[at] for at in rng.permutation(len(batches))]


def in_batches(packed: Packed, examples: list[Example], tokens: int) -> list[Batch]:
    """The examples sorted by width, in batches of at most `tokens` a side, the widest first.

    A width has one number of rows: a processor's kernels are made anew for every shape, and that takes longer than their use.
    """
    widths = [(_wide(len(one.source) + 1), _wide(len(one.target) + 1)) for one in examples]
    order = sorted(range(len(examples)), key=lambda i: (max(widths[i]), widths[i]), reverse=True)
    batches: list[Batch] = []
    at = 0
    while at < len(order):
        rows = max(1, tokens // max(widths[order[at]]))
        batches.append(padded(packed, [examples[i] for i in order[at : at + rows]]))
        at += rows
    return batches


# A batch's sides are as wide as one of these, beyond the last as a multiple of it.
_WIDTHS = (16, 24, 32, 40, 48, 64, 80, 96, 128, 160, 192, 256)


def _wide(length: int) -> int:
    return next((width for width in _WIDTHS if width >= length), -(-length // _WIDTHS[-1]) * _WIDTHS[-1])


def padded(packed: Packed, group: list[Example]) -> Batch:
    """Examples as one batch."""
    meta = packed.meta
    wide = [_wide(max(len(getattr(one, side)) for one in group) + 1) for side in ("source", "target")]
    source = np.full((len(group), wide[0]), meta.pad, np.int64)
    before, after = (np.full((len(group), wide[1]), meta.pad, np.int64) for _ in range(2))
    link = np.full((len(group), wide[1]), -1, np.int64)
    first, last = (np.zeros((len(group), wide[1]), np.int64) for _ in range(2))
    for row, one in enumerate(group):
        source[row, : len(one.source) + 1] = [*one.source, meta.end]
        before[row, : len(one.target) + 1] = [meta.begin, *one.target]
        after[row, : len(one.target) + 1] = [*one.target, meta.end]
        for at, copied in one.links:
            link[row, at], first[row, at], last[row, at] = copied, copied, copied + 1
        for start, end, at, until in one.spans:
            first[row, at:until], last[row, at:until] = start, end
    return Batch(source, before, after, link, first, last, sum(len(one.target) + 1 for one in group))


_shared: tuple[Packed, Plan] | None = None


def _shared_chunk(number: int) -> list[Batch]:
    assert _shared is not None
    return chunk(*_shared, number)


def stream(
    packed: Packed, plan: Plan, first: int = 0, skip: int = 0, processes: int = 0
) -> Iterator[tuple[int, int, Batch]]:
    """(chunk, place in it, batch) without end, from batch `skip` of chunk `first` on.

    `processes` make chunks ahead (forked: call this before a GPU is touched); the batches are the same for any number.
    """
    global _shared
    number = first
    if not processes:
        while True:
            batches = chunk(packed, plan, number)
            yield from ((number, at, batches[at]) for at in range(skip if number == first else 0, len(batches)))
            number += 1
    _shared = (packed, plan)
    with concurrent.futures.ProcessPoolExecutor(processes, multiprocessing.get_context("fork")) as pool:
        ahead = [pool.submit(_shared_chunk, first + n) for n in range(processes + 1)]
        while True:
            batches = ahead.pop(0).result()
            ahead.append(pool.submit(_shared_chunk, number + processes + 1))
            yield from ((number, at, batches[at]) for at in range(skip if number == first else 0, len(batches)))
            number += 1
