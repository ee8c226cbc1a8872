"""Marks of a source text (bold, links, footnote signs) put on the English that renders what they stand on.

No engine sees a mark: the English of a stretch is found by the term ledger where names stand, by the word alignment
elsewhere, and by proportion where neither tells.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from documents.formats import Mark, Text
from translate.alignment.posterior import align
from translate.alignment.renderings import units_of
from translate.alignment.words import FUNCTION_WORDS, english_words
from translate.bilingual import BilingualSegment
from translate.forcing.ledger import Occurrence

# From this share on, an English word is taken to render the words it is aligned with.
_SURE = 0.5
# So many characters apart, two stretches of English are no one rendering.
_APART = 25


@dataclasses.dataclass(frozen=True, slots=True)
class Piece:
    """A segment of a text, and the offset in the text at which each of its characters stands."""

    segment: BilingualSegment
    offsets: Sequence[int]

    @property
    def english(self) -> str:
        """Its English, or the source where there is none."""
        return self.segment.target or self.segment.source


def english_text(source: Text, pieces: Sequence[Piece]) -> Text:
    """A text in English, put together from its segments, with its marks on what renders their words."""
    starts, at = [], 0
    for piece in pieces:
        starts.append(at)
        at += len(piece.english) + 1
    english = " ".join(piece.english for piece in pieces)
    placed = [(mark, _placed(mark, pieces, starts)) for mark in source.marks]
    return Text(english, tuple(_in_step(placed)), source.place)


def _placed(mark: Mark, pieces: Sequence[Piece], starts: Sequence[int]) -> tuple[int, int] | None:
    """The stretch of the English for a mark; None where nothing of what it stood on is left."""
    if mark.start == mark.end:
        where = _position(mark.start, pieces, starts)
        return where, where
    spans = []
    for piece, begin in zip(pieces, starts, strict=True):
        inside = [at for at, offset in enumerate(piece.offsets) if mark.start <= offset < mark.end]
        if inside:
            start, end = _rendered(piece, inside[0], inside[-1] + 1)
            spans.append((begin + start, begin + end))
    return (min(start for start, _ in spans), max(end for _, end in spans)) if spans else None


def _position(offset: int, pieces: Sequence[Piece], starts: Sequence[int]) -> int:
    """Where a thing between characters goes: behind the English of the word before it."""
    where = 0
    for piece, begin in zip(pieces, starts, strict=True):
        before = sum(at < offset for at in piece.offsets)
        if before == len(piece.offsets):
            where = begin + len(piece.english)
        elif before:
            source = piece.segment.source
            word = next((u for u in units_of(source, _names(piece)) if u.start < before <= u.end), None)
            where = begin + _rendered(piece, word.start if word else before - 1, before)[1]
    return where


def _names(piece: Piece) -> list[tuple[int, int, dict[str, float]]]:
    return [(row.occurrence.start, row.occurrence.end, {}) for row in piece.segment.ledger]


def _rendered(piece: Piece, start: int, end: int) -> tuple[int, int]:
    """The stretch of a segment's English that renders source[start:end]."""
    source, english = piece.segment.source, piece.english
    if not any(char.isalnum() for char in source[:start] + source[end:]):
        return 0, len(english)
    if not piece.segment.target:
        return start, end
    named = [
        (row.occurrence, (row.target_start, row.target_end))
        for row in piece.segment.ledger
        if row.found and row.occurrence.start < end and start < row.occurrence.end
    ]
    spans = [span for occurrence, span in named if start <= occurrence.start and occurrence.end <= end]
    if len(spans) == 1 and not _words_beside(source, start, end, [occurrence for occurrence, _ in named]):
        return spans[0]
    words = english_words(english)
    taken = [any(a <= left < b for _, (a, b) in named) for left, _, _ in words]
    stems = ["" if stem in FUNCTION_WORDS or own else stem for (_, _, stem), own in zip(words, taken, strict=True)]
    units = units_of(source, _names(piece))
    shares = align(units, stems).shares
    columns = [at for at, unit in enumerate(units) if unit.start < end and start < unit.end]
    found = [(left, right, 1.0) for left, right in spans]
    for row, (left, right, _) in enumerate(words):
        share = float(shares[row, columns].sum()) if columns else 0.0
        if share > _SURE:
            found.append((left, right, share))
    if found:
        return _densest(found)
    return _proportional(source, english, start, end)


def _densest(found: Sequence[tuple[int, int, float]]) -> tuple[int, int]:
    """Of stretches (start, end, weight) those that stand together and weigh the most, as one."""
    groups: list[list[tuple[int, int, float]]] = []
    for one in sorted(found):
        if groups and one[0] - groups[-1][-1][1] <= _APART:
            groups[-1].append(one)
        else:
            groups.append([one])
    best = max(groups, key=lambda group: sum(weight for _, _, weight in group))
    return best[0][0], max(right for _, right, _ in best)


def _words_beside(source: str, start: int, end: int, names: Sequence[Occurrence]) -> bool:
    """Whether the stretch holds words besides the names in it."""
    covered: set[int] = set()
    for occurrence in names:
        covered.update(range(occurrence.start, occurrence.end))
    return any(source[at].isalnum() and at not in covered for at in range(start, end))


def _proportional(source: str, english: str, start: int, end: int) -> tuple[int, int]:
    """The whole words of the English that lie where the stretch lies in the source."""
    left, right = (round(at / len(source) * len(english)) for at in (start, end))
    words = english_words(english)
    inside = [(a, b) for a, b, _ in words if a < right and left < b] or [(left, right)]
    return inside[0][0], inside[-1][1]


def _in_step(placed: Sequence[tuple[Mark, tuple[int, int] | None]]) -> list[Mark]:
    """The marks in their new places, nested and apart from each other as they were; what has no room is left out."""
    done: list[tuple[Mark, int, int]] = []
    for mark, span in sorted(placed, key=lambda pair: (pair[0].start, -pair[0].end)):
        if span is None:
            continue
        start, end = span
        for other, left, right in done:
            if mark.start >= other.start and mark.end <= other.end and other.start < other.end:
                start, end = min(max(start, left), right), max(min(end, right), left)
            elif start < right and left < end:
                # Apart in the source: the later gives way.
                start, end = (right, max(right, end)) if end > right or start >= left else (start, left)
        if start < end or mark.start == mark.end:
            done.append((mark, start, max(start, end)))
    return [Mark(start, end, mark.code) for mark, start, end in sorted(done, key=lambda one: (one[1], -one[2]))]
