"""Traditional characters → simplified, line by line, only where the line is traditional."""

from __future__ import annotations

import re

from documents.edits import Edit
from documents.noise.base import NoiseKind, lines_of
from documents.script import changes, has_traditional, is_traditional, simplify

_FOREIGN = re.compile("[\u3040-\u30ff\uac00-\ud7af]")


_REASON = "traditional → simplified"


def find(text: str) -> list[Edit]:
    edits: list[Edit] = []
    if not has_traditional(text):
        return edits
    for offset, line in lines_of(text):
        # Kana or Hangul: Japanese or Korean, whose characters are not ours to change.
        if not is_traditional(line) or len(_FOREIGN.findall(line)) * 10 > len(line):
            continue
        found = changes(line, simplify(line))
        edits += [Edit(offset + start, offset + end, simple, "script", _REASON) for start, end, simple in found]
    return edits


KIND = NoiseKind("script", "traditional characters", find)
