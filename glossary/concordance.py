"""KWIC concordance: every place where a word stands, with the text to its left and right in line."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator

from rich.cells import cell_len, set_cell_size

from glossary.matching import normalize, occurrences


@dataclasses.dataclass(frozen=True, slots=True)
class Line:
    """A place: document, number of the segment in it (from 1), and the text around the word."""

    document: str
    segment: int
    left: str
    word: str
    right: str

    def shown(self, width: int) -> str:
        """The line, the word in the middle, `width` columns of text on either side (a Chinese character takes two)."""
        left, right = " ".join(self.left.split()), " ".join(self.right.split())
        while cell_len(left) > width:
            left = left[1:]
        pad = " " * (width - cell_len(left))
        return f"{pad}{left}[{self.word}]{set_cell_size(right, width)}"


def concordance(query: str, segments: Iterable[tuple[str, int, str]], width: int = 40) -> Iterator[Line]:
    """The places of `query` in segments (document, number, text), compared as names are: width, script, quotes aside.

    `width` characters of text are kept on either side.
    """
    wanted = normalize(query).strip()
    if not wanted:
        return
    for document, number, text in segments:
        for start, end in occurrences(wanted, text):
            left, right = text[max(0, start - width) : start], text[end : end + width]
            yield Line(document, number, left, text[start:end], right)
