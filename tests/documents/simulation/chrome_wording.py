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
_SITES = "天瀚贸易网 北港口岸信息网 海川计量在线 新陆桥资讯 陇海物流论坛 华检通 口岸观察网 远东财经网 中原检验检测网 江汉通关服务平台 滨城热线 塞上新闻网".split()
_BUREAUS = "滨海市商务局 东港海关 北疆检验检疫局 临江区人民政府办公室 省计量测试研究院 国门教育培训中心".split()
_SHARES = "微信 新浪微博 腾讯微博 QQ空间 人人网 豆瓣 开心网 百度贴吧 复制链接 朋友圈 QQ好友 钉钉 Facebook Twitter 有道云笔记".split()


def _joined(rng: random.Random, items: list[str]) -> str:
    return rng.choice((" ", "  ", " | ", "｜", " · ", "　", "\t")).join(items)


def site_header(rng: random.Random) -> list[str]:
    return [
        rng.choice(
            (rng.choice(_SITES), f"欢迎访问{rng.choice(_BUREAUS)}门户网站！", f"{rng.choice(_SITES)} 设为首页 加入收藏")
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
    year, bureau, site = rng.randint(2003, 2024), rng.choice(_BUREAUS), rng.choice(_SITES)
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
    site = rng.choice(_SITES)
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


def forum_header(rng: random.Random) -> list[str]:
    return [
        *rng.choice(
            (
                ["登录 | 注册", "只需一步，快速开始"],
                ["找回密码", "立即注册", "快捷导航"],
                ["游客，您好！请 登录 或 注册"],
                ["设为首页", "收藏本站", "切换到宽版"],
            )
        ),
        *rng.choice(
            (
                ["论坛", "门户", "群组", "家园", "排行榜"],
                ["首页 BBS 导读 淘帖 日志 相册"],
                ["门户Portal 论坛BBS 群组Group"],
            )
        ),
        *rng.choice((["帖子", "搜索", "热搜: 报关 归类 AEO"], ["本版 文章 帖子 用户"], [])),
        f"{rng.choice(_SITES)} » 论坛 › {rng.choice(('报关实务', '检验检疫', '计量交流', '政策解读'))} › 查看帖子",
    ]


def forum_counters(rng: random.Random) -> list[str]:
    return rng.choice(
        (
            [f"查看: {rng.randint(1, 9999)}|回复: {rng.randint(0, 99)}"],
            [f"查看：{rng.randint(1, 9999)}", f"回复：{rng.randint(0, 99)}"],
            ["发帖 回复", "返回列表"],
            [],
        )
    )


def forum_post_bar(rng: random.Random) -> list[str]:
    day = date(rng)
    stamp = f"{day.year}-{day.month}-{day.day} {rng.randint(0, 23)}:{rng.randint(0, 59):02}:{rng.randint(0, 59):02}"
    return some(
        rng,
        (
            "[复制链接]",
            f"发表于 {stamp} | 只看该作者 | 倒序浏览",
            f"发表于 {stamp} | 显示全部楼层 |阅读模式",
            "楼主",
            "电梯直达",
            f"主题 {rng.randint(1, 900)} | 帖子 {rng.randint(1, 9000)} | 积分 {rng.randint(1, 9000)}",
            "该用户从未签到",
            "马上注册，结交更多好友，享用更多功能，让你轻松玩转社区。",
            "您需要 登录 才可以下载或查看，没有账号？立即注册",
            "x",
            f"本帖最后由 admin 于 {stamp} 编辑",
        ),
        2,
        6,
    )


def forum_footer(rng: random.Random) -> list[str]:
    return [
        *some(
            rng,
            (
                "回复",
                "使用道具 举报",
                "收藏 1 转播 分享 淘帖 支持 反对",
                "分享到: QQ好友和群 QQ空间 腾讯微博",
                "点评",
                "举报",
                "沙发",
            ),
            2,
            4,
        ),
        *rng.choice(
            (
                ["发表回复", "高级模式", "您需要登录后才可以回帖 登录 | 立即注册", "本版积分规则"],
                ["快速回复", "回帖后跳转到最后一页"],
                ["返回列表 发新帖"],
            )
        ),
        *rng.choice(
            (
                ["小黑屋|手机版|Archiver|口岸论坛", "Powered by Discuz! X3.4"],
                [
                    f"GMT+8, {date(rng).isoformat()} 10:21 , Processed in 0.04 second(s), 12 queries .",
                    "Powered by Discuz! X3.2 © 2001-2013 Comsenz Inc.",
                ],
                [],
            )
        ),
    ]


APP_HEADS = (
    "点击上方“口岸之声”关注我们",
    "点击蓝字 关注我们",
    "点击上方蓝色字体，订阅“国门瞭望”",
    "↑↑↑点击上方蓝字关注“计量之窗”",
    "打开APP阅读全文",
    "点击播放 ▶",
    "收听本文音频",
    "进入小程序查看完整内容",
    "在小说阅读器读本章",
)
APP_TAILS = (
    "长按识别二维码关注我们",
    "扫描下方二维码，加入读者交流群",
    "觉得好看，请点个“在看”",
    "点击“阅读原文”了解更多",
    "↓↓↓ 点击阅读原文",
    "分享、点赞、在看，一键三连！",
    "喜欢就点个赞吧",
    "阅读 1.2万",
    "阅读原文",
    "赞 23 在看 11",
    "微信扫一扫 关注该公众号",
    "继续滑动看下一个",
    "轻触阅读原文",
    "写留言",
    "精选留言",
    "收录于合集 #口岸故事 12个",
    "预览时标签不可点",
    "转发给更多人看到吧",
    "▼ 往期精彩回顾 ▼",
    "END",
    "— END —",
    "别忘了点亮小星星★哦",
    "关注我们，获取更多资讯",
    "打开微信“扫一扫”，即可将网页分享至朋友圈",
    "下载客户端，查看更多精彩内容",
    "返回搜狐，查看更多",
    "责任编辑信箱：点击进入",
    "特别声明：以上内容(如有图片或视频亦包括在内)为自媒体平台“口岸号”用户上传并发布，本平台仅提供信息存储服务。",
    "展开阅读全文",
    "举报/反馈",
)
APP_INSIDE = (
    "左右滑动查看更多",
    "← 左右滑动查看更多图片 →",
    "上下滑动查看全文",
    "（点击图片可放大）",
    "点击图片查看大图",
    "▲ 左滑查看更多",
    "向上滑动阅览",
    "广告",
    "点击加载图片",
    "正在加载...",
    "视频加载中，请稍候...",
    "|||",
    "— · —",
    "点击观看视频▼",
    "全屏观看",
)


def library_header(rng: random.Random) -> list[str]:
    return [
        rng.choice(("欢迎来到云海文库！", "您好，欢迎来到知问文档 | 帮助中心", "登录 注册 上传文档 文库首页")),
        rng.choice(
            (
                "首页 > 全部分类 > 行业资料 > 文档下载",
                "首页 文库 > 办公文书 > 工作总结",
                "当前位置：首页 > 资源分类 > DOC文档",
            )
        ),
        *some(
            rng,
            (
                f"资源ID：{rng.randint(10**5, 10**8)}",
                f"资源大小：{rng.randint(10, 900)}.5KB 全文页数：{rng.randint(1, 90)}页",
                f"上传人：文档爱好者 上传时间：{date(rng).isoformat()} 格式：DOC 页数：{rng.randint(1, 60)}",
                f"文档编号：{rng.randint(10**5, 10**8)}",
                "下载积分：10金币",
                "快捷下载 游客一键下载",
                "支付方式： 支付宝 微信支付",
                "加入VIP，免费下载",
                f"第1页 / 共{rng.randint(2, 60)}页",
                "亲，该文档总共3页，到这儿已超出免费预览范围，如果喜欢就下载吧！",
                "点击查看更多>>",
                "资源描述：",
            ),
            3,
            7,
        ),
    ]


def library_footer(rng: random.Random) -> list[str]:
    return some(
        rng,
        (
            "下载文档到电脑，查找使用更方便",
            "还剩 12 页未读，继续阅读",
            "第 3 页 共 9 页",
            "预览结束，需要10金币下载全文",
            "点击下载本文文档(.docx)",
            "下载提示：1.本站不保证下载资源的准确性、安全性和完整性 2.文件预览仅为部分内容",
            "关键词：海关 报告 总结",
            "文档评价： 0分 共0人评价",
            "本文档由用户自行上传分享，若有侵权请联系客服删除",
            "最新文档",
            "相关文档",
            "猜您喜欢",
            "客服QQ：800012345 咨询电话：400-000-0000",
        ),
        3,
        6,
    )
