"""Which part of speech a word has here, where it can have several (建设: build or construction)."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

from translate.engines.gloss.inflect import adverb, gerund
from translate.engines.gloss.tokens import Token

_NOUNLIKE = frozenset(("n", "x", "nr", "ns", "r"))
_BEFORE_VERB = frozenset(("d", "neg", "aux", "k"))
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


def disambiguate(tokens: list[Token]) -> list[Token]:
    """`tokens` of one clause with each word's reading settled, left to right."""
    verbs_after = [False] * (len(tokens) + 1)
    for index in range(len(tokens) - 1, -1, -1):
        verbs_after[index] = verbs_after[index + 1] or _can(tokens[index], "v")
    settled: list[Token] = []
    verb_before = with_before = False
    last_verb = ""
    for index, token in enumerate(tokens):
        if token.zh == "更为" and index + 1 < len(tokens) and not _can(tokens[index + 1], "a", "d"):
            token = Token("为", "p", "for")
        if (
            token.zh == "地"
            and settled
            and settled[-1].pos == "a"
            and index + 1 < len(tokens)
            and _can(tokens[index + 1], "v", "d", "p")
        ):
            settled[-1] = dataclasses.replace(settled[-1], pos="d", en=adverb(settled[-1].en))
        if token.readings:
            following = tokens[index + 1] if index + 1 < len(tokens) else None
            tag = _pick(
                settled[-1] if settled else None,
                token,
                following,
                verbs_after[index + 1],
                verb_before,
                with_before,
                last_verb,
            )
            token = dataclasses.replace(token, pos=tag, en=token.readings[tag])
        elif (token.pos == "v" and settled and settled[-1].zh in _LIGHT_VERBS) or (
            token.pos == "v"
            and settled
            and settled[-1].zh == "的"
            and not _can(
                tokens[index + 1] if index + 1 < len(tokens) else None,
                "n",
                "ns",
                "nr",
                "x",
                "r",
                "det",
                "m",
                "a",
                "poss",
                "u",
                "p",
            )
        ):
            token = dataclasses.replace(token, pos="n", en=gerund(token.en))
        if token.zh == "为" and with_before and token.pos == "p":
            token = dataclasses.replace(token, en="as")
        with_before = token.zh == "以" or (with_before and token.pos not in ("v", "w"))
        if token.pos == "v":
            verb_before, last_verb = True, token.zh
        elif token.zh in ("、", "并", "而", "和"):
            last_verb = ""
        settled.append(token)
    return settled


def _first(token: Token, order: Iterable[str]) -> str:
    return next((tag for tag in order if tag in token.readings), next(iter(token.readings)))


def _pick(
    before: Token | None,
    token: Token,
    after: Token | None,
    verb_later: bool,
    verb_before: bool,
    with_before: bool,
    last_verb: str,
) -> str:
    tags = token.readings
    previous = before.pos if before else ""
    if token.zh == "为" and previous in _NOUNLIKE and with_before:
        return "p"
    if "etc" in tags and previous in _NOUNLIKE:
        return "etc"
    if "p" in tags and previous == "v" and token.zh in AFTER_VERB:
        return "p"
    if "neg" in tags:
        verbal = _can(after, "d", "p", "aux") or (after is not None and after.pos == "v")
        return "neg" if verbal or "v" not in tags else "v"
    if token.zh == "将":
        return "aux" if _can(after, "v", "d", "p", "neg", "aux", "a") and not _can(after, "ns", "nr", "r") else "p"
    if "c" in tags and "p" in tags:
        return "c" if previous in ("n", "ns", "x", "a", "q", "m") else "p"
    if "q" in tags and previous in ("m", "det"):
        return "q"
    if "f" in tags and previous in _NOUNLIKE | {"v", "t", "m", "q", "w"}:
        return _first(token, ("f",))
    rest = [tag for tag in tags if tag not in ("q", "f")]
    if "det" in rest and _can(after, "n", "q", "a", "m"):
        return "det"
    if (
        "p" in rest
        and (verb_later or not _can(token, "v", "k", "c"))
        and _can(after, "n", "r", "ns", "nr", "x", "t", "v", "a", "det", "m", "poss")
    ):
        return "p"
    if token.zh == "地" and previous in ("a", "d", "n", "u", "v") and _can(after, "v", "d", "p", "aux"):
        return "u"
    if (
        "v" in rest
        and "a" in rest
        and "n" not in rest
        and previous in ("", "w", "d", "aux", "neg", "k")
        and _can(after, "n", "ns", "x", "a", "det")
    ):
        return "v"
    if (
        "aux" in rest
        and previous not in ("det", "poss", "q", "m", "a", "p")
        and (before is None or before.zh != "的")
        and _can(after, "v", "d", "p", "neg")
        and not _can(after, "k")
    ):
        return "aux"
    if (
        "d" in rest
        and previous not in ("v", "p", "u")
        and (_can(after, "v", "d", "aux", "neg", "a") or (_can(after, "p") and not _can(after, "c")))
        and not ("a" in rest and _is_noun_here(after))
    ):
        return "d"
    if "v" in rest and "n" in rest:
        verbal = next(iter(tags)) == "v"
        return "v" if _is_verb(previous, before, after, verb_later, verb_before, verbal, last_verb) else "n"
    if "a" in rest and "n" in rest and previous in ("m", "q", "det") and (after is None or not _can(after, "n", "a")):
        return "n"
    if "a" in rest and after is not None and (after.zh == "的" or _can(after, "n", "a")):
        return "a"
    if previous in _BEFORE_VERB and "v" in rest:
        return "v"
    return (
        _first(token, ("k", "c", "v", "n", "a", "d", "p", "r", "t", "poss", "neg", "det", "q", "f"))
        if rest
        else _first(token, ("n", "f"))
    )


def _is_noun_here(token: Token | None) -> bool:
    return token is not None and not _can(token, "v", "d", "aux", "neg", "p")


def _is_verb(
    previous: str,
    before: Token | None,
    after: Token | None,
    verb_later: bool,
    verb_before: bool,
    verbal: bool,
    last_verb: str,
) -> bool:
    """Whether a word that is noun or verb is a verb between these neighbours."""
    starts_object = _can(after, "n", "ns", "nr", "x", "r", "det", "m", "a", "poss")
    if previous == "p" and before is not None and before.zh in _GOVERN_VERBS and before.en != "as" and starts_object:
        return after is None or after.zh not in _COMPOUND_HEADS
    if previous in ("v", "det", "m", "q", "a", "poss", "p") or (before is not None and before.zh == "的"):
        return False
    if after is not None and after.zh in ("了", "过", "着"):
        return True
    if previous in _BEFORE_VERB or (before is not None and before.zh in ("来", "以", "所")):
        return True
    if not starts_object:
        return previous in ("r", "nr") or (
            previous == "" and after is not None and after.pos not in ("w", "c", "f", "etc") and after.zh != "的"
        )
    if previous in ("", "w", "k"):
        return after is None or after.zh not in _COMPOUND_HEADS
    if after is not None and (after.zh in _COMPOUND_HEADS or after.zh[-2:] in _COMPOUND_HEADS):
        return False
    if previous in ("r", "nr"):
        return True
    if previous in ("n", "ns", "x", "t"):
        return last_verb in _PIVOTS if last_verb else verbal or not verb_later
    return not verb_before
