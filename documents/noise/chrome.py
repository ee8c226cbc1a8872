"""Page chrome: what the page says about itself around the article.

A line goes when its wording is a page's own (navigation, counters, log-in, share bar, legal footer) and it is no
sentence; the block after the article goes when most of it is such; by-lines with a value stay, empty fields go.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from documents.edits import Edit
from documents.noise.base import NoiseKind, lines_of

# Words of a page's own interface. A line made of little else is chrome.
_INTERFACE = re.compile(
    r"(?:网站)?首页|网站地图|(?:设为)?首页|加入收藏|设为主页|收藏(?:本页)?|打印(?:本页|文章)?|关闭(?:本页|窗口)?|返回(?:顶部|首页|列表)?"
    r"|(?:查看|发表)?评论|字体|字号|上一[篇页条]|下一[篇页条]|点击(?:数|量|次数|率|查看|这里|进入)|浏览(?:数|量|次数)?|阅读(?:数|量|次数|原文|全文)"
    r"|分享(?:到|至)?|转发|点赞|在看|朋友圈|微信|新浪|腾讯|微博|QQ空间|QQ好友|二维码|扫一扫|扫码关注|长按识别"
    r"|用户(?:信息)?中心|会员(?:注册|登[录陆]|中心)|注册|登[录陆]|找回密码|忘记密码|完善信息|已有账号|免费注册|密码|账号|验证码|记住我"
    r"|相关(?:信息|新闻|文章|阅读|链接|内容|推荐)|没有相关内容|暂无(?:数据|内容|评论)?|还没有任何(?:项目|内容|评论)"
    r"|本[月周日](?:排行|热门)|(?:热门|点击|阅读)?排行�?|TOP\s*\d+|热门(?:文章|推荐|标签)|推荐阅读|最新(?:文章|资讯)|更多(?:内容|新闻)?|查看(?:更多|全部|详情)?"
    r"|联系我们|关于我们|友情链接|版权声明|免责声明|法律声明|隐私(?:政策|声明)|管理(?:登录|员)|网站(?:声明|管理|导航)|广告服务|招聘信息|意见反馈"
    r"|通知|公告|征订(?:通知|启事)?|左右滑动|上下滑动|滑动查看|点击.{0,4}[“\"‘]?蓝字[”\"’]?|关注我们|手机版|电脑版|客户端|RSS|大\s*中\s*小",
    re.IGNORECASE,
)
_LEGAL = re.compile(
    r"Copyright|All rights? reserved|版权所有|[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]ICP[备证]|公网安备|备案(?:编)?号"
    r"|新出(?:发|网证)|许可证(?:编)?号|技术支持[:：]|主办单位[:：]|网站标识码",
    re.IGNORECASE,
)
_BREADCRUMB = re.compile(
    r"^(?:您?(?:当前|现在|目前)?的?(?:所在)?位置|当前位置|你的位置)\s*(?:是)?\s*[:：>]|^首页\s*[>»›/]"
)
_CONTACT = re.compile(r"(?:电话|热线|传真|手机|客服|Tel|Fax)\s*[:：]?\s*\+?[\d(（][\d\s()（）-]{5,}\d", re.IGNORECASE)
_ADDRESS_LINE = re.compile(r"^\S{0,30}\s*https?://\S+\s*/?$")
_SITE_SLOGAN = re.compile(r"^(.{2,12}网)\s*[—-]{1,2}.{0,12}(?:门户|平台|网站|官网|第一网)\S{0,6}$")
_FIELD = r"(?:作者|来源|编辑|责任编辑|责编|记者|浏览|点击|阅读|评论)(?:次?数|量)?"
_EMPTY_FIELD = re.compile(
    rf"\s*{_FIELD}\s*[:：](?=\s*(?:{_FIELD}\s*[:：]|$))|\s*(?:浏览|点击|阅读|评论)(?:次?数|量)?\s*[:：]\s*\d+\s*次?"
)
_PUBLISHED = re.compile(
    r"(?:发布|发表|更新|出版)?(?:时间|日期)\s*[:：]\s*\d{4}|(?:作者|来源|供稿|编辑|审校|出品|责任编辑)\s*[:：]\s*\S"
)
_FRAME = re.compile(r"^[\s|｜_=*~·•-]+$")
_FRAME_TAIL = re.compile(r"(?:\s+[|｜]|\s*[|｜]{2,})\s*$")
_SENTENCE = re.compile(r"[。！？]|[，,].{6,}[，,]")
_HEAD_LINES = 12
_SHORT = 40
# Longer lines are text, or nothing that a pattern could tell.
_LONGEST = 300


def find(text: str) -> Iterator[Edit]:
    lines = [(at, line) for at, line in lines_of(text)]
    full = [number for number, (_, line) in enumerate(lines) if line.strip()]
    gone: dict[int, str] = {number: reason for number in full if (reason := _why_chrome(lines[number][1].strip()))}
    gone.update(_site_header(lines, full))
    gone.update(_page_tail(lines, full, gone))
    for number in full:
        at, line = lines[number]
        if number in gone:
            yield Edit(at, at + len(line), "", "chrome", gone[number], 0.95)
        else:
            yield from _pieces(at, line)


def _why_chrome(line: str) -> str:
    """Why this line by itself is chrome, "" if it is not."""
    if _FRAME.match(line):
        return "frame"
    if len(line) > _LONGEST:
        return ""
    if _BREADCRUMB.search(line) and len(line) <= 80 and not _SENTENCE.search(line):
        return "breadcrumb"
    if _SENTENCE.search(line) or _PUBLISHED.search(line):
        return ""
    if _LEGAL.search(line):
        return "legal footer"
    if _ADDRESS_LINE.match(line):
        return "site address"
    if _SITE_SLOGAN.match(line):
        return "site name"
    if len(line) <= _SHORT and _CONTACT.search(line):
        return "contact line"
    if len(line) > 2 * _SHORT:
        return ""
    rest = _INTERFACE.sub("", line)
    left = sum(char.isalnum() for char in rest) - sum(char.isdigit() for char in rest)
    whole = sum(char.isalnum() for char in line)
    if rest != line and left * 5 <= whole:
        return "page interface"
    return ""


def _site_header(lines: list[tuple[int, str]], full: list[int]) -> dict[int, str]:
    """Short lines above a breadcrumb near the top: the site's name and columns."""
    top = full[:_HEAD_LINES]
    crumbs = [number for number in top if _BREADCRUMB.search(lines[number][1].strip())]
    if not crumbs:
        return {}
    above = [number for number in top if number < crumbs[-1]]
    return {n: "site header" for n in above if len(lines[n][1]) <= _SHORT and not _SENTENCE.search(lines[n][1])}


