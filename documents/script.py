"""Traditional → simplified Chinese with OpenCC, by line, with offsets kept."""

from __future__ import annotations

import difflib
import functools
import threading
from collections.abc import Iterator

import opencc

_local = threading.local()


def _converter(name: str) -> opencc.OpenCC:
    """One converter per thread: OpenCC's objects can neither be pickled nor shared with certainty."""
    made: dict[str, opencc.OpenCC] = _local.__dict__.setdefault("made", {})
    if name not in made:
        made[name] = opencc.OpenCC(name)
    return made[name]


@functools.cache
def _character_table() -> dict[int, str]:
    """Every single character that OpenCC simplifies to another single one."""
    blocks = ((0x3400, 0x4DC0), (0x4E00, 0xA000), (0xF900, 0xFB00), (0x20000, 0x2A6E0))
    characters = [chr(code) for first, last in blocks for code in range(first, last)]
    simplified = _converter("t2s").convert("\n".join(characters)).split("\n")
    return {ord(c): s for c, s in zip(characters, simplified, strict=True) if s != c and len(s) == 1}


def to_simplified_characters(text: str) -> str:
    """`text` with every character simplified by itself: same length, for matching, not for reading."""
    return text.translate(_character_table())


def is_traditional(line: str) -> bool:
    """Whether `line` is written in traditional characters (some are, and more than are only simplified)."""
    simple = sum(a != b for a, b in zip(line, to_simplified_characters(line), strict=True))
    if not simple:
        return False
    made_traditional = str(_converter("s2t").convert(line))
    only_simplified = sum(a != b for a, b in zip(line, made_traditional, strict=False))
    return simple >= only_simplified


def simplify(line: str) -> str:
    """`line` in simplified characters, regional words kept; 著 as a particle becomes 着."""
    # tw2s alone reads 著 right (面臨著 → 面临着, 著名 stays), but turns 么 into 幺.
    by_phrase = str(_converter("tw2s").convert(line))
    if "么" in line and len(by_phrase) == len(line):
        by_phrase = "".join("么" if was == "么" else now for was, now in zip(line, by_phrase, strict=True))
    return by_phrase


def changes(before: str, after: str) -> Iterator[tuple[int, int, str]]:
    """The runs of `before` that differ in `after`, as (start, end, replacement); character by character if it can be."""
    if len(before) != len(after):
        matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
        for tag, start, end, to_start, to_end in matcher.get_opcodes():
            if tag != "equal":
                yield start, end, after[to_start:to_end]
        return
    start = -1
    for at, (was, now) in enumerate(zip(before, after, strict=True)):
        if was != now and start < 0:
            start = at
        elif was == now and start >= 0:
            yield start, at, after[start:at]
            start = -1
    if start >= 0:
        yield start, len(before), after[start:]
