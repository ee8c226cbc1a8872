"""Where a name begins and ends: what the model gave, put right where grammar leaves no doubt."""

from __future__ import annotations

import functools
import re

import ahocorasick_rs

from glossary.candidates.base import BODIES, NAMES, CandidateText, bare_head, category_of
from glossary.english.lexicon import lexicon
from glossary.words import Token

# Words that begin no name: function words, and verbs that take a name as their object.
_FUNCTION = re.compile(r"^(?:p|c|d|u.?|r|y|e|o|vshi|vyou)$")
_TAKES_A_NAME = frozenset(
    "推广 提升 加入 参加 访问 签署 举办 主办 承办 召开 实施 启动 推进 推动 落实 成为 指定 批准 依托 建设 筹建 组建 成立 出席 根据 按照 依据 参与 作为 包括 支持 组织召开"
    " 发布 印发 出台 制定 修订 违反 履行 贯彻 深入 开展 联合 会同 所属 隶属 下属 设立 发起 提出 加强 完善 建立 健全 搭建 构建 强化 优化 探索 统一 改进 主持"
    " 面向 被誉为 称为 名为 利用 通过 经由 携手 赴 向 与 和 及 等 在 由 被 对 从 到 为 以 将 该 本 各 全".split()
)
# Of these the object is a name, and none of them stands within one.
_STRONG = frozenset(
    "加入 参加 访问 签署 签订 举办 主办 承办 召开 实施 启动 成为 指定 批准 依托 出席 发布 印发 出台 制定 修订 违反 履行 贯彻 所属 隶属 下属 提出 正值 位于 地处 表示 介绍"
    " 认为 强调 指出 获悉 来自 前往 赴 成立 组建 筹建 揭牌 致力于 高度重视 充分利用 认真贯彻 按 随 联合 会同 携手 会见 会谈 参观 考察 强化 深化 优化".split()
)
_RUNNING = re.compile(r"^(?:d|p|r|u.*|y|e|o|t)$")
_NUMBERED_LINE = re.compile(r"[0-9一二三四五六七八九十]{1,2}[.、．]")
_YEAR = re.compile(r"(?:(?:19|20)[0-9]{2}年度?(?:[0-9]{1,2}月)?(?:[0-9]{1,2}日)?|[0-9]{1,2}月[0-9]{1,2}日)")
_COUNTED = re.compile(
    r"^[0-9一二三四五六七八九十百千两几多数]+(?:个|家|名|项|次|批|位|所|座|条|种)(?=[\u4e00-\u9fff]{2})"
)
_PAIRS = {"(": ")", "（": "）", "“": "”", "‘": "’", "《": "》"}
_JOINING = frozenset("与和同及跟向对在")
_LONGER = frozenset("局署院部处司所")
_ORDINAL = re.compile(r"第?[0-9一二三四五六七八九十百]+[届次期]")
_QUOTED = re.compile(r"“[^“”]*”|《[^《》]*》|\([^()]*\)")
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


def clauses(candidate_text: CandidateText, start: int, end: int) -> list[tuple[int, int]]:
    """The span, cut where running text goes through it: at verbs and adverbs outside of quotations and known names."""
    text = candidate_text.folded
    numbered = _NUMBERED_LINE.match(text, start, end)
    if numbered and text[start - 1 : start] in ("", "\n"):
        start = numbered.end()
    if "关于" in text[start:end]:
        return [(start, end)]
    is_body = category_of(text[start:end]) in (*BODIES, "")
    known = [(name.start, name.end) for name in candidate_text.known_in(start, end)]
    quoted = [hit.span() for hit in _QUOTED.finditer(text, start, end)]
    quoted += [(end - len(bare_head(text[start:end])), end), *subjects(text, start, end)]
    parts, first = [], start
    for token in candidate_text.tokens_in(start, end):
        held = any(left <= token.start < right for left, right in (*known, *quoted))
        if not held and goes_through(token, is_body):
            parts.append((first, token.start))
            first = token.end
    return [(left, right) for left, right in (*parts, (first, end)) if right - left > 1]


@functools.cache
def _subjects() -> ahocorasick_rs.AhoCorasick:
    long = [word for word in lexicon() if len(word) > 1]
    return ahocorasick_rs.AhoCorasick(long, matchkind=ahocorasick_rs.MATCHKIND_LEFTMOST_LONGEST)


def subjects(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where words of the lexicon of two characters and more stand: 互市贸易 is no verb and its object."""
    hits = _subjects().find_matches_as_indexes(text[start:end])
    return [(start + left, start + right) for _, left, right in hits]


def goes_through(token: Token, in_body: bool) -> bool:
    """Whether the word belongs to a sentence, not to a name; a body's name holds no verb that is not a subject too."""
    if token.word in _STRONG or token.word.isspace():
        return True
    if token.word in lexicon() or token.word in ("上", "中", "下", "与", "为"):
        return False
    if _RUNNING.match(token.tag):
        return True
    return in_body and _is_verb(token)


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
    text = candidate_text.folded
    counted = _COUNTED.match(text, start, end)
    if counted:
        return counted.end()
    dated = _ORDINAL.match(text, start, end) or _YEAR.match(text, start, end)
    if dated and category_of(text[start:end]) in BODIES:
        return dated.end()
    tokens = candidate_text.tokens_in(start, end)
    for token in tokens[:-1]:
        if any(name.start <= token.start < name.end for name in candidate_text.known_in(start, end)):
            break
        if not begins_no_name(token) and not _is_verb(token):
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


def _is_verb(token: Token) -> bool:
    return token.tag == "v" and len(token.word) > 1 and token.word not in lexicon() and not bare_head(token.word)


def _after_join(candidate_text: CandidateText, start: int, end: int) -> int:
    """Where a known body ends the span behind a person, a title or a verb and a joining word: 王群与国际原子能机构."""
    for name in reversed(candidate_text.known_in(start, end)):
        if name.start == start or name.category not in (*BODIES, "programme_initiative"):
            continue
        before = candidate_text.tokens_in(start, name.start)
        joined = before and (before[-1].word in _JOINING or begins_no_name(before[-1]) or _is_verb(before[-1]))
        alone = name.end == end or not any(known.end <= name.start for known in candidate_text.known_in(start, end))
        if joined and alone:
            return name.start
    return start
