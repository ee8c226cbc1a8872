"""Heads of names (…海关, …委员会, …计划), with the category and the English that each gives to a name: `heads.tsv`."""

from __future__ import annotations

import csv
import dataclasses
from importlib import resources

# Words that end in a head of one character and have none.
_WORDS = frozenset(
    "格局 布局 结局 僵局 大局 全局 时局 执法 方法 做法 司法 合法 违法 立法 依法 守法 看法 说法 手法 用法 语法 书法 无法 魔法 想法 全部 内部 外部 局部 干部 总部 部署"
    " 上司 官司 好处 之处 出处 到处 用处 处处 学科 本科 百科 香港 社会 机会 都会 不会 只会 工厂 舞厅 餐厅 客厅 大厅 海港".split()
)


@dataclasses.dataclass(frozen=True, slots=True)
class Head:
    """`of_field` and `of_place` are patterns: {} stands for the English of what precedes, a subject or a place or body."""

    name: str
    category: str
    of_field: str
    of_place: str


def _load() -> dict[str, Head]:
    lines = resources.files(__package__).joinpath("heads.tsv").read_text(encoding="utf-8").splitlines()
    rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    return {row["head"]: Head(row["head"], row["category"], row["of_field"], row["of_place"]) for row in rows}


HEADS: dict[str, Head] = _load()
LONGEST = max(map(len, HEADS))


def head_of(name: str) -> Head | None:
    """The longest head that `name` ends with, a final bracket aside; None if it has none."""
    bare = name
    if bare[-1:] in ")）":
        bare = bare[: max(bare.rfind("("), bare.rfind("（"))]
    for length in range(min(LONGEST, len(bare)), 0, -1):
        if length == 1 and bare[-2:] in _WORDS:
            return None
        if bare[-length:] in HEADS:
            return HEADS[bare[-length:]]
    return None
