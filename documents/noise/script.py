"""Traditional characters → simplified, line by line, only where the line is traditional."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

import numpy

from documents.edits import Edit
from documents.noise.base import NoiseKind, lines_with
from documents.noise.characters import CharacterSet, differences, running
from documents.script import changes, simplified_only, simplify, traditional_only

_FOREIGN = re.compile("[\u3040-\u30ff\uac00-\ud7af]")


_REASON = "traditional → simplified"


def find(text: str) -> list[Edit]:
    edits: list[Edit] = []
    parts: list[str] = []
    end = 0
    for offset, line in _traditional_lines(text):
        # Kana or Hangul: Japanese or Korean, whose characters are not ours to change.
        if len(_FOREIGN.findall(line)) * 10 > len(line):
            continue
        simple = simplify(line)
        if len(simple) == len(line):
            parts += text[end:offset], simple
            end = offset + len(line)
            continue
        edits += [_edit(offset + start, offset + stop, now) for start, stop, now in changes(line, simple)]
    parts.append(text[end:])
    after = "".join(parts)
    edits += [_edit(start, stop, after[start:stop]) for start, stop in differences(text, after)]
    return edits


def _traditional_lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines in which traditional characters are at least as many as those that are simplified only."""
    traditional, simplified = _sets()
    marks = traditional.marks(text)
    places = numpy.flatnonzero(marks)
    if not len(places):
        return
    written, plain = running(marks), running(simplified.marks(text))
    for offset, line in lines_with(text, places.tolist()):
        end = offset + len(line)
        if written[end] - written[offset] >= plain[end] - plain[offset]:
            yield offset, line


@functools.cache
def _sets() -> tuple[CharacterSet, CharacterSet]:
    """What is written so in traditional text only, and in simplified text only."""
    return CharacterSet(traditional_only()), CharacterSet(simplified_only())


def _edit(start: int, end: int, simple: str) -> Edit:
    return Edit(start, end, simple, "script", _REASON)


KIND = NoiseKind("script", "traditional characters", find)
