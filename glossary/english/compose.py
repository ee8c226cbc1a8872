"""Names composed by grammar from known parts: place + 海关 → X Customs, parent + unit, ordinal + event, 《…法》 → … Law."""

from __future__ import annotations

import dataclasses
import re

from glossary.english.heads import HEADS, LONGEST, Head, head_of
from glossary.english.numerals import ORDINAL, SPAN, YEAR, ordinal, value
from glossary.english.parts import Part, by_form, parts_of
from glossary.english.pinyin import pinyin
from glossary.english.place_names import place
from glossary.matching import normalize
from glossary.words import word_tags, words

_BRACKET = re.compile(r"^(?P<name>.{4,})\((?P<inside>[^()]{2,20})\)$")
_GERUNDS = {
    "加强": "Strengthening",
    "推进": "Advancing",
    "推动": "Promoting",
    "促进": "Promoting",
    "规范": "Regulating",
    "深化": "Deepening",
    "完善": "Improving",
    "支持": "Supporting",
    "加快": "Accelerating",
    "提升": "Improving",
    "优化": "Optimizing",
    "实施": "Implementing",
    "建立": "Establishing",
    "开展": "Carrying Out",
}
_ABOUT = re.compile(
    rf"^(?:(?P<who>.{{0,30}}?))关于(?P<verb>{'|'.join(_GERUNDS)})?(?P<what>.{{2,40}})的(?P<head>[^的]{{2,6}})$"
)
_STATE = "中华人民共和国"
_OFFICES = re.compile(r"(?:局|厅|委员会|委|办|办公室|法院|检察院|监管局|站|院)$")
_BY_ADJECTIVE = re.compile(r"(?:局|厅|委员会|办公室|公安局|中级人民法院|高级人民法院|管理站|联合会)$")
_CHINESE = frozenset("学会 科学院 工程院 社会科学院 博物馆".split())
_BETWEEN = re.compile(r"(?:协定|条约|协议|备忘录|纪要|办法|安排|声明|宣言|议定书)$")
_INNER = re.compile(r"[国方省市县各与和及的]|边境|隶属|直属|一线|地方|现场|业务")
_FUNCTION = frozenset("d r p c u uj ul".split())
# Characters that spell foreign names: pinyin of them is no name.
_SOUNDS = frozenset(
    "阿埃艾安奥巴贝比波布查达德迪蒂多恩尔法菲弗福戈格哈赫霍基吉加贾杰卡凯科克库拉莱兰劳勒雷里利列琳卢鲁伦罗洛马玛麦曼梅米密姆莫默穆纳南内尼诺欧帕佩皮普奇乔切萨塞桑瑟沙舍什史斯苏索塔泰特提图托瓦威维温沃乌西希夏谢休叶伊因尤泽扎兹"
)
_OF_NAMES = frozenset("ns nr nrt nz".split())
_LOWER = frozenset("of the and for in on to a an with by at from between".split())


@dataclasses.dataclass(frozen=True, slots=True)
class Composed:
    """English of a name, how it was made, and how far the parts can be trusted (0–1)."""

    english: str
    why: str
    certainty: float


def compose(name: str) -> tuple[str, str]:
    """(English, how it was made) of `name` from known parts, ("", "") if the grammar has no rule for it."""
    made = composed(name)
    return (made.english, made.why) if made else ("", "")


def composed(name: str, sense: str = "") -> Composed | None:
    """English of `name` by grammar, None if a part of it is unknown. `sense` is the English of 核安全 here, if not safety."""
    plain = normalize(name).strip()
    if not plain:
        return None
    made = _made(plain)
    if made and sense:
        made = dataclasses.replace(made, english=made.english.replace("Nuclear Safety", sense))
    return made


def known(name: str) -> str:
    """English of a name of the authority file, "" if it is not there."""
    found = by_form().get(name)
    return found.english if found else ""


def _made(name: str) -> Composed | None:
    for rule in (_known, _bracketed, _numbered, _state_law, _about, _verb_first, _by_head):
        made = rule(name)
        if made:
            return made
    return None


def _known(name: str) -> Composed | None:
    found = by_form().get(name)
    return Composed(found.english, name, 0.95) if found else None


def _bracketed(name: str) -> Composed | None:
    """A bracket at the end: a span of years, a place or a subject."""
    hit = _BRACKET.match(name)
    if not hit:
        return None
    base = _made(hit.group("name"))
    if not base:
        return None
    inside = hit.group("inside")
    years = SPAN.match(inside)
    if years:
        return dataclasses.replace(base, english=f"{base.english} ({years.group('first')}–{years.group('last')})")
    there = place(inside)
    english = there.name if there else " ".join(part.english for part in parts_of(inside))
    return dataclasses.replace(base, english=f"{base.english} ({english})") if english else None


