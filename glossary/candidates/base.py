"""What a source of candidates gives: a stretch of clean text that may be a name, and why."""

from __future__ import annotations

import dataclasses
import itertools
import re
from bisect import bisect_left
from collections.abc import Callable, Iterable


@dataclasses.dataclass(frozen=True, slots=True)
class Found:
    """A possible name: `name` as it would stand in the glossary, where it was seen, and what speaks for it.

    `score` is 0–1. `acronym` and `english` are what the text itself pairs with the name; `alias_of` names the full
    form for which the text declares this one.
    """

    name: str
    start: int
    source: str
    reason: str
    score: float
    category: str = ""
    acronym: str = ""
    english: str = ""
    alias_of: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class CandidateText:
    """A clean text, and the spans in it of names that are known already (sorted, no overlaps): each is one word."""

    text: str
    known: tuple[tuple[int, int], ...] = ()

    def known_in(self, start: int, end: int) -> list[tuple[int, int]]:
        """The known spans that lie inside [start, end), relative to `start`."""
        first = bisect_left(self.known, (start, start))
        inside = itertools.takewhile(lambda span: span[1] <= end, self.known[first:])
        return [(left - start, right - start) for left, right in inside]


CandidateSource = Callable[[CandidateText], Iterable[Found]]

# Heads of names, by category; the longest that fits decides.
HEADS: dict[str, tuple[str, ...]] = {
    "agency": tuple(
        "总署 总局 海关 海关局 管理局 监督局 安全局 委员会 办公室 办公厅 代表处 研究院 科学院 设计院 学院 大学 法院 检察院 银行 协会 学会 监督站 监督管理局 能源部 外交部"
        " 商务部 科技部 环境部 传媒中心 部门".split()
    ),
    "international_org": (
        "国际组织",
        "合作组织",
        "计量组织",
        "海关组织",
        "贸易组织",
        "卫生组织",
        "组织",
        "国际计量局",
        "机构",
        "联盟",
    ),
    "facility_lab": (
        "重点实验室",
        "实验室",
        "示范中心",
        "培训中心",
        "研究中心",
        "协作中心",
        "计量中心",
        "测试中心",
        "训练中心",
        "中心",
        "基地",
        "核电站",
        "计量站",
        "口岸",
    ),
    "programme_initiative": tuple(
        "倡议 计划 工程 行动 规划 战略 机制 网络 目标 措施 经济带 命运共同体 方案 发展战略".split()
    ),
    "event": ("峰会", "论坛", "研讨会", "座谈会", "博览会", "签约仪式", "奥运会", "培训班", "交流活动", "大会"),
    "law_agreement": tuple(
        "法 条例 规程 协定 公约 议定书 纪要 会谈纪要 办法 意见 实施意见 宣言 备忘录 协议 规划 愿景与行动 声明 制度".split()
    ),
    "system_product": (
        "信息系统",
        "管理系统",
        "监控系统",
        "服务平台",
        "监测平台",
        "技术平台",
        "系统",
        "平台",
        "机器人",
        "谱仪",
        "排查仪",
        "管道",
    ),
    "company": ("股份有限公司", "有限责任公司", "有限公司", "集团公司", "集团", "公司"),
    "person": (),
}
_BY_HEAD = {head: category for category, heads in HEADS.items() for head in heads}
_HEAD_AT_END = re.compile("(?:" + "|".join(sorted(map(re.escape, _BY_HEAD), key=len, reverse=True)) + ")$")


def head_of(name: str) -> str:
    """The head that `name` ends with, "" if none."""
    hit = _HEAD_AT_END.search(re.sub(r"[(（][^()（）]*[)）]$", "", name))
    return hit.group() if hit else ""


def category_of(name: str) -> str:
    """Category of `name` by its head, "" if it has none."""
    return _BY_HEAD.get(head_of(name), "")
