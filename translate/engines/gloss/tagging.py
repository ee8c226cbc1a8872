"""Which part of speech a word has here, where it can have several (建设: build or construction)."""

from __future__ import annotations

import dataclasses

from translate.engines.gloss.inflect import adverb, gerund
from translate.engines.gloss.tokens import Token

_NOUNLIKE = frozenset(("n", "x", "nr", "ns", "r"))
_BEFORE_VERB = frozenset(("d", "neg", "aux", "k"))
_STARTS_OBJECT = ("n", "ns", "nr", "x", "r", "det", "m", "a", "poss")
_WITH = frozenset("与 同 跟 和".split())
_GOVERN_VERBS = frozenset("为 为了 通过 以 用于".split())
# Verbs whose object does something in its turn: 欢迎 各国 参与.
_PIVOTS = frozenset(
    "欢迎 支持 帮助 协助 使 使得 让 令 邀请 要求 请 请求 鼓励 促使 推动 呼吁 允许 导致 引导 督促 敦促 组织 指导 领导 带动 吸引 动员 派 派遣 说服 建议 指定 "
    "发现 看到 认为 希望 表示 表明 指出 强调 相信 称 说 显示 宣布 禁止 阻止 防止 避免".split()
)
# What follows one of these is an action named as a noun: 遭到 拒绝, 禁止 使用.
_LIGHT_VERBS = frozenset("进行 遭到 受到 得到 加以 予以 开展 给予 停止 避免 防止 禁止 遭 遭受 停 完成 结束".split())
# Prepositions that may stand directly after their verb: 设 在, 达 到, 来 自.
AFTER_VERB = frozenset("到 至 在 于 给 向 自 往 入".split())

# After one of these a word that is noun or verb is a noun: 研究 人员 research personnel.
_COMPOUND_HEADS = frozenset(
    "人员 工作 活动 中心 机构 能力 水平 系统 体系 机制 项目 部门 平台 网络 技术 设备 方案 计划 服务 队伍 领域 方面 制度 条件 环境 市场 成果 基地 课程 协议 公司 "
    "企业 组织 单位 过程 方式 方法 模式 力度 力量 报告 数据 结果 措施 政策 法规 标准 程序 手段 效率 质量 速度 情况 问题 任务 目标 团队 专家 者 员 业 部队 总署 "
    "工具 仪器 实验室 研讨会 会议 合作 交流 服务业 行业 成本 价格 时间 期间 计量 经验 水准 用地 思路 理念 依据 框架 职能 职责 责任".split()
)


def _can(token: Token | None, *tags: str) -> bool:
    if token is None:
        return False
    if token.readings:
        return any(tag in token.readings for tag in tags)
    return token.pos in tags


@dataclasses.dataclass(frozen=True, slots=True)
class _Place:
    """Where a word stands: its neighbours, and what the clause has had and will have."""

    before: Token | None
    after: Token | None
    verb_later: bool
    verb_before: bool
    last_verb: str
    taking_open: bool  # after 以, before its 为
    with_seen: bool

    @property
    def previous(self) -> str:
        """Part of speech of the word before, "" at the beginning."""
        return self.before.pos if self.before else ""

    def after_word(self, *words: str) -> bool:
        """Whether the word before is one of `words`."""
        return self.before is not None and self.before.zh in words

    def followed_by(self, *tags: str) -> bool:
        """Whether the word after can be one of `tags`."""
        return _can(self.after, *tags)


def disambiguate(tokens: list[Token]) -> list[Token]:
    """`tokens` of one clause with each word's reading settled, left to right."""
    verbs_after = [False] * (len(tokens) + 1)
    for index in range(len(tokens) - 1, -1, -1):
        verbs_after[index] = verbs_after[index + 1] or _can(tokens[index], "v")
    settled: list[Token] = []
    verb_before = taking_open = with_seen = False
    last_verb = ""
    for index, token in enumerate(tokens):
        place = _Place(
            settled[-1] if settled else None,
            tokens[index + 1] if index + 1 < len(tokens) else None,
            verbs_after[index + 1],
            verb_before,
            last_verb,
            taking_open,
            with_seen,
        )
        if token.zh == "地" and place.previous == "a" and place.followed_by("v", "d", "p"):
            settled[-1] = dataclasses.replace(settled[-1], pos="d", en=adverb(settled[-1].en))
        token = _settle(token, place)
        taking_open = token.zh == "以" or (taking_open and token.pos not in ("v", "w"))
        with_seen = with_seen or token.zh in _WITH
        if token.pos == "v":
            verb_before, last_verb = True, token.zh
        elif token.zh in ("、", "并", "而", "和"):
            last_verb = ""
        settled.append(token)
    return settled


def _settle(token: Token, place: _Place) -> Token:
    if token.zh == "更为" and place.after is not None and not place.followed_by("a", "d"):
        return Token("为", "p", "for")
    if token.readings:
        tag = _fixed_reading(token, place) or _reading(token, place)
        token = dataclasses.replace(token, pos=tag, en=token.readings[tag])
    elif token.pos == "v" and (
        place.after_word(*_LIGHT_VERBS) or (place.after_word("的") and not place.followed_by(*_STARTS_OBJECT, "u", "p"))
    ):
        return dataclasses.replace(token, pos="n", en=gerund(token.en))
    if token.zh == "为" and place.taking_open and token.pos == "p":
        return dataclasses.replace(token, en="as")
    return token


