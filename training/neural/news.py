"""What agency news holds and the corpus hardly does: long names, initials in brackets, dates, 万 and 亿, lists, headlines.

Pairs are filled templates (templates.tsv: both languages with the same slots). Noise goes into a few Chinese sides, so
that the model does not stumble over what scraping leaves.
"""

from __future__ import annotations

import csv
import functools
import random
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from glossary.english.lexicon import lexicon
from training.neural.names import Name
from training.neural.spans import Span

_TEMPLATES = Path(__file__).with_name("templates.tsv")
_SLOT = re.compile(r"\{([A-Z])\}")
# Names of bodies and of documents.
_NAMED = "OT"
_MONTHS = "January February March April May June July August September October November December".split()
_PLACES = {
    "北京": "Beijing",
    "上海": "Shanghai",
    "维也纳": "Vienna",
    "日内瓦": "Geneva",
    "深圳": "Shenzhen",
    "青岛": "Qingdao",
    "布鲁塞尔": "Brussels",
    "莫斯科": "Moscow",
    "纽约": "New York",
    "乌鲁木齐": "Urumqi",
    "广州": "Guangzhou",
    "曼谷": "Bangkok",
    "内罗毕": "Nairobi",
    "阿斯塔纳": "Astana",
    "香港": "Hong Kong",
    "成都": "Chengdu",
}
_MONEY = (
    ("元", "yuan"),
    ("元人民币", "yuan"),
    ("美元", "US dollars"),
    ("欧元", "euros"),
    ("港元", "Hong Kong dollars"),
)
_SMALL = dict(zip("二三四五六七八九十", "two three four five six seven eight nine ten".split(), strict=True))
# In a sentence a body's name takes an article; that of a document stands in the templates.
_WITH_ARTICLE = re.compile(
    r"\b(?:Administration|Ministry|Commission|Committee|Agency|Institute|Cent(?:er|re)|Council|Bureau|Office|Organi[sz]ation"
    r"|Union|Department|Association|Convention|Agreement|Treaty|Programme?|Initiative|Academy|Federation|Court|Board|Network"
    r"|Fund)\b(?!.*\bUniversity\b)"
)
_JUNK = "*#ˇ°^_~|"
_DOCUMENTS = {
    "条例": "Regulations on",
    "办法": "Measures for",
    "规定": "Provisions on",
    "公约": "Convention on",
    "协定": "Agreement on",
    "议定书": "Protocol on",
    "谅解备忘录": "Memorandum of Understanding on",
    "联合声明": "Joint Statement on",
    "年度报告": "Annual Report on",
    "发展报告": "Development Report on",
    "行动计划": "Action Plan for",
    "规划": "Plan for",
    "指南": "Guide to",
    "纲要": "Outline of",
    "宣言": "Declaration on",
    "意见": "Opinions on",
    "通知": "Notice on",
    "白皮书": "White Paper on",
    "会谈纪要": "Minutes of Talks on",
    "愿景与行动": "Vision and Actions on",
}
_AIMS = {
    "加强": "Strengthening",
    "促进": "Promoting",
    "深化": "Deepening",
    "推进": "Advancing",
    "改进": "Improving",
    "规范": "Regulating",
}

Filled = tuple[str, str]


def templates() -> list[Filled]:
    """(Chinese, English) of every template."""
    with _TEMPLATES.open(encoding="utf-8", newline="") as lines:
        return [(row["chinese"], row["english"]) for row in csv.DictReader(lines, delimiter="\t")]


def filled(template: Filled, names: Sequence[Name], chance: random.Random) -> tuple[str, str, list[Span]]:
    """A template with its slots filled in order, the n-th of a kind the same on both sides; and where its names stand."""
    slots: dict[str, list[Filled]] = {}
    for kind in _SLOT.findall(template[0]):
        slots.setdefault(kind, []).append(_fill(kind, slots.get("O", []), names, chance))
    chinese, chinese_spans = _put(template[0], slots, 0)
    english, english_spans = _put(template[1], slots, 1, articles=template[1].endswith("."))
    spans = [Span(*one, *other) for one, other in zip(chinese_spans, english_spans, strict=True)]
    return chinese, english[:1].upper() + english[1:], sorted(spans, key=lambda span: span.start)


def news(count: int, names: Sequence[Name], seed: int = 2) -> Iterator[tuple[str, str, list[Span]]]:
    """`count` filled templates: Chinese, English, and the spans of their names."""
    chance = random.Random(seed)  # noqa: S311
    all_of_them = templates()
    for _ in range(count):
        yield filled(chance.choice(all_of_them), names, chance)


