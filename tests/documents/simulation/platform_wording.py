"""Wording of forums, apps and document libraries, put together anew for every page."""

from __future__ import annotations

import random

from tests.documents.simulation.chrome_wording import SITES
from tests.documents.simulation.page import some
from tests.documents.simulation.sentences import date


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
        f"{rng.choice(SITES)} » 论坛 › {rng.choice(('报关实务', '检验检疫', '计量交流', '政策解读'))} › 查看帖子",
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
