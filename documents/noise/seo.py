"""Text for search engines: keyword lines, site names behind the title, place-name tails, title pieces after commas."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from documents.edits import Edit
from documents.noise.base import NoiseKind, is_han
from documents.noise.characters import CharacterSet
from documents.noise.chrome_menus import is_column

_PLACES = """
北京 上海 天津 重庆 广州 深圳 杭州 南京 武汉 成都 西安 苏州 郑州 长沙 沈阳 青岛 宁波 东莞 无锡 大连 厦门 福州 济南 合肥 昆明 哈尔滨 长春 石家庄 南宁 贵阳 南昌 太原 兰州 海口 乌鲁木齐
呼和浩特 银川 西宁 拉萨 佛山 珠海 中山 惠州 温州 常州 徐州 烟台 泉州 嘉兴 金华 绍兴 台州 南通 扬州 镇江 盐城 潍坊 临沂 济宁 淄博 威海 洛阳 唐山 保定 廊坊 邯郸 沧州 芜湖 绵阳 桂林 柳州 三亚
汕头 湛江 江门 肇庆 茂名 漳州 莆田 赣州 九江 襄阳 宜昌 株洲 岳阳 衡阳 遵义 大庆 吉林 鞍山 包头 咸阳 香港 澳门 台湾 河北 山西 内蒙古 辽宁 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东
广西 海南 四川 贵州 云南 西藏 陕西 甘肃 青海 宁夏 新疆 全国 泰州 淮安 连云港 宿迁 湖州 衢州 舟山 丽水 秦皇岛 张家口 义乌 昆山 顺德 浦东
"""
_PLACE = re.compile("|".join(sorted(set(_PLACES.split()), key=len, reverse=True)))
_SPLIT = re.compile(r"[\s,，、|｜_;；/·]+")
_HEAD_SPLIT = re.compile(r"[,，|｜_;；、]|\s+")
_STOP = re.compile(r"[。！？：:“”《》（(\[【]")
_PIECE = re.compile(r"\s*([_|｜—–\-－])[_|｜—–\-－]?\s*([^_|｜—–\-－。，,：:、“”《》！？\s]{2,16})\s*$")
_NAMES_SITE = re.compile(
    r"(?:网|网站|平台|论坛|频道|门户|在线|官网|资讯|社区|文库|新闻中心|日报|晚报|时报|APP|中心|百科|之家|热线|观察|视窗|之窗|信息港|商城|博客)$"
)
# A dash may belong to the title: only these tell a site behind one.
_NAMES_SITE_SURELY = re.compile(
    r"(?:[^联上官互入]网|网站|门户|论坛|在线|官网|资讯|社区|文库|百科|之家|热线|观察|视窗|信息港|商城|博客)$"
)
_KEYWORDS = re.compile(
    r"^\W{0,2}(?:(?:meta|页面)?[\s_-]?(?:keywords?|description)|meta|关键[词字]|主题词|tags?)\s*[:：=]", re.IGNORECASE
)
_GRAMMAR = re.compile("[的之者应于在由为其以及或而均得则时并是有须可和与到等被将令依]")
# What hijacked sites put over a copied article: never a line of an article of four and more pieces.
_HIJACKED = re.compile(
    r"在线(?:观看|播放|看|视频)|国产|欧美|日韩|亚洲|久久|久草|一区二区|不卡|人妻|中文字幕|中字|免费视频|(?<![a-z])av|毛片|私拍|无码|精品|激情|福利视频|成人|彩票|娱乐城|棋牌|开户|真人|老虎机|时时彩|赌场|博彩",
    re.IGNORECASE,
)
_PLACES_LABEL = re.compile(
    r"^\s*(?:服务|覆盖|配送|相关|经营|业务|代理|热门|供应|销售|开通|主要)?(?:区域|地区|城市|范围|站点|分站)\s*[:：]\s*"
)
_OFFICE = re.compile(r"(?:[局署部委院会厅处室府]|(?<![代主承协自开])办|海关|(?<!公)司)[（(]?[代章]?[)）]?$")
_LONGEST = 600
_EDGE = 3


def find(text: str) -> Iterator[Edit]:
    lines = _edges(text)
    if not lines:
        return
    head, tail = lines
    for at, line in head:
        if (why := _keyword_head(line)) and at != tail[-1][0]:
            yield _edit(at, at + len(line), why)
            continue
        if len(line) <= _LONGEST:
            yield from _without_site(at, line)
        break
    behind = True
    for at, line in reversed(tail):
        if at == head[0][0]:
            break
        cut = _keyword_tail(line, behind)
        if cut < len(line):
            yield _edit(at + cut, at + len(line), "place names or key words behind the text")
        behind = behind and not cut
    yield from _spliced_title(text, head)


def _edit(start: int, end: int, why: str, confidence: float = 0.9) -> Edit:
    return Edit(start, end, "", "seo", why, confidence)


def _edges(text: str) -> tuple[list[tuple[int, str]], list[tuple[int, str]]] | None:
    """The first and the last few lines that are not blank, with their offsets."""
    head: list[tuple[int, str]] = []
    at = 0
    while at <= len(text) and len(head) < _EDGE:
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        if line := text[at:end].strip():
            head.append((text.index(line[0], at, end), line))
        at = end + 1
    tail: list[tuple[int, str]] = []
    end = len(text)
    while end > 0 and len(tail) < 2 * _EDGE:
        at = text.rfind("\n", 0, end) + 1
        if line := text[at:end].strip():
            tail.append((text.index(line[0], at, end), line))
        end = at - 1
    return (head, tail[::-1]) if head else None


def _keyword_head(line: str) -> str:
    """Why a line at the top is a list of key words, "" if it is not."""
    if _KEYWORDS.match(line):
        return "key words of the page"
    if len(line) > _LONGEST or "。" in line or "！" in line or "？" in line:
        return ""
    if line[-1] in "；：，;:,":
        return ""
    site = _PIECE.search(line)
    if site and not _NAMES_SITE.search(site[2]):
        site = None
    core = line[: site.start()] if site else line
    items = [item for item in _HEAD_SPLIT.split(core) if item]
    if len(items) == 1:
        items = [item for item in core.split("-") if item]
    if len(items) >= 4 and sum(_HIJACKED.search(item) is not None for item in items) * 2 > len(items):
        return "key words of a hijacked site"
    if len(items) < 4 or max(map(len, items)) > 12 or _STOP.search(core):
        return ""
    if sum(_GRAMMAR.search(item) is not None for item in items) * 4 > len(items):
        return ""
    alike = _alike(items)
    same = len({item[:2] for item in items}) == 1 or len({item[-2:] for item in items}) == 1
    if same or (site and alike >= 2) or (len(items) >= 5 and alike * 2 >= len(items)):
        return "key words for search engines"
    return ""


def _alike(items: list[str]) -> int:
    """How many items hold two neighbouring Chinese characters that another item holds too."""
    held = [{item[at : at + 2] for at in range(len(item) - 1) if is_han(item[at])} for item in items]
    counts = Counter(pair for pairs in held for pair in pairs)
    return sum(any(counts[pair] > 1 for pair in pairs) for pairs in held)


def _without_site(at: int, line: str) -> Iterator[Edit]:
    """The names of column and site behind a title: 标题_新闻中心_某某网."""
    end = len(line)
    marks = set()
    while (piece := _PIECE.search(line, max(0, end - 24), end)) and piece.start() >= 6:
        mark, name = piece[1], piece[2]
        # A bar may stand in a title, a dash often does, an underscore never.
        if mark == "_":
            tells = _HAN_RUN.sub("", name) != "" and not any(char.isdigit() for char in name)
        elif mark in "|｜":
            tells = _NAMES_SITE.search(name) is not None or is_column(name)
        else:
            tells = _NAMES_SITE_SURELY.search(name) is not None or (mark in marks and is_column(name))
        if not tells:
            break
        marks.add(mark)
        end = piece.start()
    if end < len(line):
        yield _edit(at + end, at + len(line), "site name behind the title")


def _keyword_tail(line: str, behind: bool) -> int:
    """Where the place names or key words at the end of `line` begin; its length if there are none.

    `behind`: no paragraph follows.
    """
    floor = max(0, len(line) - 3 * _LONGEST)
    cut = max(line.rfind(mark, floor) for mark in "。！？") + 1
    while cut and cut < len(line) and line[cut] in "”）)》」":
        cut += 1
    tail = line[cut:].strip()
    label = _PLACES_LABEL.match(tail)
    tail = tail[label.end() :] if label else tail
    if not tail or "；" in tail or (not cut and len(line) > 3 * _LONGEST) or _STOP.search(tail):
        return len(line)
    items = [item for item in _SPLIT.split(tail) if item]
    if len(items) < 5 or max(map(len, items)) > 14:
        return len(line)
    places = [item for item in items if _PLACE.match(item)]
    if len(places) * 5 >= len(items) * 4:
        suffixes = Counter(_PLACE.sub("", item, count=1) for item in places)
        suffix, count = suffixes.most_common(1)[0]
        shared = suffix and count * 2 >= len(places) and not _OFFICE.search(suffix)
        if shared or (behind and len(places) >= 6 and not suffix and ("、" not in tail or label)):
            return cut
    if behind and "、" not in tail and _alike(items) * 5 >= len(items) * 4 and not any(map(_OFFICE.search, items)):
        return cut
    return len(line)


_COMMAS = CharacterSet(",，")
_HAN_RUN = re.compile("[^\u4e00-\u9fff]+")


def _spliced_title(text: str, head: list[tuple[int, str]]) -> Iterator[Edit]:
    """The title in pieces of two characters, one after each comma of the text, in the title's order."""
    at, title = head[0]
    han = _HAN_RUN.sub("", title)
    if not 8 <= len(han) <= 60:
        return
    pieces = [han[n : n + 2] for n in range(0, len(han) - 1, 2)]
    follower = dict(zip(pieces, pieces[1:] + pieces[:1], strict=True))
    wanted = ""
    chain: list[int] = []
    for comma in _COMMAS.places(text):
        piece = text[comma + 1 : comma + 3]
        if comma < at + len(title) or piece not in follower:
            continue
        if piece == wanted or (not chain and piece in follower):
            chain.append(comma + 1)
            wanted = follower[piece]
        elif chain:
            yield from _chain(text, chain)
            chain = [comma + 1]
            wanted = follower[piece]
    yield from _chain(text, chain)


def _chain(text: str, chain: list[int]) -> Iterator[Edit]:
    if len(chain) < 4:
        return
    for start in chain:
        end = start + 2
        # A piece that is a clause by itself takes its comma along.
        end += text[end : end + 1] in (",", "，")
        yield _edit(start, end, "piece of the title spliced in after a comma", 0.85)


KIND = NoiseKind("seo", "text for search engines", find)
