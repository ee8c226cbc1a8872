"""Adverts of invented sellers: bracketed inserts, last sentences, whole paragraphs, marks of paid parts."""

from __future__ import annotations

import random

from tests.documents.simulation.page import Article, Noisy

_GOODS = "公文范文 述职报告 心得体会 工作总结 热点素材 党课讲稿 演讲稿 申论真题 职称论文 教学课件 行业报告 考试题库 简历模板 可行性报告 标书模板 竞聘演讲 考研资料 会计网课".split()
_NAMES = "笔杆子驿站 文山小筑 墨耘轩 书海拾贝 公考加油站 老秘书工作室 稻田文秘 青灯素材库 六六范文网 写材料的老周 知行文库 小白学公文".split()
_CHANNELS = "公众号 微信公众号 小程序 微信 QQ群 知识星球 微信号 淘宝店铺".split()
_SPLITTERS = "@#~%^&* ·_-"


def _split(rng: random.Random, word: str) -> str:
    """`word` with up to two symbols inside."""
    chars = list(word)
    for _ in range(rng.choice((0, 1, 1, 2))):
        chars.insert(rng.randint(1, len(chars) - 1) if len(chars) > 1 else 1, rng.choice(_SPLITTERS))
    return "".join(chars)


def _account(rng: random.Random) -> str:
    return rng.choice(
        (
            f"{rng.choice('abcdefgh')}{rng.choice(('wen', 'gongwen', 'sucai'))}{rng.randint(100, 99999)}",
            str(rng.randint(10**8, 10**10 - 1)),
            f"1{rng.choice('3578')}{rng.randint(10**8, 10**9 - 1)}",
            f"{rng.randint(100, 999)} {rng.randint(100, 999)} {rng.randint(1000, 9999)}",
        )
    )


def insert(rng: random.Random) -> str:
    goods, name, channel = rng.choice(_GOODS), rng.choice(_NAMES), rng.choice(_CHANNELS)
    lure = rng.choice(
        (
            f"更多{goods}尽在",
            f"海量{goods}请关注",
            f"获取更多{goods}，请搜索",
            f"最新{goods}首发于",
            f"免费领取{goods}，关注",
        )
    )
    square = f"[{_split(rng, lure)}【{_split(rng, channel)}：{name}】{rng.choice(('', '#', '@'))}]"
    round_ = f"（{_split(rng, lure)}{_split(rng, channel)}：{name}）"
    thick = f"【{_split(rng, lure)}{_split(rng, channel)}“{name}”】"
    return rng.choice((square, square, round_, thick))


def inserts(rng: random.Random, article: Article) -> Noisy:
    lines = article.lines
    for n in range(1, len(lines)):
        if lines[n][-1] in "。！？”" and rng.random() < 0.35:
            if rng.random() < 0.35 and (at := lines[n].find("。")) > 0:
                lines[n] = lines[n][: at + 1] + insert(rng) + lines[n][at + 1 :]
            else:
                lines[n] += insert(rng)
        elif rng.random() < 0.08:
            lines[n] += "\n" + insert(rng)
    return Noisy("\n".join(lines), article.text)


def sentence(rng: random.Random) -> str:
    goods, name, channel, account = rng.choice(_GOODS), rng.choice(_NAMES), rng.choice(_CHANNELS), _account(rng)
    return rng.choice(
        (
            f"更多{_split(rng, goods)}请添加{_split(rng, '微信')}：{account}。",
            f"代写{_split(rng, goods)}，原创包过，{_split(rng, '联系')}QQ：{account}！",
            f"需要{goods}的朋友加{rng.choice(('V', 'vx', '薇', 'Q'))}：{account}，会员免费下载。",
            f"关注{_split(rng, channel)}“{name}”，回复“资料”免费领取{goods}！",
            f"本文由{name}整理，更多{goods}请关注{_split(rng, channel)}{name}。",
            f"{goods}电子版{_split(rng, '下载')}请加QQ群：{account}。",
        )
    )


def clauses(rng: random.Random, article: Article) -> Noisy:
    lines = article.lines
    for n in range(2, len(lines)):
        if lines[n].endswith("。") and rng.random() < 0.35:
            lines[n] += sentence(rng)
    return Noisy("\n".join(lines), article.text)


def paragraph(rng: random.Random) -> str:
    name, channel, account = rng.choice(_NAMES), rng.choice(_CHANNELS), _account(rng)
    goods = rng.sample(_GOODS, 3)
    return rng.choice(
        (
            f"【{name}】专业代写{'、'.join(goods)}，资深写手一对一服务，原创保证，好评如潮！联系{_split(rng, '微信')}：{account}",
            f"{name}会员群招新啦！{goods[0]}、{goods[1]}每日更新，网盘自动发货，终身VIP仅需99元，客服{_split(rng, '微信')} {account}，欢迎加入。",
            f"★★{goods[0]}大全★★ 十年老店，{goods[1]}{goods[2]}应有尽有，{_split(rng, channel)}搜索“{name}”，优惠多多，{_split(rng, '加微信')}{account}咨询购买。",
            f"温馨提醒：本站{goods[0]}资料均来自{name}，需要完整版的请加客服{_split(rng, '微信')}：{account}，备注“{goods[1]}”，免费领取素材一份。",
            f"提供{'，'.join(goods)}润色、代笔、发表一条龙服务，价格公道，先稿后款。{rng.choice(('QQ', 'VX', '薇信'))}：{account} 手机：1{rng.choice('38')}{rng.randint(10**8, 10**9 - 1)}",
            f"重磅福利：{goods[0]}、{goods[1]}打包下载！扫码添加老师{_split(rng, '微信')}{account}，回复关键词即可领取全部资料。",
        )
    )


def paragraphs(rng: random.Random, article: Article) -> Noisy:
    lines = article.lines
    for _ in range(rng.randint(1, 3)):
        lines.insert(rng.randint(1 + len(article.by_lines), len(lines)), paragraph(rng))
    return Noisy("\n".join(lines), article.text)


_MARKS = (
    ("##paidbegin##", "##paidend##"),
    ("##vipstart##", "##vipend##"),
    ("###hidebegin###", "###hideend###"),
    ("##pay_start##", "##pay_end##"),
    ("##loginbegin##", "##loginend##"),
    ("[paid]", "[/paid]"),
    ("[hide]", "[/hide]"),
    ("【付费内容开始】", "【付费内容结束】"),
    ("----以下内容需付费阅读----", "----付费内容结束----"),
    ("此处内容需要登录后查看", "登录后查看全文"),
)


def paid_marks(rng: random.Random, article: Article) -> Noisy:
    lines = article.lines
    opening, closing = rng.choice(_MARKS)
    own_line = opening[0] not in "#[" or rng.random() < 0.3
    first = rng.randint(1 + len(article.by_lines), len(lines) - 1)
    last = rng.randint(first, len(lines) - 1)
    glue = "\n" if own_line else ""
    lines[last] += glue + closing
    lines[first] = opening + glue + lines[first]
    return Noisy("\n".join(lines), article.text)
