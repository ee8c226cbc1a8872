"""What adverts are made of: a channel to reach the seller, an identity on it, goods, and words that push.

None of these is an advert by itself; `spam` asks which of them stand together in one clause or paragraph.
"""

from __future__ import annotations

import re

from ahocorasick_rs import AhoCorasick, MatchKind

_CHANNELS = (
    r"微信公众平台|微信公众号|公众号|公众平台|微信群|微信号?|薇信|威信|徽信|V信|微❤|(?<![A-Za-z])(?:VX|vx|wx|WX|Vx)(?![A-Za-z])|QQ群?|Q群|扣扣群?|企鹅群?号?|客服|小程序|会员群|网盘群?"
    r"|交流群|资料群|公号|知识星球|淘宝店?铺?|店铺|网店|微店|百度搜索|(?:加|进|入)群|(?:联系|添加|[加＋+])(?:[QqVv薇微](?![a-z]))|视频号|抖音号|钉钉群|TG|电报群"
)
# Goods that only such adverts name, and goods that are words of any text.
_SURE_GOODS = (
    r"范文|范例|公文写作|写作模板|题库|真题|课件|教案|PPT模?板?|材料大全|资料库|素材库?|代笔|代写|代发|代做|代考|润笔|润色|[sS]?[vV][iI][pP]|网盘|电子书|外链|刷单|刷粉|兼职|贷款|办证|发票"
    r"|彩票|棋牌|返利|优惠券?|红包|秒杀|货到付款|包过|包邮|减肥|增高|丰胸|软文|接单|讲稿|演讲稿?|述职|心得体会?|申论|网课|简历|标书|竞聘|考研|职称论文|公文|文秘|检讨书|思想汇报|会员|好评"
)
_OTHER_GOODS = (
    r"模板|文稿|文库|原创|源码|投稿|论文|推广|SEO|排名|特价|资料|总结|报告|教程|文档|课程|软件|试卷|答案|文案|材料"
)
_PUSHES = (
    r"尽在|欢迎加入|欢迎订阅|欢迎咨询|请[加搜]|请关注|请联系|请添加|添加|加微|认准|关注|领取|免费|获取|有意|联系|搜索|回复|备注|速加|扫码|扫一扫|咨询|购买|抢购|下单|下载|报名|私信|戳|详询|首发|整理"
    r"|更多|最新|海量|一键|点击|谨防假冒|需要的|需要完整|完整版|电子版|打包|大全|一对一|一条龙|价格|优惠多多|仅需|先稿后款|应有尽有|福利|自动发货|老店|资深|保证|加[我他她]|朋友加"
)
_STRONG = (
    r"素材库|素材网|热点素材|代笔|代写|润笔|代发布|[sS][vV][iI][pP]|会员群|网盘群|好评如潮|包过|极速下载|一键下载|持续接单|加[VvQq薇]|薇信|威信|范文网|谨防假冒|先稿后款|(?:更多|海量|优质)(?:素材|范文|资料|文档|模板)"
    r"|免费领取|一条龙"
)
CHANNEL = re.compile(_CHANNELS)
SURE_GOODS = re.compile(_SURE_GOODS)
GOODS = re.compile(f"{_SURE_GOODS}|{_OTHER_GOODS}")
PUSH = re.compile(_PUSHES)
STRONG = re.compile(_STRONG)

ACCOUNT = re.compile(
    r"(?:公众号|微信号?|薇信|威信|V信|VX|vx|wx|QQ群?|Q群|扣扣|客服|会员|联系方式|请联系|加群|群号|店铺|淘宝店|知识星球|网址|小程序|联系(?:电话|人)?|加[VvQq薇微])[^\w\u4e00-\u9fff\n]{0,4}[:：＋+]?[^\w\u4e00-\u9fff\n]{0,4}"
    r"(?:[A-Za-z][\w-]{2,19}|[\d\s-]{5,20}|[^\s，。,、；：“”]{2,10}(?:君|库|网|社|馆|铺|店|吧|堂|坊|轩|范文|素材|文库|资料|公文|写作|文秘|工作室|驿站|加油站)(?![\u4e00-\u9fff]))"
    r"|(?:https?://|www\.)[\w./?=&-]{4,}|(?<!\d)1[3-9]\d[\s-]?\d{4}[\s-]?\d{4}(?!\d)|[A-Za-z0-9.-]+\.(?:com|cn|net|vip|top|cc|xyz)\b"
)
# A name on a channel, in quotes, behind a colon, or nothing else behind it.
NAMED = re.compile(
    rf"(?:{_CHANNELS})\s?(?:[:：]?\s?[“\"「『【]\s?[^“”\"「」【】，。]{{2,16}}[”\"」』】]|[:：]\s?[\w·]{{2,16}}|[\u4e00-\u9fff]{{3,10}}(?=[。！!】\]）)]|$))"
)
REPORT = re.compile(
    r"警方|公安|记者|(?<!数)据(?!点)|介绍|表示|提醒(?![:：])|近日|诈骗|被骗|骗局|嫌疑|查处|查获|处罚|法院|市场监管|监管局|海关|税务|政府|办法|规定|通知|要求|获刑|案件|违法|不法|受害|用户|消费者|市民|群众|(?<!代)发布|公司|企业"
)

# Without one of these (as they stand or split up by symbols) no line is an advert.
HINTS = tuple(
    (
        "微信 公众 QQ Q群 扣扣 客服 小程序 星球 淘宝 店铺 薇 威信 徽信 V信 微❤ VX vx wx WX 加V 加Q 加v 加q 网盘 会员 加群 进群 入群 素材 范文 代写 代笔 代发 润笔 润色 题库 真题 课件 兼职 贷款 办证"
        " 发票 彩票 棋牌 返利 红包 接单 软文 VIP vip 扫码 视频号 抖音号 付费 登录后 回复后"
    ).split()
)
HINT = AhoCorasick(HINTS, matchkind=MatchKind.LeftmostLongest)
SPLITTERS = r"@#~%^&*_=+|·.\-/\\$`<> \u00a0\u3000"
