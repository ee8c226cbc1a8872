"""Names for the bank: real ones of the term lists, long ones composed from parts, and made-up ones.

Made-up names have an English that no one can guess, so that a model can only copy it.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable
from pathlib import Path

from glossary.english.compose import compose
from glossary.english.heads import HEADS
from glossary.english.lexicon import lexicon
from training.corpus import normalise_chinese, normalise_english, read_rows
from training.neural.spans import authority_terms, listed_terms

Name = tuple[str, str]
_LISTS = ("official_recommended_names.tsv", "org_names_cedict.tsv", "prc_agencies.tsv", "naer_gov_orgs.tsv.xz")
_PLACES = "北京 上海 天津 重庆 广东 广西 云南 四川 浙江 江苏 福建 山东 河北 河南 湖北 湖南 安徽 江西 辽宁 吉林 黑龙江 陕西 甘肃 青海 新疆 西藏 宁夏 海南 深圳 青岛 大连 宁波 厦门 俄罗斯 哈萨克斯坦 蒙古 越南 泰国 德国 法国 韩国 日本 巴西 南非 埃及".split()
_SOUNDS = "阿 巴 贝 比 卡 科 达 德 迪 法 菲 格 哈 基 吉 杰 拉 兰 里 罗 马 米 莫 纳 尼 诺 帕 佩 萨 塞 斯 索 塔 特 托 瓦 维 沃 西 夏 扎".split()
_ONSETS = "b br c ch cl d dr f fl g gr h j k kl l m n p pr qu r s sh st t th tr v w y z".split()
_VOWELS = "a e i o u ae ai ea ei io ou ü é ö".split()
_CODAS = ["", "", "", "l", "n", "r", "s", "x", "th", "nd", "rk", "m"]
_ENGLISH_HEADS = "Centre Center Institute Agency Administration Commission Council Programme Initiative Accord Protocol Network Alliance Bureau Office Laboratory Authority Board Forum Plan Convention Platform System Fund".split()
_CHINESE_HEADS = "中心 研究所 局 总署 委员会 理事会 计划 倡议 协定 议定书 网络 联盟 办公室 实验室 管理局 论坛 方案 公约 平台 系统 基金".split()
_FIELDS = "Quantal Border Maritime Isotope Lattice Harbour Trade Sample Seed Metrology Calibration Safeguards Transit Tariff Quarantine Archive Signal Orbit Basin Corridor Security Training Data Support".split()


def real_names(terms: Path) -> list[Name]:
    """Bodies, treaties and programmes with their official English: the authority file, and lists of ../shared/terms."""
    found = dict.fromkeys(
        (normalise_chinese(chinese), normalise_english(english))
        for chinese, english in authority_terms()
        if 3 <= len(chinese) <= 30
    )
    for name in _LISTS:
        if (terms / name).is_file():
            rows = read_rows(terms / name)
            head = next(rows)
            one = head.index("zh" if "zh" in head else "zh_hans")
            other = head.index("en")
            for row in rows:
                if len(row) > max(one, other) and 3 <= len(row[one]) <= 30:
                    found[normalise_chinese(row[one]), normalise_english(row[other])] = None
    return [name for name in found if _is_name(name)]


def composed_names(count: int, chance: random.Random) -> list[Name]:
    """Long names put together from a place or quality, fields and a head, with the English that the glossary composes."""
    fields = [chinese for chinese, word in lexicon().items() if word.role == "field"]
    qualities = [chinese for chinese, word in lexicon().items() if word.role == "quality"]
    heads = [head for head in HEADS if len(head) > 1]
    found: dict[Name, None] = {}
    for _ in range(count * 4):
        front = chance.choice([chance.choice(_PLACES), chance.choice(qualities), ""])
        chinese = front + "".join(chance.sample(fields, chance.choice((1, 1, 2, 2, 3)))) + chance.choice(heads)
        english, _ = compose(chinese)
        if english and _is_name((chinese, english)):
            found[chinese, english] = None
        if len(found) >= count:
            break
    return list(found)


def made_up_names(count: int, chance: random.Random) -> list[Name]:
    """Names of nothing: sounds and a head in Chinese, invented words, initials, codes and odd spellings in English."""
    return [(_chinese(chance), _english(chance)) for _ in range(count)]


def name_bank(terms: Path, count: int, seed: int = 1) -> tuple[list[Name], int]:
    """Names for a bank of at least `count`, and how many at its front are true: real or composed."""
    chance = random.Random(seed)  # noqa: S311
    true = real_names(terms) + composed_names(count // 2, chance)
    goods = [
        (chinese, english) for chinese, english in listed_terms(terms) if 2 <= len(chinese) <= 12 and len(english) < 40
    ]
    true += chance.sample(goods, min(len(goods), count // 2))
    return true + made_up_names(count // 2, chance), len(true)


def _is_name(name: Iterable[str]) -> bool:
    chinese, english = name
    return bool(re.fullmatch("[\u3400-\u9fff·]{3,30}", chinese)) and bool(re.fullmatch(r"[A-Z][^;/()]{2,120}", english))


def _chinese(chance: random.Random) -> str:
    sounds = "".join(chance.choice(_SOUNDS) for _ in range(chance.choice((2, 3, 3, 4))))
    return sounds + chance.choice(["", "国际", "区域", "联合"]) + chance.choice(_CHINESE_HEADS)


def _word(chance: random.Random) -> str:
    parts = [
        chance.choice(_ONSETS) + chance.choice(_VOWELS) + chance.choice(_CODAS)
        for _ in range(chance.choice((1, 2, 2, 3)))
    ]
    return "".join(parts).capitalize()


def _english(chance: random.Random) -> str:
    word = _word(chance)
    kind = chance.random()
    if kind < 0.1:
        return word.upper()[:6] + chance.choice(["", f"-{chance.randint(1, 999)}", f" {chance.randint(2, 40)}"])
    if kind < 0.2:
        return word.lower() + chance.choice(["", " " + _word(chance).lower()])
    head = chance.choice(_ENGLISH_HEADS)
    if kind < 0.5:
        return f"{word} {head}"
    if kind < 0.75:
        return (
            f"{head} {chance.choice(('of', 'for'))} {chance.choice(_FIELDS)} {chance.choice(('and', '&', 'in'))} {word}"
        )
    return f"{word} {chance.choice(_FIELDS)} {chance.choice(_FIELDS)} {head}"