def _page_tail(lines: list[tuple[int, str]], full: list[int], gone: dict[int, str]) -> dict[int, str]:
    """Everything after the article, when most of it is chrome by itself."""
    last = -1
    for number in full:
        line = lines[number][1].strip()
        if number not in gone and (_SENTENCE.search(line) or len(line) > _SHORT or _PUBLISHED.search(line)):
            last = number
    tail = [number for number in full if number > last]
    chrome = sum(number in gone for number in tail)
    if last < 0 or len(tail) < 3 or chrome * 2 < len(tail):
        return {}
    first = next(number for number in tail if number in gone)
    return {number: "block after the article" for number in tail if number >= first and number not in gone}


def _pieces(at: int, line: str) -> Iterator[Edit]:
    """Parts of a line that stays: empty by-line fields, counters and a frame mark at its end."""
    if len(line) <= 2 * _SHORT and _PUBLISHED.search(line):
        for hit in _EMPTY_FIELD.finditer(line):
            yield Edit(at + hit.start(), at + hit.end(), "", "chrome", "empty by-line field or counter", 0.95)
    tail = _FRAME_TAIL.search(line)
    if tail and tail.start():
        yield Edit(at + tail.start(), at + tail.end(), "", "chrome", "frame", 0.9)


KIND = NoiseKind("chrome", "page chrome", find)
