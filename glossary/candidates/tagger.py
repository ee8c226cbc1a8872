"""Names in text by a linear-chain CRF: where bodies, programmes, places and persons begin and end, with how sure it is.

The weights were trained by training/names (distant supervision) and lie in name_model.npz; inference is numpy only and
linear in the text.
"""

from __future__ import annotations

import dataclasses
import functools
import re
from collections.abc import Iterable, Sequence
from importlib import resources

import numpy as np
import numpy.typing as npt

from glossary.candidates.features import BITS, features
from glossary.candidates.labels import COUNT, KINDS, OUTSIDE, first, may_begin, may_end

Scores = npt.NDArray[np.float32]
_NEVER = np.float32(-1e4)
_LINE = re.compile(r"[^\n。！？!?;；]+[。！？!?;；]?")
# Lines of this many characters are cut: names are shorter, and memory stays small.
_LONGEST = 400
_AT_ONCE = 256


@dataclasses.dataclass(frozen=True, slots=True)
class Tagged:
    """A name at text[start:end]: `kind` is ORG, PRG, LOC or PER, `margin` how much better it is than its parts (0–1)."""

    start: int
    end: int
    kind: str
    margin: float


@dataclasses.dataclass(frozen=True)
class Model:
    """`row` gives for each feature key the row of `weights` (0: none)."""

    row: npt.NDArray[np.int32]
    weights: npt.NDArray[np.float32]
    moves: Scores

    def emissions(self, text: str, cut: Sequence[str] | None = None) -> Scores:
        """Scores of the labels for each character of a folded text."""
        scores = np.zeros((len(text), COUNT), dtype=np.float32)
        for keys in features(text, cut):
            scores += self.weights[self.row[keys]]
        return scores


@functools.cache
def model() -> Model:
    with resources.files(__package__).joinpath("name_model.npz").open("rb") as file, np.load(file) as stored:
        row = np.zeros(1 << BITS, dtype=np.int32)
        row[stored["keys"]] = np.arange(1, len(stored["keys"]) + 1)
        weights = np.zeros((len(stored["keys"]) + 1, COUNT), dtype=np.float32)
        weights[1:] = stored["weights"] * stored["scale"]
        return Model(row, weights, stored["moves"])


def tag(
    text: str,
    cut: Sequence[str] | None = None,
    known: Iterable[tuple[int, int]] = (),
    whole: Iterable[tuple[int, int]] = (),
) -> list[Tagged]:
    """The names in `text` (folded), in order, free of overlaps; `cut` is its words, if they are known.

    No name begins or ends within a span of `known`; those of `whole` are bodies or programmes and stand in a name.
    """
    if not text:
        return []
    emissions = model().emissions(text, cut)
    for start, end in known:
        _hold_together(emissions[start:end], in_name=False)
    for start, end in whole:
        _hold_together(emissions[start:end], in_name=True)
    spans = [
        (hit.start() + at, min(hit.start() + at + _LONGEST, hit.end()))
        for hit in _LINE.finditer(text)
        for at in range(0, hit.end() - hit.start(), _LONGEST)
    ]
    found = []
    for (left, right), path in zip(spans, _best_paths(emissions, spans), strict=True):
        found.extend(_read(path, emissions[left:right], left))
    return found


def _hold_together(scores: Scores, in_name: bool) -> None:
    """Forbid boundaries within a span; and, `in_name`, that its characters are no name at all."""
    for kind in range(len(KINDS)):
        scores[1:, 1 + 3 * kind] = _NEVER
        scores[:-1, 3 + 3 * kind] = _NEVER
    if in_name:
        scores[:, OUTSIDE] = _NEVER
        scores[:, first("LOC") :] = _NEVER


def _best_paths(emissions: Scores, spans: Sequence[tuple[int, int]]) -> list[npt.NDArray[np.int64]]:
    """Viterbi over many lines at once, those of like length together."""
    paths: list[npt.NDArray[np.int64]] = [np.empty(0, dtype=np.int64)] * len(spans)
    order = sorted(range(len(spans)), key=lambda at: spans[at][1] - spans[at][0])
    for low in range(0, len(order), _AT_ONCE):
        group = order[low : low + _AT_ONCE]
        lengths = np.array([spans[at][1] - spans[at][0] for at in group])
        padded = np.zeros((lengths.max(), len(group), COUNT), dtype=np.float32)
        for column, at in enumerate(group):
            left, right = spans[at]
            padded[: right - left, column] = emissions[left:right]
        for column, (at, path) in enumerate(zip(group, _viterbi(padded, lengths), strict=True)):
            paths[at] = path[: lengths[column]]
    return paths


def _viterbi(scores: Scores, lengths: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Best labels (batch, time) for scores (time, batch, labels)."""
    moves = model().moves
    steps, size, _ = scores.shape
    begin = np.array([0 if may_begin(label) else _NEVER for label in range(COUNT)], dtype=np.float32)
    end = np.array([0 if may_end(label) else _NEVER for label in range(COUNT)], dtype=np.float32)
    best = scores[0] + begin
    back = np.zeros((steps, size, COUNT), dtype=np.int8)
    final = np.where((lengths == 1)[:, None], best, 0)
    for at in range(1, steps):
        through = best[:, :, None] + moves
        back[at] = through.argmax(axis=1)
        best = through.max(axis=1) + scores[at]
        final = np.where((lengths == at + 1)[:, None], best, final)
    label = (final + end).argmax(axis=1)
    path = np.zeros((size, steps), dtype=np.int64)
    rows = np.arange(size)
    for at in range(steps - 1, -1, -1):
        path[:, at] = np.where(at < lengths, label, OUTSIDE)
        previous = back[at, rows, label]
        label = np.where((at < lengths) & (at > 0), previous, label)
    return path


def _read(path: npt.NDArray[np.int64], scores: Scores, offset: int) -> list[Tagged]:
    found = []
    start = -1
    for at, label in enumerate(path.tolist()):
        if label == OUTSIDE:
            continue
        place = (label - 1) % 3
        if place == 0:
            start = at
        elif place == 2 and start >= 0:
            kind = (label - 1) // 3
            found.append(Tagged(offset + start, offset + at + 1, KINDS[kind], _margin(scores, path, start, at)))
            start = -1
    return found


def _margin(scores: Scores, path: npt.NDArray[np.int64], start: int, last: int) -> float:
    """How sure the name is: the mean lead of its labels over `outside`, squashed to 0–1."""
    rows = np.arange(start, last + 1)
    lead = float((scores[rows, path[rows]] - np.maximum(scores[rows, OUTSIDE], -50)).mean())
    return float(1 / (1 + np.exp(-lead / 2)))
