"""Adverts: inserts between and after sentences, paid-part marks, recruiting paragraphs.

An advert talks to the reader (join, add, scan), names goods and a channel, and gives an account; its words are often
split by symbols and blanks so that filters miss them. News about such adverts reports: it has no account and no order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from documents.edits import Edit
from documents.noise.base import NoiseKind
from documents.noise.characters import CharacterSet, follow, matches

_MARK = re.compile(
    r"(?<!#)#{2,4}\s{0,3}/?(?:paid|vip|free|hide|hidden|login|pay|ad|ads|advert|preview|premium)[\s_-]{0,3}(?:begin|start|end|stop|over|content)?\s{0,3}#{2,4}",
    re.IGNORECASE,
)
_INSERT = re.compile(
    r"[\[［][^\[\]［］\n]{0,60}?[【〖「『][^【】〖〗「」『』\[\]\n]{2,60}[】〗」』][^\[\]［］\n]{0,12}[\]］]"
    r"|[\[［][^\[\]［］\n]{6,80}[\]］]|[【〖][^【】〖〗\n]{6,80}[】〗]|[(（][^()（）\n]{8,80}[)）]"
)
_JUNK = re.compile(r"[^\w\u4e00-\u9fff]+|_")
_SPLIT_UP = re.compile(r"[\u4e00-\u9fff][\s@#~%^&*_=+|·.\-/\\]{1,3}[\u4e00-\u9fff]")

_CHANNEL = re.compile(
    r"公众号|公众平台|微信号?|薇信|威信|徽信|V信|微❤|VX|vx|wx|QQ|扣扣|企鹅号?|客服|小程序|会员群|网盘群?|交流群|资料群|公号|知识星球|淘宝店?|店铺|百度搜索?|(?:加|进|入)群|(?:联系|添加|加)(?:Q|q|V|v)"
)
_GOODS = re.compile(
    r"素材|范文|范例|公文写作|写作模板|模板|题库|真题|课件|教案|PPT|文稿|材料大全|资料库|素材库|文库|代笔|代写|代发|润笔|润色|原创|[sS]?[vV][iI][pP]|会员|网盘|电子书|源码|外链|刷单|兼职|贷款|办证|发票|彩票|棋牌|返利|优惠券?|红包|特价|秒杀|货到付款|包过|包邮|减肥|增高|投稿|论文|软文|推广|SEO|排名|接单|好评|资料"
)
_ORDER = re.compile(
    r"尽在|欢迎加入|欢迎订阅|欢迎咨询|请加|请联系|请添加|添加|加微|认准|关注|领取|免费获取|获取更多|有意|联系|搜索|回复|速加|扫码|扫一扫|咨询|购买|抢购|下单|下载|报名|私信|戳|详询|来自|首发|整理|更多|最新|一键|点击|持续接单|谨防假冒|需要的"
)
_ACCOUNT = re.compile(
    r"(?:公众号|微信号?|薇信|威信|V信|VX|vx|wx|QQ群?|扣扣|客服|会员|联系方式|请联系|加群|群号|店铺|网址|小程序|联系(?:电话|人)?)[^\w\u4e00-\u9fff\n]{0,4}[:：＋+]?[^\w\u4e00-\u9fff\n]{0,4}(?:[A-Za-z][\w-]{1,19}|[\d\s-]{5,20}|[^\s，。,]{2,10}(?:君|库|网|社|馆|铺|店|吧|堂|坊|范文|素材|文库|资料|公文|写作)(?![\u4e00-\u9fff]))"
    r"|(?:https?://|www\.)[\w./?=&-]{4,}|(?<!\d)1[3-9]\d[\s-]?\d{4}[\s-]?\d{4}(?!\d)|[A-Za-z0-9.-]+\.(?:com|cn|net|vip|top|cc|xyz)\b"
)
_REPORT = re.compile(
    r"警方|公安|记者|据(?!点)|介绍|表示|提醒|近日|诈骗|被骗|骗局|嫌疑|查处|查获|处罚|法院|市场监管|监管局|海关|税务|政府|办法|规定|通知|要求|获刑|案件|违法|不法|受害|用户|消费者|市民|群众|发布|公司|企业"
)
_STRONG = re.compile(
    r"素材库|素材网|热点素材|代笔|代写|润笔|代发布|[sS][vV][iI][pP]|会员群|网盘群|好评如潮|包过|极速下载|一键下载|持续接单|加[VvQq]|薇信|威信|范文网|谨防假冒|(?:更多|海量|优质)(?:素材|范文|资料|文档|模板)"
)
_LONGEST = 400
_CLAUSE_LONGEST = 90
_CLAUSE = re.compile(r"[^。！？!?；;\n]+[。！？!?；;]?")


def find(text: str) -> Iterator[Edit]:
    if "##" in text:
        for hit in _MARK.finditer(text):
            yield Edit(hit.start(), hit.end(), "", "spam", "mark of a paid part", 0.99)
    for at, line in _hinted_lines(text):
        inserts = [hit.span() for hit in _INSERT.finditer(line) if _is_insert(hit.group())]
        # What the paragraph itself says is judged without its inserts.
        rest = _blanked(line, inserts) if inserts else line
        if len(rest) <= _LONGEST and _starts_as_advert(rest) and _is_advert(rest):
            yield Edit(at, at + len(line), "", "spam", "advertising paragraph", 0.9)
            continue
        for start, end in inserts:
            yield Edit(at + start, at + end, "", "spam", "advert inserted in the text", 0.98)
        yield from _last_clauses(at, rest)


def _hinted_lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines that hold a word of adverts, with their offsets."""
    end = -1
    for hit in matches(_HINT, text, follow(text, _HINT_STARTS, _HINT_SECONDS)):
        if hit.start() > end:
            start = text.rfind("\n", 0, hit.start()) + 1
            end = text.find("\n", hit.end())
            end = len(text) if end < 0 else end
            yield start, text[start:end]


