"""HTML tag soup: tags, half tags, entities, comments, scripts, style sheets, forum codes and templates left in the text.

Tags with attributes are soup; a bare <p> or <br> may be what an article on HTML is about: then all of them stay.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from html.entities import name2codepoint

from documents.edits import Edit
from documents.noise.base import NoiseKind, lines_of

_BLOCK = "p|div|br|h[1-6]|li|ul|ol|dl|dt|dd|tr|table|tbody|thead|tfoot|section|article|header|footer|nav|aside|main|blockquote|hr|pre|center|form|fieldset|figure|figcaption|body|html|head|title|caption|colgroup|col|option|select|address"
_INLINE = "a|span|img|b|strong|i|em|u|s|font|td|th|sup|sub|small|big|del|ins|strike|input|button|label|iframe|video|audio|source|embed|object|param|map|area|link|meta|base|wbr|nobr|code|svg|path|g|use|canvas|noscript|script|style|textarea|o:p|st1:\\w+|w:\\w+|v:\\w+|figure|picture|mark|abbr|cite|q|marquee|ins|bdo|section"
_TAG = re.compile(
    rf"<\s?(/?)\s?(?:({_BLOCK})|{_INLINE})(?:(\s[^<>\n]{{0,600}}?(?:=[^<>\n]{{0,600}})?)|\s*)/?>", re.IGNORECASE
)
_ATTRIBUTE = re.compile(r"[\w:-]+\s*=|\bhref|\bstyle", re.ASCII)
_RAW_OPEN = re.compile(
    r"<(script|style|noscript|iframe|svg|textarea)\b[^<>\n]{0,400}>|<!--|<!\[CDATA\[|<!DOCTYPE[^<>\n]{0,200}>|<\?(?:xml|php)\b",
    re.IGNORECASE,
)
# An attribute whose tag began before the text did, and a tag that the line's end cut off.
_HALF_HEAD = re.compile(
    r"^\s*(?:[a-z-]{2,15}\s*=\s*)?[\"'][^\"'<>\n]{0,200}[\"'](?:\s+[a-z-]{2,15}\s*=\s*[\"'][^\"'<>\n]{0,200}[\"'])*\s*/?>|^\s*[a-z-]{2,15}=[\"'][^\"'<>\n]{0,200}[\"']\s*/?>|^\s*/?(?:p|div|span|br|strong|td|tr|li|font)\s?/?>",
    re.IGNORECASE,
)
_HALF_TAIL = re.compile(
    r"</[a-z][a-z0-9]{0,10}\s*$|</?(?:p|div|span|br|strong|td|tr|li|font|a|img|table|h[1-6]|section)?(?:\s+[a-z-]{2,15}(?:\s*=\s*(?:\"[^\"<>\n]*\"?|'[^'<>\n]*'?|[^\s<>\"']*))?)*\s*/?$",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:amp;)?(#\d{2,6}|#[xX][0-9a-fA-F]{2,5}|[A-Za-z]{2,8}[1-4]?);")
_BARE_SPACE = re.compile(r"&(?:amp;)?nbsp(?![A-Za-z;])|(?<![&\w])nbsp;")
_ABOUT_TAGS = re.compile(
    r"[>》”\"’`」]\s*(?:标签|元素|标记|节点|属性)|HTML\s*(?:标签|元素|代码|语言)|网页代码|前端开发"
)
_CODES = re.compile(
    r"\[(/?)(?:(b|i|u|s|quote|list|code|hide|free|table|tr|td|hr|p|center|left|right)|(color|size|font|align|url|backcolor|email|float|indent|postbg|flash|media|audio)(?:=[^\[\]\n]{1,120})?)\]",
    re.IGNORECASE,
)
_CODE_WITH_CONTENT = re.compile(
    r"\[(img|attach|attachimg|media|flash|audio|qq)(?:=[^\[\]\n]{1,60})?\][^\[\]\n]{0,300}\[/\1\]", re.IGNORECASE
)
_TEMPLATE = re.compile(
    r"\{\{[^{}\n]{1,60}\}\}|\{%[^{}\n]{1,80}%\}|<%[^<>%\n]{0,80}%>|\{\$[\w.\->]{1,40}\}|\$\{[\w.]{1,40}\}|\{/?(?:dede|pboot|eyou|cms|loop|if)[:\s][^{}\n]{0,80}\}|\[!--[\w.-]{1,40}--\]|!\[[^\[\]\n]{0,80}\]\((?:https?:)?[^()\s]{1,300}\)"
)
_HAN = re.compile("[\u4e00-\u9fff]")
_CODE_LINE = re.compile(
    r"^\s*(?:var|let|const)\s+[\w$]+\s*(?:=|;)|^\s*function\s*[\w$]*\s*\(|^\s*(?:document|window|jQuery|\$|_hmt|console|ga|_czc|wx|uaredirect|GetObj|SetHome|AddFavorite)\s*[.(\[]|^\s*[\w.$]+\s*=\s*(?:function|\{|\[|document|window|new\s)|^\s*\(function\s*\(|^\s*(?:if|for|while|switch)\s*\([^\u4e00-\u9fff]*\)\s*\{?|^\s*@(?:media|import|charset|font-face)\b"
)
_CODE_END = re.compile(r"[;{}\])]\s*$")
_CSS = re.compile(r"^\s*[.#@*A-Za-z][\w\s.#:,>*()\[\]=\"'+~-]{0,200}\{[^{}\u4e00-\u9fff]{0,2000}\}?\s*$", re.ASCII)
_CSS_PROPERTY = re.compile(r"^\s*-{0,2}[a-z][a-z-]{2,30}\s*:\s*[^;:{}\u4e00-\u9fff。，]{1,120};\s*$")
_CLOSING = re.compile(r"^[\s{}()\[\];,]+$")
_JSON = re.compile(r"^\s*[\[{]{1,2}\s*\"[\w.$-]{1,40}\"\s*:")
_LONGEST_CODE = 20_000
_SENTENCE_MARK = re.compile("[，。；、]")
_CONTEXT = 60


def find(text: str) -> Iterator[Edit]:
    raw = list(_raw_elements(text)) if "<" in text else []
    yield from raw
    if ("<" in text and ">" in text) or "=" in text:
        yield from _tags(text)
    if "&" in text or "nbsp;" in text:
        yield from _entities(text)
    if "[/" in text or "[img" in text or "[hr" in text:
        yield from _forum_codes(text)
    if "{" in text or "<%" in text or "![" in text or "[!--" in text:
        for hit in _TEMPLATE.finditer(text):
            if hit.group()[:2] not in ("{{", "{%", "${") or not _in_sentence(text, hit):
                yield _edit(hit.start(), hit.end(), "template or image mark", "")
    if ";" in text or "{" in text:
        yield from _code(text)


def _edit(start: int, end: int, reason: str, replacement: str) -> Edit:
    return Edit(start, end, replacement, "tags", reason, 0.95)


def _raw_elements(text: str) -> Iterator[Edit]:
    """Comments, scripts and style sheets with all that stands in them; without an end only their opening goes."""
    at = 0
    open_ended: set[str] = set()
    lowered = ""
    while hit := _RAW_OPEN.search(text, at):
        name = (hit.group(1) or "").lower()
        opening = hit.group()
        close = (
            f"</{name}>"
            if name
            else "-->"
            if opening == "<!--"
            else "]]>"
            if opening[:3] == "<!["
            else "?>"
            if opening[:2] == "<?"
            else ""
        )
        lowered = lowered or (text.lower() if len(text.lower()) == len(text) else text)
        end = -1 if not close or close in open_ended else lowered.find(close, hit.end())
        if end < 0:
            open_ended.add(close)
            end = hit.end()
        else:
            end += len(close)
        yield _edit(hit.start(), end, "script, style sheet or comment", "")
        at = end


def _tags(text: str) -> Iterator[Edit]:
    hits = [hit for hit in _TAG.finditer(text) if not _is_mention(text, hit)]
    soup = [hit for hit in hits if _is_soup(text, hit)]
    if not soup and not hits and "style=" not in text and "class=" not in text and "</" not in text:
        return
    if _ABOUT_TAGS.search(text):
        hits = [hit for hit in soup if hit.group(3) and _ATTRIBUTE.search(hit.group(3)) and _in_prose(text, hit)]
    elif len(soup) < 2 and len(hits) < 2:
        hits = soup
    for hit in hits:
        yield _edit(
            hit.start(), hit.end(), "HTML tag", "\n" if hit.group(2) and _between(text, hit.start(), hit.end()) else ""
        )
    if hits or "style=" in text or "class=" in text or "</" in text:
        for offset, line in lines_of(text):
            yield from _half_tags(offset, line)


def _in_sentence(text: str, hit: re.Match[str]) -> bool:
    """Whether a sentence is about the place-holder: Chinese text with its punctuation stands on the same line."""
    line = (
        text[text.rfind("\n", 0, hit.start()) + 1 : hit.start()][-_CONTEXT:]
        + "\n"
        + text[hit.end() : hit.end() + _CONTEXT].partition("\n")[0]
    )
    return _HAN.search(line) is not None and _SENTENCE_MARK.search(line) is not None


def _is_mention(text: str, hit: re.Match[str]) -> bool:
    """Whether a sentence speaks of the tag: a bare one, set off by blanks or brackets in it, and never closed."""
    if hit.group(3) or hit.group(1) or not hit.start():
        return False
    if text[hit.start() - 1] not in " （(、" or text[hit.end() : hit.end() + 1] not in (
        " ",
        "）",
        ")",
        "，",
        "。",
        "、",
    ):
        return False
    line_end = text.find("\n", hit.end(), hit.end() + _CONTEXT * 4)
    behind = text[hit.end() : line_end if line_end >= 0 else hit.end() + _CONTEXT * 4]
    before = text[max(0, hit.start() - 12) : hit.start()].rpartition("\n")[2]
    return "</" not in behind and _HAN.search(before) is not None and _HAN.search(behind[:12]) is not None


def _is_soup(text: str, hit: re.Match[str]) -> bool:
    """A tag with attributes, a closing or a line-breaking one, that no quotation marks set off."""
    quoted = text[hit.start() - 1 : hit.start()] in ("“", "`", "「", "‘", "《", '"', "'") and hit.start() > 0
    return not quoted and bool((hit.group(3) and _ATTRIBUTE.search(hit.group(3))) or hit.group(1) or hit.group(2))


def _in_prose(text: str, hit: re.Match[str]) -> bool:
    """Whether Chinese text stands on one side at least: code samples are lines of their own."""
    around = text[max(0, hit.start() - 1) : hit.start()] + text[hit.end() : hit.end() + 1]
    return _HAN.search(around) is not None


def _between(text: str, start: int, end: int) -> bool:
    """Whether text stands on both sides on the line."""
    return start > 0 and text[start - 1] not in "\n" and text[end : end + 1] not in ("", "\n")


def _half_tags(offset: int, line: str) -> Iterator[Edit]:
    if ">" in line[:240] and (head := _HALF_HEAD.match(line[:600])):
        yield _edit(offset, offset + head.end(), "half an HTML tag", "")
    at = line.rfind("<", max(0, len(line) - 300))
    if at >= 0 and ">" not in line[at:] and _HALF_TAIL.fullmatch(line, at):
        yield _edit(offset + at, offset + len(line), "half an HTML tag", "")


def _entities(text: str) -> Iterator[Edit]:
    for hit in _ENTITY.finditer(text):
        name = hit.group(1)
        if name[0] != "#" and name not in name2codepoint:
            continue
        char = html.unescape(f"&{name};")
        if len(char) == 1 and char != "\x00":
            yield _edit(hit.start(), hit.end(), "HTML entity", " " if char in "\xa0\n\r\t" else char)
    for hit in _BARE_SPACE.finditer(text):
        yield _edit(hit.start(), hit.end(), "HTML entity", " ")


def _forum_codes(text: str) -> Iterator[Edit]:
    for hit in _CODE_WITH_CONTENT.finditer(text):
        yield _edit(hit.start(), hit.end(), "forum picture code", "")
    hits = list(_CODES.finditer(text))
    closed = {(hit.group(2) or hit.group(3)).lower() for hit in hits if hit.group(1)}
    for hit in hits:
        name = (hit.group(2) or hit.group(3)).lower()
        if name in closed or name == "hr":
            yield _edit(hit.start(), hit.end(), "forum code", "")


def _code(text: str) -> Iterator[Edit]:
    """Lines of script, style sheet or data; brackets alone on a line only next to them."""
    beside = False
    for offset, line in lines_of(text):
        if not _CODE_END.search(line[-8:]):
            beside = beside and not line.strip()
            continue
        why = _why_code(line)
        if not why and beside and _CLOSING.match(line):
            why = "end of a script"
        if why:
            yield _edit(offset, offset + len(line), why, "")
        beside = bool(why)


def _why_code(line: str) -> str:
    if len(line) > _LONGEST_CODE:
        return ""
    if _JSON.match(line) and line.count('":') >= 2:
        return "data block"
    if _CODE_LINE.match(line):
        return "script"
    if _CSS.match(line) or _CSS_PROPERTY.match(line):
        return "style sheet"
    return ""


KIND = NoiseKind("tags", "HTML tag soup", find)
