"""What one line says of itself: page chrome for sure, chrome if it stands among chrome, or an article's own.

Also the parts of a line that go while the line stays: counters, empty by-line fields, buttons at its ends.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence

from documents.noise import chrome_words as words
from documents.noise.chrome_menus import heads_list, is_crumb, is_select_box, menu

SURE, MAYBE, TEXT = "sure", "maybe", ""
SHORT = 40
# Longer lines are text, or nothing that a pattern could tell.
LONGEST = 300
# Paragraphs up to this length are remembered.
_REMEMBERED = 1000

_FRAME = re.compile(r"[\s|｜_=*~·•\-—–►▼▲△▽◆◇●○■□★☆→←↓↑⬇⬆👇👆+#]+")
SENTENCE = re.compile(r"[。！？]|[，,].{6,}[，,]")
_CLAUSES = re.compile(r"[，,].{6,}[，,]")
_NOT_LETTERS = re.compile(r"[\W\d_]+")

_ADDRESS_LINE = re.compile(
    r"^(?:\S{0,16}[:：]|\S{0,12}[网站页台])?\s*(?:https?://|www\.)[\w./?=&%#~:-]+\s*/?$", re.IGNORECASE
)
_SITE_SLOGAN = re.compile(r"^.{2,12}网\s*[—\-－_|]{1,2}.{0,14}(?:门户|平台|网站|官网|第一网|第一站|领先|专业)\S{0,8}$")
_LISTED = re.compile(
    r"^\W{0,3}(?:友情链接|友情连接|相关链接|网站导航|快速导航|(?:站内)?(?:热门|历史)搜索|热词|热搜(?:词|榜)?|(?:TAGS?)?(?:本文|文章|热门|相关|关键)?标签云?|TAGS?|(?:本文|文章|页面|新闻|热门|相关)关键[词字]|分享到?|分享至|转发到|扩散到)\s*[:：]",
    re.IGNORECASE,
)
_KEYWORDS_LINE = re.compile(r"^\W{0,3}(?:关键[词字]|key\s?words?)\s*[:：][^。]{2,80}$", re.IGNORECASE)
_TODAY = re.compile(
    r"^(?:今天是|现在是|现在时间|当前时间|当前日期|今日日期|北京时间|系统时间)\s*(?:[:：]\s*(?:\d{4}|$)|\d{4})|^\d{4}年\d{1,2}月\d{1,2}日\s*(?:星期|周)[一二三四五六日天]\s*(?:欢迎|农历|天气|加入|设为|\d|$)"
)
_PAGE_NUMBER = re.compile(
    r"^(?:[-—–]\s*\d{1,4}\s*[-—–]|第\s*\d+\s*页\s*[/,，]?\s*共\s*\d+\s*页|\d{1,4}\s*/\s*\d{1,4}\s*页?)$"
)
_THE_END = re.compile(r"^\W*(?:the\s+end|end|fin|全文完|本文完)\W*$", re.IGNORECASE)
_FORUM = re.compile(
    r"^(?:发表于|回复于|编辑于)?\s*[\d\s:/-]{8,}\s*\|?\s*(?:只看|显示|倒序|来自)|^本帖最后由.{1,60}编辑|^\W*(?:沙发|板凳|地板|\d+)#\s*$|^(?:下载附件|.{0,40}下载次数)\s*[:：(（]"
    r"|^(?:查看|回复|主题|帖子|积分|金币|精华|威望|贡献|阅读权限|在线时间|注册时间|最后登录|金钱|听众|UID)\s*[:：]?\s*\d[\d\s|:：/-]*(?:(?:查看|回复|主题|帖子|积分|小时)\s*[:：]?\s*\d*)?$"
    r"|^x$|^您(?:需要|所在的用户组|还没有).{0,30}(?:登录|注册|权限|下载|查看)|^马上注册[，,]|^游客[，,].{0,30}(?:回复|登录)",
    re.IGNORECASE,
)
_LIBRARY = re.compile(
    r"^\W{0,3}(?:文档|文件|资料|资源|全文)(?:ID|大小|格式|页数|编号|评分|评价|热度|类型|属性|语言|分类|描述|介绍)\s*[:：][^。]{0,80}$"
    r"|^(?:所需积分|下载积分|所需金币|下载次数|上传时间|上传者|上传人|支付方式|贡献者|资源描述|文档描述)\s*[:：][^。]{0,80}$"
    r"|^《[^》]{2,60}》由会员分享|^\S{2,60}_第\d{1,4}页$"
    r"|^该文档(?:由|为|是)[^。]{0,40}(?:上传|分享|会员|用户)[^。]{0,40}$|^\W{0,2}(?:VIP|会员)(?:免费|专享|可下载|特权).{0,20}$|^[¥￥]\s*\d+(?:\.\d+)?\s*(?:立即|购买|元)?$",
    re.IGNORECASE,
)
_PICTURE = re.compile(
    r"^[^。]{0,80}\.(?:jpe?g|png|gif|bmp|webp)$|^(?:图片默认标题|微信图片|微信截图|QQ图片|QQ截图|未标题|IMG|DSC|image|photo)[_-]?\w*\d\w*$|^\S{0,20}_fororder_\w+$",
    re.IGNORECASE,
)
_FILE_FIELD = re.compile(r"^(?:大小|格式|页数|编号|评分|热度|积分)\s*[:：][^。，]{0,40}$")
_COUNTS = re.compile(
    r"^(?:\W{0,3}(?:阅读|浏览|点击|点?赞|在看|评论|收藏|转发|转播|分享|查看|回复|人气|下载|粉丝|关注|围观|顶|踩|有用|没用|支持|反对)(?:量|数|次数)?\s*[:：(（]?\s*\d[\d.,]*\s*[万亿kKwW]?\+?[次人)）]{0,2}\s*){1,6}$"
)
_MACHINE = re.compile(
    r"^(?:GMT[+-]\d|Powered\s+by\s|Processed\s+in\s|.{0,60}\d+ queries?\b|Designed\s+by\s|Theme\s+by\s)", re.IGNORECASE
)

_FIELD_MARK = re.compile("[:：|｜]")
_LABELLED = re.compile(
    r"(?:时间|日期)\s*[:：]\s*\d{4}|(?:作者|来源|稿源|供稿|编辑|审校|审核|出品|责编|记者|摄影)\s*[:：|｜]\s*\S"
)
_DATED = re.compile(r"\W{0,2}\d{4}\s*[-/年.]\s*\d{1,2}\s*[-/月.]\s*\d{1,2}日?")
_KEPT_FIELD = r"(?:文章|信息|新闻|稿件)?(?:作者|来源|编辑|责任编辑|责编|记者|稿源|供稿|出处|发布者|发布人|录入者?|校对|审核|摄影|译者)"
_COUNTER = (
    r"(?:浏览|点击|阅读|评论|访问|查看|回复|收藏|点赞|转发|分享|人气|热度|下载|关注)(?:次数|人数|总数|数量|数|量|次)?"
    r"|字体大小|字体|字号|大小"
)
_VALUE = (
    r"(?:[【\[(（][\s\d大中小特默认|]{0,14}[】\])）]\s?[次人]?|[\d,.]+\s*[万亿]?\s*[次人]?|(?:[大中小]|特大|较大|默认|A[+-]?)(?:[\s|]+(?:[大中小]|特大|较大|默认|A[+-]?)){1,3}"
    r"|-{2,}|正在加载|加载中)"
)
_OPEN = r"[\s|｜丨·【\[(（]*"
_VALUED = re.compile(r"[\d\]】)）次人]\s*$|[大中小]\s*$")
_COUNTER_HINT = re.compile("浏览|点击|阅读|评论|访问|查看|字号|字体|人气|分享|打印|收藏|关闭|A\\+")
_SIZE_BUTTON = re.compile(r"(?:A[+-]|[Tt][+-]|[+-]A)$")
_DROP = re.compile(
    rf"{_OPEN}(?:{_COUNTER})\s*[:：]\s*(?:{_VALUE}|(?=\s|$|[|｜】\]）)]))?(?:\s*[】\])）]+)?"
    rf"|{_OPEN}(?:{_COUNTER})\s*[(（]?\d[\d,.]*[万次人]*[)）]?(?=\s|$|[|｜])"
    rf"|{_OPEN}\d[\d,.]*\s*[万]?(?:次|人|条)?(?:浏览|阅读|评论|点击)(?=\s|$|[|｜])"
    rf"|{_KEPT_FIELD}\s*[:：]\s*(?:-{{2,}}|未知|无|佚名|网络|admin\w*)?\s*(?=[|｜]|(?:{_KEPT_FIELD}|{_COUNTER})\s*[:：]|(?:发布|更新|发表)?(?:时间|日期)\s*[:：]|$)"
    rf"|{_OPEN}(?:分享|转发|扩散)(?:到|至)\s*[:：]?\s*$"
    r"|\s*投稿(?:邮箱|信箱)\s*[:：]\s*[\w.+-]{1,40}@[\w.-]{1,40}(?:[(（][^()（）]{0,30}[)）])?",
    re.IGNORECASE,
)
_FONT = re.compile(
    r"\s*[【\[（(]?\s*字[体号](?:大小)?\s*[:：]?\s*[\[【（(]?\s*[大中小特默认\s|]{3,12}[】\])）]{0,2}(?![\u4e00-\u9fff])"
)
_HEAD_TOKEN = re.compile(r"([^\s!！|｜，,。]{2,30})[\s!！|｜]{1,6}(?=\S)")
_FRAMED_DATE = re.compile(r"[|｜]\s+\d{4}\s*[-/年.]\s*\d{1,2}\s*[-/月.]\s*\d{1,2}")
_LEADING_BAR = re.compile(r"[|｜]\s+")
_LOST_BLANKS = re.compile(r"(?<=\d)\?{2,8}(?=[\u4e00-\u9fff])")
_TAIL_WINDOW = 120
# The share of interface words from which a line is nothing else.
_MOSTLY = 0.8


def is_frame(line: str) -> bool:
    """Whether `line` is made of rules, bars and arrows only."""
    return _FRAME.fullmatch(line) is not None


def _tells(line: str) -> bool:
    """Whether `line` has a by-line's label with a value, or starts with a date."""
    if _FIELD_MARK.search(line) and _LABELLED.search(line):
        return True
    return _DATED.match(line) is not None


