"""Terms given in tags: written into the text, never cut, and gone from the answer."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.engines import get_engine
from translate.engines.base import Limits
from translate.engines.ct2 import _runs_in_circles
from translate.engines.online.pieces import cut_anywhere, pieces_of, size_of
from translate.engines.tags import names_in, tagged, without_tags
from translate.forcing.carriers import CARRIERS
from translate.forcing.ledger import Occurrence

SOURCE = "昨天，海关总署表示欢迎。"
CUSTOMS = Occurrence(
    3, 7, "海关总署", "海关总署", "General Administration of Customs", ("General Administration of Customs",)
)


def test_a_term_goes_in_tags_and_no_tag_comes_back():
    carrier = CARRIERS["native"]
    sent = carrier.send(SOURCE, [CUSTOMS], get_engine("gloss"))
    assert sent == "昨天，⟦t⟧海关总署⟦=⟧ General Administration of Customs⟦/t⟧表示欢迎。"
    assert names_in(sent) == ["General Administration of Customs"]
    assert (
        carrier.receive(SOURCE, "The General Administration of Customs", [CUSTOMS])
        == "The General Administration of Customs"
    )
    assert carrier.receive(SOURCE, f"The {tagged('海关总署', 'GAC')} said ⟦/t⟧so", [CUSTOMS]) == "The GAC said so"


@pytest.mark.parametrize("size", [40, 80, 120])
def test_an_over_long_text_is_never_cut_within_a_term(size):
    text = (
        f"欢迎，{tagged('海关总署', 'Customs: duties, taxes; and more!')}表示，{tagged('商务部', 'Commerce')}也来。再见，"
        * 3
    )
    pieces = [piece for piece, _ in pieces_of(text, Limits(size=size))]
    assert "".join(pieces) == text and len(pieces) > 3
    assert all(piece.count("⟦t⟧") == piece.count("⟦/t⟧") for piece in pieces)


@given(
    st.lists(st.one_of(st.text("欢迎中国a ，𠀀", max_size=9), st.just(tagged("海关", "Customs"))), max_size=12),
    st.integers(40, 90),
)
def test_a_text_without_marks_is_cut_anywhere_but_within_a_term(parts, size):
    text, limits = "".join(parts), Limits(size=size)
    cut = cut_anywhere(text, limits)
    assert "".join(cut) == text
    assert all(size_of(piece, limits) <= size and piece.count("⟦t⟧") == piece.count("⟦/t⟧") for piece in cut)


def test_what_runs_in_circles_is_known():
    assert _runs_in_circles("a b c d c d c d c d e".split())
    assert not _runs_in_circles("the body of the body of the law".split())
    assert without_tags("plain") == "plain"
