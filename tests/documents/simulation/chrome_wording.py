"""Wording of invented sites: columns, buttons, counters, boxes, footers, put together anew for every page."""

from __future__ import annotations

import random

from tests.documents.simulation.page import some
from tests.documents.simulation.sentences import date, names, person, title

_COLUMNS = (
    "首页 要闻 本网快讯 工作动态 政务公开 办事大厅 互动交流 走进海关 法规库 数据发布 专题集锦 媒体聚焦 基层风采 党建园地 人事信息 招标采购 图说口岸 视频点播"
    " 公告栏 通关指南 企业之窗 国际合作 学术园地 计量科普 标准化 会员天地 人才招聘 在线访谈 民意征集 下载专区 友情链接 联系我们 关于我们 网上投稿 信息公开指南"
).split()
_PORTAL_COLUMNS = "新闻 国际 国内 财经 股票 体育 NBA 娱乐 时尚 汽车 房产 科技 手机 数码 教育 高考 旅游 女性 育儿 健康 美食 读书 历史 军事 博客 论坛 微博 视频 图片 游戏 彩票 星座 公益 佛学 邮箱".split()
SITES = "天瀚贸易网 北港口岸信息网 海川计量在线 新陆桥资讯 陇海物流论坛 华检通 口岸观察网 远东财经网 中原检验检测网 江汉通关服务平台 滨城热线 塞上新闻网".split()
_BUREAUS = "滨海市商务局 东港海关 北疆检验检疫局 临江区人民政府办公室 省计量测试研究院 国门教育培训中心".split()
_SHARES = "微信 新浪微博 腾讯微博 QQ空间 人人网 豆瓣 开心网 百度贴吧 复制链接 朋友圈 QQ好友 钉钉 Facebook Twitter 有道云笔记".split()


def _joined(rng: random.Random, items: list[str]) -> str:
    return rng.choice((" ", "  ", " | ", "｜", " · ", "　", "\t")).join(items)


def site_header(rng: random.Random) -> list[str]:
    return [
        rng.choice(
            (rng.choice(SITES), f"欢迎访问{rng.choice(_BUREAUS)}门户网站！", f"{rng.choice(SITES)} 设为首页 加入收藏")
        )
    ]


def navigation_line(rng: random.Random) -> list[str]:
    return [_joined(rng, ["首页", *some(rng, _COLUMNS[1:], 4, 9)])]


def navigation_lines(rng: random.Random) -> list[str]:
    columns = some(rng, rng.choice((_COLUMNS[1:], _PORTAL_COLUMNS)), 5, 10)
    return ["首页", *columns] if rng.random() < 0.5 else [_joined(rng, ["首页", *columns])]


def service_bar(rng: random.Random) -> list[str]:
    return [
        _joined(
            rng,
            some(
                rng,
                "设为首页 加入收藏 无障碍浏览 繁體版 English 手机版 移动门户 长者专区 邮箱登录 网站支持IPv6 智能问答 RSS订阅 政务微博 登录 注册".split(),
                3,
                6,
            ),
        )
    ]


def search_box(rng: random.Random) -> list[str]:
    return rng.choice(
        (
            ["请输入关键字", "搜索"],
            ["站内搜索： 请输入搜索内容"],
            ["热门搜索： 关税 AEO 原产地证 RCEP"],
            ["搜 索", "高级搜索"],
        )
    )


def today(rng: random.Random) -> list[str]:
    day = date(rng)
    week = "一二三四五六日"[day.weekday()]
    return [
        rng.choice(
            (
                f"今天是{day.year}年{day.month}月{day.day}日 星期{week}",
                f"{day.year}年{day.month:02}月{day.day:02}日 星期{week} 欢迎您！",
                "今天是：",
                f"现在时间： {day.isoformat()} 星期{week}",
            )
        )
    ]


