"""Menus, paths to the page and headings over lists of links: chrome that shows by its shape, whatever the site."""

from __future__ import annotations

import re

from documents.noise import chrome_words as words

_BETWEEN = re.compile(r"[\s|｜丨·•/\\>＞»]+")
_LONGEST_ITEM = 8
_MOST_ITEMS = 40
_PUNCTUATION = re.compile(r"[。！？；：，、:;,!?%（）《》“”=+\d]")
# How the names of columns and services end.
_COLUMN = re.compile(
    r"(?:动态|公告|公开|园地|之窗|窗口|天地|大厅|专区|专栏|专题|中心|投稿|下载|访谈|征集|招聘|快讯|指南|风采|集锦|聚焦|点播|科普|链接|我们|资讯|新闻|要闻|简介|概况|介绍"
    r"|文化|案例|视频|图片|论坛|博客|微博|微信|邮箱|服务|互动|交流|法规|政策|查询|办事|机构|党建|合作|人才|人事|招标|采购|公示|通知|信息|频道|主?首?页|地图|登录|注册"
    r"|版|库|展示|荣誉|加盟|反馈|留言|帮助|客服|导航|群组|相册|日志|排行榜?|收藏|问答|导读|发布|园|社区|门户|家园|帖子|用户|搜索|IPv6|RSS|BBS|APP|收听|点评|支付|财经|体育"
    r"|娱乐|科技|汽车|房产|教育|健康|旅游|军事|游戏|女性|时尚|股票|彩票|星座|读书|历史|美食|育儿|数码|手机|公益|国际|国内|社会|滚动|评论|图说|口岸|海关|举报|收起|文章|问题|知识|要点)$"
)
_HOME_ITEMS = frozenset(
    "首页 主页 网站首页 本站首页 返回首页 登录 注册 设为首页 加入收藏 联系我们 关于我们 网站地图 举报 分享 收藏".split()
)

_LABEL = re.compile(r"^\W{0,2}[^\s:：>＞»›/]{0,12}(?:位置|在这里|现在在|目前在|路径|导航|在)\s*(?:是|为)?\s*[:：]\s*")
_HERE_ALONE = re.compile(
    r"^\W{0,2}(?:[您你]?(?:当前|现在|目前)?的?(?:所在)?的?位置|当前页面?|[您你](?:现在|目前)在)\s*(?:是|在)?\s*[:：>»]"
)
_STEP = re.compile(r"\s*(?:[>＞»›]+|[-=]+>|→|::)\s*")
_LOOSE_STEP = re.compile(r"\s*(?:[>＞»›/\\|｜]+|[-=]+>|→|::|\s[-–—·]\s?|-)\s*")
_HOME = re.compile(r"^(?:网站|本站|返回|\S{1,10})?(?:首\s?页|主页|Home)$", re.IGNORECASE)
_ENDS = frozenset(
    "正文 详情 内容 文章 列表 文章内容 新闻详情 信息内容 浏览文章 详细内容 文章正文 查看帖子 查看主题 帖子详情 文档下载 阅读".split()
)
_LONGEST_PATH = 160
_LONGEST_STEP = 40

