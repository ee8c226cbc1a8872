"""A line of two-byte characters read in another two-byte encoding, with bytes that could not be read: U+FFFD.

Behind a lost first byte the reader is one byte off, so that the line is read again from its bytes: a beam search over
the ways to pair them, in which a lost byte may be any that the wrong encoding cannot begin a character with.
"""

from __future__ import annotations

import functools
from typing import NamedTuple

from documents.noise.base import is_han
from documents.noise.likelihood import Words, is_usual, words
from documents.script import to_simplified_characters

_LOST = "\ufffd"
_BEAM = 8
# Log-likelihood of a byte that stays unread.
_STRAY = -15.0


class _State(NamedTuple):
    score: float
    plain: str
    mark: Words.Mark

    @property
    def promise(self) -> float:
        return self.score + self.mark[2]


def reread(shown: str, wrong: str, right: str) -> str:
    """The likeliest reading of `shown` in `right`; what stays unread is U+FFFD. "" if it cannot be `wrong` at all."""
    data = _bytes(shown, wrong)
    if data is None:
        return ""
    reached: list[list[_State]] = [[] for _ in range(len(data) + 1)]
    reached[0] = [_State(0.0, "", Words.START)]
    for at in range(len(data)):
        states = sorted(reached[at], key=lambda state: -state.promise)[:_BEAM]
        for state in states:
            for length, plain in _next(data, at, wrong, right):
                reached[at + length].append(_grown(state, plain))
    best = max(reached[-1], key=lambda state: state.score + state.mark[1][0], default=None)
    return best.plain if best else ""


def _bytes(shown: str, wrong: str) -> list[int] | None:
    """The bytes behind `shown`, -1 for each that is lost."""
    data: list[int] = []
    for char in shown:
        if char == _LOST:
            data.append(-1)
            continue
        try:
            data.extend(char.encode(wrong))
        except UnicodeEncodeError:
            return None
    return data


def _next(data: list[int], at: int, wrong: str, right: str) -> list[tuple[int, str]]:
    """(bytes taken, what they show) for every way to go on at `at`."""
    byte = data[at]
    if 0 <= byte < 0x80:
        return [(1, chr(byte))]
    ways = []
    if at + 1 < len(data):
        behind = data[at + 2] if at + 2 < len(data) else -1
        ways = [(2, char) for char in _pairs(byte, data[at + 1], behind, wrong, right)]
    # Where the reader may be one byte off is decided at the lost byte, not at each one after it.
    return [*ways, (1, _LOST)] if byte < 0 or not ways else ways


@functools.lru_cache(4096)
def _pairs(first: int, second: int, behind: int, wrong: str, right: str) -> list[str]:
    """The characters of two bytes, either of which may be lost (-1), before the byte `behind`."""
    if first >= 0 and second >= 0:
        char = _decoded(first, second, right)
        return [char] if char else []
    firsts = [first] if first >= 0 else _unread(second, wrong)
    seconds = [second] if second >= 0 else _unread(behind, wrong)
    return [char for one in firsts for two in seconds if (char := _decoded(one, two, right)) and _is_guess(char, right)]


@functools.lru_cache(1024)
def _unread(behind: int, wrong: str) -> list[int]:
    """The bytes that the wrong encoding cannot begin a character with before the byte `behind`."""
    return [byte for byte in range(0x80, 0xFF) if behind < 0 or not _decoded(byte, behind, wrong)]


def _is_guess(char: str, right: str) -> bool:
    """A usual character or mark; text in GBK is simplified."""
    if not is_han(char):
        return char in "，。、；：？！“”（）《》"
    return is_usual(char) and (right == "big5" or _simplified(char) == char)


@functools.lru_cache(1 << 16)
def _decoded(first: int, second: int, codec: str) -> str:
    try:
        char = bytes((first, second)).decode(codec)
    except UnicodeDecodeError:
        return ""
    return char if len(char) == 1 else ""


def _grown(state: _State, plain: str) -> _State:
    """`state` with one more character."""
    text = state.plain + plain
    if plain == _LOST or plain.isascii():
        cost = _STRAY if plain == _LOST else 0.0
        return _State(state.score + state.mark[1][0] + cost, text, Words.START)
    return state._replace(plain=text, mark=words().add(state.mark, _simplified(plain)))


@functools.lru_cache(1 << 14)
def _simplified(char: str) -> str:
    return to_simplified_characters(char)
