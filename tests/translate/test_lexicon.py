"""What a lexicon puts behind the words of a source: the longest words, never within a tagged term."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.engines.lexicon import Lexicon

WORDS = "打印\t▁print\n打印 机\t▁print er ⟦=⟧ ▁press\n机 场\t▁airport\n可能 性\t\n性 别\t▁sex\n"


@pytest.fixture(scope="module")
def lexicon(tmp_path_factory):
    path = tmp_path_factory.mktemp("words") / "lexicon.tsv"
    path.write_text(WORDS, encoding="utf-8")
    return Lexicon.read(path)


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("▁ 打印 机 。", "▁ 打印 机 ⟦=⟧ ▁print er ⟦=⟧ ▁press ⟦/t⟧ 。"),
        # The longest word from the left on: 打印机 and 场, not 打印 and 机场.
        ("打印 机 场", "打印 机 ⟦=⟧ ▁print er ⟦=⟧ ▁press ⟦/t⟧ 场"),
        ("打印 了", "打印 ⟦=⟧ ▁print ⟦/t⟧ 了"),
        # A word that is known well enough is passed over whole: 可能性 别, not 性别.
        ("可能 性 别", "可能 性 别"),
        ("⟦t⟧ 机 场 ⟦=⟧ ▁Port ⟦/t⟧ 机 场", "⟦t⟧ 机 场 ⟦=⟧ ▁Port ⟦/t⟧ 机 场 ⟦=⟧ ▁airport ⟦/t⟧"),
        ("机 ⟦t⟧ 场 ⟦=⟧ ▁Field ⟦/t⟧ 打印", "机 ⟦t⟧ 场 ⟦=⟧ ▁Field ⟦/t⟧ 打印 ⟦=⟧ ▁print ⟦/t⟧"),
        # A tag that nobody closes.
        ("机 场 ⟦t⟧ 机 场", "机 场 ⟦=⟧ ▁airport ⟦/t⟧ ⟦t⟧ 机 场"),
        ("", ""),
    ],
)
def test_words_are_told_behind_themselves(lexicon, source, told):
    assert lexicon.told(source.split()) == told.split()


def test_what_is_told_of_one_text_goes_before_the_lexicon_and_stays_there(lexicon):
    also = {("打印", "机", "场"): ("▁print", "▁shop"), ("机", "场"): ("▁airfield",)}
    assert lexicon.told("机 场 打印 机 场".split(), also) == (
        "机 场 ⟦=⟧ ▁airfield ⟦/t⟧ 打印 机 场 ⟦=⟧ ▁print ▁shop ⟦/t⟧".split()
    )
    assert lexicon.told("⟦t⟧ 机 场 ⟦=⟧ ▁Port ⟦/t⟧".split(), also) == "⟦t⟧ 机 场 ⟦=⟧ ▁Port ⟦/t⟧".split()
    assert lexicon.told("机 场".split()) == "机 场 ⟦=⟧ ▁airport ⟦/t⟧".split()


def test_what_finds_no_room_is_not_told(lexicon):
    source = "机 场 打印 机 场 机 场".split()
    assert lexicon.told(source, most=7) == source
    assert lexicon.told(source, most=15) == "机 场 ⟦=⟧ ▁airport ⟦/t⟧ 打印 机 场 机 场 ⟦=⟧ ▁airport ⟦/t⟧".split()


@given(st.lists(st.sampled_from(["打印", "机", "场", "可能", "性", "别", "的", "。"]), max_size=30))
def test_without_what_is_told_the_source_is_as_it_was(lexicon, tokens):
    bare, inside = [], False
    for token in lexicon.told(tokens):
        inside = token == "⟦=⟧" or (inside and token != "⟦/t⟧")
        bare += [token] if not inside and token != "⟦/t⟧" else []
    assert bare == tokens
