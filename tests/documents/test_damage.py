"""Damage: dates with one reading are restored; everything else is proposed, and clean text is left alone."""

from __future__ import annotations

import calendar
import csv
import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

import documents
from documents.draft import Draft
from documents.edits import CleanText, Edit, undo, write_ledger
from documents.noise import censored, dates, lost_marks, typos
from documents.noise.base import NoiseKind

_KINDS = (dates.KIND, lost_marks.KIND, censored.KIND, typos.KIND)


def found(kind: NoiseKind, text: str) -> CleanText:
    draft = Draft(text)
    draft.apply(kind.find(text))
    return draft.finish()


def proposed(kind: NoiseKind, text: str) -> list[str]:
    """The text as each proposal alone would leave it, likeliest first."""
    edits = [edit for edit in kind.find(text) if not edit.applied]
    return [text[: edit.start] + edit.replacement + text[edit.end :] for edit in edits]


def restored(text: str) -> str:
    return found(dates.KIND, text).text


def test_every_row_of_the_gold_dates(gold):
    with (gold / "dates.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    assert len(rows) == 15
    for row in rows:
        raw = row["raw"].partition(" (")[0]
        readings = sorted({text for text in proposed(dates.KIND, raw) if text != raw})
        if row["status"] == "unique":
            assert (restored(raw), readings) == (row["restored"], [])
        elif row["status"] == "ambiguous":
            assert (restored(raw), readings) == (raw, sorted(row["restored"].split(" | ")))
        else:
            assert (restored(raw), readings) == (raw, [])
            assert row["status"] != "invalid" or "no valid reading" in next(iter(dates.find(raw))).reason


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("于201397日发表演讲", "于2013年9月7日发表演讲"),
        ("新华社北京2015311日电", "新华社北京2015年3月11日电"),
        ("20150311日,双方签约", "2015年03月11日,双方签约"),
        ("2015年311日原新疆", "2015年3月11日原新疆"),
        ("20153月11日原新疆", "2015年3月11日原新疆"),
        ("2016420日至521日", "2016年4月20日至5月21日"),
        ("2016420日-2016521日", "2016年4月20日-2016年5月21日"),
        ("201563-5日", "2015年6月3-5日"),
        ("201512月底", "2015年12月底"),
        ("截至20238月,共有", "截至2023年8月,共有"),
        ("1949101日", "1949年10月1日"),
        ("2020229日", "2020年2月29日"),
        ("2.20227月,习近平总书记", "2.2022年7月,习近平总书记"),
        ("2011311日本报讯", "2011年3月11日本报讯"),
        ("２０１３９７日", "２０１３年９月７日"),
        ("成效明显。2018国家核安全局组织检查。", "成效明显。2018年国家核安全局组织检查。"),
    ],
)
def test_a_date_with_one_reading_is_restored_by_insertions_alone(raw, expected):
    result = found(dates.KIND, raw)
    assert result.text == expected
    assert all(edit.start == edit.end for edit in result.applied)
    assert undo(result.text, write_ledger(result)) == raw


@pytest.mark.parametrize(
    "text",
    """2015年1月11日|2015-01-11|2015.1.11|201397|20150311|8471.30|税号8471300000|201500日元|201397日元|2015311日志|NO.2015311日志|第20227号
第2015311日|编号201397日|合同编号:2015311日|GB/T 2018|ISO 9001:2015质量管理体系认证中心与企业|GB/T 19001-2015国家标准委组织修订|2018个研究院与企业|共2000人
邮编100029|电话:010-2015311日|2015311日本大地震|20158月饼销售|20157月球探测|20227日|2019世界杯在法国举行|2018中国国际大数据产业博览会在贵阳开幕
2022北京冬奥会组委会与企业签约|2018世界互联网大会在乌镇召开|2019国家公务员考试公告|2020款|2018届毕业生|2018级学生|2018余家公司参加|2000多家机构与海关签约
2018万元|2018公里|2018北京大学与清华大学夏令营|2018清华大学招生简章|2018北京市政府和社会资本合作推介会|2018中国科学院与国际组织论坛|2018国家统计局对外贸易数据发布会|1,2015311日|约为3.2015311日|a2015311日|v2015311日|2015/311日|￥201563日|累计201563日
约201563日|20151111111日|12015311日|2015年365日|2015年100天|每年1500日|1500日|2100日|2201397日|201563日次|201563日均|20153月均|第2015期|449号令|十三届全国人大
2021—2035年|2018-2020年|2015年第3期|3.0版|2000万吨|2835公里|20世纪90年代|1978年以来|2030议程|2015311|2015年度|2015311号""".replace(
        "\n", "|"
    ).split("|"),
)
def test_what_is_no_date_is_left_alone(text):
    edits = list(dates.find(text))
    assert [edit for edit in edits if edit.applied or edit.replacement != text[edit.start : edit.end]] == []


