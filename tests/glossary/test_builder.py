"""Names found in text, and the English composed for them."""

from __future__ import annotations

import pytest

from glossary.builder import build
from glossary.english.compose import compose


def built(text: str, name: str = "doc") -> dict[str, object]:
    return {concept.source: concept for concept in build({name: text})}


def test_known_names_come_with_count_documents_and_a_sentence():
    concepts = build({"a": "国际原子能机构访华。国际原子能机构(IAEA)发言。", "b": "与国际原子能机构合作。"})
    [agency] = [c for c in concepts if c.source == "国际原子能机构"]
    assert (agency.count, agency.documents, agency.context) == (3, 2, "国际原子能机构访华。")
    assert (agency.origin, agency.status, agency.is_forced) == ("authority", "approved", True)


def test_a_name_that_occurs_only_inside_a_longer_one_is_not_counted():
    assert "国际原子能机构" not in built("加入国际原子能机构核安保培训与支持中心网络。")


@pytest.mark.parametrize(
    ("text", "name", "acronym"),
    [
        ("由东部海洋监测联盟(EOMA)主办", "东部海洋监测联盟", "EOMA"),
        ("会议由EOMA(东部海洋监测联盟)主办", "东部海洋监测联盟", "EOMA"),
    ],
)
def test_a_bracket_pairs_a_name_with_its_acronym_both_ways(text, name, acronym):
    concept = built(text)[name]
    assert (concept.acronym, concept.status) == (acronym, "candidate")


def test_english_that_the_text_gives_is_taken_from_it():
    concept = built("实施“蓝色走廊”计划，推广数字护航机制(digital escort mechanism)。")["数字护航机制"]
    assert (concept.target, concept.origin) == ("digital escort mechanism", "text")


def test_quoted_programmes_and_titles_are_candidates():
    names = built("推进“蓝色走廊”计划，依据《跨境监测数据交换办法》执行。")
    assert names["蓝色走廊计划"].category == "programme_initiative"
    assert names["跨境监测数据交换办法"].category == "law_agreement"


def test_readings_places_and_years_in_brackets_are_no_pairs():
    for text in ("海关(guān)长", "测试研究中心(新疆)", "发展规划(2021—2035年)", "案例(一)"):
        assert not [c for c in build({"d": text}) if c.acronym and c.origin == "text"]


def test_a_declared_short_form_holds_in_its_document_only():
    text = "指定中国海关辐射探测培训中心(下称培训中心)为协作中心。培训中心负责人说。"
    concepts = [c for c in build({"one": text, "two": "某培训中心开班。"}) if c.source == "培训中心"]
    assert [(c.scope, c.target, c.count) for c in concepts] == [("one", "Training Center", 2)]


@pytest.mark.parametrize(
    ("name", "english"),
    [
        ("哈尔滨海关", "Harbin Customs"),
        ("第三十届中国国际进口博览会", "30th China International Import Expo"),
        ("不知何处海关", ""),
        ("", ""),
    ],
)
def test_english_is_composed_from_known_parts_or_not_at_all(name, english):
    assert compose(name)[0] == english
