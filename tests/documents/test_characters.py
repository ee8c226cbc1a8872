"""Finding characters by table gives what a regular expression gives."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.noise.characters import DIGIT, HAN, CharacterSet, follow, how_often, matches

TEXTS = st.text(st.sampled_from("海关a1 2\n，\U00020000\ud800?"), max_size=40) | st.text(max_size=20)


@given(TEXTS)
def test_places_and_meets_agree_with_a_regular_expression(text):
    wanted = [hit.start() for hit in re.finditer("[\u4e00-\u9fff]", text)]
    assert HAN.places(text) == wanted
    assert HAN.meets(text) == bool(wanted)


@given(TEXTS)
def test_characters_outside_the_basic_plane_count_only_where_asked(text):
    wanted = [at for at, char in enumerate(text) if char == "a" or char > "\uffff"]
    assert CharacterSet("a", astral=True).places(text) == wanted
    assert CharacterSet("a").places(text) == [at for at, char in enumerate(text) if char == "a"]


@given(TEXTS)
def test_sets_that_follow_each_other(text):
    assert follow(text, HAN, DIGIT) == [hit.start() for hit in re.finditer("[\u4e00-\u9fff](?=[0-9])", text)]


@given(TEXTS, st.integers(1, 4))
def test_gaps_are_the_longest_runs_without_the_set(text, shortest):
    wanted = [hit.span() for hit in re.finditer(f"[^\u4e00-\u9fff]{{{shortest},}}", text)]
    assert HAN.gaps(text, shortest) == wanted


@given(TEXTS)
def test_matches_are_those_of_finditer(text):
    pattern = re.compile("[\u4e00-\u9fff]+[0-9a]?")
    found = [hit.span() for hit in matches(pattern, text, HAN.places(text))]
    assert found == [hit.span() for hit in pattern.finditer(text)]


@given(TEXTS)
def test_how_often(text):
    assert how_often(text, "海a") == {"海": text.count("海"), "a": text.count("a")}


def test_a_text_longer_than_one_block_is_looked_at_whole():
    text = "a" * (1 << 20) + "海" + "b" * 10 + "关"
    assert HAN.places(text) == [1 << 20, (1 << 20) + 11]


@pytest.mark.parametrize("text", ["", "海"])
def test_short_texts(text):
    assert follow(text, HAN, HAN) == []
    assert HAN.gaps(text, 1) == []
