"""From characters with places on a page to lines: characters side by side on one baseline, as far as no wide gap parts them.

Lengths are in points, y grows downwards, and an em is the size of a line's font. Blanks between words are found by their
width: PDFs need not have any.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

# The sign or number of a list's item, of an article, of a chapter.
ENUMERATOR = re.compile(
    r"(?:[(（]?(?:\d{1,3}|[一二三四五六七八九十百]{1,5}|[a-zA-Z])[.)、）．](?!\d)|第[\d一二三四五六七八九十百千零〇]{1,8}[条章节款编部]"
    r"|[①-⑳•●○■□◆◇▪▶\uf0b7\uf0a7\uf0d8])"
)


class Character(NamedTuple):
    """A visible character, or a blank: its left and right edges, its baseline, its font's size."""

    x0: float
    x1: float
    y: float
    size: float
    text: str


@dataclasses.dataclass(slots=True)
class Line:
    """Characters side by side on one baseline without a wide gap: a line of a column, or of a cell."""

    x0: float
    x1: float
    y: float
    size: float
    text: str


def is_wide(character: str) -> bool:
    """Whether a character is of Chinese or Japanese writing, which sets no blanks between words."""
    code = ord(character)
    return (
        0x2E80 <= code < 0xA000
        or 0xF900 <= code < 0xFB00
        or 0xFE30 <= code < 0xFE50
        or 0xFF00 <= code < 0xFFF0
        or (0x20000 <= code < 0x40000)
    )


def lines_of(characters: Iterable[Character]) -> list[Line]:
    """The lines of a page, top to bottom and left to right, from its characters in the file's order."""
    rows: list[list[Line]] = []
    for run in sorted(_justified(_runs(characters)), key=lambda run: (run.y, run.x0)):
        if rows and abs(run.y - rows[-1][0].y) <= 0.3 * max(1.0, min(run.size, rows[-1][0].size)):
            rows[-1].append(run)
        else:
            rows.append([run])
    return [line for row in rows for line in _merged(row)]


def _runs(characters: Iterable[Character]) -> Iterator[Line]:
    run: Line | None = None
    last = ""
    last_x0 = 0.0
    blank = 0
    letters: list[str] = []
    for character in characters:
        x0, x1, y, size, text = character
        if text.isspace():
            blank += 1
            continue
        if run is not None:
            if (
                y == run.y
                and size == run.size
                and not blank
                and text != last
                and -0.5 * size <= x0 - run.x1 <= 0.2 * size
            ):
                # What comes next, for the most usual case.
                letters.append(text)
                run.x1 = max(run.x1, x1)
                last, last_x0 = text, x0
                continue
            em = max(run.size, size)
            gap = x0 - run.x1
            small = min(run.size, size) < 0.8 * em
            if abs(y - run.y) <= (0.5 if small else 0.25) * em and -0.5 * em <= gap <= _widest(last, text, blank) * em:
                if text == last and abs(x0 - last_x0) < 0.3 * (x1 - x0):
                    continue
                if blank or (gap > 0.2 * em and not is_wide(text) and not is_wide(last)):
                    letters.append(" ")
                letters.append(text)
                run.x1 = max(run.x1, x1)
                if size > run.size * 1.05:
                    run.size, run.y = size, y
                last, last_x0, blank = text, x0, 0
                continue
            run.text = "".join(letters)
            yield run
        run, letters, last, last_x0, blank = Line(x0, x1, y, size, ""), [text], text, x0, 0
    if run is not None:
        run.text = "".join(letters)
        yield run


def _justified(runs: Iterable[Line]) -> Iterator[Line]:
    """Runs, those made one that stand at equal gaps: Latin words of a justified line."""
    held: list[Line] = []
    for run in runs:
        if held and not _stands_equally(held, run):
            yield from _as_one(held)
            held = []
        held.append(run)
    yield from _as_one(held)


def _stands_equally(held: list[Line], run: Line) -> bool:
    last = held[-1]
    gap, em = run.x0 - last.x1, max(last.size, run.size)
    if abs(run.y - last.y) > 0.1 * em or not 0 < gap <= 3 * em or is_wide(last.text[-1]) or is_wide(run.text[0]):
        return False
    return len(held) == 1 or abs(gap - (last.x0 - held[-2].x1)) < 0.2 * em


def _as_one(held: list[Line]) -> list[Line]:
    if len(held) < 3:
        return held
    return [Line(held[0].x0, held[-1].x1, held[0].y, held[0].size, " ".join(run.text for run in held))]


def _widest(before: str, after: str, blanks: int) -> float:
    """The widest gap within a line, in em: justification widens the one blank between Latin words without measure."""
    if is_wide(before) and is_wide(after):
        return 1.1 if blanks else 0.9
    return 3.0 if blanks == 1 and not is_wide(before) and not is_wide(after) else 1.1


def _merged(row: list[Line]) -> list[Line]:
    """Runs of one baseline, those next to each other made one; what is drawn twice in a place is there once."""
    row.sort(key=lambda run: run.x0)
    merged: list[Line] = []
    for run in row:
        if merged:
            left = merged[-1]
            em = max(left.size, run.size)
            gap = run.x0 - left.x1
            if run.text == left.text and run.x0 - left.x0 < 0.3 * em:
                continue
            # Less than 1 em: a comma at the end of a column's line hangs out into the gutter, and cells stand close.
            wide = is_wide(left.text[-1]) and is_wide(run.text[0])
            widest = 4.0 if ENUMERATOR.fullmatch(left.text) else 0.3 if wide else 0.6
            if -0.5 * em <= gap <= widest * em:
                parted = gap > 0.6 * em or (gap > 0.2 * em and not is_wide(left.text[-1]) and not is_wide(run.text[0]))
                left.text += f" {run.text}" if parted else run.text
                left.x1 = max(left.x1, run.x1)
                left.size = em
                continue
        merged.append(run)
    return merged
