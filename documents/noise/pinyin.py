"""Injected pinyin: 海關(guān) put into copied pages by a site's fixed table of traditional characters.

Also lines in which (nearly) every character has its reading behind it, and lines that are the reading of a neighbour.

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

from documents.edits import Edit
from documents.noise.base import NoiseKind, is_han
from documents.noise.characters import CharacterSet, follow, how_often, matches
from documents.noise.dictionary import readings_by_code
from documents.script import to_simplified_characters

_BRACKET = re.compile(r"[(（]([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüêńňǹḿ]{1,6})[)）]")
_OPENING = CharacterSet("(（")
_SPELLED = CharacterSet("abcdefghijklmnopqrstuvwxyzāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüêńňǹḿ")
_TONES = CharacterSet("āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ")
_MANY = 5
_LETTERS = "a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüêńňǹḿ"
_SPOKEN_LINE = re.compile(rf"[{_LETTERS}][{_LETTERS} ,.，。、'’]{{11,}}")
_SYLLABLE = re.compile(f"[{_LETTERS}]+")
_COMPARED = 60


def find(text: str) -> Iterator[Edit]:
    yield from _spoken_lines(text)
    brackets = matches(_BRACKET, text, follow(text, _OPENING, _SPELLED))
    hits = [hit for hit in brackets if hit.start() and _is_reading(hit.group(1), text[hit.start() - 1])]
    if not hits:
        return
    full = _in_full_lines(text, hits)
    for hit in full:
        yield Edit(hit.start(), hit.end(), "", "pinyin", "reading behind every character of the line", 0.97)
    done = {hit.start() for hit in full}
    yield from (edit for edit in _marked_by_table(text, hits) if edit.start not in done)


def _marked_by_table(text: str, hits: list[re.Match[str]]) -> Iterator[Edit]:
    """The readings behind the characters that the site marks wherever they stand."""
    marked = Counter(text[hit.start() - 1] for hit in hits)
    present = how_often(text, marked)
    table = {char for char, count in marked.items() if _in_table(char, count, present[char], len(marked))}
    reasons = {char: f"injected reading of {char}" for char in table}
    for hit in hits:
        reason = reasons.get(text[hit.start() - 1])
        if reason:
            yield Edit(hit.start(), hit.end(), "", "pinyin", reason, 0.99)


def _by_line(text: str, hits: list[re.Match[str]]) -> Iterator[list[re.Match[str]]]:
    """The hits, those of one line together."""
    line: list[re.Match[str]] = []
    for hit in hits:
        if line and text.find("\n", line[-1].end(), hit.start()) >= 0:
            yield line
            line = []
        line.append(hit)
    yield line


def _in_full_lines(text: str, hits: list[re.Match[str]]) -> list[re.Match[str]]:
    """The hits in lines whose every character is marked; where there is such a line, short ones are believed as well."""
    full = [line for line in _by_line(text, hits) if _is_full(text, line)]
    if not any(len(line) >= _MANY for line in full):
        return []
    return [hit for line in full for hit in line]


def _is_full(text: str, hits: list[re.Match[str]]) -> bool:
    """Whether nearly every Chinese character of the line of `hits` has its reading behind it."""
    start = text.rfind("\n", 0, hits[0].start()) + 1
    end = text.find("\n", hits[-1].end())
    han = sum(map(is_han, text[start : end if end >= 0 else len(text)]))
    return len(hits) * 10 >= han * 8


def _spoken_lines(text: str) -> Iterator[Edit]:
    """Lines of pinyin that say what the line before or behind them says."""
    done = -1
    for place in _TONES.places(text):
        if place < done:
            continue
        start, done = text.rfind("\n", 0, place) + 1, text.find("\n", place)
        done = len(text) if done < 0 else done
        if not _SPOKEN_LINE.fullmatch(text, start, done):
            continue
        syllables = _SYLLABLE.findall(text, start, done)
        above = text[text.rfind("\n", 0, max(0, start - 1)) + 1 : max(0, start - 1)]
        behind = text.find("\n", done + 1)
        below = text[done + 1 : behind if behind >= 0 else len(text)]
        if len(syllables) >= _MANY and (_says(syllables, above) or _says(syllables, below)):
            yield Edit(start, done, "", "pinyin", "line of pinyin over or under its text", 0.95)


def _says(syllables: list[str], line: str) -> bool:
    """Whether `syllables` are the readings of the Chinese characters of `line`."""
    han = [char for char in line if is_han(char)]
    if abs(len(han) - len(syllables)) > 1:
        return False
    said = sum(_is_reading(spelling, char) for spelling, char in zip(syllables[:_COMPARED], han, strict=False))
    return said * 5 >= min(_COMPARED, len(han)) * 4


def _in_table(char: str, marked: int, present: int, kinds: int) -> bool:
    """Whether the site's table holds `char`: marked (nearly) every time, and traditional or one of many marked ones."""
    traditional = to_simplified_characters(char) != char
    # Bytes that were restored stand without their mark: on a page full of marks a share is enough.
    if marked < present * (0.3 if traditional and kinds >= 2 * _MANY else 0.8):
        return False
    return traditional or kinds >= _MANY


@functools.cache
def _is_reading(spelling: str, char: str) -> bool:
    return is_han(char) and (
        spelling in readings(char) or (_toneless(spelling) == spelling and spelling in _bare(char))
    )


@functools.cache
def readings(char: str) -> frozenset[str]:
    """Every reading of `char` in Hanyu Pinyin with tone marks (from pypinyin's table)."""
    spellings = readings_by_code().get(ord(char), "")
    return frozenset(unicodedata.normalize("NFC", spelling) for spelling in spellings.split(",") if spelling)


@functools.cache
def _bare(char: str) -> frozenset[str]:
    bare = {_toneless(spelling) for spelling in readings(char)}
    return frozenset(spelling.replace("ü", letter) for spelling in bare for letter in "üvu")


def _toneless(spelling: str) -> str:
    """`spelling` without tone marks; ü stays."""
    parts = unicodedata.normalize("NFD", spelling)
    return unicodedata.normalize("NFC", "".join(c for c in parts if c not in "\u0300\u0301\u0304\u030c"))


KIND = NoiseKind("pinyin", "injected pinyin", find)
