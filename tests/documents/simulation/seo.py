"""Text for search engines: key words over the title, site names behind it, place names behind the article."""

from __future__ import annotations

import random

from tests.documents.simulation.page import Article, Noisy, some

_THINGS = "报关代理 检测设备 计量校准 进口清关 商检代办 集装箱租赁 叉车培训 冷库安装 辐射检测 ISO认证 保税仓储".split()
_ENDINGS = "公司 价格 多少钱 流程 电话 哪家好 厂家 费用 资料 服务 代办 排名".split()
_TOWNS = "北京 上海 广州 深圳 天津 重庆 杭州 南京 武汉 成都 西安 苏州 郑州 长沙 沈阳 青岛 宁波 东莞 无锡 佛山 合肥 大连 福州 厦门 哈尔滨 济南 温州 石家庄 南宁 长春 泉州 贵阳 昆明 嘉兴 金华 惠州 徐州 烟台 兰州 海口 绍兴 中山 台州 潍坊 保定 珠海 洛阳 唐山 临沂 盐城".split()
_SITES = "华检通网 海川在线 新陆桥资讯网 口岸观察 远东物流论坛 百川文库 通关之家 滨城热线".split()
_COLUMNS = "行业动态 新闻中心 政策法规 公司新闻 常见问题 技术文章".split()


def _keywords(rng: random.Random) -> str:
    thing = rng.choice(_THINGS)
    mark = rng.choice((",", "，", "_", "|", " ", "-"))
    words = [thing + ending for ending in some(rng, _ENDINGS, 4, 7)]
    line = mark.join(words)
    return rng.choice((line, line, f"关键词：{line}", f"keywords: {line}", f"{line}{mark}{rng.choice(_SITES)}"))


def _places(rng: random.Random) -> str:
    thing = rng.choice(_THINGS)
    towns = some(rng, _TOWNS, 7, 20)
    mark = rng.choice((" ", "、", ",", "，", "|", "　"))
    bare = rng.random() < 0.4 and mark != "、"
    return mark.join(town if bare else town + thing for town in towns)


def heads_and_tails(rng: random.Random, article: Article) -> Noisy:
    lines = article.lines
    roll = rng.random()
    if roll < 0.35:
        lines.insert(0, _keywords(rng))
    elif roll < 0.7:
        mark = rng.choice(("_", "-", " - ", " | ", "——"))
        column = rng.choice(("", rng.choice(_COLUMNS) + mark))
        if mark == "——":
            column = ""
        lines[0] += mark + column + rng.choice(_SITES)
    if roll > 0.3:
        tail = _places(rng)
        if rng.random() < 0.3 and lines[-1].endswith("。"):
            lines[-1] += tail
        else:
            lines.append(rng.choice(("", "", "服务区域：", "相关地区：")) + tail)
    return Noisy("\n".join(lines), article.text)