def is_by_line(line: str) -> bool:
    """Whether `line` tells author, source or date."""
    return len(line) <= 2 * SHORT and _tells(line)


def is_text(line: str) -> bool:
    """Whether `line` reads as a paragraph of an article."""
    if len(line) > 2 * SHORT:
        return True
    if "。" in line:
        return True
    return len(line) > SHORT and (line[-1] in "！？；”" or _CLAUSES.search(line) is not None)


def covered(line: str) -> tuple[float, bool]:
    """Share of the letters of `line` that interface words and slogans make up; whether a sure one is among them."""
    share, strong = _by_words(line)
    if share >= _MOSTLY or not words.SLOGAN_HINT.search(squeezed := "".join(line.split())):
        return share, strong
    without = words.SLOGAN.sub("", squeezed)
    if without == squeezed:
        return share, strong
    whole = len(_NOT_LETTERS.sub("", squeezed))
    rest = len(_NOT_LETTERS.sub("", without))
    left = rest * (1 - _by_words(without)[0])
    return 1 - left / max(1, whole), True


def _is_chrome(part: str, least: float = _MOSTLY) -> bool:
    share, strong = covered(part)
    return strong and share >= least


def _by_words(line: str) -> tuple[float, bool]:
    """Share of the letters of `line` in interface words, and whether a sure one is among them."""
    found = words.INTERFACE.find_matches_as_indexes(line)
    if not found:
        return 0.0, False
    inside = 0
    strong = False
    for word, start, end in found:
        inside += end - start
        strong = strong or words.IS_STRONG[word]
    # Most lines of text are told by their length alone.
    if inside * 3 < len(line) and inside < 2:
        return 0.0, strong
    whole = len(_NOT_LETTERS.sub("", line))
    return (min(1.0, inside / whole) if whole else 1.0), strong


