"""English composed from known parts, and the sense of words by their context."""

from __future__ import annotations

import pytest

from glossary.builder import build
from glossary.english.compose import compose, composed
from glossary.english.heads import HEADS
from glossary.english.lexicon import lexicon
from glossary.english.numerals import ordinal, value
from glossary.english.persons import person
from glossary.english.place_names import place
from glossary.english.sense import nuclear_sense
from glossary.english.similarity import resembles


@pytest.mark.parametrize(
    ("name", "english"),
    [
        ("延吉海关技术中心", "Yanji Customs Technology Center"),
        ("青海省计量检测研究院", "Qinghai Institute of Metrology and Testing"),
        ("洛阳市公安局", "Luoyang Municipal Public Security Bureau"),
        ("青海省生态环境厅", "Qinghai Provincial Department of Ecology and Environment"),
        ("宁夏回族自治区能源局", "Ningxia Hui Autonomous Region Energy Administration"),
        ("国家碳计量重点实验室", "National Key Laboratory of Carbon Metrology"),
        ("第七届西部计量论坛", "Seventh Western China Metrology Forum"),
        ("第十二届中俄口岸合作研讨会", "12th China–Russia Port Cooperation Seminar"),
        ("2025年核应急演习", "2025 Nuclear Emergency Exercise"),
        ("中华人民共和国口岸管理法", "Port Administration Law of the People's Republic of China"),
        ("关于加强口岸监管的意见", "Opinions on Strengthening Port Control"),
        ("口岸发展规划(2021—2025年)", "Port Development Plan (2021–2025)"),
        ("国家能源计量中心(煤炭)", "National Energy Metrology Center (Coal)"),
        ("不知何处海关", ""),
        ("", ""),
    ],
)
def test_names_are_composed_from_known_parts_or_not_at_all(name, english):
    assert compose(name)[0] == english


def test_composed_english_is_never_called_official():
    for found in build({"d": "延吉海关技术中心与青海省计量检测研究院签约。"}):
        if found.origin == "composed":
            assert found.status == "candidate"
            assert 0 < found.confidence < 0.95
            assert "English from" in found.note


def test_an_engines_rendering_is_marked_title_cased_and_doubted_if_unlike():
    [good] = [
        c
        for c in build({"d": "由瑶岭协作联盟(YXA)主办"}, lambda _: "the yaoling alliance for cooperation.")
        if c.acronym
    ]
    assert (good.target, good.origin) == ("The Yaoling Alliance for Cooperation", "engine")
    [bad] = [c for c in build({"d": "由瑶岭协作联盟(YXA)主办"}, lambda _: "no") if c.acronym]
    assert bad.confidence < good.confidence


def test_an_engines_echo_does_not_resemble():
    assert not resembles("瑶岭协作联盟", "瑶岭协作联盟")
    assert resembles("海关合作论坛", "Customs Cooperation Forum")


@pytest.mark.parametrize(
    ("name", "english"),
    [
        ("王群", "Wang Qun"),
        ("欧阳修远", "Ouyang Xiuyuan"),
        ("张西安", "Zhang Xi'an"),
        ("单霁翔", "Shan Jixiang"),
        ("格罗西", ""),
        ("", ""),
    ],
)
def test_chinese_persons_are_spelt_in_pinyin(name, english):
    assert person(name) == english


def test_a_person_beside_a_title_is_a_candidate_marked_as_pinyin():
    [found] = [c for c in build({"d": "西宁海关关长周立强介绍了情况。"}) if c.category == "person"]
    assert (found.source, found.target, found.origin) == ("周立强", "Zhou Liqiang", "composed")
    assert "pinyin" in found.note


@pytest.mark.parametrize(
    ("name", "english", "adjective"),
    [
        ("西安市", "Xi'an", "Municipal"),
        ("广西", "Guangxi", ""),
        ("青海省", "Qinghai", "Provincial"),
        ("额尔古纳", "Ergun", ""),
    ],
)
def test_places_as_parts_of_names(name, english, adjective):
    found = place(name)
    assert found is not None
    assert (found.name, found.adjective) == (english, adjective)


def test_what_is_no_place_has_no_english_as_one():
    assert place("加强") is None


@pytest.mark.parametrize(
    ("numeral", "number"), [("十", 10), ("二十六", 26), ("一百零五", 105), ("30", 30), ("十二", 12)]
)
def test_numerals(numeral, number):
    assert value(numeral) == number


def test_ordinals():
    assert [ordinal(n) for n in (1, 10, 11, 21, 22, 113)] == ["First", "Tenth", "11th", "21st", "22nd", "113th"]


def test_nuclear_security_or_safety_by_context():
    assert nuclear_sense("核安保与核恐怖主义,核安全研讨会") == "Nuclear Security"
    assert nuclear_sense("核电厂核与辐射安全,核安全研讨会") == ""
    made = composed("核安全国际研讨会", "Nuclear Security")
    assert made is not None
    assert made.english == "International Seminar on Nuclear Security"


def test_a_body_that_names_itself_is_the_one_named_most():
    text = "西宁海关召开会议。西宁海关强调,我关要加强监管。"
    [found] = [c for c in build({"d": text}) if c.source == "我关"]
    assert (found.target, found.scope, found.status) == ("Xining Customs", "d", "candidate")


def test_lexicons_hold_no_blanks_and_their_patterns_one_slot():
    for head in HEADS.values():
        assert head.of_field.count("{}") == head.of_place.count("{}") == 1
        assert head.name == head.name.strip()
    for chinese, word in lexicon().items():
        assert chinese == chinese.strip()
        assert word.english == word.english.strip()
        assert word.role in ("quality", "field", "joint")
