"""Invented sentences and articles of the kind this workbench is used on: customs, nuclear security, metrology, trade.

Names come from the repository's authority lists; numbers, dates, codes and addresses are drawn anew each time.
"""

from __future__ import annotations

import csv
import datetime
import functools
import random
import re
from collections.abc import Callable
from pathlib import Path

from tests.documents.simulation.page import Article

AUTHORITY = Path(__file__).resolve().parents[3] / "glossary" / "authority"
_HAN_ONLY = re.compile("[\u4e00-\u9fff]{2,24}")


@functools.cache
def names(category: str) -> tuple[str, ...]:
    """Chinese names of one category of the authority lists."""
    found = []
    for path in sorted(AUTHORITY.glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            found += [row["source"] for row in csv.DictReader(file) if row["category"] == category]
    return tuple(name for name in found if _HAN_ONLY.fullmatch(name))


@functools.cache
def acronyms() -> tuple[tuple[str, str], ...]:
    """(Chinese name, acronym) of organisations that have one."""
    found = []
    for path in sorted(AUTHORITY.glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            found += [(r["source"], r["acronym"]) for r in csv.DictReader(file) if r["acronym"].isascii()]
    return tuple((name, short) for name, short in found if short and _HAN_ONLY.fullmatch(name))


_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰涛明超霞平刚桂英华建国志红玉兰晓东海燕春梅云飞宇轩子涵思远佳怡文博雪峰立新永健"
_PLACES = "天津 上海 广州 深圳 青岛 大连 满洲里 霍尔果斯 阿拉山口 二连浩特 绥芬河 秦皇岛 维也纳 日内瓦 阿拉木图 塔什干 明斯克 莫斯科 布鲁塞尔 内罗毕 曼谷 成都 西安 重庆 乌鲁木齐 南宁 凭祥 瑞丽".split()
_TOPICS = "核材料运输安保 跨境电子商务监管 辐射探测设备比对 计量标准互认 进出口食品安全 知识产权海关保护 危险品查验 冷链物流 智慧口岸建设 人员能力建设 数据交换 风险管理 原产地规则 碳足迹核算 检测实验室管理 自动进口许可 濒危物种保护 中欧班列通关 检验检疫处理 测量不确定度评定".split()
_VERBS = "推进 加强 深化 规范 完善 拓展 支持 评估 统筹 落实".split()
_OUTCOMES = "取得明显成效 进入实施阶段 达成多项共识 得到各方好评 为下一步合作打下基础 受到企业欢迎 填补了国内空白 通过专家组验收 被列为年度重点任务 效率提高近三成".split()
_GOODS = "冻牛肉 光刻胶 机电产品 天然铀 化肥 葡萄酒 跨境包裹 医用同位素 钢材 汽车零部件 橡胶 活体动物 棉花 液化天然气 植物种子 旧服装 锂电池 大豆".split()
_ROLES = "负责人 主任 处长 关员 专家 代表 秘书长 工程师 研究员 副院长 驻华大使 发言人 项目经理".split()
_SPEECH = "合作的基础在于互信 安全与便利并不矛盾 培训只是第一步 标准统一了，成本就降下来了 我们愿意分享经验 这项工作没有终点 数据必须可追溯 企业的事情不能等 口岸开放需要制度支撑 测得准才能管得住".split()


def person(rng: random.Random) -> str:
    return rng.choice(_SURNAMES) + "".join(rng.sample(_GIVEN, rng.choice((1, 2, 2))))


def organisation(rng: random.Random) -> str:
    return rng.choice(names(rng.choice(("agency", "international_org", "facility_lab", "company"))))


def date(rng: random.Random) -> datetime.date:
    return datetime.date(2000, 1, 1) + datetime.timedelta(days=rng.randrange(9000))


def written(day: datetime.date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def number(rng: random.Random) -> str:
    return rng.choice(
        (
            str(rng.randint(2, 999)),
            f"{rng.randint(1, 99)}.{rng.randint(1, 99):02}",
            f"{rng.randint(1, 9)},{rng.randint(100, 999)}",
        )
    )


def _meeting(rng: random.Random) -> str:
    return f"{written(date(rng))}，{organisation(rng)}与{organisation(rng)}在{rng.choice(_PLACES)}就{rng.choice(_TOPICS)}举行第{rng.randint(1, 40)}次会谈，双方{rng.choice(_OUTCOMES)}。"


def _statistics(rng: random.Random) -> str:
    return f"据统计，{rng.randint(2000, 2024)}年{rng.choice(_PLACES)}口岸进口{rng.choice(_GOODS)}{number(rng)}万吨，同比{rng.choice(('增长', '下降'))}{number(rng)}%，货值{number(rng)}亿{rng.choice(('元', '美元'))}，占总值的{rng.randint(2, 90)}%左右。"


def _speech(rng: random.Random) -> str:
    said = rng.choice(_SPEECH)
    return rng.choice(
        (
            f"{organisation(rng)}{rng.choice(_ROLES)}{person(rng)}表示：“{said}。”",
            f"“{said}，”{rng.choice(_PLACES)}海关{rng.choice(_ROLES)}{person(rng)}说，“下一步要{rng.choice(_VERBS)}{rng.choice(_TOPICS)}。”",
        )
    )


def _codes(rng: random.Random) -> str:
    return rng.choice(
        (
            f"涉案货物为{rng.choice(_GOODS)}（HS编码{rng.randint(1000, 9999)}.{rng.randint(10, 99)}），申报单号为{rng.randint(10**8, 10**9)}，型号H-{rng.randint(100, 999)} A/B。",
            f"联系邮箱为{rng.choice(('info', 'contact', 'training.office', 'nss-net'))}@{rng.choice(('example.org', 'lab.example.cn', 'customs.example.net'))}，传真+86-{rng.randint(10, 29)}-{rng.randint(10**7, 10**8 - 1)}。",
            f"参加COOMET框架下{rng.randint(100, 999)}/RU/{rng.randint(10, 24)}号比对的实验室共{rng.randint(3, 19)}家，E{{n}}值均小于1。",
            f"本底计数率约{number(rng)} s^-1，探测下限为{number(rng)} Bq/kg (k=2)，即A(t)=A0×e^(-λt)中的常数项。",
            f"公式U=k·u(x)中，k取2，u(x)为标准不确定度，结果按GB/T {rng.randint(1000, 29999)}—{rng.randint(2000, 2023)}报出。",
        )
    )


def _acronym(rng: random.Random) -> str:
    (name, short), (other, abbreviation) = rng.sample(acronyms(), 2)
    return f"{name}({short})和{other}（{abbreviation}，以下简称“{other[-4:]}”）联合发布《{rng.choice(_TOPICS)}指南》，自{written(date(rng))}起实施。"


def _duty(rng: random.Random) -> str:
    return f"各直属海关要{rng.choice(_VERBS)}{rng.choice(_TOPICS)}，{rng.choice(_VERBS)}{rng.choice(_TOPICS)}，确保{rng.choice(_GOODS)}等商品{rng.choice(('快检快放', '应检尽检', '依法通关', '可追溯'))}；发现问题的，应当在{rng.randint(2, 30)}个工作日内报告{organisation(rng)}。"


def _law(rng: random.Random) -> str:
    return f"根据《{rng.choice(names('law_agreement'))}》第{rng.choice('一二三四五六七八九十')}条{rng.choice(('', '第二款', '第一项'))}的规定，{rng.choice(('进口货物的收货人', '报关企业', '许可证持有人', '检验机构'))}未按期申报的，处{rng.randint(1, 9)}万元以下罚款。"


def _story(rng: random.Random) -> str:
    return f"清晨{rng.randint(5, 9)}点，{rng.choice(_PLACES)}货场已是一片繁忙，{person(rng)}和同事们穿过{rng.randint(2, 40)}排集装箱，用手持式谱仪逐一复核，直到夜里才把最后{rng.randint(2, 90)}票单证核完，可谁也没有叫苦。"


def _programme(rng: random.Random) -> str:
    return f"{rng.choice(names('programme_initiative'))}提出以来，{rng.choice(names('place'))}与{rng.choice(names('place'))}之间的{rng.choice(_TOPICS)}{rng.choice(_OUTCOMES)}，{organisation(rng)}先后派出{rng.randint(2, 60)}批{rng.randint(3, 900)}人次参加{rng.choice(names('event'))}。"


def _term(rng: random.Random) -> str:
    a, b = rng.sample(names("domain_term"), 2)
    return f"培训内容包括{a}、{b}以及{rng.choice(_TOPICS)}，学员来自{rng.randint(3, 40)}个国家，其中{rng.choice('ABCD')}类人员{rng.randint(2, 60)}名。"


def _note(rng: random.Random) -> str:
    return rng.choice(
        (
            "姓氏“解”读作解(xiè)，地名“六安”的六读lù，编目时应注明。",
            "会上有人问：“这批货到底去了哪儿？”大家都笑了！",
            "详见附件2第3页及http://www.example.org/docs/2019/report.pdf。",
            "铯-137活度浓度<1 Bq/kg，且a<b、c>d，A&B两组数据一致。",
            "该软件支持Windows 10和Linux，安装后在“设置”中点击“下载”即可更新模板。",
            "海关微信公众号“通关助手”发布提醒：旅客携带超过5000美元应当申报。",
            "专家建议，企业会员可通过协会网站查询通知公告，不必登录即可打印证书。",
            "欢迎各国同行来华交流，共同应对挑战。",
            "联系人：王工，电话：010-65000000，电子邮箱：office@example.cn。",
            "他说，阅读是一种习惯，分享是一种美德，评论则要有根据。",
        )
    )


_SENTENCES: tuple[Callable[[random.Random], str], ...] = (
    *(_meeting, _statistics, _speech, _codes, _acronym, _duty, _law, _story, _programme, _term),
    *(_meeting, _statistics, _speech, _duty, _law, _story, _programme, _note),
)


def sentence(rng: random.Random) -> str:
    return rng.choice(_SENTENCES)(rng)


def title(rng: random.Random) -> str:
    return rng.choice(
        (
            f"{organisation(rng)}{rng.choice(_VERBS)}{rng.choice(_TOPICS)}",
            f"{rng.choice(_PLACES)}海关查获{rng.randint(2, 900)}吨{rng.choice(_GOODS)}",
            f"{rng.choice(_VERBS)}{rng.choice(_TOPICS)} {rng.choice(_VERBS)}{rng.choice(_TOPICS)}",
            f"关于印发《{rng.choice(_TOPICS)}管理办法》的通知",
            f"{rng.choice(names('event'))}在{rng.choice(_PLACES)}举行",
            f"{organisation(rng)}：{rng.choice(_TOPICS)}{rng.choice(_OUTCOMES)}",
            f"“{rng.choice(_TOPICS)}”如何破题？——访{organisation(rng)}{person(rng)}",
        )
    )


def by_lines(rng: random.Random) -> tuple[str, ...]:
    day = date(rng)
    return rng.choice(
        (
            (),
            (),
            (f"发布时间：{day.isoformat()}　来源：{rng.choice(_PLACES)}日报",),
            (f"{day.isoformat()} {rng.randint(0, 23):02}:{rng.randint(0, 59):02} 来源：{organisation(rng)}",),
            (f"作者：{person(rng)}　来源：{rng.choice(_PLACES)}海关　发布时间：{written(day)}",),
            (f"本报记者 {person(rng)} 通讯员 {person(rng)}",),
            (written(day),),
        )
    )


def paragraph(rng: random.Random) -> str:
    return "".join(sentence(rng) for _ in range(rng.randint(1, 4)))


def _block(rng: random.Random) -> tuple[str, ...]:
    """A paragraph, or what else stands in articles: a heading, a list, rows of a table, a caption, a signature."""
    roll = rng.random()
    if roll < 0.78:
        return (paragraph(rng),)
    if roll < 0.86:
        return (f"{rng.choice('一二三四五六七八九')}、{rng.choice(_VERBS)}{rng.choice(_TOPICS)}", paragraph(rng))
    if roll < 0.92:
        picked = rng.sample(_TOPICS, rng.randint(2, 5))
        return tuple(f"{n}.{rng.choice(_VERBS)}{topic}；" for n, topic in enumerate(picked, 1))
    if roll < 0.96:
        rows = [f"{goods}\t{number(rng)}\t{number(rng)}%" for goods in rng.sample(_GOODS, 3)]
        return ("商品\t数量（万吨）\t同比", *rows)
    return (f"图为{rng.choice(_PLACES)}海关关员在现场查验{rng.choice(_GOODS)}（{person(rng)} 摄）",)


def article(rng: random.Random) -> Article:
    """A whole article of three to eight blocks, no paragraph twice."""
    blocks = [paragraph(rng)]
    for _ in range(rng.randint(2, 7)):
        blocks += _block(rng)
    blocks.append(paragraph(rng))
    return Article(title(rng), by_lines(rng), tuple(dict.fromkeys(blocks)))
