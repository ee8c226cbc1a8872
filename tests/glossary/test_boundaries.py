"""Where names begin and end in running text, and what is no name or no pair."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glossary.builder import build
from glossary.candidates import find_mentions
from glossary.concept import CORE


def names(text: str) -> set[str]:
    """Names of bodies and programmes offered or known."""
    return {concept.source for concept in build({"d": text}) if concept.category in CORE}


def concept(text: str, name: str):
    [found] = [concept for concept in build({"d": text}) if concept.source == name]
    return found


@pytest.mark.parametrize(
    ("text", "name", "not_name"),
    [
        ("特命全权大使王群与国际原子能机构(IAEA)总干事会谈。", "国际原子能机构", "王群与国际原子能机构"),
        ("局长陈伟与东部海洋监测联盟(EOMA)主席会谈。", "东部海洋监测联盟", "陈伟与东部海洋监测联盟"),
        ("已于2019年成功加入东亚计量互认网络(EAMN)。", "东亚计量互认网络", "加入东亚计量互认网络"),
        ("应邀参加第26届欧亚计量合作组织(COOMET)会议。", "欧亚计量合作组织", "第26届欧亚计量合作组织"),
        ("应邀参加25届欧亚计量合作组织COOMET)会议。", "欧亚计量合作组织", "25届欧亚计量合作组织"),
        ("2018年湖南省计量检测研究院与某企业签约。", "湖南省计量检测研究院", "2018年湖南省计量检测研究院"),
        ("中俄海关双方回顾了合作情况。", "中俄海关", "俄海关"),
        ("中国国家原子能机构主任张克俭出席。", "国家原子能机构", "国际原子能机构"),
        ("西宁海关认真贯彻海关总署部署。", "西宁海关", "西宁海关认真贯彻海关总署"),
        ("依托湖北省计量测试技术研究院组建长江流域计量中心。", "长江流域计量中心", "研究院组建长江流域计量中心"),
    ],
)
def test_a_name_begins_where_it_begins(text, name, not_name):
    found = names(text)
    assert name in found or any(name in c.sources for c in build({"d": text}))
    assert not_name not in found


def test_names_joined_by_a_word_are_two():
    found = {c.source for c in build({"d": "会上举办了核材料衡算国际研讨会和口岸辐射监测技术论坛。"})}
    assert {"核材料衡算国际研讨会", "口岸辐射监测技术论坛"} <= found


def test_a_unit_of_a_parent_is_one_name():
    text = "中国计量科学研究院中亚计量中心揭牌。中国计量科学研究院派员参加。"
    found = {c.source: c.count for c in build({"d": text})}
    assert found["中国计量科学研究院中亚计量中心"] == 1
    assert found["中国计量科学研究院"] == 1


def test_names_that_run_together_stay_two_if_both_are_known():
    text = "与世界海关组织国际原子能机构保持合作。"
    assert names(text) == {"世界海关组织", "国际原子能机构"}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("携手北京、石家庄海关,共同探索。", {"北京海关", "石家庄海关"}),
        ("绥芬河、黑河、东宁等海关都开展了交流。", {"绥芬河海关", "黑河海关", "东宁海关"}),
        ("友谊关、东兴、水口等海关交流了经验。", {"友谊关海关", "东兴海关", "水口海关"}),
    ],
)
def test_names_that_share_a_head_are_read_off_the_list(text, wanted):
    found = names(text)
    assert wanted <= found
    assert not any("等海关" in name for name in found)


@pytest.mark.parametrize(
    "text", ["海关(guān)长", "测试研究中心(新疆)", "发展规划(2021—2035年)", "案例(一)", "条款(II)"]
)
def test_what_stands_in_brackets_is_not_always_a_pair(text):
    assert not [c for c in build({"d": text}) if c.origin == "text" and (c.acronym or c.target)]


@pytest.mark.parametrize(
    "text",
    [
        "有关部门加强监管。",
        "两国海关部门开展合作。",
        "双方建立良好合作机制。",
        "各级机构完善制度。",
        "俄方口岸海关参加。",
    ],
)
def test_kinds_of_bodies_are_no_names(text):
    assert not names(text)


def test_a_subject_in_brackets_belongs_to_a_national_centre():
    assert "国家能源计量中心(煤炭)" in names("建设国家能源计量中心(煤炭),服务产业发展。")


def test_forms_of_one_name_are_one_concept():
    text = "中华人民共和国瑞和研究院成立。瑞和研究院发布公告。瑞和研究院致辞。"
    found = [c for c in build({"d": text}) if "瑞和研究院" in c.sources]
    assert len(found) <= 1


def test_a_name_that_lost_a_character_is_a_variant_of_the_whole_one():
    whole, damaged = "黔东南口岸监测技术联合实验室", "黔东南口岸监测技联合实验室"
    found = concept(f"{whole}成立。{whole}发布公告。{damaged}致辞。", whole)
    assert found.source_variants == (damaged,)


def test_two_numbers_are_two_events():
    text = "第三届西部计量论坛在成都举行。第十三届西部计量论坛在兰州举行。"
    sources = {c.source for c in build({"d": text})}
    assert {"第三届西部计量论坛", "第十三届西部计量论坛"} <= sources


def test_every_candidate_says_why():
    found = concept("由东部海洋监测联盟(EOMA)主办", "东部海洋监测联盟")
    assert "the text gives (EOMA)" in found.note
    assert "score" in found.note
    assert found.context == "由东部海洋监测联盟(EOMA)主办"


def test_bodies_and_programmes_come_before_domain_terms():
    text = "".join(f"第{n}次检查计量器具质量,东部海洋监测联盟(EOMA)参加。" for n in range(5))
    order = [c.category for c in build({"d": text}) if c.origin != "authority"]
    assert order == sorted(order, key=lambda category: category == "domain_term")


def test_several_processes_find_what_one_finds():
    documents = {f"d{n}": f"由东部海洋监测联盟(EOMA)第{n}次主办。西宁海关参加。" for n in range(6)}
    assert build(documents, workers=2) == build(documents, workers=1)


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet="国际原子能机构海关总署与和、,。()《》“”的第一届2023年A\n 中心", max_size=60))
def test_mentions_are_ordered_spans_of_the_text_without_overlap(text):
    end = 0
    for start, stop, category in find_mentions(text):
        assert end <= start < stop <= len(text)
        assert category
        end = stop


@settings(max_examples=20, deadline=None)
@given(
    st.lists(
        st.sampled_from("西宁海关 与 加入 东部海洋监测联盟(EOMA) 。 、 \n 的 局长王伟 “一带一路”倡议".split(" ")),
        max_size=14,
    )
)
def test_every_concept_of_a_glossary_stands_in_its_document(pieces):
    text = "".join(pieces)
    for found in build({"d": text}):
        # What stands only inside a longer name counts 0.
        assert (found.count == 0) == (found.documents == 0)
        assert found.count or any(form in text.replace("“", "").replace("”", "") for form in found.sources)


def test_a_programme_inside_a_longer_name_is_listed_without_a_count():
    found = {c.source: c.count for c in build({"d": "出席第三届“一带一路”国际合作高峰论坛。"})}
    assert found["一带一路"] == 0
    assert found["第三届一带一路国际合作高峰论坛"] == 1
