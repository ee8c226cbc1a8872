"""Where terms fire, and where they do not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary import Concept, Matcher

_CONCEPTS = (
    Concept("国际原子能机构", "International Atomic Energy Agency", "IAEA"),
    Concept("国际原子能机构核安保协作中心", "IAEA Collaborating Centre"),
    Concept("一带一路", "Belt and Road"),
    Concept("一带一路倡议", "Belt and Road Initiative"),
    Concept("COOMET", "COOMET"),
    Concept("5G+辐射探测智能机器人", "5G+ Robot"),
    Concept("中国-东盟自由贸易区", "China–ASEAN Free Trade Area"),
    Concept("生态环境部", "Ministry of Ecology and Environment", origin="authority"),
    Concept("培训中心", "Training Center", scope="doc1"),
    Concept("公司法", "Company Law", origin="authority"),
    Concept("吉林市", "Jilin City", origin="authority"),
    Concept("上海港", "Port of Shanghai", origin="authority"),
    Concept("北京大学", "Peking University", origin="authority"),
    Concept("大学生", "university students"),
)
_MATCHER = Matcher(_CONCEPTS)


def found(text: str, document: str = "") -> list[tuple[str, str]]:
    return [(text[m.start : m.end], m.concept.source) for m in _MATCHER.find(text, document)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("成为国际原子能机构核安保协作中心", [("国际原子能机构核安保协作中心", "国际原子能机构核安保协作中心")]),
        ("國際原子能機構（IAEA）", [("國際原子能機構", "国际原子能机构")]),
        ("落实“一带一路”倡议和“一带一路”建设", [("“一带一路”倡议", "一带一路倡议"), ("一带一路", "一带一路")]),
        ("一带\u200b一路", [("一带\u200b一路", "一带一路")]),
        ("在COOMET框架下", [("COOMET", "COOMET")]),
        ("ＣＯＯＭＥＴ会议", [("ＣＯＯＭＥＴ", "COOMET")]),
        ("COOMETS与XCOOMET", []),
        ("“5G+辐射探测智能机器人”", [("5G+辐射探测智能机器人", "5G+辐射探测智能机器人")]),
        ("中国—东盟自由贸易区3.0版", [("中国—东盟自由贸易区", "中国-东盟自由贸易区")]),
        ("“一带”“一路”", []),
        ("国家原子能机构", []),
        ("生态环境部发布", [("生态环境部", "生态环境部")]),
        ("生态环境部门和生态环境部长", []),
        ("公司法人依公司法设立", [("公司法", "公司法")]),
        ("吉林市场与吉林市市场", [("吉林市", "吉林市")]),
        ("上海港澳办与上海港", [("上海港", "上海港")]),
        ("北京大学生与北京大学学生", [("大学生", "大学生"), ("北京大学", "北京大学")]),
        ("", []),
    ],
)
def test_where_terms_fire(text, expected):
    assert found(text) == expected


def test_a_scoped_alias_holds_in_its_document_only():
    assert found("培训中心", "doc1") == [("培训中心", "培训中心")]
    assert found("培训中心", "doc2") == []


@given(st.text("国际原子能机构核安保协作中心一带路倡议“”‘’COMET 5G+x—-", max_size=60))
def test_matches_are_in_order_free_of_overlaps_and_inside_the_text(text):
    end = 0
    for match in _MATCHER.find(text):
        assert end <= match.start < match.end <= len(text)
        end = match.end


@given(
    st.text("国际原子能机构核安保协作中心一带路倡议“”COMET5公司法人吉林市场上海港澳\n x-", max_size=80),
    st.sampled_from(["", "doc1"]),
)
def test_the_fast_way_finds_what_asking_every_form_at_every_place_finds(text, document):
    from glossary.matching import _offsets, normalize

    normal = normalize(text)
    places = [
        (index, start, start + len(form))
        for index, form in enumerate(_MATCHER._patterns)
        for start in range(len(normal))
        if normal.startswith(form, start)
    ]
    expected, free = [], 0
    for place in sorted(places, key=lambda place: (place[1], -place[2])):
        match = _MATCHER._match(text, normal, _offsets(text, normal), place, document) if place[1] >= free else None
        if match is not None:
            expected.append(match)
            free = place[2]
    assert _MATCHER.find(text, document) == expected
