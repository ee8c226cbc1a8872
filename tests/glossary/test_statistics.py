"""What counting says about candidates."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary.candidates.statistics import entropy, standings, terms


def test_counts_tell_independent_from_nested():
    found = standings({"计量中心", "中亚计量中心"}, ["中亚计量中心揭牌", "计量中心与中亚计量中心"])
    assert (found["计量中心"].count, found["计量中心"].independent) == (3, 1)
    assert found["中亚计量中心"].independent == 2
    assert found["中亚计量中心"].c_value > found["计量中心"].c_value


def test_branching_entropy_is_high_where_anything_may_stand():
    found = standings({"海关"}, ["我海关在", "其海关与", "某海关对", "各海关向"])
    assert found["海关"].left == pytest.approx(2.0)
    bound = standings({"海关"}, ["我海关在"] * 4)
    assert bound["海关"].left == 0


@given(st.dictionaries(st.sampled_from("海关与在对"), st.integers(1, 50), min_size=1))
def test_entropy_is_between_none_and_that_of_equal_shares(counts):
    total = sum(counts.values())
    assert 0 <= entropy(counts) <= total.bit_length() + 1


def test_terms_are_repeated_bound_and_rare_elsewhere():
    document = "\t".join(["计量", "器具", "检定", "。", "今天", "天气", "好", "。"] * 6)
    found = terms([document])
    assert "计量器具" in found
    assert found["计量器具"][1] == 6
    assert not terms(["\t".join(["计量", "器具", "。"])])
