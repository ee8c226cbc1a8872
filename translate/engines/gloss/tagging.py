"""Which part of speech a word has here, where it can have several (建设: build or construction)."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

from translate.engines.gloss.tokens import Token

_NOUNLIKE = frozenset(("n", "x", "nr", "ns", "r"))
_BEFORE_VERB = frozenset(("d", "neg", "aux", "k"))
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


def disambiguate(tokens: list[Token]) -> list[Token]:
    """`tokens` of one clause with each word's reading settled, left to right."""
    verbs_after = [False] * (len(tokens) + 1)
    for index in range(len(tokens) - 1, -1, -1):
        verbs_after[index] = verbs_after[index + 1] or _can(tokens[index], "v")
    settled: list[Token] = []
    verb_before = with_before = False
    for index, token in enumerate(tokens):
        if token.readings:
            following = tokens[index + 1] if index + 1 < len(tokens) else None
            tag = _pick(settled[-1] if settled else None, token, following, verbs_after[index + 1], verb_before, with_before)
            token = dataclasses.replace(token, pos=tag, en=token.readings[tag])
        if token.zh == "为" and with_before and token.pos == "p":
            token = dataclasses.replace(token, en="as")
        with_before = token.zh == "以" or (with_before and token.pos not in ("v", "w"))
        verb_before = verb_before or token.pos == "v"
        settled.append(token)
    return settled


def _first(token: Token, order: Iterable[str]) -> str:
    return next((tag for tag in order if tag in token.readings), next(iter(token.readings)))


def _pick(
    before: Token | None, token: Token, after: Token | None, verb_later: bool, verb_before: bool, with_before: bool
) -> str:
    tags = token.readings
    previous = before.pos if before else ""
    if token.zh == "为" and previous in _NOUNLIKE and with_before:
        return "p"
    if "etc" in tags and previous in _NOUNLIKE:
        return "etc"
    if "p" in tags and previous == "v" and token.zh in AFTER_VERB:
        return "p"
    if "q" in tags and previous in ("m", "det"):
        return "q"
    if "f" in tags and previous in _NOUNLIKE | {"v", "t", "m", "q", "w"}:
        return _first(token, ("f",))
    rest = [tag for tag in tags if tag not in ("q", "f")]
    if "det" in rest and _can(after, "n", "q", "a", "m"):
        return "det"
    if "p" in rest and (verb_later or not _can(token, "v", "k", "c")) and _can(after, "n", "r", "ns", "nr", "x", "t", "v", "a", "det", "m", "poss"):
        return "p"
    if "aux" in rest and _can(after, "v", "d", "p", "neg") and not _can(after, "k"):
        return "aux"
    if "d" in rest and previous not in ("v", "p", "u") and _can(after, "v", "d", "aux", "neg", "p", "a") and not ("a" in rest and _is_noun_here(after)):
        return "d"
    if "v" in rest and "n" in rest:
        verbal = next(iter(tags)) == "v"
        return "v" if _is_verb(previous, before, after, verb_later, verb_before, verbal) else "n"
    if "a" in rest and after is not None and (after.zh == "的" or _can(after, "n", "a")):
        return "a"
    if previous in _BEFORE_VERB and "v" in rest:
        return "v"
    return _first(token, ("k", "c", "v", "n", "a", "d", "p", "r", "t", "poss", "neg", "det", "q", "f")) if rest else _first(token, ("n", "f"))


def _is_noun_here(token: Token | None) -> bool:
    return token is not None and not _can(token, "v", "d", "aux", "neg", "p")


def _is_verb(previous: str, before: Token | None, after: Token | None, verb_later: bool, verb_before: bool, verbal: bool) -> bool:
    """Whether a word that is noun or verb is a verb between these neighbours."""
    if previous in ("v", "det", "m", "q", "a", "poss", "p") or (before is not None and before.zh == "的"):
        return False
    if after is not None and after.zh in ("了", "过", "着"):
        return True
    starts_object = _can(after, "n", "ns", "nr", "x", "r", "det", "m", "a", "poss")
    if previous in _BEFORE_VERB or (before is not None and before.zh in ("来", "以", "所")):
        return True
    if not starts_object:
        return previous in ("r", "nr") or (previous == "" and after is not None and after.pos not in ("w", "c", "f", "etc") and after.zh != "的")
    if previous in ("", "w", "k"):
        return after is None or after.zh not in _COMPOUND_HEADS
    if after is not None and after.zh in _COMPOUND_HEADS:
        return False
    if previous in ("r", "nr"):
        return True
    if previous in ("n", "ns", "x", "t"):
        return not verb_before and (not verb_later or verbal)
    return not verb_before