def breadcrumb(rng: random.Random) -> list[str]:
    label = rng.choice(
        ("当前位置：", "您的位置：", "您当前所在位置：", "您现在的位置：", "所在位置:", "位置：", "你在这里：", "")
    )
    mark = rng.choice((" > ", ">", " >> ", "＞", " » ", " / ", " → ", " - "))
    steps = [rng.choice(("首页", "网站首页", "主页", "首 页")), *some(rng, _COLUMNS[1:], 1, 3)]
    if rng.random() < 0.4:
        steps.append(rng.choice(("正文", "文章正文", "详细内容", "内容")))
    if not label and mark == " - ":
        mark = " > "
    return [label + mark.join(steps) + rng.choice(("", "", mark.rstrip()))] if rng.random() < 0.85 else []


def field_counters(rng: random.Random) -> str:
    count = rng.randint(1, 99999)
    return "".join(
        rng.choice((" ", "　", "  ", " | ")) + field
        for field in some(
            rng,
            (
                f"浏览次数：{count}",
                f"点击数：{count}",
                f"浏览量：{count} 次",
                f"阅读：{count}次",
                "字号：[大 中 小]",
                "字体：【大 中 小】",
                "【字体：大 中 小】",
                "字号： 大 中 小",
                "字体大小：小 中 大",
                "分享到：",
                "打印本页",
                "【打印】【关闭】",
                "评论：0",
                "阅读量：",
                "浏览次数：",
                "访问量：[]次",
                "[收藏] [打印]",
                "A- A+",
            ),
            0,
            2,
        )
    )


def share_bar(rng: random.Random) -> list[str]:
    picked = some(rng, _SHARES, 3, 6)
    return rng.choice(
        (
            [f"分享到：{' '.join(picked)}"],
            ["分享到：", *picked],
            [f"分享： {' '.join(picked)} 更多"],
            ["扫一扫在手机打开当前页"],
            ["【打印本页】 【关闭窗口】", "分享到："],
            ["分享 收藏 举报"],
            ["用微信扫描二维码", "分享至好友和朋友圈"],
        )
    )


def mood_bar(rng: random.Random) -> list[str]:
    return rng.choice(
        (
            ["点赞 0", "收藏", "分享"],
            ["0人点赞", "踩"],
            ["赞(12)", "打赏"],
            ["您对本文的评价：", "很好 一般 较差"],
            ["0 条评论", "登录后参与评论"],
            ["有用(3)", "没用(0)"],
        )
    )


def keywords_line(rng: random.Random) -> list[str]:
    return [
        rng.choice(("标签：", "本文标签：", "Tags：", "文章关键词：", "TAG标签："))
        + rng.choice((" ", "，", "、")).join(some(rng, names("domain_term"), 2, 4))
    ]


def neighbours(rng: random.Random) -> list[str]:
    one, other = title(rng), title(rng)
    return rng.choice(
        (
            [f"上一篇：{one}", f"下一篇：{other}"],
            [f"上一篇: {one} 下一篇: {other}"],
            ["上一篇：没有了", f"下一篇：{other}"],
            [f"« 上一篇：{one}", f"下一篇：{other} »"],
            [f"上一条：{one}", "下一条：已经是最后一条"],
            [f"前一篇：{one}", f"后一篇：{other}"],
            ["上一篇", one, "下一篇", other],
        )
    )


def related_titles(rng: random.Random) -> list[str]:
    heading = rng.choice(
        (
            "相关阅读",
            "相关新闻",
            "延伸阅读：",
            "您可能还感兴趣的文章",
            "猜你喜欢",
            "更多相关内容",
            "推荐阅读",
            "大家都在看",
            "相关链接：",
        )
    )
    prefix = rng.choice(("", "· ", "• ", "[图文] "))
    suffix = rng.choice(("", "", f" {date(rng).isoformat()}", f" ({date(rng).strftime('%m-%d')})"))
    return [heading, *(f"{prefix}{title(rng)}{suffix}" for _ in range(rng.randint(2, 6)))]


