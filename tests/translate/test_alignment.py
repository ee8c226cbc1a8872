"""Finding what renders a term: the learnt table, the alignment, the company of a term, and spans that exclude each other."""

from __future__ import annotations

import numpy as np
import pytest

from glossary import Concept, Glossary
from translate import enforce, enforce_document
from translate.alignment.lexical import lexical_table, pack, unpack
from translate.alignment.posterior import Unit, align
from translate.alignment.words import chinese_words, english_words, parts_of, stem
from translate.forcing.tokens import spelt_out, tokens_of


def test_relatives_share_a_stem_and_strangers_do_not():
    assert len({stem(word) for word in ("finance", "financial", "financing")}) == 1
    assert len({stem(word) for word in ("regulate", "regulation", "regulator", "regulatory")}) == 1
    assert stem("organisation") == stem("organizations")
    assert len({stem(word) for word in ("international", "internet", "interest", "authority", "author")}) == 5
    assert [text[2] for text in english_words("The HKMA’s on-site banks")] == ["the", "hkma", "on", "site", "bank"]


def test_words_of_chinese_have_their_offsets_and_parts():
    assert chinese_words("金管局的货币政策")[-1] == (4, 8, "货币政策")
    assert set(parts_of("金融管理")) == {"金融", "管理"}


def test_the_table_comes_with_the_program_and_knows_plain_words():
    table = lexical_table()
    assert len(table) > 20_000
    for word, english in (("海关", "customs"), ("货币", "currency"), ("安全", "safety"), ("检验", "inspection")):
        assert stem(english) in table[word], word


def test_a_table_is_read_as_it_was_written():
    data = pack(["甲", "乙", "丙"], ["a", "b"], np.array([0, 0, 2]), np.array([0, 1, 1]), np.array([1.0, 0.5, 0.2]))
    table = unpack(data)
    assert {word: sorted(row) for word, row in table.items()} == {"甲": ["a", "b"], "丙": ["b"]}
    assert table["甲"]["b"] == pytest.approx(0.5, abs=0.01)


def test_of_two_like_words_each_renders_the_unit_that_stands_like_it():
    units = [Unit(0, 2, {"bank": 0.9}), Unit(10, 12, {"bank": 0.9})]
    shares = align(units, ["bank", "", "", "", "", "", "", "bank"]).shares
    assert shares[0, 0] > 0.8 > 0.2 > shares[0, 1]
    assert shares[7, 1] > 0.8


def test_nothing_is_aligned_with_nothing():
    assert align([], ["bank"]).shares.shape == (1, 0)
    assert align([Unit(0, 2, {})], []).shares.shape == (0, 1)


def test_spans_keep_out_of_addresses_titles_and_over_commas():
    tokens = tokens_of('See www.hkma.gov.hk, "A New Era for China Trade" and bank, it', [])
    assert [token.word for token in tokens if token.blocked] == ["www", "hkma", "gov", "hk"]
    assert [token.word for token in tokens if token.quoted] == ["A", "New", "Era", "for", "China", "Trade"]
    assert tokens[-1].gap == float("inf")


def test_initials_in_brackets_go_with_the_words_they_stand_for():
    text = "the Hong Kong Monetary Authority (HKMA) said"
    assert text[slice(*spelt_out(text, (34, 38)))] == "Hong Kong Monetary Authority (HKMA"
    assert spelt_out("the Bank (HKMA) said", (10, 14)) == (10, 14)


TERMS = Glossary(
    (
        Concept("海关总署", "General Administration of Customs"),
        Concept("核安保", "nuclear security"),
        Concept("货币政策", "monetary policy"),
        Concept("一带一路", "Belt and Road Initiative", "BRI"),
        Concept("香港储存库", "HKTR"),
        Concept("香港交易资料储存库", "Hong Kong Trade Repository"),
    )
)


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("海关总署发布货币政策。", "The customs administration issued a currency policy.", "The General Administration of Customs issued a monetary policy."),
        ("他谈到“一带一路”。", "He spoke of the One Belt One Road.", "He spoke of the Belt and Road Initiative."),
        ("货币政策与货币政策", "currency policy and money policy", "Monetary policy and monetary policy"),
        ("海關總署發布公告", "Customs administration issued a notice", "The General Administration of Customs issued a notice"),
        ("香港交易资料储存库（香港储存库）运作良好。", "The Hong Kong Trade Repository works well.", "The Hong Kong Trade Repository (HKTR) works well."),
        ("海关总署说，它将改革。海关总署满意。", "The General Administration of Customs said so. It was pleased.", "The General Administration of Customs said so. The General Administration of Customs was pleased."),
        ("海关总署的报告已发表。", "The report was published.", "The General Administration of Customs’ report was published."),
    ],
)  # fmt: skip
def test_the_rendering_is_found_and_replaced(source, target, expected):
    result = enforce(source, target, TERMS)
    assert result.text == expected
    assert {row.outcome for row in result.ledger} <= {"engine", "repaired"}


def test_the_company_of_a_term_shows_a_rendering_that_no_dictionary_has():
    glossary = Glossary((Concept("贸联通", "eTradeConnect"),))
    pairs = [
        ("贸联通去年启用。", "Zorblat was launched last year."),
        ("银行使用贸联通融资。", "Banks use Zorblat for financing."),
        ("政府支持贸联通。", "The government supports Zorblat."),
        ("天气很好。", "The weather is fine."),
    ]
    texts = [result.text for result in enforce_document(pairs, glossary)]
    assert texts[:3] == [
        "eTradeConnect was launched last year.",
        "Banks use eTradeConnect for financing.",
        "The government supports eTradeConnect.",
    ]
    assert texts[3] == pairs[3][1]


def test_two_hundred_terms_in_one_segment():
    concepts = tuple(Concept(f"第{n}号条例", f"Ordinance No. {n}") for n in range(1, 201))
    source = "、".join(concept.source for concept in concepts) + "。"
    result = enforce(source, "Regulations " + ", ".join(str(n) for n in range(1, 101)) + ".", Glossary(concepts))
    assert len(result.ledger) == 200
    assert all(row.outcome != "unresolved" for row in result.ledger)


def test_terms_with_digits_brackets_and_hyphens():
    glossary = Glossary(
        (
            Concept("COVID-19疫情", "COVID-19 pandemic"),
            Concept("《条例》（第628章）", "Ordinance (Cap. 628)"),
            Concept("5G网络", "5G network"),
        )
    )
    result = enforce(
        "COVID-19疫情与5G网络，见《条例》（第628章）。",
        "The COVID-19 epidemic and the 5G net, see the Regulation (Chapter 628).",
        glossary,
    )
    assert result.text.startswith("The COVID-19 pandemic and the 5G network")
    assert "Ordinance (Cap. 628)" in result.text
    assert enforce("COVID-19疫情与5G网络，见《条例》（第628章）。", result.text, glossary).text == result.text
