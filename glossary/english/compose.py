"""Names composed by grammar from known parts: place + 海关 → X Customs, parent + unit, ordinal + event."""

from __future__ import annotations

import functools
import re

from glossary.authority import authority

# Head → pattern; {} is the English of what stands before it. Only heads with one settled English.
_AFTER_PLACE = {
    "海关": "{} Customs",
    "关区": "{} customs district",
    "大学": "{} University",
    "海关学院": "{} Customs College",
    "计量测试研究院": "{} Institute of Measurement and Testing Technology",
    "计量科学研究院": "{} Institute of Metrology",
    "市场监督管理局": "{} Administration for Market Regulation",
    "市场监管局": "{} Administration for Market Regulation",
    "核电站": "{} Nuclear Power Plant",
    "核电厂": "{} Nuclear Power Plant",
    "自由贸易试验区": "{} Pilot Free Trade Zone",
}
_AFTER_BODY = {
    "实验室": "{} Laboratory",
    "代表团": "{} delegation",
    "办公厅": "General Office of the {}",
    "培训中心": "{} Training Center",
    "科技公共服务平台": "{} Science and Technology Public Service Platform",
}
_ORDINAL = re.compile(r"^第([0-9]+|[一二三四五六七八九十]{1,3})(?:届|次|期)(.{3,})$")
_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")}


def compose(name: str) -> tuple[str, str]:
    """(English, how it was made) of `name` from known parts, ("", "") if the grammar has no rule for it."""
    ordinal = _ORDINAL.match(name)
    if ordinal:
        base, _ = known(ordinal.group(2))
        if base:
            return f"{_ordinal(_value(ordinal.group(1)))} {base}", f"ordinal + {ordinal.group(2)}"
    for heads, categories in (
        (_AFTER_PLACE, ("place",)),
        (_AFTER_BODY, ("agency", "international_org", "facility_lab")),
    ):
        for head in sorted(heads, key=len, reverse=True):
            if name.endswith(head) and len(name) > len(head):
                base, category = known(name.removesuffix(head))
                if base and category in categories:
                    return heads[head].format(base), f"{name.removesuffix(head)} + {head}"
    return "", ""


@functools.cache
def _by_form() -> dict[str, tuple[str, str]]:
    forms: dict[str, tuple[str, str]] = {}
    for concept in authority():
        for form in concept.sources:
            forms.setdefault(form, (concept.target, concept.category))
            if concept.category == "place":
                for suffix in ("省", "市", "自治区"):
                    forms.setdefault(form.removesuffix(suffix), (concept.target, concept.category))
    return forms


def known(name: str) -> tuple[str, str]:
    """(English, category) of a name of the authority file, ("", "") if it is not there."""
    return _by_form().get(name, ("", ""))


def _value(numeral: str) -> int:
    if numeral.isdigit():
        return int(numeral)
    tens, ten, ones = numeral.rpartition("十")
    if not ten:
        return _DIGITS[numeral[0]]
    return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)


def _ordinal(number: int) -> str:
    words = ("", "First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth", "Tenth")
    if number < len(words):
        return words[number]
    suffix = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{suffix}"
