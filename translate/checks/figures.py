"""Chinese numerals of a text as figures, so that what checks numbers need know figures only: 八亿 is 800000000, 一百二十多 is 120多."""

from __future__ import annotations

import dataclasses
import re

from translate.engines.gloss.numerals import NUMERAL_CHARS, arabic_value, chinese_value

_CHINESE = f"[{NUMERAL_CHARS}]"
# Percentages; 3亿5000万; numerals of more than one character. What stands in quotation marks alone is a name ("十一", "十五");
# 几十, 上百, 十几, 三五十 are no number; 百货, 千克, 万一 are words.
_NUMERAL = re.compile(
    rf"(?P<per>[百千])分之(?P<share>{_CHINESE}+(?:点{_CHINESE}+)?)"
    r"|(?<![\d.])(?P<several>(?:\d+(?:\.\d+)?[百千万亿]+){2,})(?![米克瓦赫伏])"
    rf"|(?<![\d.,几数上双初“\"「{NUMERAL_CHARS}])(?P<number>(?:(?!千[米克瓦赫伏里]){_CHINESE}){{2,}}+)"
    rf"(?![几数”\"」]|(?<=十一)(?:黄金周|长假|假期|期间|时期)|(?<=百)[货姓科花合年]|(?<=万)[一事物象][^{NUMERAL_CHARS}])"
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
        part = next(name for name in ("share", "several", "number") if hit[name])
        figures = _figures(hit, source[hit.end(part) : hit.end(part) + 1])
        if figures:
            parts += [source[done : hit.start()], figures]
            at = size + hit.start() - done
            size, done = at + len(figures), hit.end(part)
            numerals[at] = (size, source[hit.start() : done])
    return Figures("".join([*parts, source[done:]]), numerals)


def _figures(hit: re.Match[str], behind: str) -> str:
    """What is found, in figures; "" if it is no number. `behind`: the character that follows it."""
    if hit["share"]:
        whole, _, part = hit["share"].partition("点")
        values = [chinese_value(whole), *map(chinese_value, part)]
        if None in values:
            return ""
        shown, *digits = map(str, values)
        return shown + (f".{''.join(digits)}" if digits else "") + ("%" if hit["per"] == "百" else "‰")
    if hit["several"]:
        value = arabic_value(hit["several"])
        return "" if value is None else f"{value:.0f}"
    numeral = hit["number"]
    # 百万 and 千万 alone are millionaires and entreaties; digits alone are a year, or 三三两两.
    if numeral[0] in "百千万亿" or (not _PLACES.search(numeral) and behind != "年"):
        return ""
    whole_number = chinese_value(numeral)
    return "" if whole_number is None else str(whole_number)
