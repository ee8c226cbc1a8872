"""Traditional characters → simplified, line by line, only where the line is traditional."""

from __future__ import annotations

import re

from documents.edits import Edit
from documents.noise.base import NoiseKind, lines_of
from documents.noise.characters import differences
from documents.script import changes, has_traditional, is_traditional, simplify

_FOREIGN = re.compile("[\u3040-\u30ff\uac00-\ud7af]")


_REASON = "traditional → simplified"


def find(text: str) -> list[Edit]:
    if not has_traditional(text):
        return []
    edits: list[Edit] = []
    parts: list[str] = []
    end = 0
    for offset, line in lines_of(text):
        # Kana or Hangul: Japanese or Korean, whose characters are not ours to change.
        if not is_traditional(line) or len(_FOREIGN.findall(line)) * 10 > len(line):
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


def _edit(start: int, end: int, simple: str) -> Edit:
    return Edit(start, end, simple, "script", _REASON)


KIND = NoiseKind("script", "traditional characters", find)
