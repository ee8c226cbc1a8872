"""Words of the Chinese dictionary that comes with jieba, and the readings of characters that come with pypinyin.

Both packages are read without being imported: they would load much that nothing here asks for.
"""

from __future__ import annotations

import functools
import importlib.util
from collections.abc import Iterator
from pathlib import Path

_LONGEST = 6


def _beside(package: str, name: str) -> Path:
    """The file `name` of an installed package."""
    spec = importlib.util.find_spec(package)
    assert spec is not None and spec.origin is not None, f"{package} is a requirement"
    return Path(spec.origin).with_name(name)


def word_counts() -> Iterator[tuple[str, int]]:
    """Every word of jieba's dictionary with its frequency in jieba's corpus."""
    with _beside("jieba", "dict.txt").open(encoding="utf-8") as lines:
        for line in lines:
            word, frequency, *_ = line.split(" ")
            yield word, int(frequency)


@functools.cache
def words() -> dict[str, int]:
    """Words of two to six characters with their frequency."""
    return {word: frequency for word, frequency in word_counts() if 2 <= len(word) <= _LONGEST}


@functools.cache
def readings_by_code() -> dict[int, str]:
    """By code point, the readings of a character in Hanyu Pinyin with tone marks, separated by commas."""
    spec = importlib.util.spec_from_file_location("_readings", _beside("pypinyin", "pinyin_dict.py"))
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    table: dict[int, str] = module.pinyin_dict
    return table


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
