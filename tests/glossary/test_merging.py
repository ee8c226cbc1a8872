"""Bringing one list into another: nothing is lost, nothing is overruled silently."""

from __future__ import annotations

import dataclasses

import pytest

from glossary import Concept, merge

MINE = Concept(
    "海关总署",
    "General Administration of Customs",
    "GACC",
    ("中国海关总署",),
    forbidden=("General Customs",),
    category="agency",
    origin="authority",
)
EMPTY = Concept("世界海关组织", category="international_org", status="candidate", origin="text", confidence=0.6)


def outcome(theirs, how="update"):
    merged, report = merge([MINE, EMPTY], theirs, how)
    return {concept.key: concept for concept in merged}, report


@pytest.mark.parametrize(
    ("how", "english", "counts"),
    [
        ("update", ["GAC", "World Customs Organization"], "1 added, 2 updated, 0 kept, 0 the same, 0 refused"),
        ("keep", [MINE.target, "World Customs Organization"], "1 added, 1 updated, 1 kept, 0 the same, 0 refused"),
        ("add", [MINE.target, ""], "1 added, 0 updated, 2 kept, 0 the same, 0 refused"),
    ],
)
def test_the_three_ways(how, english, counts):
    theirs = [
        Concept("海关总署", "GAC"),
        Concept("世界海关组织", "World Customs Organization"),
        Concept("边检站", "Station"),
    ]
    merged, report = outcome(theirs, how)
    assert [c.target for c in merged.values()] == [*english, "Station"]
    assert str(report) == counts


def test_an_update_leaves_what_the_list_does_not_speak_of():
    merged, _ = outcome([Concept("海关总署", "GAC")])
    assert merged["海关总署", ""] == dataclasses.replace(MINE, target="GAC", origin="person")
    merged, report = outcome([Concept("海关总署", MINE.target)])
    assert merged["海关总署", ""] == MINE
    assert report.counts["same"] == 1


def test_keeping_fills_every_gap_and_changes_nothing_else():
    theirs = dataclasses.replace(MINE, target="X", note="seen", target_variants=("Customs",), acronym="Y")
    merged, _ = outcome([theirs], "keep")
    assert merged["海关总署", ""] == dataclasses.replace(MINE, note="seen", target_variants=("Customs",))


@pytest.mark.parametrize(
    ("theirs", "words"),
    [
        ([Concept("海关总署", "General Customs")], "among the English never to use here"),
        ([Concept("中国海关总署", "China Customs")], "is a form of 海关总署 here"),
        ([Concept("甲乙", "A"), Concept("甲乙", "B")], "stands twice in the list, as A and as B"),
    ],
)
def test_what_contradicts_is_refused_and_said(theirs, words):
    merged, report = outcome(theirs)
    [refused] = report.refused
    assert words in refused.why
    assert merged["海关总署", ""] == MINE


def test_a_variant_with_the_same_english_is_the_same():
    merged, report = outcome([Concept("中国海关总署", MINE.target)])
    assert len(merged) == 2
    assert report.counts["same"] == 1
