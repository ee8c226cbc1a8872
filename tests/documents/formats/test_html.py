"""HTML and MHTML: what is text, what stays, encodings, and hostile bytes."""

from __future__ import annotations

import html
import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from documents.formats.base import FormatError, Mark, Text
from documents.formats.html import Html
from documents.formats.mhtml import Mhtml
from tests.documents.formats.broken import check_damaged

PAGE = """<!DOCTYPE html>
<html lang="zh-CN"><head><meta http-equiv=Content-Type content="text/html; charset=gb2312">
<title>公告 &amp; 通知</title><meta name="description" content="网站说明"><script>var a = "</p>中文";</script>
<style>p:after{content:"中"}</style></head><body bgcolor=white>
<h1>关于印发<br>《办法》的通知</h1>
<p class=x>　　国家<b>发展<i>和</i></b>改革委<img src=a.png alt="图 片"><a href='u?a=1&b=2'>委员会</a>，<code>中文</code>完。</p>
散文<ul><li>一<li>二</ul><table><tr><td>甲<td><p>乙</p></table><!-- 注释 --><input type=submit value=提交>
<ruby>汉<rt>hàn</rt>字<rt>zì</ruby><pre>一行字
 x = code(1)
二行字</pre><svg><text>图</text></svg><textarea>不</textarea><noscript>不</noscript></body></html>
"""
DATA = PAGE.encode("gb18030")
BOUNDARY = "----=_Part"
MHT = (
    f'From: <x>\r\nContent-Type: multipart/related;\r\n\tboundary="{BOUNDARY}"\r\n\r\n--{BOUNDARY}\r\n'
    "Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n"
    f'--{BOUNDARY}\r\nContent-Type: text/html;\r\n\tcharset="utf-8"\r\nContent-Transfer-Encoding: %s\r\n\r\n%s\r\n'
    f"--{BOUNDARY}\r\nContent-Type: text/css\r\n\r\np {{}}\r\n--{BOUNDARY}--\r\n"
)


def texts(source: str | bytes) -> list[str]:
    data = source.encode() if isinstance(source, str) else source
    return [text.text for text in Html().read(data)]


def test_blocks_and_read_attributes_are_texts() -> None:
    assert texts(DATA) == [
        "公告 & 通知", "网站说明", "关于印发《办法》的通知", "图 片", "国家发展和改革委委员会，完。", "散文", "一", "二", "甲", "乙",
        "提交", "汉字", "一行字", "二行字",
    ]  # fmt: skip


def test_inline_elements_are_marks() -> None:
    (text,) = Html().read("<p><b>甲<i>乙</i></b>丙<img src=x>丁</p>".encode())
    assert [(m.start, m.end) for m in text.marks] == [(0, 2), (1, 2), (3, 3)]
    (whole,) = Html().read("<p><b>甲乙</b></p>".encode())
    assert whole.marks == ()


def test_lines_of_one_paragraph_on_old_pages_are_texts_of_their_own() -> None:
    assert texts("电话：123<br>地址：北京<br><br>　　正文") == ["电话：123", "地址：北京", "正文"]
    wrapped = "这一行在句子当中被排版程序折断了因为它已经太长"
    assert texts(f"<p>{wrapped}<br>所以接着。</p>") == [wrapped + "所以接着。"]


def test_fill_changes_text_language_and_encoding_only() -> None:
    new = {4: Text("The NDRC committee, done.", (Mark(4, 8, 0), Mark(8, 8, 2), Mark(9, 18, 3)))}
    written = Html().fill(DATA, new).decode("utf-8")
    before, after = PAGE.split("国家<b>")[0], PAGE.split("</code>完。")[1]
    assert written.startswith(before.replace("zh-CN", "en").replace("gb2312", "utf-8"))
    assert written.endswith(after)
    assert (
        "\u3000\u3000The <b>NDRC</b><img src=a.png alt=\"图 片\"> <a href='u?a=1&b=2'>committee</a>, done.<code>中文</code></p>"
    ) in written
    assert texts(written)[4] == "The NDRC committee, done."


def test_attributes_within_a_filled_text_are_filled() -> None:
    data = '<p>甲<img alt=图>乙<a title="题">丙</a></p>'.encode()
    new = {n: Text(f'{t.text}"<', t.marks) for n, t in enumerate(Html().read(data))}
    written = Html().fill(data, new).decode()
    assert written.endswith('<p>甲<img alt="图&quot;&lt;">乙<a title="题&quot;&lt;">丙</a>&quot;&lt;</p>')


