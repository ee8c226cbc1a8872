"""Injected pinyin: 海關(guān) put into copied pages by a site's fixed table of traditional characters.

A bracket is removed only when it holds one reading of the character before it, and the document shows the process:
the site marks every occurrence of a character in its table, and its table is made of traditional forms. A reading
given once in prose about characters, 解(xiè), stays.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

from pypinyin.constants import PINYIN_DICT

from documents.edits import Edit
from documents.noise.base import NoiseKind, is_han
from documents.noise.characters import CharacterSet, follow, matches
from documents.script import to_simplified_characters

_BRACKET = re.compile(r"[(（]([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüêńňǹḿ]{1,6})[)）]")
_OPENING = CharacterSet("(（")
_SPELLED = CharacterSet("abcdefghijklmnopqrstuvwxyzāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüêńňǹḿ")
_MANY = 5


def find(text: str) -> Iterator[Edit]:
    brackets = matches(_BRACKET, text, follow(text, _OPENING, _SPELLED))
    hits = [hit for hit in brackets if hit.start() and _is_reading(hit.group(1), text[hit.start() - 1])]
    if not hits:
        return
    marked = Counter(text[hit.start() - 1] for hit in hits)
    present = {char: text.count(char) for char in marked}
    table = {char for char, count in marked.items() if _in_table(char, count, present[char], len(marked))}
    reasons = {char: f"injected reading of {char}" for char in table}
    for hit in hits:
        reason = reasons.get(text[hit.start() - 1])
        if reason:
            yield Edit(hit.start(), hit.end(), "", "pinyin", reason, 0.99)


def _in_table(char: str, marked: int, present: int, kinds: int) -> bool:
    """Whether the site's table holds `char`: marked (nearly) every time, and traditional or one of many marked ones."""
    if marked < present * 0.8:
        return False
    return to_simplified_characters(char) != char or kinds >= _MANY


@functools.cache
def _is_reading(spelling: str, char: str) -> bool:
    return is_han(char) and (
        spelling in readings(char) or (_toneless(spelling) == spelling and spelling in _bare(char))
    )


@functools.cache
def readings(char: str) -> frozenset[str]:
    """Every reading of `char` in Hanyu Pinyin with tone marks (from pypinyin's table)."""
    spellings = PINYIN_DICT.get(ord(char), "")
    return frozenset(unicodedata.normalize("NFC", spelling) for spelling in spellings.split(",") if spelling)


@functools.cache
def _bare(char: str) -> frozenset[str]:
    return frozenset(_toneless(spelling) for spelling in readings(char))


def _toneless(spelling: str) -> str:
    """`spelling` without tone marks; ü stays."""
    parts = unicodedata.normalize("NFD", spelling)
    return unicodedata.normalize("NFC", "".join(c for c in parts if c not in "\u0300\u0301\u0304\u030c"))


KIND = NoiseKind("pinyin", "injected pinyin", find)
