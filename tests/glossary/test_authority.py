"""The authority file: facts in good order."""

from __future__ import annotations

import csv
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


@pytest.mark.parametrize(
    ("source", "target", "acronym"),
    [
        ("国际原子能机构", "International Atomic Energy Agency", "IAEA"),
        ("一带一路", "Belt and Road", ""),
        ("欧亚计量合作组织", "Euro-Asian Cooperation of National Metrological Institutions", "COOMET"),
        ("国家原子能机构", "China Atomic Energy Authority", "CAEA"),
        ("国家核安全局", "National Nuclear Safety Administration", "NNSA"),
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