def related_links(rng: random.Random) -> list[str]:
    return rng.choice(
        (
            ["相关附件", "暂无附件"],
            ["相关信息", "没有相关信息"],
            ["相关解读：", f"图解：{title(rng)}"],
            related_titles(rng),
        )
    )


def ranking(rng: random.Random) -> list[str]:
    heading = rng.choice(
        ("热门文章", "点击排行", "新闻排行榜", "一周热点", "本月阅读排行", "24小时热文", "热点排行 TOP10", "最新资讯")
    )
    return [heading, *(f"{n}{rng.choice(('', '.', '、', ' '))} {title(rng)}" for n in range(1, rng.randint(3, 8)))]


def ranking_stub(rng: random.Random) -> list[str]:
    return rng.choice(
        (
            ["热门排行", "日", "周", "月"],
            ["本周排行", "暂无数据"],
            ["点击排行榜", "1", "2", "3", "4", "5"],
            ["最新更新", "更多>>"],
        )
    )


def comment_box(rng: random.Random) -> list[str]:
    return rng.choice(
        (
            ["网友评论", "文明上网，理性发言", "发表评论", "全部评论（0）"],
            ["我要评论", "用户名： 密码：", "匿名发表", "提交评论"],
            ["评论列表", "还没有评论，快来抢沙发吧！"],
            ["最新评论", "请登录后发表评论", "验证码： 看不清？点击更换"],
            ["已有 0 人参与", "0条评论", "登录 | 注册", "发布"],
            ["网友评论仅供其表达个人看法，并不表明本站同意其观点或证实其描述。", "查看全部评论"],
        )
    )


def hot_tags(rng: random.Random) -> list[str]:
    return ["热门标签", " ".join(some(rng, names("domain_term"), 4, 8))]


def login_box(rng: random.Random) -> list[str]:
    return rng.choice(
        (
            ["会员登录", "用户名：", "密 码：", "验证码：", "登录 注册 忘记密码？"],
            ["账号登录", "手机号码", "短信验证码", "获取验证码", "登录即表示同意《用户协议》和《隐私政策》"],
            ["您好，请登录 免费注册"],
            ["登录", "注册", "记住密码 找回密码", "其他方式登录： QQ 微信 微博"],
            ["用户登录", "自动登录 忘记密码", "还没有账号？立即注册"],
        )
    )


def attachments_and_buttons(rng: random.Random) -> list[str]:
    return rng.choice(
        (
            ["【打印】 【关闭】"],
            ["打印本页 关闭窗口"],
            ["[打印文章] [添加收藏]"],
            ["返回列表", "返回顶部"],
            ["打印 | 收藏 | 关闭 | 返回顶部"],
            ["【字体：大 中 小】【打印】【关闭】"],
            ["TOP"],
            ["返回上一页 返回首页"],
        )
    )


def friend_links(rng: random.Random) -> list[str]:
    return rng.choice(
        (
            [f"友情链接： {' '.join(some(rng, names('agency'), 3, 5))}"],
            ["友情链接", *some(rng, names("agency"), 3, 5)],
            ["--中央部委网站--", "--直属海关网站--", "--其他链接--"],
            ["相关链接", " | ".join(some(rng, names("agency"), 3, 5))],
            ["网站导航： 国务院部门网站 地方政府网站 驻港澳机构网站"],
        )
    )


_REGIONS = "京 沪 津 冀 粤 苏 浙 鲁 辽 黑 新 蒙 桂 云 渝".split()


def _icp(rng: random.Random) -> str:
    region, number = rng.choice(_REGIONS), rng.randint(10**7, 10**8 - 1)
    return rng.choice(
        (
            f"{region}ICP备{number}号",
            f"{region}ICP备{number}号-{rng.randint(1, 9)}",
            f"备案号：{region}ICP备{number}号",
            f"{region}ICP证{number % 10**6:06}号",
            f"ICP备案：{region}B2-{number}",
        )
    )


