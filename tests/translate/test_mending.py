"""Repair is good English: what stands around a name that was put in."""

from __future__ import annotations

import pytest

from glossary import Concept, Glossary
from translate import enforce_document
from translate.forcing.capitals import mend_case
from translate.forcing.ledger import Occurrence
from translate.forcing.mending import article_of, replace
from translate.forcing.naming import is_acronym, is_plural

# The old rendering stands in brackets [ ].
CASES = [
    ("It is a [Global Atom Bureau] plan.", "International Atomic Energy Agency", "It is an International Atomic Energy Agency plan."),
    ("It is an [atom bureau] plan.", "HKMA", "It is an HKMA plan."),
    ("He went to a [bank].", "AIs", "He went to AIs."),
    ("Ask a [central depository] first.", "central securities depositories", "Ask central securities depositories first."),
    ("The [regulator]’s view", "HKMA", "The HKMA’s view"),
    ("the [institutions]’ ratings", "HKMA", "the HKMA’s ratings"),
    ("the [authority]’s ratings", "AIs", "the AIs’ ratings"),
    ("These [regulators] met.", "Monetary Authority", "The Monetary Authority met."),
    ("[Banks] are sound", "banking sector", "Banking sectors are sound"),
    ("The [lender] is sound", "authorized institutions", "The authorized institutions are sound"),
    ("the role of [lenders] is known", "authorized institution", "the role of authorized institutions is known"),
    ("The Linked Exchange [Rate regime] system works", "Linked Exchange Rate System", "The Linked Exchange Rate System works"),
    ("the [Global Atom Bureau] (GAB) said", "International Atomic Energy Agency", "the International Atomic Energy Agency said"),
    ("the [Resilience Frame] (CRAF)", "Cyber Resilience Assessment Framework", "the Cyber Resilience Assessment Framework (CRAF)"),
    ("It went well. [Regulators] agree.", "authorized institutions", "It went well. Authorized institutions agree."),
    ("the [The Fund] grew", "the Exchange Fund", "the Exchange Fund grew"),
    ("customs/[quarantine] offices", "inspection", "customs/inspection offices"),
    ("China and [atom bureau] and France", "IAEA", "China and IAEA and France"),
    ("# Work of the [Lending Sector] in 2020", "banking sector", "# Work of the Banking Sector in 2020"),
    ("to [supervise] the banks", "supervision", "to carry out supervision of the banks"),
    ("this may [affect] the plans", "ramifications", "this may have ramifications for the plans"),
    ("It was set up by [atom bureau].", "International Atomic Energy Agency", "It was set up by the International Atomic Energy Agency."),
    ("[Customs headquarters] issued it.", "General Administration of Customs", "The General Administration of Customs issued it."),
    ("see [platform] now", "eTradeConnect", "see eTradeConnect now"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "name", "expected"), CASES)
def test_a_name_is_put_in_as_english_has_it(text, name, expected):
    start, end = text.index("["), text.index("]") - 1
    assert replace(text.replace("[", "").replace("]", ""), (start, end), name) == expected


def test_words_of_another_name_are_not_taken_along():
    text = "Hong Kong research centre"
    assert replace(text, (10, 25), "Hong Kong Institute", [(0, 9)]) == "Hong Kong Hong Kong Institute"
    assert replace(text, (10, 25), "Hong Kong Institute") == "The Hong Kong Institute"


@pytest.mark.parametrize(
    ("name", "article"),
    [
        ("IAEA", "an"), ("HKMA plan", "an"), ("UN code", "a"), ("UNESCO site", "a"), ("NATO plan", "a"), ("FPS", "an"),
        ("European code", "a"), ("one-stop shop", "a"), ("hour", "an"), ("agency", "an"), ("unified code", "a"), ("WHO", "a"),
    ],
)  # fmt: skip
def test_a_or_an_goes_by_sound(name, article):
    assert article_of(name) == article


def test_acronyms_and_plurals_are_told_apart():
    assert [is_acronym(form) for form in ("IAEA", "AML/CFT", "PBoC", "AIs", "Bank", "Exchange Fund")] == [True] * 4 + [
        False
    ] * 2
    assert [is_plural(form) for form in ("AIs", "banks", "SARS", "bonus", "business", "analysis")] == [True] * 2 + [
        False
    ] * 4


def _occurrence(*accepted: str) -> Occurrence:
    return Occurrence(0, 2, "机构", "机构", accepted[0], accepted)


@pytest.mark.parametrize(
    ("text", "accepted", "expected"),
    [
        ("the exchange fund grew", ("Exchange Fund",), "the Exchange Fund grew"),
        ("the Exchange Fund grew", ("THE EXCHANGE FUND", "Exchange Fund"), "the Exchange Fund grew"),
        ("# Banking Sector Performance in Hong Kong", ("banking sector",), "# Banking Sector Performance in Hong Kong"),
        ("The Banking Sector grew", ("banking sector",), "The banking sector grew"),
        ("see www.hkma.gov.hk", ("HKMA",), "see www.hkma.gov.hk"),
    ],
)
def test_capitals_are_the_names_own_but_not_in_headings_and_addresses(text, accepted, expected):
    assert mend_case(text, [_occurrence(*accepted)]) == expected


IAEA = Glossary((Concept("国际原子能机构", "International Atomic Energy Agency", "IAEA"),))
PAIRS = [
    ("国际原子能机构访华。", "The Atom Bureau came."),
    ("国际原子能机构满意。", "The International Atomic Energy Agency was pleased."),
]


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ("full", ["International Atomic Energy Agency", "International Atomic Energy Agency"]),
        ("acronym", ["IAEA", "IAEA"]),
        ("first-full", ["International Atomic Energy Agency (IAEA)", "IAEA"]),
    ],
)
def test_styles_of_names(style, expected):
    pairs = [(source, target.replace("Atom Bureau", "IAEA")) for source, target in PAIRS]
    once = [result.text for result in enforce_document(pairs, IAEA, style=style)]
    assert [text.replace("The ", "").replace(" came.", "").replace(" was pleased.", "") for text in once] == expected
    again = enforce_document([(source, text) for (source, _), text in zip(pairs, once, strict=True)], IAEA, style=style)
    assert [result.text for result in again] == once
