"""Markdown: what is text, what stays, and that whatever is filled in is read back as the same text."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from documents.formats.base import FormatError, Mark, Text
from documents.formats.markdown import Markdown
from tests.documents.formats.broken import check_damaged

DOCUMENT = """---
title: 前言
---
# 标题 **粗** #

段落一行，见[链接](http://a.cn/b_(c) "题")和`代码`用
第二行![图](a.png)。\x20\x20
硬换行 \\*星 &amp; 号

副标题
===

> 引用一
> 引用二
> - 列表 *斜*[^1]

| 列一 | 列二 |
|---|:--|
| 一\\|二 | **三** |

- [ ] 任务
  1. 子项
     续行

```
代码 中文
```

    缩进代码

<div>块</div>

[a]: http://x.cn
[^1]: 脚注
"""
DATA = DOCUMENT.encode()


def texts(data: bytes) -> list[str]:
    return [text.text for text in Markdown().read(data)]


def test_blocks_are_texts_and_code_is_not() -> None:
    read = Markdown().read(DATA)
    assert [(text.place, text.text) for text in read] == [
        ("heading", "标题 粗"), ("paragraph", "段落一行，见链接和用第二行。硬换行 *星 & 号"), ("heading", "副标题"), ("quotation", "引用一引用二"),
        ("list item", "列表 斜"), ("table cell", "列一"), ("table cell", "列二"), ("table cell", "一|二"), ("table cell", "三"),
        ("list item", "任务"), ("list item", "子项续行"),
    ]  # fmt: skip
    assert not any("代码" in text.text or "块" in text.text or "前言" in text.text for text in read)


def test_marks_go_where_they_are_put_and_all_else_stays() -> None:
    read = Markdown().read(DATA)
    new = {
        0: Text("A bold title", (Mark(2, 7, 0),)),
        1: Text("See the link and code.", (Mark(8, 12, 0), Mark(17, 17, 1))),
        7: Text("one|two"),
    }
    written = Markdown().fill(DATA, new).decode()
    assert "# A **bold** title #\n" in written
    assert 'See the [link](http://a.cn/b_(c) "题") and `代码`code.![图](a.png)' in written
    assert "| one\\|two | **三** |" in written
    assert written.split("副标题")[1].replace("one\\|two", "一\\|二") == DOCUMENT.split("副标题")[1]
    assert len(Markdown().read(written.encode())) == len(read)


def test_unchanged_texts_give_the_same_bytes() -> None:
    assert Markdown().fill(DATA, {}) == DATA
    crlf = DATA.replace(b"\n", b"\r\n")
    assert texts(crlf) == texts(DATA)
    assert Markdown().fill(crlf, dict(enumerate(Markdown().read(crlf)))) == crlf


ODD = st.text(st.sampled_from("ab 中*_`[]()<>!#+-=.1~|\\&;:/\"'\n"), max_size=25)


@given(ODD, st.sampled_from([0, 2, 3, 4, 5, 9, 10]))
def test_whatever_is_filled_in_is_read_back_as_the_same_text(text: str, number: int) -> None:
    written = Markdown().fill(DATA, {number: Text(text, Markdown().read(DATA)[number].marks[9:])})
    expected = " ".join(text.split())
    again = texts(written)
    if expected and len(again) == len(texts(DATA)):
        assert " ".join(again[number].split()) == expected
        assert again[:number] + again[number + 1 :] == texts(DATA)[:number] + texts(DATA)[number + 1 :]
    else:
        assert not expected


@given(ODD)
def test_a_paragraph_filled_in_shows_as_the_same_text_in_html(text: str) -> None:
    written = Markdown().fill("甲\n".encode(), {0: Text(text)}).decode()
    (parsed, *rest) = [token for token in MarkdownIt().parse(written) if token.type != "text"] or [None]
    if text.strip():
        inline = next(token for token in rest if token.type == "inline")
        assert parsed is not None and parsed.type == "paragraph_open"
        shown = "".join(child.content for child in inline.children or [])
        assert shown.split() == text.split()
        assert {child.type for child in inline.children or []} <= {"text", "text_special"}


@given(
    st.lists(
        st.sampled_from(
            ["甲", "*", "**", "_", "[", "](u)", "]", "![", "`", "``", "~~", "乙 ", "\n", "<b>", "\\", "  \n> ", "|"]
        ),
        max_size=25,
    )
)
def test_any_soup_of_marks_is_filled_without_loss(pieces: list[str]) -> None:
    data = "".join(pieces).encode()
    read = Markdown().read(data)
    assert Markdown().fill(data, dict(enumerate(read))) == data
    written = Markdown().fill(data, {n: Text(text.text + "丙", text.marks) for n, text in enumerate(read)})
    assert written.decode().count("丙") == len(read)


def test_damaged_bytes_raise_format_errors_only() -> None:
    check_damaged(Markdown(), DATA, 3, 120)


@pytest.mark.parametrize(
    "piece", ["> ", "- ", "*", "[", "](", "![", "`", "<a", "甲\n", "甲\n\n", "| 甲 ", "**甲 ", "[a]: ", "\\", "- 甲\n", "](u \"", "``甲`", "---\n"]
)  # fmt: skip
def test_long_documents_of_one_thing_are_read_in_linear_time(piece: str) -> None:
    data = ("甲" + piece * 5_000 + "甲").encode()
    started = time.process_time()
    for start in (data, data[3:]):
        try:
            read = Markdown().read(start)
            Markdown().fill(start, {n: Text("x", text.marks) for n, text in enumerate(read)})
        except FormatError:
            continue
    assert time.process_time() - started < 10


@pytest.mark.parametrize(
    ("block", "texts"),
    [
        (["```", *["# 码", ""] * 400, "```"], []),
        (["<!--", *["注", ""] * 400, "-->"], []),
        ([f"- 项{n}" for n in range(1200)], [f"项{n}" for n in range(1200)]),
        (["| 甲 | 乙 |", "|---|---|", *["| 丙 | 丁 |"] * 700], [*"甲乙", *"丙丁" * 700]),
        (["> 引", ">"] * 500, ["引"] * 500),
    ],
    ids=["code", "comment", "list", "table", "quotation"],
)
@pytest.mark.parametrize("before", [0, 333])
def test_a_block_of_many_lines_is_one(block: list[str], texts: list[str], before: int) -> None:
    """Books are parsed so many lines at a time."""
    lines = [*["前文。", ""] * before, *block, "", "# 后文", "", *["末段。", ""] * 300]
    assert [t.text for t in Markdown().read("\n".join(lines).encode())] == [
        *["前文。"] * before,
        *texts,
        "后文",
        *["末段。"] * 300,
    ]
