"""The authority file: facts in good order."""

from __future__ import annotations

import csv
import re
from collections import defaultdict

import opencc
import pytest

from glossary.authority import authority
from glossary.concept import CATEGORIES
from glossary.matching import normalize

_COLUMNS = "source,target,acronym,source_variants,target_variants,forbidden,category,basis,cite,valid_from,valid_to,note".split(
    ","
)


def test_every_row_is_whole(root):
    for path in sorted((root / "glossary" / "authority").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        assert list(rows[0]) == _COLUMNS, path
        for row in rows:
            assert row["target"], row
            assert row["category"] in CATEGORIES, row
            assert row["basis"] in ("official", "treaty", "list", "conventional", "own"), row
            assert not any(cell != cell.strip() for cell in row.values()), row
            assert all(
                not year or (year.isdigit() and len(year) == 4) for year in (row["valid_from"], row["valid_to"])
            ), row


def test_one_chinese_form_denotes_one_concept():
    holders = defaultdict(set)
    for concept in authority():
        for form in concept.sources:
            holders[normalize(form)].add(concept.source)
    assert {form: sources for form, sources in holders.items() if len(sources) > 1} == {}


def test_canonical_names_are_simplified_and_no_name_is_forbidden_to_itself():
    to_simplified = opencc.OpenCC("t2s")
    for concept in authority():
        assert to_simplified.convert(concept.source) == concept.source
        assert not {f.lower() for f in concept.forbidden} & {a.lower() for a in concept.accepted}, concept


def test_it_is_large_and_every_name_is_clean():
    assert len(authority()) >= 1700
    han = re.compile("[\u3400-\u9fff]")
    for concept in authority():
        for english in (*concept.accepted, *concept.forbidden):
            assert not han.search(english), concept
            assert "  " not in english and english.count("(") == english.count(")"), concept
        # A form of two characters stands inside too many other words, unless it is a place or person.
        assert all(len(form) > 1 for form in concept.sources), concept
        assert len(concept.acronym) <= 16, concept
        assert len({form.lower() for form in concept.target_variants}) <= len(concept.target_variants), concept


def test_every_row_of_the_better_kinds_says_where_it_is_known_from(root):
    for path in sorted((root / "glossary" / "authority").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                assert row["cite"] or row["basis"] in ("conventional", "own"), row
                assert not (row["valid_from"] and row["valid_to"]) or row["valid_from"] <= row["valid_to"], row


@pytest.mark.parametrize(
    ("old", "new", "year"),
    [
        ("国家质量监督检验检疫总局", "国家市场监督管理总局", "2018"),
        ("卫生部", "国家卫生健康委员会", "2013"),
        ("环境保护部", "生态环境部", "2018"),
    ],
)
def test_renamed_bodies_keep_their_old_name_with_its_dates(old, new, year):
    known = {concept.source: concept for concept in authority()}
    assert known[old].target != known[new].target
    assert year in known[old].note


@pytest.mark.parametrize(
    ("source", "target", "acronym"),
    [
        ("国际原子能机构", "International Atomic Energy Agency", "IAEA"),
        ("一带一路", "Belt and Road", ""),
        ("欧亚计量合作组织", "Euro-Asian Cooperation of National Metrological Institutions", "COOMET"),
        ("国家原子能机构", "China Atomic Energy Authority", "CAEA"),
        ("国家核安全局", "National Nuclear Safety Administration", "NNSA"),
        ("国际清算银行", "Bank for International Settlements", "BIS"),
        ("核损害补充赔偿公约", "Convention on Supplementary Compensation for Nuclear Damage", "CSC"),
        ("中山大学", "Sun Yat-sen University", "SYSU"),
        ("海关总署商品检验司", "Department of Commodity Inspection of the General Administration of Customs", ""),
        ("满洲里口岸", "Manzhouli Port", ""),
    ],
)
def test_names_that_must_be_right(source, target, acronym):
    [concept] = [c for c in authority() if source in c.sources]
    assert (concept.target, concept.acronym) == (target, acronym)


def test_the_gold_names_of_the_development_seeds_are_known(gold):
    """Agency and programme names that are official: the English is the gold's, or accepted beside it."""
    known = {form: concept for concept in authority() for form in concept.sources}
    with (gold / "terms_dev.tsv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file, delimiter="\t") if row["core_class"] == "yes"]
    wrong = {}
    for row in rows:
        forms = [row["zh"], *filter(None, row["zh_variants"].split(";"))]
        hits = [known[form] for form in forms if form in known]
        if not hits or row["en"].lower() not in {form.lower() for form in hits[0].accepted}:
            wrong[row["zh"]] = (row["en"], hits[0].accepted if hits else None)
    assert wrong == {}
