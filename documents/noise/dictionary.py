"""Words of the Chinese dictionary that comes with jieba, for telling a split word from two words."""

from __future__ import annotations

import functools
from pathlib import Path

import jieba

_LONGEST = 6


@functools.cache
def words() -> dict[str, int]:
    """Words of two to six characters with their frequency in jieba's corpus."""
    path = Path(jieba.__file__).with_name("dict.txt")
    found: dict[str, int] = {}
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            word, frequency, *_ = line.split(" ")
            if 2 <= len(word) <= _LONGEST:
                found[word] = int(frequency)
    return found


def across(text: str, joint: int, least: int = 1) -> str:
    """The longest word of `text` that has characters on both sides of offset `joint`, "" if there is none.

    `least` is the lowest frequency that counts.
    """
    known = words()
    for size in range(_LONGEST, 1, -1):
        for start in range(max(0, joint - size + 1), joint):
            word = text[start : start + size]
            if len(word) == size and known.get(word, 0) >= least:
                return word
    return ""


def ends_word(text: str, end: int) -> bool:
    """Whether a word of two to four characters ends at offset `end` of `text`."""
    known = words()
    return any(text[end - size : end] in known for size in (2, 3, 4) if end >= size)