def _police(rng: random.Random) -> str:
    number = rng.randint(10**13, 10**14 - 1)
    return rng.choice(
        (
            f"{rng.choice(_REGIONS)}公网安备 {number}号",
            f"{rng.choice(_REGIONS)}公网安备{number}号",
            f"公安备案号：{number}",
        )
    )


def legal_footer(rng: random.Random) -> list[str]:
    year, bureau, site = rng.randint(2003, 2024), rng.choice(_BUREAUS), rng.choice(SITES)
    domain = rng.choice(("www.example.gov.cn", "www.portinfo.example.cn", "www.metrology.example.com"))
    lines = some(
        rng,
        (
            f"Copyright © {year} {domain} All Rights Reserved",
            f"版权所有：{bureau}",
            f"版权所有 © {year}-{year + 3} {site}",
            f"主办：{bureau} 承办：{rng.choice(_BUREAUS)}",
            f"主办单位：{bureau}　维护单位：{rng.choice(_BUREAUS)}信息中心",
            f"网站标识码：{rng.randint(10**9, 10**10 - 1)}",
            f"地址：滨海市临江路{rng.randint(1, 400)}号 邮编：{rng.randint(100000, 899999)}",
            f"技术支持：{rng.choice(('某某科技有限公司', '云图信息技术有限公司', '省信息中心'))}",
            "建议使用IE8以上浏览器，1024*768以上分辨率浏览本站",
            "关于我们 | 网站地图 | 联系我们 | 法律声明",
            "网站声明 网站地图 联系我们 意见箱",
            f"违法和不良信息举报电话：{rng.randint(10, 29):03}-{rng.randint(10**7, 10**8 - 1)} 举报邮箱：jubao@example.cn",
            f"您是第 {rng.randint(10**4, 10**7)} 位访问者",
            "最佳浏览效果：1366*768",
            f"总访问量：{rng.randint(10**4, 10**7)} 今日访问：{rng.randint(1, 9999)}",
        ),
        2,
        5,
    )
    lines.insert(
        rng.randint(0, len(lines)),
        rng.choice((_icp(rng), f"{_icp(rng)} {_police(rng)}", f"{_icp(rng)}　{_police(rng)}")),
    )
    return lines


def contact_footer(rng: random.Random) -> list[str]:
    phone = f"0{rng.randint(10, 29)}-{rng.randint(10**7, 10**8 - 1)}"
    return some(
        rng,
        (
            f"联系电话：{phone}",
            f"服务热线：400-{rng.randint(100, 999)}-{rng.randint(1000, 9999)}",
            f"传真：{phone}",
            f"客服QQ：{rng.randint(10**7, 10**9)}",
            f"联系人：{person(rng)[0]}经理",
            f"Tel: {phone} Fax: {phone}",
            "E-mail: service@example.cn",
        ),
        1,
        3,
    )


def phone_header(rng: random.Random) -> list[str]:
    phone = f"0{rng.randint(10, 29)}-{rng.randint(10**7, 10**8 - 1)}"
    return [
        rng.choice(
            (
                f"咨询热线：{phone}",
                f"全国服务热线：400-{rng.randint(100, 999)}-{rng.randint(1000, 9999)}",
                f"电话：{phone}",
                f"24小时服务电话 {phone}",
                f"☎ {phone}",
                f"欢迎来电咨询：{phone}",
            )
        )
    ]


def disclaimer(rng: random.Random) -> list[str]:
    site = rng.choice(SITES)
    return rng.choice(
        (
            [],
            [f"免责声明：本文来源于网络，版权归原作者所有，如涉及侵权请联系{site}删除。"],
            [f"声明：凡注明“来源：{site}”的作品，未经授权不得转载，违者将追究法律责任。"],
            ["本文仅代表作者个人观点，与本网站立场无关，其真实性由作者自行负责，请读者仅作参考。"],
            ["以上内容由用户自行上传发布，平台仅提供信息存储服务，如有侵权请及时联系我们删除。"],
            ["特别声明：本站转载此文目的在于传递更多信息，并不代表本站赞同其观点和对其真实性负责。"],
        )
    )
