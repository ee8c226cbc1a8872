"""Numbers of the source that the English does not hold: amounts with 万 and 亿, percentages, dates, ordinals.

Numbers are compared by value: 215万 is 2.15 million, 10月 is October or 10.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from documents.script import to_simplified_characters
from translate.checks.base import Check
from translate.checks.figures import Figures, in_figures
from translate.forcing.ledger import LedgerRow

# Both: whole part, decimals, scale. 560多万 are more than 5.6 million.
SOURCE = re.compile(r"(\d+(?:,\d{3})+|\d+)(\.\d+)?\s*[多余]?(万亿|千万|百万|十万|万|亿|千(?![米克瓦赫伏])|百)?")
_OF_CENTURY = re.compile(r"\s*世纪\s*(?=\d0\s*年代)")
_NARROW = {code: chr(code - 0xFEE0) for code in range(0xFF10, 0xFF1A)}
SCALES = {
    "": 1.0, "百": 1e2, "千": 1e3, "万": 1e4, "十万": 1e5, "百万": 1e6, "千万": 1e7, "亿": 1e8, "万亿": 1e12,
}  # fmt: skip
TARGET = re.compile(
    r"(\d+(?:,\d{3})+|\d+)(\.\d+)?\s*(?:(?:st|nd|rd|th)\b|\+)?\s*-?(hundred|thousand|million|billion|trillion|[kmb]n?\b)?",
    re.IGNORECASE,
)
ENGLISH_SCALES = {
    "": 1.0, "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12,
    "k": 1e3, "m": 1e6, "mn": 1e6, "b": 1e9, "bn": 1e9,
}  # fmt: skip
# 120万千瓦 are 1,200 MW.
_POWER = re.compile(r"[\s-]*([mg]w|megawatt|gigawatt)", re.IGNORECASE)
_KILOWATTS = {"m": 1e3, "g": 1e6}
_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_WORDS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty"
).split()
_ORDINALS = (
    "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth twentieth"
).split()
_TENS = {
    "twenty": 20.0,
    "thirty": 30.0,
    "forty": 40.0,
    "fifty": 50.0,
    "sixty": 60.0,
    "seventy": 70.0,
    "eighty": 80.0,
    "ninety": 90.0,
}
_SAID_VALUES = {
    **{word: float(value) for value, word in enumerate(_WORDS)},
    **{word: float(value) for value, word in enumerate(_ORDINALS)},
    **{word: value for value, month in enumerate(_MONTHS, 1) for word in (month, month[:3])},
    "sept": 9.0,
    **_TENS,
    **{f"{ten[:-1]}ieth": value for ten, value in _TENS.items()},
    **{f"{ten[:-1]}ies": value for ten, value in _TENS.items()},
}
_SAID = re.compile(r"[a-z]+", re.IGNORECASE)
_COUNTED = {**ENGLISH_SCALES, "dozen": 12.0, "decade": 10.0, "decades": 10.0, "century": 100.0, "centuries": 100.0}
# Stands for 100%, which is no number of things.
_ALL = -1.0
# Values that English has other words for: 7×24小时, 100%, 1座.
_IDIOMS = (
    (re.compile(r"\b(?:a?round[- ]the[- ]clock|day and night)\b", re.IGNORECASE), (24.0, 7.0)),
    (re.compile(r"\b(?:all|every|full|fully|entire|entirely|complete|completely|total)\b", re.IGNORECASE), (_ALL,)),
    (re.compile(r"\bhalf a million\b", re.IGNORECASE), (5e5,)),
    (re.compile(r"\b(?:an?|once|single|each|every|per)\b", re.IGNORECASE), (1.0,)),
)
# What follows a number → what else English may make of it: 18时 is 6 p.m., 80斤 are 40 kg, 5‰ 0.5 %, 100% all, 90后 of the 1990s, 80年代 the 1980s, 民国104年 2015, 17世纪 the 1600s, 2.3倍 230 %.
_OTHERWISE: tuple[tuple[re.Pattern[str], Callable[[float], tuple[float, ...]]], ...] = (
    (re.compile("[时点]"), lambda hours: (hours - 12,) if 12 < hours <= 24 else ()),
    (re.compile("斤"), lambda jin: (jin / 2, jin / 2000)),
    (re.compile("亩"), lambda mu: (mu / 15, mu / 6.07, mu / 1500)),
    (re.compile("‰"), lambda per_mille: (per_mille / 10,)),
    (re.compile("[%％]"), lambda percent: (_ALL,) if percent == 100 else ()),
    (re.compile("年"), lambda year: (1911 + year,) if year < 200 else ()),
    (re.compile("世纪"), lambda century: (100 * (century - 1),)),
    (re.compile("倍"), lambda times: (100 * times,)),
    (re.compile("后|年代"), lambda year: (1900 + year, 2000 + year) if year < 100 else ()),
)


def _find(source: str, target: str, ledger: Sequence[LedgerRow]) -> Iterator[str]:
    if not target.strip():
        return
    wanted = list(_source_values(source))
    present = _english_values(target) if wanted else set()
    missing = [
        shown for shown, values in wanted if not any(is_same(value, other) for value in values for other in present)
    ]
    if missing:
        yield f"not found in the English: {', '.join(dict.fromkeys(missing))}"


def _source_values(source: str) -> Iterator[tuple[str, tuple[float, ...]]]:
    """The numbers of the Chinese, and what each may be in English."""
    given = figures_of(source)
    century = 0.0
    for hit in SOURCE.finditer(given.text):
        value = value_of(hit, SCALES)
        more = [other for unit, said in _OTHERWISE if unit.match(given.text, hit.end()) for other in said(value)]
        if century:
            more.append((century - 1) * 100 + value)
        century = value if _OF_CENTURY.match(given.text, hit.end()) else 0.0
        if century:
            continue
        yield given.as_written(*hit.span()).strip(), (value, *more)


def figures_of(source: str) -> Figures:
    """Chinese in simplified characters, all its numbers in narrow digits."""
    return in_figures(to_simplified_characters(source).translate(_NARROW))


def value_of(hit: re.Match[str], scales: Mapping[str, float]) -> float:
    """What a number found by SOURCE or TARGET is worth."""
    return float(hit.group(1).replace(",", "") + (hit.group(2) or "")) * scales[(hit.group(3) or "").lower()]


def is_same(value: float, other: float) -> bool:
    """Whether English rounds one to the other."""
    return abs(value - other) <= 0.006 * max(value, 1e-9)


def _english_values(target: str) -> set[float]:
    values: set[float] = set()
    for hit in TARGET.finditer(target):
        number = float(hit.group(1).replace(",", "") + (hit.group(2) or ""))
        scaled = number * ENGLISH_SCALES.get((hit.group(3) or "").lower(), 1.0)
        values.update((number, scaled))
        if power := _POWER.match(target, hit.end()):
            values.add(scaled * _KILOWATTS[power[1][0].lower()])
    for said_so, meant in _IDIOMS:
        if said_so.search(target):
            values.update(meant)
    values.update(_values_in_words(target))
    return values


def _values_in_words(target: str) -> Iterator[float]:
    """What number words are worth, each by itself and together with those before it: two hundred and five."""
    thousands = below = last = 0.0
    for word in (hit.group().lower().removesuffix("fold") for hit in _SAID.finditer(target)):
        said, scale = _SAID_VALUES.get(word, 0.0), _COUNTED.get(word, 0.0)
        if said:
            goes_on = (said < 100 and below % 100 == 0) or (said < 10 and last in _TENS.values())
            below, thousands = (below, thousands) if goes_on else (0.0, 0.0)
            below += said
        elif scale == 100:
            below = (below or 1.0) * scale
        elif scale:
            thousands, below = thousands + (below or 1.0) * scale, 0.0
        elif word != "and":
            thousands = below = 0.0
        if said or scale:
            yield from (said, last * scale, below, thousands + below)
        last = 1.0 if word == "a" else said


CHECK = Check(
    "numbers",
    "Numbers",
    "A number of the source is not found in the English (by value: 215万 = 2.15 million).",
    "warning",
    _find,
    good=(
        ("2021年10月12日", "12 October 2021"),
        ("完成检测215万项目次,同比增长12.2%", "2.15 million tests, up 12.2 per cent"),
        ("在3个国家", "in three countries"),
        ("2000万吨", "20 million tonnes"),
        ("第26届会议", "the 26th meeting"),
        ("錄得681億港元", "HK$68.1 billion was recorded"),
        ("67名干部", "Sixty-seven officials"),
        ("560多万标箱", "more than 5.6 million TEUs"),
        ("18时起停航", "suspended from 6 p.m."),
        ("装机容量4873万千瓦", "a capacity of 48.73 gigawatts"),
        ("增产80斤", "40 kilograms more"),
        ("24小时通关", "clearance around the clock"),
        ("1座码头的合格率达100%", "all passed at a terminal"),
        ("30多年来", "for more than three decades"),
        ("2万亿元", "two trillion yuan"),
        ("八亿千瓦时", "800 million kWh"),
        ("一百二十多家企业", "more than 120 companies"),
        ("一千多万人", "over ten million people"),
        ("二百零五条", "two hundred and five articles"),
        ("增长百分之八点五", "grew by 8.5%"),
        ("投资3亿5000万元", "350 million yuan were invested"),
        ("二十世纪九十年代", "the 1990s"),
        ("几十个国家，三四百人，万一下雨", "dozens of countries, hundreds of people, in case of rain"),
        ("“十四五”期间", "during the 14th Five-Year Plan period"),
    ),
    bad=(
        ("2021年10月12日", "12 September 2021"),
        ("215万项", "215 items"),
        ("3038公里", "3,083 km"),
        ("67名干部", "Sixty-six officials"),
        ("八亿千瓦时", "8 billion kWh"),
        ("三百余家机构", "seventeen institutions"),
        ("装机容量5703万千瓦", "a capacity of 57.03 kilowatts"),
    ),
)