@pytest.mark.parametrize(
    ("declared", "codec"),
    [("gb2312", "gb18030"), ("gbk", "gbk"), ("big5", "big5"), ("utf-8", "utf-8"), ("utf-8", "gbk"), ("gbk", "utf-8"),
     ("iso-8859-1", "gbk"), ("zip", "utf-8"), ("undefined", "utf-8"), ("", "gbk"), ("", "utf-16"), ("", "utf-8-sig")],
)  # fmt: skip
def test_encodings_declared_wrong_and_absent(declared: str, codec: str) -> None:
    meta = f"<meta charset='{declared}'>" if declared else ""
    prose = "我們在這個地方工作，是一個很大的國家。" if codec == "big5" else "我们在这个地方工作，是一个很大的国家。"
    data = f"<html><head>{meta}</head><p>{prose}</p>".encode(codec)
    assert texts(data) == [prose]
    written = Html().fill(data, {0: Text("We — work")})
    assert texts(written) == ["We — work"]
    assert written.startswith(b"\xef\xbb\xbf") or b"charset='utf-8'" in written


def test_unchanged_texts_give_the_same_bytes() -> None:
    assert Html().fill(DATA, {}) == DATA
    assert Html().fill(DATA, dict(enumerate(Html().read(DATA)))) == DATA


@given(st.text(max_size=40), st.lists(st.tuples(st.integers(-2, 45), st.integers(-2, 45), st.integers(-1, 9))))
def test_whatever_is_filled_in_is_text_and_tags_stay_nested(text: str, places: list[tuple[int, int, int]]) -> None:
    data = '<div><p>甲<b>乙<i>丙</i></b><a href="u">丁<img/></a>戊<u>己</u>庚</p><p>后</p></div>'.encode()
    marks = tuple(Mark(*place) for place in places)
    written = Html().fill(data, {0: Text(text, marks)}).decode()
    tree = etree.fromstring(written.removeprefix("\ufeff"), etree.XMLParser(resolve_entities=False))
    kept = re.sub("[\x00-\x08\x0e-\x1b\x1f\ufffe\uffff]", "", text)
    assert re.sub(r"\s+", "", "".join(tree[0].itertext())) == re.sub(r"\s+", "", kept)
    assert len(tree) == 2 and tree[1].text == "后" and len(tree.findall(".//img")) == 1


FRAGMENTS = st.lists(
    st.sampled_from(["<p>", "</p>", "<b>", "</b>", "<i x='", "</i>", "<a href=x>", "</a>", "甲", "乙 ", "<br>", "<img/>", "<!--",
                     "-->", "<svg>", "</svg>", "<pre>", "</pre>", "\n", "<rt>", "</rt>", "<title>", "</title>", "&#x4e2d;", "'",
                     "<script>", "</script>", "<", ">", "&nbsp;", "<span title=中>", "</span>", "<td>", "<code>", "</code>"]),
    max_size=40,
)  # fmt: skip


@given(FRAGMENTS)
def test_any_soup_of_tags_keeps_its_tags_and_other_texts(pieces: list[str]) -> None:
    data = "".join(pieces).encode()
    read = Html().read(data)
    assert all(text.text.strip() and text.text == text.text.strip() for text in read)
    for number, old in enumerate(read):
        written = Html().fill(data, {number: Text(old.text + "甲", old.marks)})
        again = [text.text for text in Html().read(written)]
        assert again == [text.text + "甲" * (n == number) for n, text in enumerate(read)]