def _numbered(name: str) -> Composed | None:
    """第三届 …, 首届 …, 2023年 …"""
    first = ORDINAL.match(name)
    if first and first.group("unit") in "届次轮":
        base = _made(first.group("rest"))
        number = ordinal(value(first.group("number")))
        return _with(base, f"{number} {base.english}", f"ordinal + {first.group('rest')}") if base else None
    if name.startswith("首届"):
        base = _made(name[2:])
        return _with(base, f"First {base.english}", f"ordinal + {name[2:]}") if base else None
    year = YEAR.match(name)
    if year:
        base = _made(year.group("rest"))
        return _with(base, f"{year.group('year')} {base.english}", f"year + {year.group('rest')}") if base else None
    return None


def _with(base: Composed, english: str, why: str) -> Composed:
    return Composed(english, why, base.certainty)


def _state_law(name: str) -> Composed | None:
    """中华人民共和国…法 → … Law of the People's Republic of China."""
    if not name.startswith(_STATE) or not re.search(r"(?:法|条例|细则|办法|规定)$", name):
        return None
    base = _made(name.removeprefix(_STATE))
    if not base:
        return None
    return _with(base, f"{base.english} of the People's Republic of China", f"{_STATE} + {name.removeprefix(_STATE)}")


def _about(name: str) -> Composed | None:
    """关于加强…的意见 → Opinions on Strengthening …"""
    hit = _ABOUT.match(name)
    head = HEADS.get(hit.group("head")) if hit else None
    if not hit or not head:
        return None
    what = _joined(parts_of(hit.group("what")))
    if not what:
        return None
    verb = _GERUNDS.get(hit.group("verb") or "", "")
    subject = f"{verb} {what}".strip()
    who = _joined(parts_of(hit.group("who"))) if hit.group("who") else ""
    if hit.group("who") and not who:
        return None
    english = head.of_field.format(subject)
    return Composed(f"{english} of the {who}" if who else english, f"{hit.group('head')} on {subject}", 0.7)


def _verb_first(name: str) -> Composed | None:
    """加强…合作备忘录 → Memorandum of Cooperation on Strengthening …"""
    verb = next((verb for verb in _GERUNDS if name.startswith(verb)), "")
    head = head_of(name)
    if not verb or not head or head.category != "law_agreement":
        return None
    parts = parts_of(name[len(verb) : -len(head.name)])
    if not parts:
        return None
    subject = f"{_GERUNDS[verb]} {_joined(parts)}"
    return Composed(_cased(head.of_field.format(subject)), f"{verb} + … + {head.name}", 0.65)


def _by_head(name: str) -> Composed | None:
    """The longest head that leaves something of which every part is known."""
    for size in range(min(LONGEST, len(name) - 1), 0, -1):
        head = HEADS.get(name[-size:])
        if head is None:
            continue
        parts = parts_of(name[:-size]) or _spelt(name[:-size], head)
        if parts and (english := _assembled(head, parts)):
            certainty = 0.85 - 0.04 * (len(parts) - 1) - 0.15 * any(not part.certain for part in parts)
            why = " + ".join([*(part.chinese for part in parts), head.name])
            return Composed(_cased(english), why, round(max(0.4, certainty), 2))
    return None


def _spelt(before: str, head: Head) -> list[Part]:
    """The place of a customs office or port by pinyin, where no list has it."""
    tags = [(word, word_tags().get(word, "x")) for word in words(before)]
    unknown = all(tag in _OF_NAMES or (len(word) == 1 and tag not in _FUNCTION) for word, tag in tags)
    foreign = len(before) > 2 and 2 * sum(char in _SOUNDS for char in before) >= len(before)
    fits = not foreign and re.fullmatch("[\u4e00-\u9fff]{2,5}", before) and not _INNER.search(before)
    if head.name.endswith(("海关", "口岸")) and unknown and fits:
        return [Part(before, pinyin(before), "place", certain=False)]
    return []