@given(
    st.dates(datetime.date(1900, 1, 1), datetime.date(2099, 12, 31)), st.booleans(), st.sampled_from(["", "年", "月"])
)
def test_a_damaged_date_comes_back_or_is_among_the_readings(date, padded, kept):
    month, day = (f"{date.month:02}", f"{date.day:02}") if padded else (str(date.month), str(date.day))
    whole = f"{date.year}年{month}月{day}日"
    raw = "自" + "".join(char for char in whole if char not in "年月" or char == kept) + "起施行。"
    assert f"自{whole}起施行。" in {restored(raw), *proposed(dates.KIND, raw)}


@given(st.integers(1900, 2099), st.integers(0, 9999).map(str))
def test_nothing_outside_the_calendar_is_restored(year, digits):
    result = restored(f"{year}{digits}日")
    if "月" in result:
        month, day = (int(part) for part in result.split("年")[1].rstrip("日").split("月"))
        assert 1 <= month <= 12
        assert 1 <= day <= calendar.monthrange(year, month)[1]


def test_readings_of_an_ambiguous_date_are_ranked_by_the_text_around():
    def readings(text: str) -> list[Edit]:
        return [edit for edit in dates.find(text) if not edit.applied]

    both = readings("2015111日召开")
    assert [edit.confidence for edit in both] == [0.5, 0.5]
    assert {edit.start for edit in both} == {0}
    assert all("2015年1月11日" in edit.reason and "2015年11月1日" in edit.reason for edit in both)
    assert readings("2016121日至3日")[0].replacement == "2016年12月1日"
    assert readings("2015112日(星期一)")[0].replacement == "2015年1月12日" or calendar.weekday(2015, 11, 2) == 0
    assert readings("发布时间:2015-07-08\n2015111日召开")[0].replacement == "2015年1月11日"
    assert readings("2015112日,会后2015年11月20日签约")[0].replacement == "2015年11月2日"


def test_a_lost_ordinal_mark_is_proposed_where_a_parallel_has_it():
    text = "参加25届欧亚计量合作组织会议。召开的第26届欧亚计量合作组织会议。"
    assert proposed(lost_marks.KIND, text) == ["参加第25届欧亚计量合作组织会议。召开的第26届欧亚计量合作组织会议。"]
    for kept in ("已成功举办25届", "参加过3届奥运会", "2018届毕业生", "共举办25届年会", "连续12届论坛", "第25届会议"):
        assert proposed(lost_marks.KIND, kept) == []


@pytest.mark.parametrize(
    ("damaged", "whole"),
    [
        ("参加欧亚计量合作组织COOMET)会议", "参加欧亚计量合作组织(COOMET)会议"),
        ("欧亚计量合作组织(COOMET会议", "欧亚计量合作组织(COOMET)会议"),
        ("国际原子能机构（IAEA和世界海关组织（WCO）", "国际原子能机构（IAEA）和世界海关组织（WCO）"),
        ("培训与支持中心(以下简称“培训中心”在京揭牌", "培训与支持中心(以下简称“培训中心”)在京揭牌"),
        ("发布《一带一路计量合作愿景与行动纲要提出目标", "发布《一带一路计量合作愿景与行动纲要》提出目标"),
        ("印发关于加强计量工作的意见》。", "印发《关于加强计量工作的意见》。"),
        ("共建“一带一路”。为“一带一路建设服务", "共建“一带一路”。为“一带一路”建设服务"),
        ("共建“一带一路”。为一带一路”建设服务", "共建“一带一路”。为“一带一路”建设服务"),
    ],
)
def test_a_lost_bracket_or_quote_is_proposed_in_its_place(damaged, whole):
    assert proposed(lost_marks.KIND, damaged) == [whole]
    assert found(lost_marks.KIND, damaged).text == damaged
    assert proposed(lost_marks.KIND, whole) == []


