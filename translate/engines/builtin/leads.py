"""What leads a sentence and is no part of it: the number of a point or a heading (二是 …, 二、…), the label of a credit (编辑：…)."""

from __future__ import annotations

import re
from collections.abc import Callable

from translate.engines.builtin.clauses import joined, sentences_of
from translate.engines.gloss.numerals import chinese_value
from translate.engines.tags import CLOSE, OPEN

# 一是一, 二要素
_POINT = re.compile(
    r"([一二三四五六七八九十])(?:是[，,]?|(?=要(?![素点件求领目害地塞])))(?=[^一二三四五六七八九十，。、；])"
)
_TEN = "一二三四五六七八九十"
# 二、做法; （二）做法; 2.做法, but not 一、二级 or 2.5倍.
_HEADING = re.compile(
    rf"(?:(?P<numeral>[{_TEN}]{{1,3}})、(?![{_TEN}])|[（(](?:(?P<bracketed>[{_TEN}]{{1,3}})|(?P<inner>\d{{1,2}}))[）)]"
    r"|(?P<figure>\d{1,2})[.．、](?!\d))\s*(?=[^\s，。、；：])"
)
_ROMAN = "I II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI XVII XVIII XIX XX".split()
_CREDITS = {
    "文": "Text", "图": "Photos", "供稿": "Contributed by", "撰稿": "Written by", "来源": "Source", "稿件来源": "Source",
    "作者": "Author", "原文作者": "Original author", "编辑": "Editor", "责编": "Editor", "责任编辑": "Editor", "审校": "Reviewed by",
    "校对": "Proofread by", "审核": "Reviewed by", "出品": "Produced by", "监制": "Producer", "记者": "Reporter", "通讯员": "Correspondent",
    "摄影": "Photos",
}  # fmt: skip
_LABEL = re.compile(rf"({'|'.join(sorted(_CREDITS, key=len, reverse=True))})\s*[:：/／]\s*")
_ORDINALS = "First Second Third Fourth Fifth Sixth Seventh Eighth Ninth Tenth".split()


def parts_of(text: str) -> list[tuple[str, str]]:
    """The sentences of a text, each behind what leads it in English (`uncounted`; Editor:), or "". Tagged terms stay whole."""
    return _credits(text) or [uncounted(sentence) for sentence in sentences_of(text)]


def uncounted(sentence: str) -> tuple[str, str]:
    """(what counts it in English, what is counted) of a point of a speech or a heading: 二是强化监管 is Second, 强化监管; 二、做法 is II. 做法;
    ("", sentence) of others."""
    if hit := _POINT.match(sentence):
        return _ORDINALS[_TEN.index(hit[1])], sentence[hit.end() :]
    hit = _HEADING.match(sentence)
    if not hit:
        return "", sentence
    number = int(hit["figure"] or hit["inner"] or 0) or chinese_value(hit["numeral"] or hit["bracketed"] or "") or 0
    if not 0 < number <= len(_ROMAN):
        return "", sentence
    lead = f"{_ROMAN[number - 1]}." if hit["numeral"] else f"{number}." if hit["figure"] else f"({number})"
    return lead, sentence[hit.end() :]


def led(lead: str, sentence: str, english: str, is_small: Callable[[str], bool]) -> str:
    """The English of `sentence` behind what leads it."""
    if not lead:
        return english
    return joined(["，", sentence], [lead, english], is_small) if lead.isalpha() else f"{lead} {english}"


def _credits(text: str) -> list[tuple[str, str]]:
    """Who made a page, label by label: 供稿:海关编辑:王芳 is Contributed by: 海关, Editor: 王芳."""
    labels = list(_LABEL.finditer(text)) if _LABEL.match(text) else []
    ends = [*(label.start() for label in labels[1:]), len(text)]
    named = [text[label.end() : end].strip() for label, end in zip(labels, ends, strict=False)]
    if not all(name and name.count(OPEN) == name.count(CLOSE) for name in named):
        return []
    return [(f"{_CREDITS[label[1]]}:", name) for label, name in zip(labels, named, strict=True)]