def _assembled(head: Head, parts: list[Part]) -> str:
    """The English of the parts around the head."""
    if _BETWEEN.search(head.name) and (pact := _between(head, parts)):
        return pact
    count = next((at for at, part in enumerate(parts) if part.role not in ("body", "place")), len(parts))
    before, rest = parts[:count], parts[count:]
    # A joining word after places joins places (华东、华南…), one after a subject joins subjects.
    qualities = []
    while rest and rest[0].role == "quality":
        qualities.append(rest[0].english)
        rest = rest[1:]
    inner = next((at for at, part in enumerate(rest) if part.role == "quality" and at), 0)
    if inner and inner + 1 < len(rest) and rest[inner].chinese == "国家":
        # 合格评定国家认可中心: what it is of stands before, National … Center for Conformity Assessment.
        core = _core(head, before, [*qualities, "National"], _joined(rest[inner + 1 :]))
        core = f"{core} for {_joined(rest[:inner])}"
        return _placed(head, before, core) if before else core
    subject = _joined(rest)
    if rest and not subject:
        return ""
    core = _core(head, before, qualities, subject)
    return _placed(head, before, core) if before else core


def _core(head: Head, before: list[Part], qualities: list[str], subject: str) -> str:
    first = " ".join(qualities)
    if not subject:
        if not first:
            return ""
        return head.of_place.format(first)
    pattern = head.of_field
    if head.category == "event" and (before or qualities):
        pattern = head.of_place
    if head.category == "programme_initiative" and len(subject.split()) < 3:
        pattern = head.of_place
    return f"{first} {pattern.format(subject)}".strip()


def _placed(head: Head, before: list[Part], core: str) -> str:
    """Places and a parent body before (or behind) what they have: Tianjin Customs Laboratory, … of the parent."""
    parent = next((part for part in reversed(before) if part.role == "body"), None)
    if parent is not None and head.category != "event":
        return _of_parent(head, before, parent, core)
    where = before[0]
    name = " ".join(part.english for part in before)
    if len(before) > 1 and all(part.role == "place" for part in before):
        name = _several(before)
    if not core:
        if where.chinese == "中国" and head.name in _CHINESE:
            return head.of_place.format("Chinese")
        return head.of_place.format(_with_adjective(head, name, before))
    if where.chinese == "中国" and head.name in _CHINESE:
        return f"Chinese {core}"
    if core.startswith("Ministry of"):
        return f"{core} of {name}"
    return f"{_with_adjective(head, name, before)} {core}"


def _with_adjective(head: Head, name: str, before: list[Part]) -> str:
    adjective = before[-1].adjective
    return f"{name} {adjective}" if adjective and _BY_ADJECTIVE.search(head.name) else name


def _several(places: list[Part]) -> str:
    """Places side by side: two countries with a dash, a place within a place in order."""
    return " ".join(part.english for part in places)


def _of_parent(head: Head, before: list[Part], parent: Part, core: str) -> str:
    at = before.index(parent)
    inner = " ".join(part.english for part in before[at + 1 :])
    unit = (f"{inner} {core}" if core else head.of_place.format(inner)) if inner else core
    name = parent.acronym or parent.english
    if not unit:
        return head.of_place.format(name)
    if parent.acronym or len(name.split()) <= 2:
        return f"{name} {unit}"
    return f"{unit} of {'' if name.startswith(('the ', 'China ')) or _is_bare(name) else 'the '}{name}"


def _is_bare(name: str) -> bool:
    """Whether the name takes no article: universities, companies and customs offices by their place."""
    return bool(re.search(r"(?:University|Customs|Ltd\.|Corporation|Group)$", name))


def _between(head: Head, parts: list[Part]) -> str:
    """A与B…协定 → Agreement between A and B on …"""
    joint = next((at for at, part in enumerate(parts) if part.role == "joint"), 0)
    sides = parts[:joint], parts[joint + 1 : joint + 2]
    if not joint or not sides[1] or any(part.role not in ("body", "place") for side in sides for part in side):
        return ""
    one, other = (" ".join(part.english for part in side) for side in sides)
    subject = _joined(parts[joint + 2 :])
    title = (
        head.of_field.format(subject) if subject else re.sub(r" (?:on|of|in) \{\}|\{\} ?", "", head.of_field).strip()
    )
    return f"{title} between {one} and {other}"


def _joined(parts: list[Part]) -> str:
    """Parts side by side, joining words between them."""
    english = ""
    for part in parts:
        if part.role == "joint" and part.english == ",":
            english += ","
        else:
            english += f" {part.english}"
    return english.strip()


def _cased(english: str) -> str:
    words = english.split()
    return " ".join(
        word.lower() if at and word.lower() in _LOWER else word[:1].upper() + word[1:] for at, word in enumerate(words)
    )
