"""Names that the English left out, put where grammar has a place for them, and names inside names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary import Concept, Glossary
from translate import enforce
from translate.forcing.ledger import find_form, serve
from translate.forcing.naming import Names, is_proper, with_article

TERMS = Glossary(
    (
        Concept("海关总署", "General Administration of Customs", "GACC"),
        Concept("认可机构", "AIs", target_variants=("authorized institutions",)),
        Concept("本地注册认可机构", "locally incorporated authorized institutions", "AIs"),
        Concept("信贷评级", "credit rating"),
        Concept("香港的信贷评级", "Hong Kong’s credit rating"),
        Concept("网络攻击", "cyber attacks"),
        Concept("外聘投资经理", "external fund managers"),
        Concept("银行体系", "banking system"),
    )
)


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        # Subject of a passive, and of a verb that shares the subject of the one before.
        ("去年海关总署审查了公司的申请。", "Last year the company's application was reviewed.", "Last year the company's application was reviewed by the General Administration of Customs."),
        ("口岸延长了时间，海关总署加强了监管。", "The port extended its hours and strengthened the supervision.", "The port extended its hours and the General Administration of Customs strengthened the supervision."),
        # Object of a preposition.
        ("协会向认可机构提供指引。", "The association provided guidance on scams.", "The association provided guidance to AIs on scams."),
        # Owner of what it does.
        ("海关总署进行了专题检查。", "Thematic inspections focused on ports.", "The General Administration of Customs’ thematic inspections focused on ports."),
        # We as the name's own voice, the verb in the third person.
        ("海关总署发布公告。海关总署还利用新技术。", "GACC issued a notice. We also use new technology.", "GACC issued a notice. GACC also uses new technology."),
        # Written in one word by others.
        ("防范网络攻击。", "Guard against cyberattacks.", "Guard against cyber attacks."),
    ],
)  # fmt: skip
def test_a_name_that_was_left_out_gets_its_place(source, target, expected):
    result = enforce(source, target, TERMS)
    assert result.text == expected
    assert {row.outcome for row in result.ledger} <= {"engine", "repaired"}
    assert enforce(source, result.text, TERMS).text == result.text


def test_a_name_inside_a_longer_one_does_not_keep_its_words_from_it():
    result = enforce(
        "国际信贷评级机构确认香港的信贷评级。",
        "International credit rating agencies affirmed the credit rating of Hong Kong.",
        TERMS,
    )
    assert result.text == "International credit rating agencies affirmed Hong Kong’s credit rating."


def test_words_that_follow_a_name_are_no_part_of_it():
    glossary = Glossary((Concept("货币发行委员会", "Currency Board Sub-Committee"),))
    result = enforce("货币发行委员会探讨了课题。", "The Currency Board Committee studied issues.", glossary)
    assert result.text == "The Currency Board Sub-Committee studied issues."


def test_initials_of_the_end_of_a_name_do_not_stand_for_the_whole():
    source = "本地注册认可机构。本地注册认可机构。"
    result = enforce(source, "Locally incorporated authorised institutions. Such local authorised institutions.", TERMS)
    assert len(find_form(result.text, "locally incorporated authorized institutions")) == 2


@pytest.mark.parametrize(
    ("text", "name", "said"),
    [
        ("The GACC said so.", "GACC", "the GACC"),
        ("ESG factors matter.", "ESG", "ESG"),
        ("the Hong Kong dollar rose in Hong Kong.", "Hong Kong", "Hong Kong"),
        ("The General Administration of Customs (GACC) acts.", "GACC", "the GACC"),
        ("Nothing.", "Ministry of Finance", "the Ministry of Finance"),
    ],
)
def test_a_name_takes_the_article_that_the_text_gives_it(text, name, said):
    assert with_article(text, name) == said


def test_proper_names_are_known_by_their_capitals():
    assert is_proper("GACC") and is_proper("General Administration of Customs")
    assert not is_proper("banking system") and not is_proper("Debt securities")


def test_a_document_tells_which_mention_an_occurrence_is():
    occurrences = [
        [row.occurrence for row in enforce(text, "", TERMS).ledger]
        for text in ("海关总署。", "银行体系。", "海关总署。")
    ]
    names = Names("as-source", occurrences)
    assert [names.mentions(number) for number in range(3)] == [(0,), (0,), (1,)]
    assert [names.told_by(its, names.mentions(n)) for n, its in enumerate(occurrences)] == ["first", "", "later"]


@given(
    st.lists(st.sampled_from(["信贷评级", "其他事"]), max_size=12),
    st.lists(st.sampled_from(["credit rating", "others", "a"]), max_size=12),
)
def test_as_many_are_served_as_can_be_and_in_order(source, target):
    occurrences = [row.occurrence for row in enforce("，".join(source), "", TERMS).ledger]
    english = ", ".join(target)
    spans = serve(english, occurrences)
    found = [span for span in spans if span is not None]
    assert len(found) == min(source.count("信贷评级"), target.count("credit rating"))
    assert found == sorted(found)
    assert all(english[start:end] == "credit rating" for start, end in found)