def test_marks_that_need_no_partner_are_left_alone():
    for text in (
        "1)总则 2)范围",
        "a)设备;b)人员",
        "“他说，\n“我们走。”",
        "函数f(x)与(0,1]",
        "见《说明",
        "笑:)",
        "据(新华社)报道",
    ):
        assert proposed(lost_marks.KIND, text) == []


@pytest.mark.parametrize(
    ("masked", "whole"),
    [
        ("D的二十大报告", "党的二十大报告"),
        ("落实D中央部署", "落实党中央部署"),
        ("贯穿D和国家工作", "贯穿党和国家工作"),
        ("加强D建工作", "加强党建工作"),
        ("广大D员干部", "广大党员干部"),
        ("中国共产D领导", "中国共产党领导"),
        ("学习贯彻生态文明思想", "学习贯彻习近平生态文明思想"),
        ("以新时代中国特色社会主义思想为指导", "以习近平新时代中国特色社会主义思想为指导"),
        ("以同志为核心的党中央", "以习近平同志为核心的党中央"),
    ],
)
def test_masked_words_are_proposed_and_never_applied(masked, whole):
    assert proposed(censored.KIND, masked) == [whole]
    assert found(censored.KIND, masked).text == masked
    assert proposed(censored.KIND, whole) == []


@pytest.mark.parametrize(
    "text",
    """D类设备|D级风险|维生素D|3D打印|D的值|点D|D组小组赛|CD的封面|D员工|D建模|A组织、B组织和D组织|HD中央空调|选项A、B、C、D的领导方式
古代生态文明思想|加强法治思想教育|习近平生态文明思想|坚持习近平法治思想|学习贯彻习近平强军思想，践行强军思想""".replace(
        "\n", "|"
    ).split("|"),
)
def test_letters_and_doctrines_of_their_own_are_left_alone(text):
    assert proposed(censored.KIND, text) == []


def test_mistyped_idioms_are_proposed_and_rare_phrases_are_not():
    assert proposed(typos.KIND, "下,锲而不合、一以贯之") == ["下,锲而不舍、一以贯之"]
    assert proposed(typos.KIND, "醉得一踏糊涂") == ["醉得一塌糊涂"]
    for kept in ("锲而不舍", "一如既往", "有些不同", "避免了在其中藏身", "该机型之有效检定", "一以贯之", "枯瘦如柴"):
        assert proposed(typos.KIND, kept) == []


def test_the_damage_of_the_seeds_is_found_and_nothing_else(seeds):
    counts = {}
    for path in sorted(seeds.glob("00*")):
        text = documents.clean(documents.read_document(path).text).text
        counts[path.name[:3]] = [sum(1 for _ in kind.find(restored(text))) for kind in _KINDS]
    assert counts == {
        "000": [0, 0, 0, 1],
        "001": [0, 0, 0, 0],
        "002": [0, 4, 0, 0],
        "003": [0, 0, 0, 0],
        "004": [0, 0, 12, 0],
    }


_PIECES = st.lists(
    st.sampled_from(
        list("年月日至第届D党的中央()（）《》“”\n。,，.-0123456789 ")
        + "2015 2016 201 111 420 以下简称 COOMET 一带一路 生态文明思想 学习贯彻 新疆研究院与 锲而不 一踏糊涂 关于 意见 发布时间: 星期日".split()
    ),
    max_size=30,
).map("".join)


@pytest.mark.parametrize("kind", _KINDS, ids=lambda kind: kind.name)
@given(text=_PIECES | st.text())
def test_finding_never_raises_stays_inside_the_text_and_is_idempotent(kind, text):
    edits = list(kind.find(text))
    assert all(0 <= edit.start <= edit.end <= len(text) and edit.kind == kind.name for edit in edits)
    assert all(0 <= edit.confidence <= 1 and edit.reason for edit in edits)
    once = found(kind, text)
    assert undo(once.text, write_ledger(once)) == text
    assert not [edit for edit in kind.find(once.text) if edit.applied]
