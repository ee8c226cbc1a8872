"""What a kind of noise is to the cleaner: a name, what a person is told, and a function from text to edits."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterable, Iterator

from documents.edits import Edit


@dataclasses.dataclass(frozen=True, slots=True)
class NoiseKind:
    """One kind of noise. `find` is pure and returns edits in offsets of the text it was given."""

    name: str
    title: str
    find: Callable[[str], Iterable[Edit]]


_LINE = re.compile(r"[^\n]+")


def lines_of(text: str) -> Iterator[tuple[int, str]]:
    """Each line of `text` that is not empty, without its line end, with its offset."""
    for hit in _LINE.finditer(text):
        yield hit.start(), hit.group()


def lines_with(text: str, places: Iterable[int]) -> Iterator[tuple[int, str]]:
    """The lines in which `places` (offsets in order) lie, each once, with their offsets."""
    end = -1
    for place in places:
        if place > end:
            start = text.rfind("\n", 0, place) + 1
            end = text.find("\n", place)
            end = len(text) if end < 0 else end
            yield start, text[start:end]


def is_han(char: str) -> bool:
    """Whether `char` is one Chinese character (also the rarer planes, and 〇)."""
    return (
        "\u4e00" <= char <= "\u9fff"
        or "\u3400" <= char <= "\u4dbf"
        or "\U00020000" <= char <= "\U0003ffff"
        or char == "〇"
    )
