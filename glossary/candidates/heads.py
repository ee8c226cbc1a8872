"""Names by their head that the model passed over: a known body or place with what follows up to a head (天津海关|实验室)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from glossary.candidates.base import BODIES, CandidateText, Found, bare_head, category_of
from glossary.candidates.boundary import goes_through
from glossary.words import Token

# Words between a body and the head of what belongs to it.
_INSIDE = re.compile(r"^(?:n|nz|ns|nt|vn|an|b|j|l|s|eng|ng|vi|v|k|a)$")
_MOST = 7
_JOINING = frozenset("与 和 及".split())
_BREAKS = frozenset(
    "的 了 在 是 将 与 和 、 向 对 为 主任 局长 关长 副关长 院长 总干事 负责人 有关 相关 等 已 认真 积极 充分 根据 与会 通过 采用 介绍 提供 制定 采取 建立 完善 加强 推进 开展 位于 地处 现有 研发 设立 实施 提出 举办 召开"
    " 主席 代表 专家 领导 关员 干部 党组 高度 坚持 联合 要 还 全 认可 发布 批准 高质量 系统 充分利用 进一步 不断 首次 正式 需要 能够 可以 负责 承担 组织".split()
)


def find(candidate_text: CandidateText) -> Iterator[Found]:
    text = candidate_text.folded
    longest = {tagged.start: tagged.end for tagged in candidate_text.tagged}
    for name in candidate_text.known:
        if name.category not in (*BODIES, "place") or name.end - name.start < 2:
            continue
        if longest.get(name.start, 0) > name.end:
            continue
        end = _grown(candidate_text.tokens_in(name.end, min(len(text), name.end + 30)))
        if end > name.end:
            grown = text[name.start : end]
            head = bare_head(grown)
            proper = 0.62 if name.category in BODIES else 0.55
            reason = f"{text[name.start : name.end]} with what follows up to {head}"
            yield Found(grown, name.start, "head", reason, proper, category_of(grown), end=end)


def _grown(tokens: list[Token]) -> int:
    """The end of the last word that is a head, before a word that stands in no name."""
    end = 0
    for token in tokens[:_MOST]:
        if token.word in _BREAKS or not _INSIDE.match(token.tag) or goes_through(token, in_body=True):
            break
        head = bare_head(token.word)
        if head and len(token.word) > 1 and category_of(token.word) in (*BODIES, "system_product", "law_agreement"):
            end = token.end
            if token.tag.startswith("v"):
                end = 0
    return end
