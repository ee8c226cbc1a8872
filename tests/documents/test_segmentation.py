"""Sentences."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents import split_segments


def sentences(text: str) -> list[str]:
    return [segment.text for segment in split_segments(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("他说：“可以。”然后走了。", ["他说：“可以。”", "然后走了。"]),
        ("第一句!第二句?第三句;第四句", ["第一句!", "第二句?", "第三句;", "第四句"]),
        ("真的吗？！是的……好。", ["真的吗？！", "是的……", "好。"]),
        ("发布《一带一路。愿景》文件。完", ["发布《一带一路。愿景》文件。", "完"]),
        ("同比增长12.2%，共3.5亿元。", ["同比增长12.2%，共3.5亿元。"]),
        ("型号“H-102; A/B”有效", ["型号“H-102; A/B”有效"]),
        ("见(第三条。第四条)。完", ["见(第三条。第四条)。", "完"]),
        ("《未闭合。第二句。", ["《未闭合。", "第二句。"]),
        ("培训6339人次;并先后实施", ["培训6339人次;", "并先后实施"]),
        ("一段\n两段", ["一段", "两段"]),
        ("", []),
    ],
)
def test_where_sentences_end(text, expected):
    assert sentences(text) == expected


@given(st.text("海关。！？；…!?;“”《》()（）a1 .\n", max_size=60))
def test_segments_are_spans_in_order_and_lose_nothing_but_blanks(text):
    at = 0
    for number, segment in enumerate(split_segments(text)):
        assert segment.index == number
        assert text[segment.start : segment.end] == segment.text
        assert not text[at : segment.start].strip()
        assert text[: segment.start].count("\n") == segment.paragraph
        at = segment.end
    assert not text[at:].strip()


def test_a_long_line_of_brackets_takes_no_longer_than_text():
    assert len(sentences("(" * 200_000 + "》" * 200_000)) == 1