_CRUMB_HINT = re.compile("[>＞»›→]|位置|在这里|路径|导航|^.{0,4}[首主]")
_BARS = re.compile(r"[|｜丨].+[|｜丨]|·.+·")


def _structure(line: str) -> tuple[str, str] | None:
    """What a line is by its shape, whatever its words."""
    if words.NEIGHBOUR.match(line):
        return SURE, "link to the next or last page"
    if _CRUMB_HINT.search(line) and is_crumb(line):
        return SURE, "breadcrumb"
    if len(line) <= SHORT:
        if heads_list(line):
            return SURE, "heading over a list of links"
        if is_select_box(line):
            return SURE, "list of links"
        if _COUNTS.match(line):
            return SURE, "counters"
    found = menu(line)
    if found >= 1.5 or (found >= 0.5 and _BARS.search(line)):
        return SURE, "menu"
    if found >= 0.5:
        return MAYBE, "menu"
    if _MACHINE.match(line) and len(line) <= 120:
        return SURE, "what the server prints"
    if _is_site_notice(line):
        return SURE, "notice of the site"
    if len(line) <= 120 and (_FORUM.match(line) or _LIBRARY.match(line)):
        return SURE, "frame of the forum or library"
    if line[-1].isascii() and line[-1].isalnum() and _PICTURE.match(line):
        return SURE, "name of a picture"
    if len(line) <= 20 and (_PAGE_NUMBER.match(line) or _THE_END.match(line)):
        return SURE, "page interface"
    if len(line) <= 2 * SHORT and line[0] in "今现当北系012" and "。" not in line and _TODAY.match(line):
        return SURE, "page interface"
    return None


