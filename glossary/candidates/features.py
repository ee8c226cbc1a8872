"""What the name model looks at: for every character of a text, hashed features of its characters, words and surroundings.

Each template gives one row of 32-bit keys, so that a whole text is featured in a few array operations.
"""

from __future__ import annotations

import functools
import re
import zlib
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from documents.script import to_simplified_characters
from glossary.english.heads import HEADS
from glossary.words import OTHER, word_tags, words

Keys = npt.NDArray[np.uint32]
BITS = 23
_MASK = np.uint32((1 << BITS) - 1)
_WIDTH = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)} | {0x3000: " ", 0x00A0: " "}
_STOPS = frozenset('的了在是对将为被把从由以向于，,。;；:：!！?？、()（）《》“”"\n ')
_QUOTED = re.compile(r"《[^《》\n]{1,60}》|“[^“”\n]{1,40}”")
_BRACKETED = re.compile(r"[A-Z][A-Za-z0-9&/ -]{1,40}[)）]")
# Distances in words to the head that a character runs towards, as classes.
_NEAR = (0, 1, 2, 3, 4, 4, 5, 5, 5, 6)


def fold(text: str) -> str:
    """`text` in simplified characters and half width, same length."""
    return to_simplified_characters(text).translate(_WIDTH)


@functools.lru_cache(maxsize=200_000)
def _word_key(word: str) -> int:
    return zlib.crc32(word.encode("utf-8"))


@functools.cache
def _tag_numbers() -> dict[str, int]:
    return {tag: number for number, tag in enumerate(sorted({*word_tags().values(), OTHER}), start=2)}


@functools.cache
def _head_numbers() -> dict[str, int]:
    categories = sorted({head.category for head in HEADS.values()})
    return {name: 1 + categories.index(head.category) for name, head in HEADS.items()}


@functools.lru_cache(maxsize=200_000)
def _word_facts(word: str) -> tuple[int, int, int]:
    """(key, number of the tag, number of the head's category or 0) of a word."""
    tag = word_tags().get(word)
    if tag is None:
        kind = "m" if word.isdigit() else "eng" if word[0].isascii() and word[0].isalnum() else OTHER
    else:
        kind = tag
    heads = _head_numbers()
    head = next((heads[word[at:]] for at in range(len(word)) if word[at:] in heads), 0)
    return _word_key(word), _tag_numbers().get(kind, 1), head


def _ahead(cut: Sequence[str], facts: Sequence[tuple[int, int, int]]) -> tuple[list[int], list[int]]:
    """For each word the class of the head that its run of words leads to with the distance, and what ends the run."""
    heads, ends = [0] * len(cut), [0] * len(cut)
    category = distance = end = 0
    for at in range(len(cut) - 1, -1, -1):
        if cut[at] in _STOPS:
            category, distance, end = 0, 0, _word_key(cut[at]) & 0xFF
            continue
        if facts[at][2] and (not category or distance > 5):
            category, distance = facts[at][2], 0
        heads[at] = category * 8 + _NEAR[min(distance, 9)] if category else 0
        ends[at] = end
        distance += 1
    return heads, ends


def _mix(template: int, *parts: npt.NDArray[np.uint64]) -> Keys:
    key = np.full(len(parts[0]), template * 0x9E3779B1, dtype=np.uint64)
    for part in parts:
        key = (key ^ part) * np.uint64(0x9E3779B97F4A7C15)
        key ^= key >> np.uint64(29)
    return (key >> np.uint64(13)).astype(np.uint32) & _MASK


def _shift(values: npt.NDArray[np.uint64], by: int) -> npt.NDArray[np.uint64]:
    """Position i holds values[i + by], 10 (a line end) outside."""
    moved = np.full(len(values), 10, dtype=np.uint64)
    if by >= 0:
        moved[: len(values) - by] = values[by:]
    else:
        moved[-by:] = values[:by]
    return moved


def _marks(text: str) -> npt.NDArray[np.uint64]:
    """Where a character stands in a quotation or title: first, inside, last; and whether a bracket of Latin follows."""
    marks = np.zeros(len(text), dtype=np.uint64)
    for hit in _QUOTED.finditer(text):
        kind = 1 if hit.group()[0] == "《" else 4
        marks[hit.start() + 1 : hit.end() - 1] = kind
        marks[hit.start() + 1] = kind + 1
        marks[hit.end() - 2] = kind + 2
    for hit in re.finditer(r"[(（]", text):
        if hit.start() and _BRACKETED.match(text, hit.end()):
            marks[hit.start() - 1] += 8
    return marks


def features(text: str, cut: Sequence[str] | None = None) -> list[Keys]:
    """One array of keys a template, each as long as `text` (folded by `fold`); `cut` is its words, if they are known."""
    size = len(text)
    if not size:
        return []
    codes = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    cut = words(text) if cut is None else cut
    facts = [_word_facts(word) for word in cut]
    heads, ends = _ahead(cut, facts)
    lengths = np.array([len(word) for word in cut])
    of = np.repeat(np.arange(len(cut)), lengths)
    firsts = np.cumsum(lengths) - lengths
    inner = np.arange(size) - firsts[of]
    last = inner == lengths[of] - 1
    place = np.where(inner == 0, np.where(last, 3, 0), np.where(last, 2, 1)).astype(np.uint64)

    def per_word(values: Sequence[int], by: int = 0) -> npt.NDArray[np.uint64]:
        return _shift(np.array(values, dtype=np.uint64), by)[of]

    word, tag = [fact[0] for fact in facts], [fact[1] for fact in facts]
    c = {by: _shift(codes, by) for by in range(-2, 3)}
    w = {by: per_word(word, by) for by in (-1, 0, 1)}
    t = {by: per_word(tag, by) for by in (-2, -1, 0, 1, 2)}
    head, end, mark = per_word(heads), per_word(ends), _marks(text)
    singles = [(c[0],), (c[-1],), (c[1],), (c[-2],), (c[2],)]
    pairs = [(c[-1], c[0]), (c[0], c[1]), (c[-2], c[-1]), (c[1], c[2]), (c[-1], c[1])]
    threes = [(c[-2], c[-1], c[0]), (c[-1], c[0], c[1]), (c[0], c[1], c[2])]
    by_word = [
        (w[0], place),
        (t[0], place),
        (t[-1], t[0], place),
        (t[0], t[1], place),
        (w[-1], t[0], place),
        (w[1], t[0], place),
        (t[-1], t[0], t[1], place),
        (t[-2], t[-1], t[0], place),
        (w[-1], w[0], place),
        (w[0], w[1], place),
        (head, place),
        (head, t[-1], place),
        (head, t[0], end, place),
        (head, w[-1], place),
        (mark, place),
        (mark, head, t[0]),
    ]
    return [_mix(number, *parts) for number, parts in enumerate([*singles, *pairs, *threes, *by_word], start=1)]
