"""Quality checks: each one's own good and bad examples, and what human translations trigger."""

from __future__ import annotations

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary import Concept, Glossary
from translate import enforce
from translate.checks import CHECKS, run_checks
from translate.checks.figures import in_figures


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.id)
def test_a_check_passes_its_good_examples_and_flags_its_bad_ones(check):
    assert [pair for pair in check.good if check.run(*pair)] == []
    assert [pair for pair in check.bad if not check.run(*pair)] == []
    assert check.name and check.description.endswith(".") and check.severity in ("error", "warning")


def test_a_missing_and_an_inserted_term_are_flagged():
    glossary = Glossary((Concept("国际原子能机构", "International Atomic Energy Agency"),))
    result = enforce("国际原子能机构访华。", "A visit to China.", glossary)
    assert [flag.check for flag in run_checks("国际原子能机构访华。", result.text, result.ledger)] == ["term_inserted"]


def test_errors_come_before_warnings():
    flags = run_checks("2021年在3个国家开展215万项检测业务工作。", "海关")
    assert [flag.severity for flag in flags] == sorted(flag.severity for flag in flags)
    assert {flag.check for flag in flags} >= {"leftover_chinese", "numbers"}


def test_the_gold_translations_raise_no_flag(gold):
    with (gold / "refs_dev.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    assert rows
    assert [(row["id"], flag.text) for row in rows for flag in run_checks(row["zh_clean"], row["en_ref"])] == []


def _in_chinese(number: int) -> str:
    """A number below a trillion as Chinese numerals."""
    for scale, name in ((10**8, "亿"), (10**4, "万"), (1000, "千"), (100, "百"), (10, "十")):
        if number >= scale:
            head, rest = divmod(number, scale)
            gap = "零" if 0 < rest < scale // 10 else ""
            return _in_chinese(head) + name + gap + (_in_chinese(rest) if rest else "")
    return "零一二三四五六七八九"[number]


@given(st.lists(st.integers(100, 10**11), max_size=4))
def test_chinese_numerals_are_read_as_the_figures_they_stand_for(numbers: list[int]) -> None:
    source = "家、".join(["增至", *(_in_chinese(number) for number in numbers), "。"])
    found = in_figures(source)
    assert found.text == "家、".join(["增至", *map(str, numbers), "。"])
    assert [found.as_written(start, end) for start, (end, _) in found.numerals.items()] == list(
        map(_in_chinese, numbers)
    )
    english = f"Up to {' and '.join(map('{:,}'.format, numbers))} firms."
    assert "numbers" not in {flag.check for flag in run_checks(source, english)}