def verdict(line: str) -> tuple[str, str]:
    """(SURE, MAYBE or TEXT, and the reason) for one stripped line."""
    if len(line) > LONGEST:
        return (SURE, "frame") if is_frame(line) else (TEXT, "")
    return _verdict(line)


# A page is read in several passes, and pages of one site share their chrome.
@functools.lru_cache(maxsize=8192)
def _verdict(line: str) -> tuple[str, str]:
    if line[-1] == "。" and len(line) > SHORT and line[0] != "《" and not words.LEGAL_HINT.search(line):
        # A whole sentence: most lines of most texts.
        return (SURE, "notice of the site") if _is_site_notice(line) else (TEXT, "")
    if is_frame(line):
        return SURE, "frame"
    if found := _structure(line):
        return found
    if _tells(line):
        return (SURE, "empty by-line fields") if not _letters_left(line) else (TEXT, "")
    sentence = SENTENCE.search(line) is not None
    if words.LEGAL_HINT.search(line) and words.LEGAL.search(line) and not ("。" in line and len(line) > 2 * SHORT):
        return (MAYBE if sentence else SURE), "legal footer"
    if sentence and (len(line) > SHORT or "。" in line[:-1]):
        return TEXT, ""
    if "。" not in line and _LISTED.match(line):
        return SURE, "list of links"
    if (("://" in line or "www." in line) and _ADDRESS_LINE.match(line)) or _SITE_SLOGAN.match(line):
        return SURE, "site name or address"
    if line[-1] != "。" and (words.FOOT.match(line) or (len(line) <= 2 * SHORT and words.CONTACT.search(line))):
        return MAYBE, "contact line"
    if _FILE_FIELD.match(line):
        return MAYBE, "frame of the forum or library"
    if _KEYWORDS_LINE.match(line):
        return MAYBE, "key words of the page"
    if len(line) > 2 * SHORT:
        return TEXT, ""
    if line[-1] in "。！？" and not words.SLOGAN_HINT.search(line):
        return TEXT, ""
    share, strong = covered(line)
    if share >= (_MOSTLY if strong else 0.9):
        return (SURE if strong else MAYBE), "page interface"
    if share >= 0.5 and len(line) <= SHORT and not sentence:
        return MAYBE, "perhaps page interface"
    return TEXT, ""


def _letters_left(line: str) -> bool:
    """Whether anything is left of a by-line without its counters and empty fields."""
    rest = _DROP.sub(" ", line)
    return bool(_NOT_LETTERS.sub("", rest)) or any(char.isdigit() for char in rest)


