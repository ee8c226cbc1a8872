"""UTF-8 read as GBK: 涓浗 was 中国. Three bytes a character, two bytes a code, so that two characters show as three.

Codes without a mapping vanish or show as U+FFFD; the character that lost a byte is completed where one completion is
clearly the likeliest.
"""

from __future__ import annotations

import functools
import heapq
import itertools
import math
import re
from collections.abc import Iterable, Iterator

from documents.edits import Edit
from documents.noise.characters import CharacterSet, matches
from documents.noise.likelihood import CERTAIN, READS_WELL, Words, is_usual, likelihood, words
from documents.script import to_simplified_characters

_Unit = tuple[int, int, list[str]]
_BEAM = 16
# Units completed together; the cost of completing grows with the square.
_TOGETHER = 40
# Log-likelihood that a restored run gains at least over what stood there; the last on a page that is damaged for certain.
_GAIN = 10.0
_GAIN_COMPLETED = 12.0
_GAIN_BELIEVED = 4.0
_CLEAR = 3.0
_CONTEXT = 3
# A line that ends in a lost mark ends in a full stop, most of the time; a number counts years, months or days.
_FITS = 5.0
_COUNTED = frozenset("年月日时分")
_MARKS = frozenset("\u3000…·")
_REASON = "UTF-8 read as GBK"
_COMPLETED = "UTF-8 read as GBK, lost bytes completed"


class _Patterns:
    """The patterns of UTF-8 read as GBK: three bytes a character, two bytes a code, so that two make three."""

    def __init__(self) -> None:
        self.bytes_of: dict[str, bytes] = {}
        self.vanished: list[bytes] = []
        for lead in range(0x81, 0xFF):
            for trail in (*range(0x40, 0x7F), *range(0x80, 0xFF)):
                pair = bytes((lead, trail))
                char = pair.decode("gbk", "ignore")
                if len(char) != 1:
                    self.vanished.append(pair)
                    char = pair.decode("gb18030", "ignore")
                if len(char) == 1:
                    self.bytes_of.setdefault(char, pair)
        more, heads, letters = range(0x80, 0xC0), (*range(0xE2, 0xEA), 0xEF), range(0x40, 0x7F)
        self._parts = [(heads, more), (more, heads), (more, more), (more, letters)]
        first, *others = (self._shown(leads, trails) for leads, trails in self._parts)
        # What every run begins with.
        self.begins = CharacterSet(first)
        one, two, three, four = (f"[{chars}]" for chars in (first, *others))
        # The byte 80 begins no code and shows as U+FFFD: inside characters that are whole, or at the end, where what
        # follows it is lost. Else a whole pair; one character and an ASCII letter; or one of the three codes gone.
        chain = f"{one}{two}(?:\ufffd{two})"
        self.unit = re.compile(
            f"({chain}+{three})|({chain}*)\ufffd\ufffd|({one}{two}{three})|({one}{four})|({one})({three})|({one}{two})|({one})[?？\ufffd]"
        )
        self.run = re.compile(
            f"(?:{chain}+{three}|{chain}*\ufffd\ufffd|{one}{two}{three}?|{one}{four}|{one}{three}|{one}[?？\ufffd])+"
        )

    def _shown(self, first: Iterable[int], second: Iterable[int]) -> str:
        """What the codes with these first and second bytes show."""
        leads, trails = frozenset(first), frozenset(second)
        return "".join(char for char, pair in self.bytes_of.items() if pair[0] in leads and pair[1] in trails)

    def candidates(self, unit: re.Match[str]) -> list[str]:
        """What a unit may have been: one string if nothing is lost."""
        chain, cut, whole, letter, first, third, head, alone = unit.groups()
        if chain:
            return list(filter(None, [self._read(self._bytes(chain))]))
        if whole or letter:
            plain = self._read(self._bytes(whole or letter))
            return [plain] if plain and "\ufffd" not in plain else []
        if alone:
            made = [self._bytes(alone) + bytes((byte,)) for byte in _unread(unit)]
        elif cut:
            made = [self._bytes(cut) + bytes((0x80, byte)) for byte in _unread(unit)]
        elif head:
            made = [self._bytes(head) + pair for pair in self._vanished(2)]
        else:
            made = [self._bytes(first) + pair + self._bytes(third) for pair in self._vanished(1)]
        return [plain for data in made if (plain := self._read(data)) and all(map(_is_guess, plain))]

    def _bytes(self, chars: str) -> bytes:
        return b"".join(b"\x80" if char == "\ufffd" else self.bytes_of[char] for char in chars)

    @functools.lru_cache(2)  # noqa: B019 - one object for the process
    def _vanished(self, part: int) -> list[bytes]:
        leads, trails = self._parts[part]
        return [pair for pair in self.vanished if pair[0] in leads and pair[1] in trails]

    @staticmethod
    def _read(data: bytes) -> str:
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            return ""


