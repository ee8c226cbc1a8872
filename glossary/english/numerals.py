"""Ordinals, years and numbers in names: 第二十六届 → 26th, 2021—2035年 → 2021–2035."""

from __future__ import annotations

import re

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")}
_WORDS = ("", "First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth", "Tenth")
ORDINAL = re.compile(r"^第?(?P<number>[0-9]+|[一二三四五六七八九十百]{1,5})(?P<unit>届|次|期|轮|批)(?P<rest>.{3,})$")
YEAR = re.compile(r"^(?P<year>(?:19|20)[0-9]{2})年?度?(?P<rest>.{3,})$")
SPAN = re.compile(r"^(?P<first>(?:19|20)[0-9]{2})年?[-—–~至](?P<last>(?:19|20)?[0-9]{2})年?$")


def value(numeral: str) -> int:
    """The number that a numeral up to 999 says, in digits or characters."""
    if numeral.isdigit():
        return int(numeral)
    hundreds, hundred, rest = numeral.rpartition("百")
    total = 100 * (_DIGITS.get(hundreds, 1) if hundreds else 1) if hundred else 0
    rest = rest.lstrip("零")
    tens, ten, ones = rest.rpartition("十")
    if ten:
        total += 10 * (_DIGITS[tens] if tens else 1)
    return total + (_DIGITS[ones] if ones else 0)


def ordinal(number: int) -> str:
    """First … Tenth in words, from 11th in figures."""
    if 0 < number < len(_WORDS):
        return _WORDS[number]
    suffix = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{suffix}"
