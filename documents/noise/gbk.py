"""GBK's two-byte codes, as the restoring of byte-level damage needs them."""

from __future__ import annotations

import functools
from collections.abc import Iterable

import numpy
from numpy.typing import NDArray

from documents.noise.base import is_han
from documents.noise.likelihood import words
from documents.script import to_simplified_characters

# Log-probability below which a character is not thought of unless its code is there to see.
_RARE = -15.5
_CODES = 0x10000

Numbers = NDArray[numpy.int64]


def _marked(codes: Iterable[int]) -> NDArray[numpy.bool_]:
    """A table that says of every code whether it is among `codes`."""
    table = numpy.zeros(_CODES, dtype=numpy.bool_)
    table[list(codes)] = True
    return table


class Codes:
    """GBK's two-byte codes: what each shows, what shows nothing, and which may stand in a gap."""

    def __init__(self) -> None:
        self.shown: dict[int, str] = {}
        self.code_of: dict[str, int] = {}
        blank: dict[int, set[int]] = {}
        for lead in range(0x81, 0xFF):
            for trail in (*range(0x40, 0x7F), *range(0x80, 0xFF)):
                pair = bytes((lead, trail))
                char = pair.decode("gbk", "ignore")
                if len(char) == 1:
                    self.shown[lead << 8 | trail] = char
                else:
                    char = pair.decode("gb18030", "ignore")
                    blank.setdefault(lead, set()).add(trail)
                if len(char) == 1:
                    self.code_of.setdefault(char, lead << 8 | trail)
        # By first byte of a code that shows nothing: the lead bytes that its second byte can be.
        gaps = {lead: frozenset(trail for trail in trails if trail > 0x80) for lead, trails in blank.items()}
        self.gaps = {lead: trails for lead, trails in gaps.items() if trails}
        self.simple = {char: to_simplified_characters(char) for char in self.shown.values()}
        lexicon = words()
        self.usable = {
            code: char
            for code, char in self.shown.items()
            if lexicon.cost(self.simple[char]) >= _RARE and (not is_han(char) or in_big5(char))
        }
        self._by_lead: dict[int, list[tuple[int, str]]] = {}
        for code, char in self.usable.items():
            self._by_lead.setdefault(code >> 8, []).append((code & 0xFF, char))
        # By code: whether it shows anything, and anything usual; whether that is a Chinese character, and in Big5.
        self.is_shown = _marked(self.shown)
        self.is_usable = _marked(self.usable)
        self.is_han = _marked(code for code, char in self.shown.items() if is_han(char))
        self.is_big5 = _marked(code for code, char in self.shown.items() if in_big5(char))
        self._usable = numpy.array(sorted(self.usable))
        self._behind: dict[int, Numbers] = {}
        of_plain: dict[str, list[int]] = {}
        for code, char in self.shown.items():
            of_plain.setdefault(self.simple[char], []).append(code)
        self.of_plain = {plain: tuple(codes) for plain, codes in of_plain.items()}
        self.begin = numpy.full(_CODES, lexicon.UNKNOWN)
        for code, char in self.shown.items():
            self.begin[code] = lexicon.begin.get(self.simple[char], lexicon.UNKNOWN)

    def behind_gap(self, lead: int) -> Numbers:
        """The usual codes whose first byte was the second one of a gap that began with `lead`."""
        if lead not in self._behind:
            firsts = _marked(self.gaps[lead])
            self._behind[lead] = self._usable[firsts[self._usable >> 8]]
        return self._behind[lead]

    def with_lead(self, lead: int) -> list[str]:
        """The usual characters that begin with `lead` and whose second byte can eat an ASCII byte."""
        return [char for trail, char in self._by_lead.get(lead, ()) if trail > 0x80]


@functools.cache
def gbk_codes() -> Codes:
    """The one table of codes, made when first asked for."""
    return Codes()


@functools.cache
def in_big5(char: str) -> bool:
    """Whether traditional text uses `char` at all: 实 is not in Big5, 后 and 里 are."""
    try:
        char.encode("big5")
    except UnicodeEncodeError:
        return False
    return True
