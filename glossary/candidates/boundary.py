"""Where a name begins: left from its last word, as long as the words can stand inside a name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from glossary.candidates.tokens import KNOWN, Token

# Words of these kinds can stand inside a name; anything else ends it on the left.
_INSIDE = re.compile(r"^(?:n|nr|nrt|nrfg|ns|nt|nz|nl|ng|vn|an|b|j|l|s|i|eng|x|f|a|q|m|t|k|zg)$")
_NEVER = frozenset(
    "与 和 及 以及 同 跟 或 的 了 在 对 向 为 由 以 被 把 将 等 各 该 本 此 这 那 其 其他 其它 相关 有关 现有 所有 主要 重要 上述 之一 我 我国 我们 双方 两国"
    " 加强 推进 推动 促进 开展 深化 完善 建立 建设 落实 加入 参加 参与 举办 访问 成为 指定 签署 赴 到 从 是 有 用 利用 依托 通过 经 根据 按照 围绕 目前 下一步 批准 同意 发布 提出 介绍 表示 签订 主办 承办 组织召开 实施 推广 印发 出台 制定 颁布"
    " 以及 不断 全面 进一步 积极 成功 一个 一种 一些 多个 首个 全国首个 第一个 更 还 也 都 并 并且 而 而且 但 中 上 下 内 外 后 前 时 期间 近年来 当前 多 大".split()
)
# A verb may stand inside a name behind a common noun: 数字|护航|机制.
_VERB = re.compile(r"^(?:v|vi)$")
_NOUN = re.compile(r"^(?:n|vn|nz|an|b)$")
# Counts and ordinals, and what stands between a number and its noun, do not begin a name.
_NO_BEGINNING = ("m", "q", "x", "a", "uj")


def first_word(tokens: Sequence[Token], last: int, most: int = 14) -> int:
    """Index of the first word of the name whose last word is `last`; `last` itself if nothing belongs to it."""
    first = last
    while first and last - first < most:
        before = tokens[first - 1]
        if can_be_inside(before):
            first -= 1
        elif first > 1 and _VERB.match(before.tag) and before.word not in _NEVER and _NOUN.match(tokens[first - 2].tag):
            if not can_be_inside(tokens[first - 2]):
                break
            first -= 2
        else:
            break
    while first < last and (tokens[first].tag in _NO_BEGINNING or tokens[first].word[0].isdigit()):
        first += 1
    return first


def can_be_inside(token: Token) -> bool:
    if token.word in _NEVER:
        return False
    if token.tag == KNOWN:
        return True
    return bool(_INSIDE.match(token.tag)) and not re.search(
        r"[，,。；;：:！!？?、“”‘’《》()（）\[\]【】|/\s]", token.word
    )