def _starts_as_advert(line: str) -> bool:
    """Whether its first sentence has a word of adverts: else only the end of the paragraph is one."""
    first = _CLAUSE.search(line)
    return first is None or _HINT.search(first.group()) is not None


def _blanked(line: str, spans: list[tuple[int, int]]) -> str:
    for start, end in spans:
        line = line[:start] + " " * (end - start) + line[end:]
    return line


def _is_insert(insert: str) -> bool:
    """A bracket that names goods or gives an order, and a channel, and nothing of a report."""
    if not _HINT.search(insert):
        return False
    squeezed = _JUNK.sub("", insert)
    split_up = _SPLIT_UP.search(insert) is not None
    channel = _CHANNEL.search(squeezed) is not None
    goods = _GOODS.search(squeezed) is not None
    order = _ORDER.search(squeezed) is not None
    if _REPORT.search(squeezed):
        return False
    named = re.search(r"[:：]", insert) is not None or _ACCOUNT.search(insert) is not None
    if split_up and _SPLIT_UP.search(insert[1:-1]):
        return channel + goods + order >= 2
    return goods and (channel or _ACCOUNT.search(insert) is not None) and order and (named or "【" in insert[1:])


def _is_advert(line: str) -> bool:
    """A whole paragraph that sells: orders to the reader, goods, and an account to reach."""
    squeezed = _JUNK.sub("", line)
    channels = {hit.group() for hit in _CHANNEL.finditer(squeezed)}
    goods = {hit.group().lower() for hit in _GOODS.finditer(squeezed)}
    orders = {hit.group() for hit in _ORDER.finditer(squeezed)}
    strong = {hit.group() for hit in _STRONG.finditer(squeezed)}
    score = len(channels) + len(goods) + len(orders) + 2 * len(strong) - 2 * len(set(_REPORT.findall(squeezed)))
    if not goods or not (channels or orders):
        return False
    account = _ACCOUNT.search(line) is not None
    split_up = any(channel not in line for channel in channels) or any(word not in line.lower() for word in goods)
    if account:
        return score >= 5 and bool(orders)
    return score >= 7 if split_up or strong else False


def _last_clauses(at: int, line: str) -> Iterator[Edit]:
    """An advert that is the last sentence, or the last two, of a paragraph."""
    window = max(0, len(line) - 2 * _CLAUSE_LONGEST)
    if not _HINT.search(line, window):
        return
    clauses = [hit for hit in _CLAUSE.finditer(line, window) if hit.group().strip()]
    begin = len(line)
    for hit in reversed(clauses[1:] if window or len(clauses) > 1 else []):
        clause = hit.group()
        if len(clause) > _CLAUSE_LONGEST or not _is_advert(clause):
            break
        begin = hit.start()
    if begin < len(line):
        yield Edit(at + begin, at + len(line), "", "spam", "advert behind the text", 0.85)


# Without one of these, whole or split up, no paragraph is an advert.
_HINT_WORDS = (
    "素材 范文 模板 题库 课件 代笔 代写 代发 润笔 原创 会员 网盘 VIP vip 兼职 贷款 办证 发票 彩票 棋牌 返利 优惠 红包 资料 客服 微信 公众号 薇信 威信 QQ"
    " 扣扣 加群 论文 软文 接单"
).split()
_HINT_PAIRS = "微信 公众 众号 素材 范文 代写 代笔 会员 客服 资料 加微".split()
_HINT = re.compile("|".join((*_HINT_WORDS, *(rf"{a}[^\w\n]{{1,3}}{b}" for a, b in _HINT_PAIRS))))
_HINT_STARTS = CharacterSet(word[0] for word in (*_HINT_WORDS, *_HINT_PAIRS))
_HINT_SECONDS = CharacterSet(
    [*(word[1] for word in _HINT_WORDS), *(char for char in map(chr, range(0x10000)) if re.match(r"[^\w\n]", char))],
    astral=True,
)

KIND = NoiseKind("spam", "adverts", find)
