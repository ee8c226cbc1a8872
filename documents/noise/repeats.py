"""Repeated blocks: a paragraph that stands again, and the title said twice at the top.

The first copy stays. Short lines (headings, list items, by-lines) may stand again with reason: they go only inside a
longer repeated block.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from documents.edits import Edit
from documents.noise.base import NoiseKind

_LEAST = 20
_TITLE_LEAST = 5
_SENTENCE_END = re.compile(r"[。！？!?；;.”」』）)…]\s*$")
_HAN = re.compile("[\u4e00-\u9fff]")


def find(text: str) -> Iterator[Edit]:
    starts, lines, keys = _folded_lines(text)
    first: dict[str, int] = {}
    copy_of: dict[int, int] = {}
    for number, key in enumerate(keys):
        if len(key) < _LEAST:
            continue
        earlier = first.setdefault(key, number)
        if earlier != number:
            copy_of[number] = earlier
    gone = {n: at for n, at in copy_of.items() if _is_paragraph(lines[n]) or _in_block(n, at, copy_of)}
    gone.update(_short_lines_between(keys, gone))
    if len(keys) > 1 and keys[0] == keys[1] and len(keys[0]) >= _TITLE_LEAST and _HAN.search(keys[0]):
        gone[1] = 0
    for number in sorted(gone):
        start, line = starts[number], lines[number]
        why = "the title again" if number == 1 and gone[number] == 0 else "paragraph that stands above already"
        yield Edit(start, start + len(line), "", "repeat", why, 0.9)


def _folded_lines(text: str) -> tuple[list[int], list[str], list[str]]:
    """Offsets and text of the lines that are not blank, and each without its blanks."""
    starts, lines, keys = [], [], []
    at = 0
    for line in text.split("\n"):
        key = "".join(line.split())
        if key:
            starts.append(at)
            lines.append(line)
            keys.append(key)
        at += len(line) + 1
    return starts, lines, keys


def _is_paragraph(line: str) -> bool:
    return _SENTENCE_END.search(line[-8:]) is not None and _HAN.search(line) is not None


def _in_block(number: int, earlier: int, copy_of: dict[int, int]) -> bool:
    """Whether a neighbour of the line repeats together with it."""
    return copy_of.get(number - 1) == earlier - 1 or copy_of.get(number + 1) == earlier + 1


def _short_lines_between(keys: list[str], gone: dict[int, int]) -> dict[int, int]:
    """Short lines next to repeated paragraphs that repeat in the same order: headings of a block pasted twice."""
    found: dict[int, int] = {}
    for number, earlier in gone.items():
        for step in (-1, 1):
            n, at = number + step, earlier + step
            while (
                at >= 0 and n < len(keys) and n != earlier and n not in gone and n not in found and keys[n] == keys[at]
            ):
                found[n] = at
                n, at = n + step, at + step
    kept = {}
    several = len(gone) > 1
    for n, at in found.items():
        before, behind = n - 1 in gone or n - 1 in found, n + 1 in gone or n + 1 in found
        # Between two repeated paragraphs, the title over a block of several, or the end of a text pasted twice.
        if (before and behind) or (several and ((n + 1 in gone and at == 0) or (before and n == len(keys) - 1))):
            kept[n] = at
    return kept


KIND = NoiseKind("repeat", "repeated blocks", find)
