"""Whether a candidate names one thing (哈尔滨海关) or a kind of things (边境海关): proper parts, and words that forbid it."""

from __future__ import annotations

import re

from glossary.candidates.base import BODIES, NAMES, CandidateText, bare_head
from glossary.candidates.places import is_place
from glossary.english.lexicon import lexicon

# Words of which no name of one body is made.
_GENERIC = re.compile(
    r"^(?:一线|边境|隶属|直属|沿边|地方|基层|毗邻|主要|重点|大型|国内外|海内外)|边境口岸|口岸海关|隶属海关|边境海关|代表团$|(?<!人民)政府$|考察团$|检查组$|等(?:海关|口岸|部门|国家|地)|辖区|境内|所在|两国|双方|俄方|中方|外方|我方|对方|成员国|相关|有关|各国|各级|各地|各方|沿线国家|周边国家|三地|两地|多家|多个|部分|其他|本国|我国|他国|主管部门|职能部门|政府部门|企业家?们|上述|该|某"
)
# Kinds of bodies rather than bodies, wherever a place stands before them.
_KINDS = re.compile(r"(?:部门|机关|单位|企业|当局|警方|军方|机构|媒体|团体|基地|平台|合作|框架|服务|工作)$")
# The same without a proper name before them.
_OFTEN_KINDS = re.compile(r"(?:口岸|组织|集团|公司|中心|系统|网络|机制|项目|措施|活动|会议|协议)$")
# With a place alone before them these are no names; and what is in a region may be one.
_COMMON = frozenset("机构 中心 组织 平台 基地 系统 公司 集团 政府 网络 实验室".split())
_REGION = re.compile("[东南西北亚洲欧非]|中国|国家")
_OPENING = re.compile(
    r"^(?:中(?:俄|哈|美|欧|日|韩|蒙|越|非|老|缅|巴|阿|德|法|英|朝|印|吉|塔|乌|泰|新|澳|加|拉)(?!国)|国家|海峡两岸|粤港澳|京津冀|长三角|中国|中华|全国|国际|世界|全球|亚洲|亚太|欧洲|欧亚|非洲|中央|联合国|东盟|欧盟|金砖|上合|第[0-9一二三四五六七八九十百]+[届次])"
)
_LINKS = frozenset("p c u uj ul r d m q f".split())
_TAGS = frozenset("ns nt nr nrt nrfg nz nsf ntc".split())


def proper_parts(candidate_text: CandidateText, start: int, end: int) -> int:
    """How much speaks for a proper name: known names and places inside, words that are proper nouns, an opening 国家."""
    text = candidate_text.folded[start:end]
    parts = 2 * sum(name.category in (*NAMES, "place") for name in candidate_text.known_in(start, end))
    alone = False
    for token in candidate_text.tokens_in(start, end):
        # Characters side by side that are no word of the dictionary (磨憨) are a name.
        parts += len(token.word) > 1 and (token.tag in _TAGS or is_place(token.word))
        single = len(token.word) == 1 and token.tag not in _LINKS and token.word not in lexicon()
        parts += single and alone
        alone = single
    return parts + 2 * bool(_OPENING.match(text)) + bool(re.search("[A-Za-z]", text))


def opens_a_name(text: str) -> bool:
    """Whether `text` begins as names do: with a place, 国家 or 第…届."""
    return bool(_OPENING.match(text)) or any(is_place(text[:size]) for size in range(2, min(8, len(text))))


def is_generic(name: str, category: str) -> bool:
    """Whether the words of `name` say that it stands for a kind of things: a head alone or with one quality before it."""
    if _GENERIC.search(name) or name.count("+") > 1:
        return True
    head = bare_head(name)
    rest = name.removesuffix(head)
    if category not in (*BODIES, "system_product"):
        return False
    if (
        len(rest) < 2
        or (rest == "国际" and head in (*_COMMON, "海关"))
        or (rest in lexicon() and not _OPENING.match(rest) and not _REGION.search(rest))
    ):
        return True
    return (
        is_place(rest)
        and not bare_head(rest)
        and (head in _COMMON or (head == "口岸" and rest.endswith(("省", "自治区"))))
    )


def names_a_kind(name: str, proper: int) -> bool:
    """Whether `name` ends in a word that needs more than a place before it to be a name: 哈萨克斯坦计量机构."""
    return bool(_KINDS.search(name) or (not proper and _OFTEN_KINDS.search(name)))
