"""Names by their head (…海关, …委员会, …计划), grown left word by word to the boundary."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from glossary.candidates.base import CandidateText, Found, category_of, head_of
from glossary.candidates.boundary import can_be_inside, first_word
from glossary.candidates.tokens import KNOWN, Token, tokens_of

_PROPER = re.compile(r"^(?:ns|nt|nz|nr|nrt|j)$")
_HEADS_THAT_NEED_A_NAME = frozenset(
    (
        "中心",
        "机构",
        "组织",
        "目标",
        "平台",
        "系统",
        "机制",
        "措施",
        "网络",
        "部门",
        "意见",
        "方案",
        "法",
        "基地",
        "协议",
        "活动",
        "制度",
        "实验室",
    )
)
# Words that end like a law and are none.
_NO_LAW = frozenset(
    "执法 方法 做法 司法 合法 违法 立法 依法 守法 看法 说法 手法 用法 宪法学 语法 书法 无法 魔法".split()
)


def find(candidate_text: CandidateText) -> Iterator[Found]:
    at = 0
    for line in candidate_text.text.split("\n"):
        tokens = tokens_of(line, candidate_text.known_in(at, at + len(line)))
        for index, token in enumerate(tokens):
            if token.tag != KNOWN and token.word not in _NO_LAW and head_of(token.word):
                yield from _grown(line, at, tokens, index)
        at += len(line) + 1


def _grown(line: str, at: int, tokens: Sequence[Token], index: int) -> Iterator[Found]:
    """The name that ends with token `index`, if growing left makes one."""
    if index + 1 < len(tokens) and _joins_next(tokens[index + 1]):
        return
    first = first_word(tokens, index)
    name = line[tokens[first].start : tokens[index].end].strip("·—- ")
    head = head_of(name)
    if len(name) < 4 or name == head:
        return
    proper = any(token.tag == KNOWN or _PROPER.match(token.tag) for token in tokens[first : index + 1])
    if head in _HEADS_THAT_NEED_A_NAME and not proper and len(name) < 8:
        return
    score = 0.35 + 0.25 * proper + min(0.2, 0.02 * len(name))
    yield Found(name, at + tokens[first].start, "head", f"ends in {head}", score, category_of(name))


def _joins_next(token: Token) -> bool:
    """Whether the next word goes on with the same name, so that a longer one will be found there."""
    return bool(head_of(token.word)) and can_be_inside(token)
