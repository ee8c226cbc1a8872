"""Subtitles: words change, timings and tags stay, lines stay short."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.formats.base import FormatError, Mark, Text
from documents.formats.subtitles import Srt, Vtt
from tests.documents.formats.broken import check_broken

CUES = (
    "1\r\n00:00:01,000 --> 00:00:02,500 X1:0\r\n{\\an8}<i>你好，\r\n世界</i>\r\n\r\n"
    "2\r\n00:01:02,000 --> 00:01:03,000\r\n- 谁？\r\n- <b>我</b>！\r\n\r\n"
    "3\r\n00:01:04,000 --> 00:01:05,000\r\n再见\r\nGoodbye\r\n\r\n"
    "4\r\n00:02:04,000 --> 00:02:05,000\r\nEnglish\r\n"
)
VTT = (
    "WEBVTT - 标题\n\nSTYLE\n::cue { color: red }\n\nNOTE 说明\n\nintro\n00:01.000 --> 00:02.000 align:start\n"
    "<v 张三>你 &amp; 我<00:01.500><c.yellow>好</c>\n\n01:00:01.000 --> 01:00:02.000\n好\n"
)


def test_cues_become_texts_with_marks() -> None:
    assert Srt().read(CUES.encode()) == [
        Text("你好，世界", (Mark(0, 0, 0), Mark(0, 5, 1)), "00:00:01"),
        Text("- 谁？", (), "00:01:02"),
        Text("- 我！", (Mark(2, 3, 0),), "00:01:02"),
        Text("再见", (), "00:01:04"),
    ]


def test_fill_keeps_all_but_the_words() -> None:
    news = {0: Text("Hello, world", (Mark(7, 12, 1),)), 2: Text("- Me!"), 3: Text("So long")}
    filled = Srt().fill(CUES.encode(), news).decode()
    expected = CUES.replace("{\\an8}<i>你好，\r\n世界</i>", "{\\an8}Hello, <i>world</i>")
    assert filled == expected.replace("- <b>我</b>！", "- Me!").replace("再见", "So long")


def test_vtt_keeps_header_notes_settings_voices() -> None:
    texts = Vtt().read(VTT.encode())
    assert [(text.text, text.place) for text in texts] == [("你 & 我好", "00:00:01"), ("好", "01:00:01")]
    filled = Vtt().fill(VTT.encode(), {0: Text("you & I <are> fine", (Mark(0, 0, 0), Mark(8, 8, 1), Mark(14, 18, 2)))})
    assert filled.decode() == VTT.replace(
        "你 &amp; 我<00:01.500><c.yellow>好</c>",
        "you &amp; I <00:01.500>&lt;are&gt; <c.yellow>fine</c>",
    )


@given(st.lists(st.text("abcdefg", min_size=1, max_size=12), min_size=1, max_size=30))
def test_english_is_broken_into_short_even_lines(words: list[str]) -> None:
    english = " ".join(words)
    data = b"1\n00:00:01,000 --> 00:00:02,500\n" + "中文".encode() + b"\n"
    lines = Srt().fill(data, {0: Text(english)}).decode().split("\n")[2:-1]
    assert " ".join(lines) == english
    assert all(len(line) <= 42 for line in lines)
    assert len(lines) == 1 or len(english) > 42
    assert len(lines) != 2 or abs(len(lines[0]) - len(lines[1])) <= 26


@given(st.lists(st.text("中国a <i></i>{\\an8}-\n", max_size=20), max_size=4), st.sampled_from(["\n", "\r\n"]))
def test_round_trip(cues: list[str], line_end: str) -> None:
    blocks = [f"{n}\n00:00:0{n},000 --> 00:00:09,000\n{words}\n" for n, words in enumerate(["中", *cues])]
    data = "\n".join(blocks).replace("\n", line_end).encode()
    texts = Srt().read(data)
    assert Srt().fill(data, dict(enumerate(texts))) == Srt().fill(data, {}) == data
    filled = Srt().fill(data, {number: Text("English") for number in range(len(texts))})
    timing = re.compile(rb"\d[\d:,]* --> [\d:,]+")
    assert timing.findall(filled) == timing.findall(data)
    assert Srt().read(filled) == []


def test_a_cue_without_an_empty_line_behind_it() -> None:
    data = "1\n00:00:01,000 --> 00:00:02,500\n你好\n2\n00:00:03,000 --> 00:00:04,500\n再见".encode()
    assert [text.text for text in Srt().read(data)] == ["你好", "再见"]
    assert Srt().fill(data, {1: Text("Bye")}) == data.replace("再见".encode(), b"Bye")


@pytest.mark.parametrize("data", [b"", b"hello", b"1\n00:00 -> 00:01\nx"])
def test_what_has_no_timings_is_refused(data: bytes) -> None:
    with pytest.raises(FormatError, match="no cue"):
        Srt().read(data)
    with pytest.raises(FormatError):
        Vtt().fill(data, {})
    with pytest.raises(FormatError, match="WEBVTT"):
        Vtt().read(CUES.encode())


def test_broken_subtitles() -> None:
    check_broken(Srt(), CUES.encode())
    check_broken(Vtt(), VTT.encode())