def _is_site_notice(line: str) -> bool:
    if ("留言" in line or "道德" in line or "管理员" in line) and words.BOARD_RULES.search(line):
        return True
    if not words.NOTICE_START.match(line) or not words.NOTICE_VOICE.search(line):
        return False
    return len({hit.group() for hit in words.NOTICE_MATTER.finditer(line)}) >= 3


def parts(line: str) -> Sequence[tuple[int, int, str]]:
    """(start, end, reason) of what goes from a line that stays."""
    return _short_parts(line) if len(line) <= _REMEMBERED else list(_parts(line))


@functools.lru_cache(maxsize=8192)
def _short_parts(line: str) -> Sequence[tuple[int, int, str]]:
    return tuple(_parts(line))


def _parts(line: str) -> Iterator[tuple[int, int, str]]:
    body = line.rstrip()
    if not body:
        return
    end = _without_frame(body)
    if end < len(body):
        yield end, len(line), "frame"
    told = end <= 4 * SHORT and (_tells(body[:end]) or _FRAMED_DATE.match(body) is not None)
    if told and (bar := _LEADING_BAR.match(body)):
        yield 0, bar.end(), "frame"
    if told and "??" in body:
        for hit in _LOST_BLANKS.finditer(body):
            yield hit.start(), hit.end(), "blanks shown as question marks"
    if end <= 4 * SHORT and (told or _COUNTER_HINT.search(body)) and not SENTENCE.search(body):
        yield from _field_parts(body[:end], told)
    elif "字号" in body or "字体" in body:
        for hit in _FONT.finditer(body):
            yield hit.start(), hit.end(), "font switch"
    yield from _end_parts(body[:end])


def _without_frame(body: str) -> int:
    """Length of `body` without the bars at its end."""
    if body[-1] not in "|｜":
        return len(body)
    core = body.rstrip("|｜ \t\u00a0\u3000")
    tail = body[len(core) :]
    return len(core) if core and (len(tail) > 1) else len(body)


def _field_parts(line: str, told: bool) -> Iterator[tuple[int, int, str]]:
    """Counters and empty fields of a by-line (or, with values only, of another short line), and buttons at its end."""
    end = len(line)
    while (start := max(line.rfind(mark, 0, end) for mark in " \t|｜\u3000\u00a0")) > 0:
        if not _is_button(line[start + 1 : end], told):
            break
        end = start
    for hit in _DROP.finditer(line):
        if hit.start() < min(hit.end(), end) and (told or (hit.start() and _VALUED.search(hit.group()))):
            yield hit.start(), min(hit.end(), end), "empty by-line field or counter"
    if end < len(line):
        yield end, len(line), "buttons behind the by-line"


def _is_button(token: str, told: bool) -> bool:
    plain = token.strip("【】[]()（）:：")
    if not plain:
        return told
    if _SIZE_BUTTON.match(plain):
        return True
    if _by_words(plain)[0] < 1:
        return False
    return told or token[0] in "【[" or plain in words.STRONG


def _end_parts(line: str) -> Iterator[tuple[int, int, str]]:
    """Buttons and slogans glued to the start or the end of a paragraph."""
    head = _HEAD_TOKEN.match(line)
    if head and len(line) > SHORT and not _tells(head.group(1)) and _is_chrome(head.group(1), 0.9):
        yield 0, head.end(), "slogan or button before the text"
    if len(line) <= SHORT // 2:
        return
    floor = max(0, len(line) - _TAIL_WINDOW)
    last = line[-1] in "。！？!"
    if last and not words.SLOGAN_HINT.search(line, floor):
        return
    stop = len(line) - 1 if last else len(line)
    at = max(line.rfind(mark, floor, stop) for mark in "。！？") + 1
    while 0 < at < len(line) and line[at] in "”’」』）)】]":
        at += 1
    tail = line[at:stop] if at else ""
    if len(tail) >= 2 and not _tells(tail) and _is_chrome(tail) and (not last or words.SLOGAN.search(tail)):
        yield at, len(line), "slogan or button behind the text"
