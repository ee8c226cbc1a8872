"""Characters that show nothing or are not text: marks, zero-width and control characters, line ends of other systems."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from documents.edits import Edit
from documents.noise.base import NoiseKind
from documents.noise.characters import CharacterSet

_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f\x80-\x84\x86-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff\ufff9-\ufffb\ufffe\uffff]+"
)
_LINE_END = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
# Kangxi and supplementary radicals look like characters and match nothing.
_RADICAL = re.compile("[\u2e80-\u2fd5\uf900-\ufaff]+")
_ANY = CharacterSet.ranges(
    ("\x00", "\x08"),
    ("\x0b", "\x1f"),
    ("\x7f", "\x9f"),
    ("\xad", "\xad"),
    ("\u200b", "\u200f"),
    ("\u2028", "\u202e"),
    ("\u2060", "\u2069"),
    ("\u2e80", "\u2fd5"),
    ("\uf900", "\ufaff"),
    ("\ufe00", "\ufe0f"),
    ("\ufeff", "\ufeff"),
    ("\ufff9", "\ufffb"),
    ("\ufffe", "\ufffe"),
    astral=True,
)


def find(text: str) -> Iterator[Edit]:
    if not _ANY.meets(text):
        return
    for hit in _INVISIBLE.finditer(text):
        yield Edit(hit.start(), hit.end(), "", "invisible", "characters that show nothing")
    for hit in _LINE_END.finditer(text):
        yield Edit(hit.start(), hit.end(), "\n", "line_end", "line end of another system")
    for hit in _RADICAL.finditer(text):
        plain = "".join(_one_character(char) for char in hit.group())
        if plain != hit.group():
            yield Edit(hit.start(), hit.end(), plain, "compatibility", "radical or compatibility form of a character")


def _one_character(char: str) -> str:
    plain = unicodedata.normalize("NFKC", char)
    return plain if len(plain) == 1 else char


KIND = NoiseKind("invisible", "invisible characters", find)
