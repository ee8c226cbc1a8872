"""HTML that was left in the text: tags with attributes, half tags, entities, scripts, style sheets, forum codes."""

from __future__ import annotations

import random
import re

from tests.documents.simulation.page import Article, Noisy

_INLINE = (
    '<span style="font-family:宋体;font-size:16px">',
    '<SPAN lang=EN-US style="mso-bidi-font-size: 10.5pt">',
    '<font color="#333333" size="3">',
    "<strong>",
    '<a href="/art/2019/6/3/art_12_345.html" target="_blank" title="查看">',
    "<em>",
    "<o:p></o:p>",
    "<b>",
    '<st1:chsdate year="2008" islunardate="False">',
)
_CLOSE = re.compile(r"<(\w[\w:]*)")
_BLOCK = (
    '<section class="135editor" data-role="p">',
    '<p style="text-indent:2em">',
    "<P>",
    '<div class="TRS_Editor" id="zoom">',
    '<p class="MsoNormal" align="left">',
    "<li data-id=3>",
    "<br />",
    '<td width="120" valign=top>',
)
_IMAGES = (
    '<img src="/upload/2015/0703/1.jpg" width="500" alt="" />',
    "<img class='rich_pages' data-src=\"https://img.example.cn/mm/640?wx_fmt=png\">",
    '<iframe frameborder="0" src="http://player.example.com/embed/abc"></iframe>',
    "<!--EndFragment-->",
    "<!-- 正文 begin -->",
    "<!--[if gte mso 9]><xml><w:View>Normal</w:View></xml><![endif]-->",
    "<hr>",
    '<input type="hidden" name="id" value="42"/>',
)


def _wrapped(rng: random.Random, line: str) -> str:
    """`line` in a block tag, a stretch of it in an inline tag, blanks as entities."""
    if len(line) > 12 and rng.random() < 0.7:
        at = rng.randint(2, len(line) - 6)
        end = rng.randint(at + 1, len(line) - 1)
        opening = rng.choice(_INLINE)
        name = _CLOSE.match(opening)
        closing = f"</{name.group(1)}>" if name and rng.random() < 0.9 and "</" not in opening else ""
        line = line[:at] + opening + line[at:end] + closing + line[end:]
    roll = rng.random()
    if roll < 0.6:
        opening = rng.choice(_BLOCK)
        name = _CLOSE.match(opening)
        line = opening + rng.choice(("", "&nbsp;&nbsp;&nbsp;&nbsp;", "　　")) + line
        if name and "br" not in opening and rng.random() < 0.8:
            line += f"</{name.group(1)}>"
    elif roll < 0.7:
        line += rng.choice(("<br>", "<br/>", "</p>", "</div></div>"))
    if rng.random() < 0.12:
        line += "\n" + rng.choice(_IMAGES)
    return line


def _halved(rng: random.Random, text: str) -> str:
    """A page cut out of its source: a half tag first or last."""
    if rng.random() < 0.2:
        text = rng.choice(('style="line-height:2">', 'class="content">', "div>")) + text
    if rng.random() < 0.2:
        text += rng.choice(('<p class="', "</di", '<div style="width:100', "</"))
    return text


def soup(rng: random.Random, article: Article) -> Noisy:
    lines = [line if re.search("[<>]", line) else _wrapped(rng, line) for line in article.lines]
    return Noisy(_halved(rng, "\n".join(lines)), article.text)


_SCRIPTS = (
    '<script type="text/javascript">\nvar _bdhmProtocol = (("https:" == document.location.protocol) ? " https://" : " http://");\ndocument.write(unescape("%3Cscript src=\'" + _bdhmProtocol + "hm.example.com/h.js\'%3E%3C/script%3E"));\n</script>',
    "<style>\n.content{font-size:14px;line-height:28px}\n.content p{text-indent:2em;margin:0 0 10px}\n</style>",
    "function doZoom(size){\n  document.getElementById('zoom').style.fontSize=size+'px';\n}",
    'var sid = "1024";\nvar title = document.title;',
    "$(function(){\n  $('.share').click(function(){ return false; });\n});",
    'window._bd_share_config={"common":{"bdSnsKey":{},"bdText":"","bdMini":"2"},"share":{}};',
    "p.MsoNormal { margin: 0cm; text-align: justify; }",
    ".pagination a:hover { color: red; }",
    "@media screen and (max-width: 640px) {\n  .box { width: 100%; }\n}",
    '{"code":0,"msg":"success","data":{"id":3312,"hits":18}}',
    "{{item.title}}",
    "<%=article.hits%>",
    '{dede:include filename="head.htm"/}',
    '<!--#include virtual="/include/foot.shtml" -->',
    "jQuery(document).ready(function($){\n  $('#zoom img').attr('width', '');\n});",
)


def scripts(rng: random.Random, article: Article) -> Noisy:
    lines = article.lines
    for _ in range(rng.randint(1, 4)):
        lines.insert(rng.randint(1, len(lines)), rng.choice(_SCRIPTS))
    return Noisy("\n".join(lines), article.text)


def forum_codes(rng: random.Random, article: Article) -> Noisy:
    pairs = (
        ("[b]", "[/b]"),
        ("[color=#ff0000]", "[/color]"),
        ("[size=4]", "[/size]"),
        ("[font=宋体]", "[/font]"),
        ("[align=center]", "[/align]"),
        ("[url=http://www.example.com/a?b=1]", "[/url]"),
        ("[quote]", "[/quote]"),
        ("[indent]", "[/indent]"),
    )
    lines = []
    for line in article.lines:
        if rng.random() < 0.6:
            opening, closing = rng.choice(pairs)
            line = opening + line + closing
        lines.append(line)
        if rng.random() < 0.15:
            lines.append(
                rng.choice(
                    (
                        "[attach]10234[/attach]",
                        "[img]http://www.example.com/pic/1.jpg[/img]",
                        "[img=600,400]http://example.com/2.png[/img]",
                        "[hr]",
                    )
                )
            )
    lines[0] = f"[b]{article.title}[/b]"
    return Noisy("\n".join(lines), article.text)
