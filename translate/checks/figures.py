"""Chinese numerals of a text as figures, so that what checks numbers need know figures only: 八亿 is 800000000, 一百二十多 is 120多."""

from __future__ import annotations

import dataclasses
import re

from translate.engines.gloss.numerals import NUMERAL_CHARS, chinese_value

_CHINESE = f"[{NUMERAL_CHARS}]"
# Percentages; numerals of more than one character. What stands in quotation marks alone is a name ("十一", "十五");
# 几十, 上百, 十几, 三五十 are no number; 百货, 千克, 万一 are words.
_NUMERAL = re.compile(
    rf"(?P<per>[百千])分之(?P<share>{_CHINESE}+(?:点{_CHINESE}+)?)"
    rf"|(?<![\d.,几数上双初“\"「{NUMERAL_CHARS}])(?P<number>{_CHINESE}{{2,}})"
    rf"(?P<over>[多余](?=[万亿]))?(?![几数”\"」]|(?<=十一)(?:黄金周|长假|假期|期间|时期)|(?<=百)[货姓科花合年]|(?<=千)[米克瓦赫伏里]|(?<=万)[一事物象][^{NUMERAL_CHARS}])"
)
_PLACES = re.compile("[十百千万亿〇○]")


@dataclasses.dataclass(frozen=True, slots=True)
class Figures:
    """A text in figures; `numerals`: where figures stand for a numeral, (their end, the numeral), by their start."""

    text: str
    numerals: dict[int, tuple[int, str]]

    def as_written(self, start: int, end: int) -> str:
        """What stood in the text where now `text[start:end]` stands; that begins with a number."""
        until, numeral = self.numerals.get(start, (start, ""))
        return numeral + self.text[until:end]


def in_figures(source: str) -> Figures:
    """`source`, simplified Chinese, with its numerals as figures."""
    parts: list[str] = []
    numerals: dict[int, tuple[int, str]] = {}
    done = size = 0
    for hit in _NUMERAL.finditer(source):
        figures = (
            _share(hit) if hit["per"] else _number(hit["number"], source[hit.end("number") : hit.end("number") + 1])
        )
        if not figures:
            continue
        parts += [source[done : hit.start()], figures]
        at = size + hit.start() - done
        size = at + len(figures)
        done = hit.end("share") if hit["per"] else hit.end("number")
        numerals[at] = (size, source[hit.start() : done])
    return Figures("".join([*parts, source[done:]]), numerals)


def _share(hit: re.Match[str]) -> str:
    whole, _, part = hit["share"].partition("点")
    value = chinese_value(whole)
    decimals = [chinese_value(digit) for digit in part]
    if value is None or None in decimals:
        return ""
    return f"{value}{'.' if part else ''}{''.join(map(str, decimals))}{'%' if hit['per'] == '百' else '‰'}"


def _number(numeral: str, behind: str) -> str:
    value = chinese_value(numeral)
    # 百万 and 千万 alone are millionaires and entreaties; digits alone are a year, or 三三两两.
    if value is None or numeral[0] in "百千万亿" or (not _PLACES.search(numeral) and behind != "年"):
        return ""
    return str(value)