def number(chance: random.Random) -> Filled:
    """A count: 3.2万 / 32,000; 1,250 / 1,250; 230亿 / 23 billion."""
    kind = chance.random()
    if kind < 0.4:
        value = chance.randint(2, 9999)
        return (str(value) if chance.random() < 0.7 else f"{value:,}"), f"{value:,}"
    if kind < 0.8:
        tenths = chance.randint(10, 99_999) if chance.random() < 0.5 else chance.randint(1, 990) * 10
        return f"{_decimal(tenths)}万", _large(tenths * 1000)
    tenths = chance.randint(10, 9999)
    return f"{_decimal(tenths)}亿", _large(tenths * 10_000_000)


def date(chance: random.Random) -> Filled:
    """A day, with or without its year: 2016年3月21日 / March 21, 2016."""
    year, month, day = chance.randint(1985, 2026), chance.randint(1, 12), chance.randint(1, 28)
    if chance.random() < 0.4:
        return f"{month}月{day}日", f"{_MONTHS[month - 1]} {day}"
    return f"{year}年{month}月{day}日", f"{_MONTHS[month - 1]} {day}, {year}"


def title(chance: random.Random) -> Filled:
    """What a document is called: 海关合作协定 / Agreement on Customs Cooperation; 关于加强海关合作的意见; 会谈纪要."""
    kind, english = chance.choice(list(_DOCUMENTS.items()))
    form = chance.random()
    if form < 0.15:
        return kind, english.rsplit(" ", 1)[0]
    field, of_field = chance.choice(_fields())
    if form < 0.6:
        return field + kind, f"{english} {of_field}"
    aim, aiming = chance.choice(list(_AIMS.items()))
    return f"关于{aim}{field}的{kind}", f"{english} {aiming} {of_field}"


@functools.cache
def _fields() -> list[Filled]:
    return [(chinese, word.english) for chinese, word in lexicon().items() if word.role == "field"]


def noisy(chinese: str, chance: random.Random) -> str:
    """The sentence with one thing that scraping leaves: a blank, a sign, a lost or doubled mark, a wide digit."""
    at = chance.randrange(len(chinese) + 1)
    damage: Callable[[], str] = chance.choice(
        [
            lambda: f"{chinese[:at]} {chinese[at:]}",
            lambda: chinese[:at] + chance.choice(_JUNK) + chinese[at:],
            lambda: chinese.rstrip("。！？"),
            lambda: chinese.replace("，", "，，", 1),
            lambda: re.sub("[0-9]", lambda hit: chr(ord(hit.group()) + 0xFEE0), chinese),
            lambda: "　　" + chinese,
        ]
    )
    return damage()


def _fill(kind: str, names_before: Sequence[Filled], names: Sequence[Name], chance: random.Random) -> Filled:
    if kind == "A":
        initials = (
            "".join(word[0] for word in names_before[-1][1].split() if word[:1].isupper())[:6] if names_before else ""
        )
        return (initials, initials) if len(initials) > 1 else ("COE", "COE")
    if kind == "M":
        amount, (money, english) = number(chance), chance.choice(_MONEY)
        return amount[0] + money, f"{amount[1]} {english}"
    if kind == "P":
        share = f"{chance.randint(1, 400) / 10:g}"
        return f"{share}%", f"{share}%"
    year, month = str(chance.randint(1985, 2026)), chance.randint(1, 12)
    simple: dict[str, Callable[[], Filled]] = {
        "O": lambda: chance.choice(names),
        "T": lambda: title(chance),
        "L": lambda: chance.choice(list(_PLACES.items())),
        "S": lambda: chance.choice(list(_SMALL.items())),
        "Y": lambda: (year, year),
        "U": lambda: (str(month), _MONTHS[month - 1]),
        "D": lambda: date(chance),
        "C": lambda: number(chance),
    }
    return simple[kind]()


def _put(
    text: str, slots: dict[str, list[Filled]], side: int, articles: bool = False
) -> tuple[str, list[tuple[int, int]]]:
    """The text with its slots filled, and where its names stand."""
    parts: list[str] = []
    spans: list[tuple[int, int]] = []
    size = done = 0
    used: dict[str, int] = {}
    for hit in _SLOT.finditer(text):
        kind = hit.group(1)
        value = slots[kind][used.get(kind, 0)][side]
        used[kind] = used.get(kind, 0) + 1
        before = text[done : hit.start()] + ("the " if articles and kind == "O" and _WITH_ARTICLE.search(value) else "")
        parts += [before, value]
        size += len(before)
        if kind in _NAMED:
            spans.append((size, size + len(value)))
        size += len(value)
        done = hit.end()
    return "".join([*parts, text[done:]]), spans


def _decimal(tenths: int) -> str:
    return f"{tenths / 10:g}" if tenths < 1_000_000 else str(tenths // 10)


def _large(value: int) -> str:
    """A number as English news writes it: 32,000; 4.5 million; 23 billion."""
    for size, word in ((1_000_000_000, "billion"), (1_000_000, "million")):
        if value >= size and value % (size // 1000) == 0:
            return f"{value / size:.3f}".rstrip("0").rstrip(".") + f" {word}"
    return f"{value:,}"
