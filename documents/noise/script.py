"""Traditional characters → simplified, line by line, only where the line is traditional."""

from __future__ import annotations

import re
from collections.abc import Iterator

from documents.edits import Edit
from documents.noise.base import NoiseKind, lines_of
from documents.script import changes, has_traditional, is_traditional, simplify

_FOREIGN = re.compile("[\u3040-\u30ff\uac00-\ud7af]")


def find(text: str) -> Iterator[Edit]:
    if not has_traditional(text):
        return
    for offset, line in lines_of(text):
        # Kana or Hangul: Japanese or Korean, whose characters are not ours to change.
        if not is_traditional(line) or len(_FOREIGN.findall(line)) * 10 > len(line):
            continue
        for start, end, simple in changes(line, simplify(line)):
            yield Edit(offset + start, offset + end, simple, "script", "traditional → simplified")


KIND = NoiseKind("script", "traditional characters", find)
