"""Blank lines and blanks at the ends of lines: the clean text has one paragraph a line."""

from __future__ import annotations

from collections.abc import Iterator

import numpy

from documents.edits import Edit
from documents.noise.base import NoiseKind
from documents.noise.characters import CharacterSet, places

_LINE_ENDS = CharacterSet("\n")
_BLANKS = CharacterSet("\n \t\u00a0\u3000\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a")


def find(text: str) -> Iterator[Edit]:
    for start, end in _runs(text):
        if start == 0 or end == len(text):
            yield Edit(start, end, "", "blank", "blanks at the end of the document")
            continue
        line_end = text.find("\n", start, end)
        if line_end < 0:
            continue
        for first, last in ((start, line_end), (line_end + 1, end)):
            if first < last:
                yield Edit(first, last, "", "blank", "blank lines and blanks around a line end")


def _runs(text: str) -> Iterator[tuple[int, int]]:
    """The longest runs of blanks and line ends, but for single line ends inside the text."""
    blank = numpy.concatenate(([False], _BLANKS.marks(text), [False]))
    starts = numpy.flatnonzero(blank[1:] & ~blank[:-1])
    ends = numpy.flatnonzero(blank[:-1] & ~blank[1:])
    beside = (ends - starts > 1) | (starts == 0) | (ends == len(text))
    more = places(beside)
    return ((int(starts[at]), int(ends[at])) for at in more)


KIND = NoiseKind("blank", "blanks", find)