def _fixed_reading(token: Token, place: _Place) -> str:
    """The reading of a word whose neighbour decides it alone; "" where more must be weighed."""
    tags, previous = token.readings, place.previous
    if token.zh == "为" and previous in _NOUNLIKE and place.taking_open:
        return "p"
    if "etc" in tags and previous in _NOUNLIKE:
        return "etc"
    if "p" in tags and previous == "v" and token.zh in AFTER_VERB:
        return "p"
    if "neg" in tags:
        verbal = place.followed_by("d", "p", "aux") or (place.after is not None and place.after.pos == "v")
        return "neg" if verbal or "v" not in tags else "v"
    if token.zh == "将":
        verbal = place.followed_by("v", "d", "p", "neg", "aux", "a") and not place.followed_by("ns", "nr", "r")
        return "aux" if verbal else "p"
    if "c" in tags and "p" in tags:
        return "c" if previous in ("n", "ns", "x", "a", "q", "m") else "p"
    if "q" in tags and previous in ("m", "det"):
        return "q"
    if "f" in tags and previous in _NOUNLIKE | {"v", "t", "m", "q", "w"}:
        return "f"
    if "det" in tags and place.followed_by("n", "q", "a", "m"):
        return "det"
    if token.zh == "地" and previous in ("a", "d", "n", "u", "v") and place.followed_by("v", "d", "p", "aux"):
        return "u"
    return ""


def _reading(token: Token, place: _Place) -> str:
    tags = [tag for tag in token.readings if tag not in ("q", "f")] or ["n"]
    previous, after = place.previous, place.after
    if (
        "p" in tags
        and (place.verb_later or not _can(token, "v", "k", "c"))
        and place.followed_by(*_STARTS_OBJECT, "t", "v")
    ):
        return "p"
    can_govern = "v" in tags and "a" in tags and "n" not in tags and previous in ("", "w", *_BEFORE_VERB)
    if can_govern and place.followed_by("n", "ns", "x", "a", "det"):
        return "v"
    free = previous not in ("det", "poss", "q", "m", "a", "p") and not place.after_word("的")
    if "aux" in tags and free and place.followed_by("v", "d", "p", "neg") and not place.followed_by("k"):
        return "aux"
    if (
        "d" in tags
        and previous not in ("v", "p", "u")
        and not ("a" in tags and _is_noun(after))
        and (place.followed_by("v", "d", "aux", "neg", "a") or (place.followed_by("p") and not place.followed_by("c")))
    ):
        return "d"
    if "v" in tags and "n" in tags:
        return "v" if _is_verb(place, next(iter(token.readings)) == "v") else "n"
    if "a" in tags and "n" in tags and previous in ("m", "q", "det") and not place.followed_by("n", "a"):
        return "n"
    if "a" in tags and after is not None and (after.zh == "的" or place.followed_by("n", "a")):
        return "a"
    if previous in _BEFORE_VERB and "v" in tags:
        return "v"
    order = ("k", "c", "v", "n", "a", "d", "p", "r", "t", "poss", "neg", "det", "q", "f")
    return next((tag for tag in order if tag in tags and tag in token.readings), next(iter(token.readings)))


def _is_noun(token: Token | None) -> bool:
    return token is not None and not _can(token, "v", "d", "aux", "neg", "p")


def _is_verb(place: _Place, verbal: bool) -> bool:
    """Whether a word that is noun or verb is a verb here; `verbal`: it is more often a verb."""
    previous, after = place.previous, place.after
    starts_object = place.followed_by(*_STARTS_OBJECT)
    heads_compound = after is not None and (after.zh in _COMPOUND_HEADS or after.zh[-2:] in _COMPOUND_HEADS)
    if (
        place.after_word(*_GOVERN_VERBS)
        and previous == "p"
        and starts_object
        and place.before
        and place.before.en != "as"
    ):
        return after is None or after.zh not in _COMPOUND_HEADS
    if previous in ("v", "det", "m", "q", "a", "poss", "p") or place.after_word("的"):
        return False
    if (
        (after is not None and after.zh in ("了", "过", "着"))
        or previous in _BEFORE_VERB
        or place.after_word("来", "以", "所")
    ):
        return True
    if after is None and previous in ("x", "ns", "nr") and place.with_seen and not place.verb_before:
        return True
    if not starts_object:
        begins = previous == "" and after is not None and after.pos not in ("w", "c", "f", "etc") and after.zh != "的"
        return previous in ("r", "nr") or begins
    if previous in ("", "w", "k"):
        return after is None or after.zh not in _COMPOUND_HEADS
    if heads_compound:
        return False
    if previous in ("n", "ns", "x", "t"):
        return place.last_verb in _PIVOTS if place.last_verb else verbal or not place.verb_later
    return previous in ("r", "nr") or not place.verb_before