def _unread(unit: re.Match[str]) -> Iterable[int]:
    """What the last byte of a unit may be: where what follows would have made a code with it, none but 80."""
    behind = unit.string[unit.end() : unit.end() + 1]
    fits = unit.group()[-1] == "\ufffd" and ("\x40" <= behind <= "\x7e" or "\x80" < behind != "\ufffd")
    return (0x80,) if fits else range(0x80, 0xC0)


def _is_guess(char: str) -> bool:
    return is_usual(char) or char in _MARKS


@functools.cache
def _patterns() -> _Patterns:
    return _Patterns()


def utf8_as_gbk(text: str) -> Iterator[Edit]:
    patterns = _patterns()
    doubtful: list[list[_Unit]] = []
    certain = 0
    for hit in matches(patterns.run, text, patterns.begins.places(text)):
        units = [
            (unit.start(), unit.end(), patterns.candidates(unit)) for unit in patterns.unit.finditer(text, *hit.span())
        ]
        for readable, group in itertools.groupby(units, lambda unit: bool(unit[2])):
            while readable and (some := list(itertools.islice(group, _TOGETHER))):
                edits = list(_group(text, some))
                certain += sum(len(edit.replacement) for edit in edits if edit.applied)
                yield from (edit for edit in edits if edit.applied)
                if not any(edit.applied for edit in edits):
                    doubtful.append(some)
                    yield from edits
    if certain >= CERTAIN:
        for units in doubtful:
            yield from _believed(text, units)


def _group(text: str, units: list[_Unit]) -> Iterator[Edit]:
    """The edits of neighbouring units: all of them, or those that lost nothing and a proposal for all."""
    start, end = units[0][0], units[-1][1]
    best, margin = _completed(text, units)
    strict = all(len(choice) == 1 for *_, choice in units)
    reads = likelihood(best)
    gain = reads * len(best) - likelihood(text[start:end]) * (end - start)
    if len(best) < 2 or reads < READS_WELL or gain < (_GAIN if strict else _GAIN_COMPLETED):
        return
    if strict or margin >= _CLEAR:
        yield Edit(start, end, best, "mojibake", _REASON if strict else _COMPLETED, 0.97 if strict else 0.8)
        return
    yield Edit(start, end, best, "mojibake", _COMPLETED, 0.4, False)
    for certain, part in itertools.groupby(units, lambda unit: len(unit[2]) == 1):
        pieces = list(part)
        plain = "".join(choice[0] for *_, choice in pieces)
        if certain and len(plain) >= 2 and likelihood(plain) >= READS_WELL:
            yield Edit(pieces[0][0], pieces[-1][1], plain, "mojibake", _REASON, 0.9)


def _believed(text: str, units: list[_Unit]) -> Iterator[Edit]:
    """One edit for units too short to tell by themselves, on a page that is damaged for certain."""
    start, end = units[0][0], units[-1][1]
    best, margin = _completed(text, units)
    before, after = text[max(0, start - _CONTEXT) : start], text[end : end + _CONTEXT]
    gain = _score(before + best + after) - _score(before + text[start:end] + after)
    if gain >= _GAIN_BELIEVED:
        strict = all(len(choice) == 1 for *_, choice in units)
        clear = margin >= _CLEAR
        confidence = 0.8 if strict else 0.7 if clear else 0.4
        yield Edit(start, end, best, "mojibake", _REASON if strict else _COMPLETED, confidence, clear)


def _score(text: str) -> float:
    return likelihood(text) * len(text)


def _completed(text: str, units: list[_Unit]) -> tuple[str, float]:
    """The best string with one choice for each unit, where it stands, and how much likelier it is than the next."""
    lexicon = words()
    start, end = units[0][0], units[-1][1]
    before = to_simplified_characters(text[max(0, start - _CONTEXT) : start])
    after = to_simplified_characters(text[end : end + _CONTEXT])
    beam = [("", _longer(lexicon.START, before))]
    for *_, choice in units:
        grown = [
            (plain + more, _longer(mark, to_simplified_characters(more))) for plain, mark in beam for more in choice
        ]
        beam = heapq.nlargest(_BEAM, grown, key=lambda found: found[1][2])
    at_end = not after or after[0] == "\n"
    counted = before[-1:].isdigit()
    scored = [
        (
            _longer(mark, after)[1][0]
            + _FITS * (at_end and plain[-1:] == "。")
            + _FITS * (counted and plain[:1] in _COUNTED),
            plain,
        )
        for plain, mark in beam
    ]
    ranked = heapq.nlargest(2, scored)
    return ranked[0][1], ranked[0][0] - ranked[1][0] if len(ranked) > 1 else math.inf


def _longer(mark: Words.Mark, more: str) -> Words.Mark:
    for char in more:
        mark = words().add(mark, char)
    return mark