# Headings over lists of other articles, put together from these pieces.
_CHOICE = "相关|相似|同类|延伸|拓展|扩展|更多|推荐|热门|热点|热文|热评|最热|最新|近期|精彩|精选|往期|编辑|小编|图文|猜|为你|为您|可能|大家|网友|一周|本周|本月|今日|昨日|本站|本类|本栏目?|(?:24|48|72)小时|阅读|点击|浏览|下载|人气|月度?|每?周|每?日|友情"
_THING = "排行榜?|排名|TOP ?\\d*|推荐|阅读|文章|新闻|资讯|信息|链接|连接|内容|热点|热文|头条|回顾|喜欢|感兴趣|在看|看了|看过|专题|文档|帖子|主题|报道|标签|解读|附件|下载|导读|搜索|视频|图片|话题|更新|发布|资料|问答|知识|栏目|产品|案例|热搜"
_FILL = "[您你的还也都会人和与及到了在看]|更多|more|热门"
_HEADING = re.compile(rf"(?:{_CHOICE}|{_THING}|{_FILL})+", re.IGNORECASE)
_CHOSEN = re.compile(_CHOICE)
_THINGS = re.compile(_THING, re.IGNORECASE)
_EDGE_MARKS = re.compile(r"^\W+|\W+$")
# 最新发布 may head a part of an article; a list of links must follow it all the same.
_LONGEST_HEADING = 14
_SELECT_BOX = re.compile(r"^[-—=～~·]{2,}\s*\S{2,14}\s*[-—=～~·]{2,}$")


def menu(line: str) -> float:
    """How surely `line` is a menu (four or more short items): share of items that are names of columns; 0 if none.

    1.5 and more: an item that only menus have is among them.
    """
    if len(line) < 8:
        return 0.0
    if not _BETWEEN.search(line, 1, _LONGEST_ITEM + 3):
        return 0.0
    items = [item for item in _BETWEEN.split(line) if item]
    if not 4 <= len(items) <= _MOST_ITEMS or max(map(len, items)) > _LONGEST_ITEM:
        return 0.0
    if len(_PUNCTUATION.findall(line)) > 2:
        return 0.0
    columns = sum(item in words.STRONG or item in words.WEAK or _COLUMN.search(item) is not None for item in items)
    return columns / len(items) + any(item in _HOME_ITEMS for item in items)


def is_column(item: str) -> bool:
    """Whether a short line alone is the name of a column or a button."""
    return item in words.STRONG or item in words.WEAK or _COLUMN.search(item) is not None


def is_crumb(line: str) -> bool:
    """Whether `line` is the path to the page: 首页 > 新闻 > 正文, whatever stands before it."""
    if len(line) > _LONGEST_PATH or "。" in line:
        return False
    if _HERE_ALONE.match(line):
        return True
    label = _LABEL.match(line)
    path = line[label.end() :] if label else line
    chevrons = any(mark in path for mark in ">＞»›→")
    if not chevrons and not (label or path[:6].lstrip("网站本").startswith(("首", "主"))):
        return False
    steps = [step for step in (_STEP if chevrons else _LOOSE_STEP).split(path) if step]
    if not steps or any(len(step) > _LONGEST_STEP for step in steps):
        return False
    if label:
        return _HOME.match(steps[0]) is not None or (chevrons and len(steps) > 1)
    if not chevrons:
        return len(steps) > 1 and _HOME.match(steps[0]) is not None and not any(" " in step for step in steps[1:])
    if len(steps) < 2:
        return False
    return bool(
        _HOME.match(steps[0])
        or _HOME.match(steps[0].split()[0])
        or steps[-1] in _ENDS
        or (len(steps) > 2 and any(step in words.WEAK for step in steps[:-1]) and path.count(" ") < 2 * len(steps))
        or (steps[0] in words.WEAK and line[-1] in ">＞»›")
    )


def heads_list(line: str) -> bool:
    """Whether `line` is a heading over links to other articles: 相关阅读, 您可能还感兴趣的文章, 一周热点."""
    if len(line) > 2 * _LONGEST_HEADING:
        return False
    core = "".join(_EDGE_MARKS.sub("", line).split())
    if not 3 <= len(core) <= _LONGEST_HEADING or not _HEADING.fullmatch(core):
        return False
    if core in words.LIST_HEADINGS:
        return True
    chosen = _CHOSEN.search(core)
    return chosen is not None and _THINGS.search(core, chosen.end()) is not None


def is_select_box(line: str) -> bool:
    """Whether `line` is the first entry of a drop-down list: --相关网站链接--."""
    return len(line) <= 30 and _SELECT_BOX.match(line) is not None
