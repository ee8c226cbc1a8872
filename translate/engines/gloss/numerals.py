"""Chinese numerals and the scale 万/亿 as English numbers, and ordinals."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

DIGITS = {**{c: i for i, c in enumerate("零一二三四五六七八九")}, "〇": 0, "○": 0, "两": 2}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_SCALE = {"万": 10**4, "亿": 10**8, "兆": 10**12}
NUMERAL_CHARS = "零〇○一二三四五六七八九两十百千万亿"
_NAMES = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"))
_WORDS = "zero one two three four five six seven eight nine ten".split()
_NUMBER = re.compile(r"(\d[\d,，]*(?:\.\d+)?)\s*([十百千万亿兆]*)")


def _section(text: str) -> int | None:
    """Value of a numeral below 10,000 such as 三千零二十; None when it is not well formed."""
    total, digit, last_unit = 0, None, 10**4
    for char in text:
        if char in DIGITS:
            if digit is not None and digit != 0:
                return None
            digit = DIGITS[char]
        else:
            unit = _SMALL.get(char, last_unit)
            if unit >= last_unit or (digit is None and unit != 10) or (digit == 0 and unit != 10):
                return None
            total += (digit or 1) * unit
            digit, last_unit = None, unit
    if digit is not None:
        if digit and 10 < last_unit < 10**4 and "零" not in text and "〇" not in text:
            digit *= last_unit // 10
        total += digit
    return total


def chinese_value(text: str) -> int | None:
    """Integer value of a Chinese numeral (一百二十 → 120, 二〇二一 → 2021); None when `text` is not one."""
    if not text or any(char not in NUMERAL_CHARS for char in text):
        return None
    if len(text) > 1 and all(char in DIGITS for char in text):
        return int("".join(str(DIGITS[char]) for char in text)) if len(text) == 4 or "〇" in text else None
    total, rest = 0, text
    for scale in ("亿", "万"):
        if scale in rest:
            head, _, rest = rest.rpartition(scale)
            value = chinese_value(head) if scale == "亿" else _section(head)
            if value is None or not head:
                return None
            total += value * _SCALE[scale]
    tail = _section(rest) if rest else 0
    if tail is None:
        return None
    if len(rest) == 1 and rest in DIGITS and total and text[-2] == "万":
        tail *= 1000
    return total + tail


def plain(value: Decimal) -> str:
    """A number with thousands separators, no exponent, no trailing zeros after the point."""
    whole, _, fraction = f"{value:f}".partition(".")
    fraction = fraction.rstrip("0")
    return f"{int(whole):,}" + (f".{fraction}" if fraction else "")


def scaled(value: Decimal) -> str:
    """A large number in words where English would: 2150000 → "2.15 million", 20000 → "20,000"."""
    for size, name in _NAMES:
        if value >= size:
            return f"{plain(value / size)} {name}"
    return plain(value)


def arabic_value(text: str) -> Decimal | None:
    """Value of digits with a Chinese scale ("3.5亿", "2,000万", "3亿5000万", "1千80万"); None when `text` is not such a number."""
    total, section, done, smallest = Decimal(0), Decimal(0), 0, Decimal("Infinity")
    for found in _NUMBER.finditer(text):
        if found.start() != done:
            return None
        done = found.end()
        try:
            value = Decimal(found[1].replace(",", "").replace("，", ""))
        except InvalidOperation:
            return None
        unit = Decimal(1)
        for char in found[2]:
            unit *= _SMALL.get(char) or _SCALE[char]
        if unit >= smallest:
            # 1千80万 are 1,080 times 万.
            total, section = total + (section + value) * unit, Decimal(0)
        elif unit >= _SCALE["万"]:
            total += value * unit
        else:
            section += value * unit
        smallest = unit
    return total + section if done and done == len(text) else None


def ordinal(number: int) -> str:
    """26 → "26th"."""
    suffix = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number:,}{suffix}"


def ordinal_word(number: int) -> str:
    """4 → "fourth" up to ten, then figures."""
    words = "zeroth first second third fourth fifth sixth seventh eighth ninth tenth".split()
    return words[number] if 0 <= number <= 10 else ordinal(number)


def small(number: int) -> str:
    """5 → "five" up to ten, then figures and scale words."""
    return _WORDS[number] if 0 <= number <= 10 else scaled(Decimal(number))
