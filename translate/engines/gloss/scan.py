"""Cuts raw text into pieces that are settled before segmentation: hints, Latin runs, dates, numbers, punctuation.

What is left, runs of Chinese characters, goes to the segmenter.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal

from translate.engines.gloss.hints import CLOSE, OPEN
from translate.engines.gloss.numerals import (
    NUMERAL_CHARS,
    arabic_value,
    chinese_value,
    ordinal,
    ordinal_word,
    plain,
    scaled,
)
from translate.engines.gloss.spelling import SPELLING
from translate.engines.gloss.tokens import Token

MONTHS = "January February March April May June July August September October November December".split()
HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff〇\U00020000-\U0003134f"
_CN = f"[{NUMERAL_CHARS}]"
# Not of 三千瓦, 5千克.
_THOUSAND = "千(?![米克瓦赫伏])"
_FIGURES = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_SCALED = rf"(?:[百万亿兆]|{_THOUSAND})"
# 一千多万 are more than ten million.
_OVER = "(?:[余多][万亿]|余|多(?![边媒功样]|元化))?"
_YEAR = r"(?:(?<!\d)[12]\d{3}|[〇○零一二三四五六七八九]{4})"
_DAY = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_DASH = r"(?:至|到|[-—–~～－]+)"
_LETTER = r"A-Za-z\u00c0-\u024f\u0370-\u03ff\u0400-\u04ff"

_PATTERNS: tuple[tuple[str, str], ...] = (
    ("hint", rf"{OPEN}(?P<inner>[^{OPEN}{CLOSE}]*){CLOSE}"),
    ("enumerator", r"^[一二三四五六七八九十]是(?=\S)"),
    (
        "clock",
        r"(?<![\d.:-])(?P<hour>\d{1,2})(?:[:：](?P<minute>\d{2})(?!\d)|(?:点|时)(?!间)(?:(?P<minutes>\d{1,2})分?|(?P<half>半))?)",
    ),
    (
        "code",
        r"(?<![\d.])\d+[-–:]\d+(?![\d:/-])(?!年|月)|(?<![\d.])\d+(?:[-/.:]\d+){2,}|(?<!\d)0\d{2,}(?:-\d+)*|(?<!\d)\d{4}\.\d{2}(?!\d)",
    ),
    ("dotted", rf"[{''.join(sorted(SPELLING))}]{{1,7}}(?:[·•・][{''.join(sorted(SPELLING))}]{{1,8}})+"),
    (
        "daterange",
        rf"(?:(?P<ry>{_YEAR})年)?(?P<rm>{_DAY})月(?P<rd1>{_DAY})[日号]?{_DASH}(?:(?P<rm2>{_DAY})月)?(?P<rd2>{_DAY})[日号]",
    ),
    ("years", rf"(?P<y1>{_YEAR})年?{_DASH}(?P<y2>{_YEAR})年(?!代)"),
    ("date", rf"(?P<y>{_YEAR})年(?:(?P<m>{_DAY})月份?(?:(?P<d>{_DAY})[日号])?)?(?!代)"),
    ("monthday", rf"(?<!\d)(?P<mm>{_DAY})月(?P<dd>{_DAY})[日号]"),
    ("month", r"(?<!\d)(?P<mo>1[0-2]|[1-9])月份?"),
    ("decade", r"(?:(?P<dc>\d{1,2}|十[一二三四五六七八九]|二十)世纪)?(?P<tens>\d{2,4}|[一二三四五六七八九]十)年代"),
    ("century", r"(?<!\d)(?P<cent>\d{1,2}|十[一二三四五六七八九]|二十[一二]?)世纪"),
    ("percent", rf"百分之(?P<pc>\d+(?:\.\d+)?|{_CN}+(?:点{_CN}+)?)|(?P<pd>\d[\d,]{{0,24}}(?:\.\d{{1,20}})?)\s?[%％]"),
    ("ordinal", rf"第(?P<ord>\d+|{_CN}+)"),
    ("url", r"(?:https?://|www\.)[!-~]+"),
    ("latin", rf"[{_LETTER}]|\d+[{_LETTER}]"),
    ("day", r"(?<!\d)(?P<dn>[12]\d|3[01]|[1-9])[日号](?!元|圆|本)"),
    ("number", rf"(?:{_FIGURES}{_SCALED}+(?={_FIGURES}{_SCALED}))*{_FIGURES}{_SCALED}*{_OVER}"),
    ("numeral", rf"(?<![数几成])(?<!(?<!以)上)(?:(?!千){_CN}|{_THOUSAND}){{2,}}{_OVER}"),
)
_MASTER = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in _PATTERNS))
_SIMPLE = re.compile(rf"(?P<han>[{HAN}]+)|(?P<space>\s+)|(?P<dots>…+|\.{{2,}})|(?P<dash>—+|－+)|(?P<mark>.)", re.DOTALL)
# Words of a run are joined by up to four connecting characters; digits that belong to a Chinese word (IAEA 33个) are left out.
_LATIN_RUN = re.compile(
    rf"[{_LETTER}\d#_%°+]+"
    rf"(?:[-./_][{_LETTER}\d#_%°+]+|[-'’.&/@:–—=?~,() ]{{1,4}}(?=[{_LETTER}]|\d+(?![\d{HAN}]))[{_LETTER}\d#_%°+]+|(?<=[A-Z])\.(?=[{HAN}])|(?<=s)['’](?=[{HAN}]))*"
)
_PLAIN_NUMBER = re.compile(r"\d+(?:\.\d+)?")


def _number_of(text: str | None) -> int | None:
    if not text:
        return None
    return int(text) if text.isdigit() and text.isascii() else chinese_value(text)


def _date(year: int | None, month: int | None, day: str) -> str | None:
    if month is not None and not 1 <= month <= 12:
        return None
    parts = [day, MONTHS[month - 1] if month else "", str(year) if year is not None else ""]
    return " ".join(part for part in parts if part)


def _time(zh: str, en: str | None, preposition: str) -> Token | None:
    return Token(zh, "t", en, preposition=preposition) if en else None


def _on_date(found: re.Match[str]) -> Token | None:
    day = _number_of(found["d"])
    if day is not None and not 1 <= day <= 31:
        return None
    text = _date(_number_of(found["y"]), _number_of(found["m"]), str(day) if day else "")
    return _time(found[0], text, "on" if day else "in")


def _on_monthday(found: re.Match[str]) -> Token | None:
    month, day = _number_of(found["mm"]), _number_of(found["dd"])
    if not month or not day or day > 31:
        return None
    return _time(found[0], _date(None, month, str(day)), "on")


def _on_daterange(found: re.Match[str]) -> Token | None:
    year, month, first = _number_of(found["ry"]), _number_of(found["rm"]), _number_of(found["rd1"])
    second_month, last = _number_of(found["rm2"]), _number_of(found["rd2"])
    if not month or not first or not last or max(first, last) > 31:
        return None
    if second_month and second_month != month:
        start, end = _date(None, month, str(first)), _date(year, second_month, str(last))
        return _time(found[0], f"{start} – {end}" if start and end else None, "from")
    return _time(found[0], _date(year, month, f"{first}–{last}"), "on")


def _on_decade(found: re.Match[str]) -> Token | None:
    decade, century = _number_of(found["tens"]), _number_of(found["dc"])
    if decade is None:
        return None
    if century is not None and decade < 100:
        decade += (century - 1) * 100
    return _time(found[0], f"the {decade}s", "in")


def _on_percent(found: re.Match[str]) -> Token | None:
    if found["pd"]:
        return Token(found[0], "m", found["pd"] + "%", number="%")
    whole, _, fraction = found["pc"].partition("点")
    value = whole if whole[0].isdigit() and whole.isascii() else chinese_value(whole)
    digits = "".join(str(chinese_value(char)) for char in fraction)
    return None if value is None else Token(found[0], "m", f"{value}{'.' + digits if digits else ''}%", number="%")


def _on_ordinal(found: re.Match[str]) -> Token | None:
    value = _number_of(found["ord"])
    if value is None:
        return None
    text = ordinal(value) if found["ord"].isdigit() else ordinal_word(value)
    return Token(found[0], "m", text, number="o")


def _without_over(number: str) -> str:
    return number.replace("余", "").replace("多", "")


def _on_number(found: re.Match[str]) -> Token | None:
    exact = _without_over(found[0])
    value = arabic_value(exact)
    if value is None:
        return None
    digits = exact.rstrip("百千万亿兆")
    text = scaled(value) if digits != exact else digits
    if "," not in digits and "." not in digits and len(digits) > 4:
        text = scaled(value) if digits != exact else plain(value)
    if exact != found[0]:
        text = "more than " + (f"{int(text):,}" if text.isdigit() else text)
    return Token(found[0], "m", text, number="s" if value == 1 else "p")


def _on_numeral(found: re.Match[str]) -> Token | None:
    exact = _without_over(found[0])
    if not any(char in "十百千万亿" for char in exact) or exact[0] in "百千万亿":
        return None
    value = chinese_value(exact)
    over = "more than " if exact != found[0] else ""
    return None if value is None else Token(found[0], "m", over + scaled(Decimal(value)), number="p")


def _on_clock(found: re.Match[str]) -> Token | None:
    minute = found["minute"] or found["minutes"] or ("30" if found["half"] else "00")
    if int(found["hour"]) > 24 or int(minute) > 59:
        return None
    return _time(found[0], f"{found['hour']}:{minute:0>2}", "at")


_BUILD: dict[str, Callable[[re.Match[str]], Token | None]] = {
    "hint": lambda found: Token(found[0], "x", found["inner"], number="hint"),
    "code": lambda found: Token(found[0], "x", found[0]),
    "enumerator": lambda found: Token(found[0], "k", ordinal_word(chinese_value(found[0][0]) or 0) + ","),
    "url": lambda found: Token(found[0], "x", found[0]),
    "clock": _on_clock,
    "dotted": lambda found: Token(found[0], "dotted", ""),
    "daterange": _on_daterange,
    "years": lambda found: _time(found[0], f"{_number_of(found['y1'])}–{_number_of(found['y2'])}", "in"),
    "date": _on_date,
    "monthday": _on_monthday,
    "month": lambda found: _time(found[0], MONTHS[int(found["mo"]) - 1], "in"),
    "decade": _on_decade,
    "century": lambda found: _time(found[0], f"the {ordinal(_number_of(found['cent']) or 0)} century", "in"),
    "percent": _on_percent,
    "ordinal": _on_ordinal,
    "day": lambda found: _time(found[0], f"the {ordinal(int(found['dn']))}", "on"),
    "number": _on_number,
    "numeral": _on_numeral,
}


def _latin_end(text: str, start: int) -> int:
    """End of the Latin run that starts at `start`; closing brackets count only when opened inside the run."""
    found = _LATIN_RUN.match(text, start)
    end = found.end() if found else start + 1
    depth = 0
    for position in range(start, end):
        if text[position] == "(":
            depth += 1
        elif text[position] == ")":
            if depth == 0:
                return start + len(text[start:position].rstrip())
            depth -= 1
    if depth and end < len(text) and text[end] == ")":
        return end + 1
    if depth:
        return start + len(text[start : text.rindex("(", start, end)].rstrip())
    return end


def scan(text: str, in_idiom: Callable[[str, int, int], bool]) -> Iterator[Token]:
    """Tokens of `text`; runs of Chinese characters come out whole with pos "han".

    `in_idiom(text, start, end)` says whether a numeral is part of a longer dictionary word (一带一路, 三位一体).
    """
    position = plain_start = 0
    while position < len(text):
        found = _MASTER.search(text, position)
        if not found:
            break
        kind, (start, end) = str(found.lastgroup), found.span()
        token: Token | None
        if kind == "latin":
            end = _latin_end(text, start)
            token = Token(text[start:end], "x", text[start:end])
        elif kind in ("numeral", "ordinal") and in_idiom(text, start, end):
            token = None
        else:
            token = _BUILD[kind](found)
            if token is None and (number := _PLAIN_NUMBER.match(text, start)):
                end, token = number.end(), Token(number[0], "m", number[0], number="p")
        if token is None:
            position = end
            continue
        yield from _simple(text[plain_start:start])
        yield token
        position = plain_start = end
    yield from _simple(text[plain_start:])


def _simple(text: str) -> Iterator[Token]:
    for found in _SIMPLE.finditer(text):
        kind = found.lastgroup
        if kind == "han":
            yield Token(found[0], "han", "")
        elif kind == "space":
            yield Token(found[0], "space", "\n" if "\n" in found[0] else " ")
        else:
            yield Token(found[0], "w", found[0])
