"""Search for the best English of a sentence: stacks of hypotheses by how much Chinese they cover, with one gap.

A hypothesis has rendered the units before `hole` and those from `resume` to `front`; between hole and resume may be a gap
that it must fill before it opens another. So a phrase, or several, can change places with what follows (的, 在 …), and a
phrase can stand around what is rendered after it (在 … 时: when …).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from translate.engines.draft.tables import BEGIN, END, Floats, Ids, LanguageModel


@dataclasses.dataclass(frozen=True, slots=True)
class Weights:
    """What the parts of a score count for; learned by training.draft.tune on pairs that nothing else is learned from."""

    model: float = 0.5
    words: float = 0.5
    phrases: float = 0.0
    on: float = 0.3
    back: float = 0.3
    away: float = 0.3
    open_gap: float = -1.0
    gap: float = -0.15
    broken: float = -1.0
    around: float = -0.5


@dataclasses.dataclass(frozen=True, slots=True)
class Choices:
    """English phrases of a sentence of `units` units: from unit `start` to `end`, but for a gap from `hole` to `resume` (both
    `end` where there is none); `words` padded with -1, score weighted.

    Sorted by `start`. `turns`: how likely each goes on from the Chinese before, from that behind, from elsewhere (log10).
    `breaks`: how many of the two borders stand within a word. `walls[n]`: how many of the units before n are punctuation,
    which no phrase is carried across (units + 1 numbers).
    """

    units: int
    start: Ids
    end: Ids
    hole: Ids
    resume: Ids
    words: Ids
    lengths: Ids
    scores: Floats
    turns: Floats
    breaks: Ids
    walls: Ids


# Hypotheses of a stack; extensions of a stack that the language model is asked about; gap and what is rendered beyond it.
BEAM, ASKED, GAP, BEYOND = 25, 120, 12, 16


class Search:
    """Finds the best sequence of choices."""

    def __init__(self, model: LanguageModel, weights: Weights | None = None) -> None:
        self.weights = weights or Weights()
        self._model = model

    def best(self, choices: Choices) -> list[int]:
        """Numbers of the choices in the order of the English. Every unit must be covered by some choice."""
        return self.several(choices, 1)[0]

    def several(self, choices: Choices, most: int) -> list[list[int]]:
        """At most so many such orders, the best first; they differ in their last words."""
        w = self.weights
        count = choices.units
        is_around = choices.resume > choices.hole
        option = (
            choices.scores + w.words * choices.lengths + w.phrases + w.broken * choices.breaks + w.around * is_around
        )
        inner, estimate = self._inside(choices)
        option = (option + w.model * inner).astype(np.float32)
        turns = choices.turns * np.array([w.on, w.back, w.away], np.float32)
        hopeful = option + np.float32(w.model) * estimate
        future = self._future(choices, hopeful)
        begins = np.searchsorted(choices.start, np.arange(count + 2))
        # hole, resume, front, last words, score, parent, choice, first and last unit of the last choice
        stacks: list[list[tuple[NDArray[np.generic], ...]]] = [[] for _ in range(count + 1)]
        one = np.array([0])
        stacks[0].append(
            (one, one, one, one + BEGIN, one - 1, one - 1, np.zeros(1, np.float32), one - 1, one - 1, one, one)
        )
        arena: list[tuple[NDArray[np.generic], ...]] = []
        base = 0
        for covered in range(count + 1):
            if not stacks[covered]:
                continue
            hole, resume, front, l1, l2, l3, score, parent, choice, said_from, said_to = self._pruned(
                stacks[covered], future
            )
            arena.append((parent, choice))
            if covered == count:
                final = score + w.model * self._model.score(np.full(len(l1), END), l1, l2, l3)
                return [self._trace(arena, base + at) for at in np.argsort(-final, kind="stable")[:most].tolist()]
            which, starts = self._starts(hole, resume, front, count)
            first, number = begins[starts], begins[starts + 1] - begins[starts]
            total = int(number.sum())
            pick = np.arange(total) - np.repeat(np.cumsum(number) - number, number) + np.repeat(first, number)
            who = np.repeat(which, number)
            end, start = choices.end[pick], choices.start[pick]
            fills = (start == hole[who]) & (resume[who] > hole[who])
            # Nothing is carried across punctuation.
            walls = choices.walls
            inside = walls[end] == walls[hole[who]]
            ahead = ~fills & ((start > front[who]) | (resume[who] > hole[who]))
            fits = (~fills | (end <= resume[who])) & (~ahead | inside)
            # A phrase around others opens a gap of its own, only where none is open, and what is in it comes next.
            fits &= ~is_around[pick] | ((resume[who] == hole[who]) & (start == front[who]))
            fits &= fills | ~(is_around[choice[who]] & (choice[who] >= 0))
            pick, who, end, start, fills = pick[fits], who[fits], end[fits], start[fits], fills[fits]
            opens = ~fills & (start > front[who])
            new_hole = np.where(fills, end, np.where(opens | (resume[who] > hole[who]), hole[who], end))
            new_resume = np.where(
                fills, resume[who], np.where(opens, start, np.where(resume[who] > hole[who], resume[who], end))
            )
            new_front = np.where(fills, front[who], end)
            around = is_around[pick]
            new_hole = np.where(around, choices.hole[pick], new_hole)
            new_resume = np.where(around, choices.resume[pick], new_resume)
            closed = new_hole == new_resume
            new_hole, new_resume = np.where(closed, new_front, new_hole), np.where(closed, new_front, new_resume)
            jump = np.where(opens, w.open_gap + w.gap * (start - front[who]), 0).astype(np.float32)
            jump += turns[pick, np.where(start == said_to[who], 0, np.where(end == said_from[who], 1, 2))]
            left = future[new_resume] - future[new_hole] + future[count] - future[new_front]
            rank = score[who] + jump + hopeful[pick] + left
            if len(rank) > ASKED:
                top = np.argpartition(-rank, ASKED)[:ASKED]
                pick, who, jump = pick[top], who[top], jump[top]
                new_hole, new_resume, new_front = new_hole[top], new_resume[top], new_front[top]
            asked, a, b, c = self._joined(choices.words[pick], choices.lengths[pick], l1[who], l2[who], l3[who])
            gained = score[who] + jump + option[pick] + np.float32(w.model) * asked
            cover = new_front - (new_resume - new_hole)
            parents = who + base
            order = np.argsort(cover, kind="stable")
            bounds = np.flatnonzero(np.diff(cover[order])) + 1
            for part in np.split(order, bounds):
                if len(part):
                    stacks[int(cover[part[0]])].append(
                        (
                            new_hole[part],
                            new_resume[part],
                            new_front[part],
                            a[part],
                            b[part],
                            c[part],
                            gained[part],
                            parents[part],
                            pick[part],
                            choices.start[pick[part]],
                            choices.hole[pick[part]],
                        )
                    )
            base += len(hole)
            stacks[covered] = []
        raise ValueError("a unit has no choice")

    def _joined(self, words: Ids, length: Ids, one: Ids, two: Ids, three: Ids) -> tuple[Floats, Ids, Ids, Ids]:
        """(what the model says of the first three words of phrases after others, the last three words then)."""
        line = np.concatenate([three[:, None], two[:, None], one[:, None], words], axis=1)
        # From the fourth word on the phrase itself tells what stands before it: `inner` has that.
        row, column = np.nonzero(np.arange(min(3, words.shape[1])) < length[:, None])
        scores = self._model.score(*(line[row, column + at] for at in (3, 2, 1, 0)))
        every = np.arange(len(line))
        last = [line[every, length + at] for at in (2, 1, 0)]
        return np.bincount(row, scores, len(line)).astype(np.float32), last[0], last[1], last[2]

    def _inside(self, choices: Choices) -> tuple[Floats, Floats]:
        """(what the model says of words with three before them in the phrase, an estimate for the first three)."""
        inner = np.zeros(len(choices.start), np.float32)
        guess = np.zeros(len(choices.start), np.float32)
        none = np.full(len(choices.start), -1)
        before = [none, none, none]
        for column in range(choices.words.shape[1]):
            some = choices.lengths > column
            now = choices.words[:, column]
            got = self._model.score(now[some], before[0][some], before[1][some], before[2][some])
            (inner if column >= 3 else guess)[some] += got
            before = [now, before[0], before[1]]
        return inner, guess

    def _future(self, choices: Choices, hopeful: Floats) -> Floats:
        """best[n]: the best estimate for the units before n, rendered in order without gaps."""
        best = np.full(choices.units + 1, -1e9, np.float32)
        best[0] = 0
        for number in np.flatnonzero(choices.resume == choices.hole).tolist():
            value = best[choices.start[number]] + hopeful[number]
            if value > best[choices.end[number]]:
                best[choices.end[number]] = value
        return best

    def _pruned(self, parts: Sequence[tuple[NDArray[np.generic], ...]], future: Floats):  # type: ignore[no-untyped-def]
        columns = [np.concatenate(column) for column in zip(*parts, strict=True)]
        hole, resume, front, l1, l2, l3, score = columns[:7]
        rank = score + future[resume] - future[hole] + future[-1] - future[front]
        order = np.argsort(-rank, kind="stable")[: 6 * BEAM]
        kept: list[int] = []
        seen = set()
        for at, key in zip(
            order.tolist(),
            zip(*(column[order].tolist() for column in (hole, resume, front, l1, l2, l3)), strict=True),
            strict=True,
        ):
            if key not in seen:
                seen.add(key)
                kept.append(at)
                if len(kept) >= BEAM:
                    break
        return [column[kept] for column in columns]

    def _starts(self, hole: Ids, resume: Ids, front: Ids, count: int) -> tuple[Ids, Ids]:
        """(hypothesis, unit) of every place where one may go on."""
        gap = resume > hole
        every = np.arange(len(hole))
        which = [every[gap], every[gap & (front - resume < BEYOND)]]
        starts = [hole[gap], front[gap & (front - resume < BEYOND)]]
        plain = every[~gap]
        for jump in range(GAP + 1):
            which.append(plain)
            starts.append(front[plain] + jump)
        who, unit = np.concatenate(which), np.concatenate(starts)
        inside = unit < count
        return who[inside], unit[inside]

    @staticmethod
    def _trace(arena: Sequence[tuple[NDArray[np.generic], ...]], here: int) -> list[int]:
        parents = np.concatenate([part[0] for part in arena]).astype(np.int64)
        picks = np.concatenate([part[1] for part in arena]).astype(np.int64)
        result: list[int] = []
        while parents[here] >= 0:
            result.append(int(picks[here]))
            here = int(parents[here])
        return result[::-1]
