"""Addresses and placeholders come through every engine as they are, and where one loses them they are put back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary import Concept, Glossary
from tests.translate.test_forcing import Scripted
from translate import translate
from translate.checks import run_checks
from translate.forcing.fixed import fixed_in, lost, put_back

LINK = "https://www.iaea.org/zh/a?b=1&c=2"
GLOSSARY = Glossary((Concept("海关总署", "General Administration of Customs", status="approved"),))


def found(text: str) -> list[str]:
    return [text[start:end] for start, end in fixed_in(text)]


@pytest.mark.parametrize(
    ("text", "fixed"),
    [
        (f"详见{LINK}。", [LINK]),
        ("（见www.customs.gov.cn/a.html）", ["www.customs.gov.cn/a.html"]),
        ("写信给li.wei@example.org，或打电话", ["li.wei@example.org"]),
        ("共{count}份，{0}，${x}，{{name}}，%s，%(n)d", ["{count}", "{0}", "${x}", "{{name}}", "%s", "%(n)d"]),
        ("<b>海关</b><br/>总署", ["<b>", "</b>", "<br/>"]),
        ("增长5%，3<5且7>6", []),
    ],
)
def test_what_is_fixed(text, fixed):
    assert found(text) == fixed


@pytest.mark.parametrize(
    "answer",
    [
        lambda text: text.replace("海关总署", "GAC"),
        lambda text: text.lower(),
        lambda text: text.replace("/", " / "),
        lambda text: "See the page.",
    ],
    ids=["kept", "small letters", "blanks", "dropped"],
)
def test_an_address_stands_in_the_english_whatever_the_engine_does(answer):
    [done] = translate([f"海关总署公告见{LINK}。"], Scripted(answer), GLOSSARY)
    assert done.text.count(LINK) == 1
    assert [row.found for row in done.ledger] == ["General Administration of Customs"]
    assert not [flag for flag in run_checks(f"海关总署公告见{LINK}。", done.text, done.ledger) if flag.check == "fixed"]


@given(st.lists(st.sampled_from([LINK, "{name}", "%s", "a@b.cn", "公告", "。", " "]), max_size=8), st.text(max_size=40))
def test_nothing_is_lost_once_it_is_put_back(parts, target):
    source = "，".join(parts)
    back = put_back(source, target)
    assert lost(source, back) == []
    assert put_back(source, back) == back