@pytest.mark.parametrize("encoding", ["quoted-printable", "base64", "8bit"])
def test_mhtml_fills_its_page_and_keeps_other_parts(encoding: str) -> None:
    page = "<html><head><meta charset=utf-8></head>\r\n<body><p>网页<b>正文</b></p></body></html>"
    import base64
    import quopri

    body = {
        "quoted-printable": quopri.encodestring(page.encode()).decode().replace("\r\n", "\n").replace("\n", "\r\n"),
        "base64": base64.encodebytes(page.encode()).decode().replace("\n", "\r\n").strip(),
        "8bit": page,
    }[encoding]
    data = (MHT % (encoding, body)).encode()
    assert [t.text for t in Mhtml().read(data)] == ["网页正文"]
    assert Mhtml().fill(data, {0: Mhtml().read(data)[0]}) == data
    written = Mhtml().fill(data, {0: Text("\n--" + BOUNDARY + " Page text — é", (Mark(0, 4, 0),))})
    assert [t.text for t in Mhtml().read(written)] == ["--" + BOUNDARY + " Page text — é"]
    assert written.startswith(data.split(b"text/html")[0]) and written.endswith(data[data.index(b"text/css") - 28 :])


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_mhtml_without_a_header_of_a_mail_and_with_parts_in_parts(end: str) -> None:
    inner = [
        "--b",
        "Content-Type: text/plain",
        "",
        "不读",
        "--b",
        "Content-Type: TEXT/HTML; charset=gbk",
        "",
        "<p>网页</p>",
        "--b--",
    ]
    lines = [
        'Content-Type: multipart/related; boundary="a"',
        "",
        "--a",
        "Content-Type: multipart/alternative; boundary=b",
        "",
    ]
    data = end.join([*lines, *inner, "--a--", ""]).encode("gbk")
    assert [t.text for t in Mhtml().read(data)] == ["网页"]
    written = Mhtml().fill(data, {0: Text("A page — é")})
    assert [t.text for t in Mhtml().read(written)] == ["A page — é"]
    assert b"charset=utf-8" in written and written.count(b"\n--b") == 3
    lone = end.join(["Content-Type: text/html", "", "<p>网页</p>"]).encode()
    assert [t.text for t in Mhtml().read(lone)] == ["网页"]


@pytest.mark.parametrize(
    "data", [b"", b"Content-Type: text/plain\n\nx", b"Content-Type: multipart/related; boundary=a\n\n--a\n\nx"]
)
def test_what_holds_no_page_is_refused_as_such(data: bytes) -> None:
    with pytest.raises(FormatError, match=r"is no saved web page|holds no page"):
        Mhtml().read(data)


@pytest.mark.parametrize("format_", [Html(), Mhtml()])
def test_damaged_bytes_raise_format_errors_only(format_: Html | Mhtml) -> None:
    source = DATA if isinstance(format_, Html) else (MHT % ("8bit", PAGE)).encode()
    check_damaged(format_, source, 7, 200)


@pytest.mark.parametrize(
    "piece",
    ["<b>", "<div>", "<a x='", "<!--", "<title>", "<svg>", "<rt", "<rt>", "<style", "&", "中<br>", "中 ", "</b", "<title>a</title ",
     "&nbsp;", "<!DOCTYPE [", "<meta charset", "中<b>", "</b>中", "<pre>中\n"],
)  # fmt: skip
def test_long_pages_of_one_thing_are_read_in_linear_time(piece: str) -> None:
    data = ("<p>中" + piece * 20_000 + "中").encode()
    started = time.process_time()
    read = Html().read(data)
    Html().fill(data, {n: Text("x", text.marks) for n, text in enumerate(read)})
    assert time.process_time() - started < 10


def test_entities_are_read_and_never_written_as_tags() -> None:
    assert texts("<p>&#20013;&amp;lt;&lt;b&gt;&#" + "9" * 9000 + "中") == ["中&lt;<b>&#" + "9" * 9000 + "中"]
    written = Html().fill("<p>中".encode(), {0: Text("<script>&")}).decode()
    assert html.escape("<script>&") in written and "<script>" not in written


def test_a_page_without_a_language_is_marked_as_english_once_it_is_filled() -> None:
    written = Html().fill("<html><meta charset=utf-8><p>中</p></html>".encode(), {0: Text("Text")})
    assert written == b'<html lang="en"><meta charset=utf-8><p>Text</p></html>'


def test_elements_of_xhtml_may_end_in_their_start_tags() -> None:
    page = '<!DOCTYPE html>\n<html xmlns="x"><head><title/><script src="a"/></head><p><a id="b"/>甲<span/>乙</p></html>'
    assert texts(page) == ["甲乙"]


def test_tags_without_a_partner_stay_where_they_are() -> None:
    data = "<p>甲<b>乙</p><p>丙</b>丁</span>戊</p>".encode()
    read = Html().read(data)
    assert [text.text for text in read] == ["甲", "乙", "丙", "丁戊"]
    written = Html().fill(data, {number: Text(c) for number, c in enumerate("abcd")})
    assert written.endswith(b"<p>a<b>b</p><p>c</b>d</span></p>")
