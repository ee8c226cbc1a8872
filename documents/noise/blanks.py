"""Blank lines and blanks at the ends of lines: the clean text has one paragraph a line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from documents.edits import Edit
from documents.noise.base import NoiseKind

_BLANK = r" \t\u00a0\u3000\u2002-\u200a"
_AROUND_LINE_END = re.compile(rf"[{_BLANK}]*\n[\n{_BLANK}]*")
_ENDS = re.compile(rf"\A[\n{_BLANK}]+|[\n{_BLANK}]+\Z")


def find(text: str) -> Iterator[Edit]:
    core_start, core_end = 0, len(text)
    for hit in _ENDS.finditer(text):
        yield Edit(hit.start(), hit.end(), "", "blank", "blanks at the end of the document")
        if hit.start() == 0:
            core_start = hit.end()
        else:
            core_end = hit.start()
    for hit in _AROUND_LINE_END.finditer(text, core_start, core_end):
        line_end = hit.start() + hit.group().index("\n")
        for start, end in ((hit.start(), line_end), (line_end + 1, hit.end())):
            if start < end:
                yield Edit(start, end, "", "blank", "blank lines and blanks around a line end")


KIND = NoiseKind("blank", "blanks", find)
