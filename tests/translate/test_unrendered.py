"""Words of the Chinese without English: which are marked, and what the pages show."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.alignment.unrendered import unrendered
from translate.bilingual import BilingualSegment
from translate.outputs.html_page import marked_source

SOURCE = "会议讨论了海关和大学的合作。"
WHOLE = "The meeting discussed cooperation between the customs and universities."


def _words(source: str, target: str) -> list[str]:
    return [source[start:end] for start, end in unrendered(source, target)]


def test_a_whole_translation_has_no_marks() -> None:
    assert _words(SOURCE, WHOLE) == []


@pytest.mark.parametrize(("left_out", "word"), [("the customs and ", "海关"), (" and universities", "大学")])
def test_what_is_left_out_is_marked(left_out: str, word: str) -> None:
    assert _words(SOURCE, WHOLE.replace(left_out, "")) == [word]


def test_a_name_that_stands_is_rendered_whatever_its_words() -> None:
    assert _words("海关总署表示欢迎。", "GACC welcomed it.") == ["海关总署"]
    assert unrendered("海关总署表示欢迎。", "GACC welcomed it.", [(0, 4)]) == []


def test_old_characters_are_looked_at_as_new_ones() -> None:
    assert _words("會議討論了海關。", "The meeting discussed it.") == ["海關"]


@given(st.text("海关大学的和会议。, A5<&", max_size=30), st.text("customs university <&.", max_size=30))
def test_marks_are_apart_in_order_and_within_the_text(source: str, target: str) -> None:
    found = unrendered(source, target)
    ends = [0, *(end for _, end in found)]
    assert all(before <= start < end <= len(source) for before, (start, end) in zip(ends, found, strict=False))


def test_pages_underline_them_until_the_sentence_is_confirmed() -> None:
    segment = BilingualSegment(0, 0, "海关<大学>", "The customs.", "machine")
    page = marked_source(segment, {}, "no “English”")
    assert page == '海关&lt;<mark class="unrendered" title="no “English”">大学</mark>&gt;'
    assert marked_source(dataclasses.replace(segment, state="confirmed"), {}) == "海关&lt;大学&gt;"
    assert marked_source(dataclasses.replace(segment, target=""), {}) == "海关&lt;大学&gt;"
