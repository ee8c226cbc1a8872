"""Where a name begins and ends: what the model gave, put right where grammar leaves no doubt."""

from __future__ import annotations

import re

from glossary.candidates.base import BODIES, NAMES, CandidateText, bare_head
from glossary.candidates.tokens import Token

# Words that begin no name: function words, and verbs that take a name as their object.
_FUNCTION = re.compile(r"^(?:p|c|d|u.?|r|y|e|o|zg|vshi|vyou)$")
_TAKES_A_NAME = frozenset(
    "加入 参加 访问 签署 举办 主办 承办 召开 实施 启动 推进 推动 落实 成为 指定 批准 依托 建设 筹建 组建 成立 出席 根据 按照 依据 参与 作为 包括 支持 组织召开"
    " 发布 印发 出台 制定 修订 违反 履行 贯彻 深入 开展 联合 会同 所属 隶属 下属 设立 发起 提出 加强 完善 建立 健全 搭建 构建 强化 优化 探索 统一 改进 主持"
    " 面向 被誉为 称为 名为 利用 通过 经由 携手 赴 向 与 和 及 等 在 由 被 对 从 到 为 以 将 该 本 各 全".split()
)
_COUNTED = re.compile(
    r"^[0-9一二三四五六七八九十百千两几多数]+(?:个|家|名|项|次|批|位|所|座|条|种)(?=[\u4e00-\u9fff]{2})"
)
_PAIRS = {"(": ")", "（": "）", "“": "”", "‘": "’", "《": "》"}
_JOINING = frozenset("与和同及跟向对在")
_LONGER = frozenset("局署院部处司所")
_IN_TITLE = re.compile(r"[《“]")
_EDGE = " 　,，、。;；:：·—-/"


def trimmed(candidate_text: CandidateText, start: int, end: int) -> tuple[int, int]:
    """The span without what cannot begin or end a name: function words, counts, half a pair of brackets or quotes."""
    text = candidate_text.folded
    while start < end:
        before = start, end
        while start < end and text[start] in _EDGE:
            start += 1
        while start < end and text[end - 1] in _EDGE:
            end -= 1
        start, end = _unpaired(text, start, end)
        start = _first_word(candidate_text, start, end)
        end = _last_word(candidate_text, start, end)
        if (start, end) == before:
            break
    return start, end


def _unpaired(text: str, start: int, end: int) -> tuple[int, int]:
    """Without an opening mark that is not closed inside, and what stands before a closing one that was not opened."""
    inside = text[start:end]
    for opening, closing in _PAIRS.items():
        if inside.count(opening) == inside.count(closing):
            continue
        if opening in inside and inside.rfind(opening) > inside.rfind(closing):
            at = inside.rfind(opening)
            return (start + 1, end) if at == 0 else (start, start + at)
        at = inside.find(closing)
        return (start, end - 1) if at == len(inside) - 1 else (start + at + 1, end)
    return start, end


def _first_word(candidate_text: CandidateText, start: int, end: int) -> int:
    counted = _COUNTED.match(candidate_text.folded, start, end)
    if counted:
        return counted.end()
    tokens = candidate_text.tokens_in(start, end)
    for token in tokens[:-1]:
        if any(name.start <= token.start < name.end for name in candidate_text.known_in(start, end)):
            break
        if not begins_no_name(token):
            break
        start = token.end
    return _after_join(candidate_text, start, end)


def _last_word(candidate_text: CandidateText, start: int, end: int) -> int:
    """Back over what ends no name: verbs and qualities behind a head, whatever follows a known name without a head."""
    text = candidate_text.folded
    # 海关局局长: the model cuts before the first 局.
    if text[end : end + 1] in _LONGER and text[end + 1 : end + 2] != "长":
        longer, shorter = bare_head(text[start : end + 1]), bare_head(text[start:end])
        if shorter and len(longer) > len(shorter):
            return end + 1
    listed = re.search(r"[、,]", text[start:end])
    if listed and not _IN_TITLE.search(text[max(0, start - 1) : start]):
        after = candidate_text.tokens_in(start + listed.end(), end)
        if after and (
            begins_no_name(after[0]) or after[0].tag == "v" or bare_head(text[start : start + listed.start()])
        ):
            return start + listed.start()
    if bare_head(text[start:end]) and text[end - 1] not in ")）":
        return end
    known = [name for name in candidate_text.known_in(start, end) if name.category in NAMES]
    if known and known[-1].end < end and not re.search(r"[)）”]$", text[start:end]):
        return known[-1].end
    tokens = candidate_text.tokens_in(start, end)
    while len(tokens) > 1 and begins_no_name(tokens[-1]):
        tokens.pop()
    return tokens[-1].end if tokens else end


def begins_no_name(token: Token) -> bool:
    """Whether no name begins with this word."""
    return token.word in _TAKES_A_NAME or bool(_FUNCTION.match(token.tag))


def _after_join(candidate_text: CandidateText, start: int, end: int) -> int:
    """Where a known body ends the span behind a person, a title or a verb and a joining word: 王群与国际原子能机构."""
    for name in reversed(candidate_text.known_in(start, end)):
        if name.start == start or name.category not in BODIES:
            continue
        before = candidate_text.tokens_in(start, name.start)
        joined = before and (before[-1].word in _JOINING or begins_no_name(before[-1]))
        alone = name.end == end or not any(known.end <= name.start for known in candidate_text.known_in(start, end))
        if joined and alone:
            return name.start
    return start
