"""Names by their head (…海关, …委员会, …计划), grown left word by word to the boundary."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from glossary.candidates.base import CandidateText, Found, category_of, head_of
from glossary.candidates.tokens import KNOWN, Token, tokens_of

# Words of these kinds can stand inside a name; anything else ends it on the left.
_INSIDE = re.compile(r"^(?:n|nr|nrt|nrfg|ns|nt|nz|nl|ng|vn|an|b|j|l|s|i|eng|x|f|a|q|m|t|k|zg)$")
_NEVER = frozenset(
    "与 和 及 以及 同 跟 或 的 了 在 对 向 为 由 以 被 把 将 等 各 该 本 此 这 那 其 其他 其它 相关 有关 现有 所有 主要 重要 上述 之一 我 我国 我们 双方 两国"
    " 加强 推进 推动 促进 开展 深化 完善 建立 建设 落实 加入 参加 参与 举办 访问 成为 指定 签署 赴 到 从 是 有 用 利用 依托 通过 经 根据 按照 围绕 目前 下一步"
    " 以及 不断 全面 进一步 积极 成功 一个 一种 一些 多个 首个 全国首个 第一个 更 还 也 都 并 并且 而 而且 但 中 上 下 内 外 后 前 时 期间 近年来 当前 多 大".split()
)
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
_MOST_WORDS = 14


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
    first = index
    while first and index - first < _MOST_WORDS and can_be_inside(tokens[first - 1]):
        first -= 1
    while first < index and (tokens[first].tag in ("m", "q", "x", "f", "a") or tokens[first].word[0].isdigit()):
        first += 1
    name = line[tokens[first].start : tokens[index].end].strip("·—- ")
    head = head_of(name)
    if len(name) < 4 or name == head:
        return
    proper = any(token.tag == KNOWN or _PROPER.match(token.tag) for token in tokens[first : index + 1])
    if head in _HEADS_THAT_NEED_A_NAME and not proper and len(name) < 8:
        return
    score = 0.35 + 0.25 * proper + min(0.2, 0.02 * len(name))
    yield Found(name, at + tokens[first].start, "head", f"ends in {head}", score, category_of(name))


def can_be_inside(token: Token) -> bool:
    if token.word in _NEVER:
        return False
    if token.tag == KNOWN:
        return True
    return bool(_INSIDE.match(token.tag)) and not re.search(
        r"[，,。；;：:！!？?、“”‘’《》()（）\[\]【】|/\s]", token.word
    )


def _joins_next(token: Token) -> bool:
    """Whether the next word goes on with the same name, so that a longer one will be found there."""
    return bool(head_of(token.word)) and can_be_inside(token)
