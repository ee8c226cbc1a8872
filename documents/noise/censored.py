"""Words that were masked or taken out: D for 党, the name before a named doctrine. Proposals only, never certain.

The surface stays as the source has it; a proposal says what stood there and why.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from documents.edits import Edit
from documents.noise.base import NoiseKind
from documents.noise.characters import CharacterSet, matches

_CONGRESS = "(?:十[一二三四五六七八九]?|二十[一二三四]?)"
# Each alternative is a word or phrase that only 党 can complete.
_PARTY_AFTER = re.compile(
    rf"[DＤ](?:(?P<sure>的{_CONGRESS}(?:大|届)|中央|代会|组织(?!者|构)|和国家(?!级)|和政府|和人民|政(?:机关|领导|军民|干部|同责|主要|负责)"
    r"|员(?!工)|委(?!托|派|任|员(?!会))|建(?!模|筑|成|立|造|议|设|构|档)|支部|总支|工委|组(?:书记|副书记|会议|成员|理论|主体责任|班子|中心组|带头|扩大|专题|决定|领导|集体)|小组"
    r"|内(?:外|法规|监督|政治|民主)|性(?:修养|原则|教育|观念|锻炼)|史(?:学习|教育|馆|国史)|风(?:廉政|政风|建设)|纪(?:国法|政务|处分|学习)"
    r"|章D规|费(?!用)|课(?!程|[表本堂])|校(?:学习|培训|教育|姓D)|旗国旗|徽国徽|群(?:工作|关系|服务|活动)|外人士|龄\d)"
    r"|(?P<likely>的(?:全面领导|领导(?!人|力|能力)|建设|纪律|路线|方针|政策|群众路线|宗旨|创新理论|历史|事业|光辉|组织建设|干部|先进性|执政|初心"
    r"|政治建设|优良传统|自我革命|民族政策|统一战线)))"
)
_BEFORE_WORD = re.compile(
    r"(?:共产[DＤ]|执政[DＤ]|全[DＤ](?:同志|上下|全军|全国|必须|要|的)|入[DＤ](?:申请|积极|宣誓|誓词|志愿|介绍)|从严治[DＤ]|[DＤ]管[DＤ]|爱[DＤ]爱"
    r"|跟[DＤ]走|听[DＤ](?:话|指挥|的话)|建[DＤ][0-9一二三四五六七八九十百]+周年|民主[DＤ]派|政[DＤ]制度)"
)
_MASK = re.compile("[DＤ]")
_MASKS = CharacterSet("DＤ")
# Letters that stand alone are labels (A类、B类、D类): then D is one as well.
_LABEL = re.compile(r"(?<![A-Za-z0-9Ａ-Ｚ])[A-CE-ZＡ-ＣＥ-Ｚ](?![A-Za-z0-9Ａ-Ｚ])")
_LATIN = re.compile("[A-Za-z0-9Ａ-Ｚａ-ｚ０-９_+*./-]")
_NEAR = 40

_STUDIED = "(?:学习贯彻落实|学习贯彻|学习宣传贯彻|贯彻落实|学深悟透|学懂弄通做实|学懂弄通|深入贯彻|深入学习|深入践行|全面贯彻|认真学习|自觉践行|牢固树立和践行|坚定不移贯彻|坚持以|始终以)"
_DOCTRINE = re.compile(
    rf"(?P<whole>新时代中国特色社会主义思想)|{_STUDIED}(?P<field>(?:生态文明|强军|法治|外交|经济|文化)思想)"
)
_NAMED = re.compile(r"习近平(新时代中国特色社会主义思想|(?:生态文明|强军|法治|外交|经济|文化)思想)")
_CORE = re.compile(r"以(?P<who>同志)为核心的?(?:[党DＤ]中央|中央|党)")


def find(text: str) -> Iterator[Edit]:
    if "D" in text or "Ｄ" in text:
        yield from _party(text)
    yield from _names(text)


def _party(text: str) -> Iterator[Edit]:
    reasons: dict[int, tuple[str, float]] = {}
    masks = _MASKS.places(text)
    for hit in matches(_PARTY_AFTER, text, masks):
        sure = hit["sure"] is not None
        if (sure and hit["sure"][0] == "的") or not _is_label(text, hit.start()):
            reasons[hit.start()] = (f"党 masked as D: {_written(hit.group())}", 0.95 if sure else 0.75)
    # The mask is one of the first four characters of each of these words.
    begins = sorted({max(0, at - step) for at in masks for step in range(4)})
    for hit in matches(_BEFORE_WORD, text, begins):
        for mask in _MASK.finditer(text, hit.start(), hit.end()):
            if not _is_label(text, mask.start()):
                reasons.setdefault(mask.start(), (f"党 masked as D: {_written(hit.group())}", 0.95))
    for at, (reason, confidence) in sorted(reasons.items()):
        if not _in_latin(text, at):
            yield Edit(at, at + 1, "党", "censored", reason, confidence, applied=False)


def _written(masked: str) -> str:
    return _MASK.sub("党", masked)


def _in_latin(text: str, at: int) -> bool:
    """Whether the letter at `at` is part of a Latin word, a number or a formula."""
    return any(_LATIN.match(char) is not None for char in (text[at - 1 : at] if at else "", text[at + 1 : at + 2]))


def _is_label(text: str, at: int) -> bool:
    low, high = max(0, at - _NEAR), at + _NEAR
    line_start = text.rfind("\n", low, at) + 1
    line_end = text.find("\n", at, high)
    return _LABEL.search(text, max(low, line_start), high if line_end < 0 else line_end) is not None


def _names(text: str) -> Iterator[Edit]:
    hits = list(_DOCTRINE.finditer(text)) if "思想" in text else []
    # A document that names the doctrine in full elsewhere is not censored, only brief.
    named = set(_NAMED.findall(text)) if hits else set()
    for hit in hits:
        group = "whole" if hit["whole"] else "field"
        if hit[group] not in named:
            reason = f"name removed before {hit[group]}?"
            confidence = 0.8 if hit["whole"] else 0.6
            start, end = hit.span(group)
            yield Edit(start, end, "习近平" + hit[group], "censored", reason, confidence, applied=False)
    for hit in _CORE.finditer(text) if "为核心" in text else ():
        start, end = hit.span("who")
        yield Edit(start, end, "习近平" + hit["who"], "censored", "name removed before 同志为核心?", 0.8, applied=False)


KIND = NoiseKind("censored", "censored words", find)
