"""Which part of the Chinese each English word renders: posteriors of a word alignment over one segment.

IBM model 2 with learnt word scores (lexical.py), CC-CEDICT behind it, and a prior along the line that the sure links
draw through the segment. A glossary term counts as one unit of the source.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

# What "renders nothing in particular" weighs beside the units of the source.
NULL = 0.03
# First look: how fast a link far from the diagonal loses weight (shares of the segment).
_WIDE = 12.0
# Second look: the same, in English words off the line that the sure links draw; its reach along the source, in words.
_NEAR = 9.0
_REACH = 6.0
_FAR = 0.02
# How much more a unit weighs for a word whose neighbours, so many words off at most, render it.
_TOGETHER = 1.0
_BESIDE = 3
# How often, and how sharply, words of one stem and the units they may render are matched with each other.
_TURNS = 3
_SHARPER = 1.3


@dataclasses.dataclass(frozen=True, slots=True)
class Unit:
    """A part of the source that English words can render: where it stands, and which stems speak for it (0–1)."""

    start: int
    end: int
    scores: Mapping[str, float]


@dataclasses.dataclass(frozen=True, slots=True)
class Alignment:
    """`shares[row, column]`: the part of a source unit (column) in an English word (row); what is missing to 1 renders
    nothing. `line[column]`: the row around which a unit's English is to be expected."""

    shares: Floats
    line: Floats


def align(units: Sequence[Unit], stems: Sequence[str], anchors: Sequence[tuple[int, int]] = ()) -> Alignment:
    """The alignment of English words, given as stems, to units. A stem "" renders nothing.

    `anchors` are links known beforehand, as (unit, row).
    """
    rows, columns = len(stems), len(units)
    likeness = np.zeros((rows, columns))
    places: dict[str, list[int]] = {}
    for row, stem in enumerate(stems):
        if stem:
            places.setdefault(stem, []).append(row)
    for column, unit in enumerate(units):
        for stem in unit.scores.keys() & places.keys():
            likeness[places[stem], column] = unit.scores[stem]
    if not rows or not columns:
        return Alignment(likeness, np.zeros(columns))
    where = np.array([(unit.start + unit.end) / 2 for unit in units])
    along = where / max(where.max(), 1e-9) * max(rows - 1, 1)
    wide = np.exp(-_WIDE * np.abs(np.arange(rows)[:, None] - along[None, :]) / rows)
    first = _shares(likeness * wide)
    line = _line(first, likeness, along, anchors)
    weights = likeness * (np.exp(-np.abs(np.arange(rows)[:, None] - line[None, :]) / _NEAR) + _FAR)
    weights *= 1 + _TOGETHER * _support(_shares(weights), [row for row, stem in enumerate(stems) if stem])
    return Alignment(_once(_shares(weights), places), line)


def _support(shares: Floats, content: Sequence[int]) -> Floats:
    """How far the words beside each word render the same unit: what belongs together stands together."""
    beside = np.zeros_like(shares)
    own = shares[content]
    close = (np.diff(content) <= _BESIDE)[:, None]
    both = np.zeros_like(own)
    both[1:] += own[:-1] * close
    both[:-1] += own[1:] * close
    beside[content] = both / 2
    return beside


def _shares(weights: Floats) -> Floats:
    shares: Floats = weights / (weights.sum(axis=1, keepdims=True) + NULL)
    return shares


def _line(shares: Floats, likeness: Floats, along: Floats, anchors: Sequence[tuple[int, int]]) -> Floats:
    """For each unit the row around which its English is to be expected: sure links nearby, the diagonal else."""
    sure = shares * (shares > 0.5) * np.sqrt(likeness)
    for column, row in anchors:
        sure[row, column] = 2.0
    link_rows, link_columns = np.nonzero(sure)
    weights = sure[link_rows, link_columns]
    spread = max(len(along), 1)
    scale = max(along.max(), 1.0) / spread
    distance = np.abs(along[:, None] - along[link_columns][None, :]) / scale / _REACH
    kernel = np.exp(-distance) * weights[None, :]
    shift = kernel @ (link_rows - along[link_columns])
    line: Floats = along + shift / (kernel.sum(axis=1) + 0.5)
    return line


def _once(shares: Floats, places: Mapping[str, Sequence[int]]) -> Floats:
    """One unit is not rendered twice by the same stem, and one word renders one unit: like goes to like, in turns."""
    for rows in places.values():
        if len(rows) > 1:
            part = shares[rows]
            whole = part.sum(axis=1, keepdims=True)
            for _ in range(_TURNS):
                part = part / np.maximum(part.sum(axis=0, keepdims=True), 1.0)
                part = part**_SHARPER
                part = part / np.maximum(part.sum(axis=1, keepdims=True), 1e-12) * whole
            shares[rows] = part / np.maximum(part.sum(axis=0, keepdims=True), 1.0)
    return shares
