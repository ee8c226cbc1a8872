"""The word gloss, seen from outside: GlossEngine.translate."""

from __future__ import annotations

import re
import threading
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from translate.engines.gloss import GlossEngine
from translate.engines.gloss.hints import needs_article

ENGINE = GlossEngine()
HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")


def gloss(text: str) -> str:
    return ENGINE.translate([text])[0]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("2021年10月12日，双方签署协议。", "12 October 2021"),
        ("2013年9月，他提出倡议。", "September 2013"),
        ("2016年4月20日至21日，会议在北京召开。", "20–21 April 2016"),
        ("11月28日，代表团访问北京。", "28 November"),
        ("二〇二一年，中心成立。", "2021"),
        ("《计量发展规划（2021—2035年）》", "2021–2035"),
        ("20世纪90年代，经济增长。", "the 1990s"),
        ("九十年代，经济增长。", "90s"),
        ("2024-07-08", "2024-07-08"),
        ("完成检测215万项。", "2.15 million"),
        ("进口2000万吨石油。", "20 million tonnes"),
        ("人口3.5亿。", "350 million"),
        ("一百二十名专家参加会议。", "120 experts"),
        ("一百二十多名专家参加会议。", "more than 120 experts"),
        ("一千多万元", "more than 10 million yuan"),
        ("1000多万元", "more than 10 million yuan"),
        ("八千多元", "more than 8,000 yuan"),
        ("发电八亿千瓦时", "800 million k"),
        ("容量5703万千瓦", "57.03 million k"),
        ("同比增长12.2%。", "12.2%"),
        ("百分之五", "5%"),
        ("百分之三点五", "3.5%"),
        ("第26届大会", "26th"),
        ("第四届峰会", "fourth"),
        ("35个国家", "35 countries"),
        ("培训关员6339人次", "6,339 person-times"),
        ("长达3038公里的边境线", "3,038 km"),
        ("新征277亩地", "277 mu"),
        ("税则号列8471.30", "8471.30"),
        ("电话010-12345678", "010-12345678"),
        ("1.5万亿元", "1.5 trillion yuan"),
        ("两个国家", "two countries"),
    ],
)
def test_numbers_and_dates(source: str, expected: str) -> None:
    assert expected.lower() in gloss(source).lower()


@pytest.mark.parametrize("source", ["“一带一路”倡议", "三位一体", "千方百计", "万一下雨"])
def test_set_phrases_are_no_numbers(source: str) -> None:
    assert not re.search(r"\d", gloss(source))


def test_belt_and_road() -> None:
    assert "Belt and Road" in gloss("推进“一带一路”建设。")


HINTS = [
    "International Atomic Energy Agency (IAEA)",
    "IAEA Collaborating Centre for Capacity Building of Front Line Officers in Nuclear Security",
    "People's Republic of China",
    "Research & Development, Ltd.",
    "Memorandum of Understanding — Annex 2",
    "eBay",
    "the “three smarts”  with two blanks",
    "Center's",
    "C.N.A.S. [draft] 100% of 5G+",
    "Xinjiang Uygur Autonomous Region Academy of Metrology, Measurement and Testing",
    "iPhone a apple",
    "Zhang Kejian",
    "100",
]


@pytest.mark.parametrize("name", HINTS)
@pytest.mark.parametrize(
    "frame",
    [
        "⟦{}⟧",
        "⟦{}⟧签署协议。",
        "中国海关与⟦{}⟧签署协议。",
        "在⟦{}⟧的支持下，合作不断深化。",
        "设在⟦{}⟧的“⟦{}⟧”中心（⟦{}⟧）没有成立。",
        "35个⟦{}⟧",
    ],
)
def test_hints_come_out_exactly(name: str, frame: str) -> None:
    source = frame.replace("{}", name)
    out = gloss(source)
    assert out.count(name) == source.count(name)
    assert "⟦" not in out and "⟧" not in out


def test_hints_keep_their_order_in_a_list() -> None:
    assert gloss("⟦Aa Bb⟧、⟦Cc Dd⟧和⟦Ee Ff⟧") == "Aa Bb, Cc Dd and Ee Ff"


@pytest.mark.parametrize(
    "run",
    [
        "COOMET",
        "a.b@customs.gov.cn",
        "5G+",
        "http://candlestitch.com/",
        "International Atomic Energy Agency",
        "R&D",
        "H-102 A/B (C&D)",
        "CNAS",
        "iPhone",
        "8471.30",
        "mRNA-1273",
    ],
)
@pytest.mark.parametrize("frame", ["{}是重要平台。", "中国与{}开展合作。", "双方通过{}（{}）认可。"])
def test_latin_runs_come_out_exactly(run: str, frame: str) -> None:
    source = frame.replace("{}", run)
    assert gloss(source).count(run) == source.count(run)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("International Atomic Energy Agency", True),
        ("General Administration of Customs of China", True),
        ("Ministry of Finance", True),
        ("World Customs Organization", True),
        ("Belt and Road Initiative", True),
        ("International Network for Nuclear Security Training and Support Centres", True),
        ("University of Oxford", True),
        ("Commission on Narcotic Drugs", True),
        ("China Customs Radiation Detection Training Center", True),
        ("China Customs", False),
        ("Tianjin Customs", False),
        ("IAEA", False),
        ("Zhang Kejian", False),
        ("Vienna", False),
        ("Peking University", False),
        ("The Hague", False),
        ("the Silk Road", False),
        ("nuclear security", False),
    ],
)
def test_article_before_names(name: str, expected: bool) -> None:
    assert needs_article(name) is expected
    assert ("the " + name in gloss(f"他访问⟦{name}⟧。")) is expected


NEGATIVE = re.compile(
    r"\b(?:not|no|never|without|cannot|none|nobody|nothing|neither|un\w+|non-?\w+|lack\w*|refus\w+|fail\w*|in\w+|free)\b|n't",
    re.IGNORECASE,
)


@pytest.mark.parametrize(
    "source",
    [
        "他没有去北京。",
        "双方未达成协议。",
        "中心不支持这一决定。",
        "海关不会取消检查。",
        "他不能参加会议。",
        "设备无法使用。",
        "他没参加。",
        "这不是核事故。",
        "企业不得隐瞒数据。",
        "没有证据表明发生泄漏。",
        "中国从未参与。",
        "该国尚未签署条约。",
        "不应低估风险。",
        "他并不认为合作失败。",
        "未经批准，不得进口。",
        "协议未能签署。",
        "货物没有被查验。",
        "会议不在北京举行。",
        "无放射性污染。",
        "他不再担任局长。",
        "将不对货物进行检查。",
        "海关没有把货物运往北京。",
        "不重要的问题",
        "不开展合作的国家",
        "没有签署协议的成员国",
        "这并非事实",
        "不",
    ],
)
def test_negation_is_never_lost(source: str) -> None:
    assert NEGATIVE.search(gloss(source)), gloss(source)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("重要的作用", "important role"),
        ("天津、上海和北京", "Tianjin, Shanghai and Beijing"),
        ("主任张克俭", "Zhang Kejian"),
        ("他的朋友", "his friend"),
        ("协议由中国签署。", "signed by China"),
        ("美国、法国等33个国家", "33 countries such as"),
    ],
)
def test_word_order(source: str, expected: str) -> None:
    assert expected.lower() in gloss(source).lower()


def test_same_length_and_order() -> None:
    assert ENGINE.translate([]) == []
    out = ENGINE.translate(["中国", "", "   ", "COOMET", "中国"])
    assert [bool(text) for text in out] == [True, False, False, True, True]
    assert out[0] == out[4] == "China" and out[3] == "COOMET"


def test_line_breaks_are_kept() -> None:
    assert gloss("中国\n\n美国").count("\n") == 2


def test_no_han_and_no_wide_punctuation_left() -> None:
    text = "「䶮」是罕見字；龘，刘欣侠：《计量法》、【附件】（草案）——一千零一夜……！？"
    out = gloss(text)
    assert not HAN.search(out) and not re.search("[，。；：？！、（）【】《》「」]", out)


def test_traditional_characters_are_read() -> None:
    assert gloss("中國海關簽署協議。") == gloss("中国海关签署协议。")


def test_threads_agree() -> None:
    engine, results = GlossEngine(), []
    threads = [
        threading.Thread(target=lambda: results.append(engine.translate(["中国海关签署协议。"]))) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(results) == 4 and all(result == results[0] for result in results)


_PIECES = st.sampled_from(
    [
        *"的了在中上是不没有等和与、，。“”‘’（）()[]《》⟦⟧0123456789年月日点时第百千万亿%-—·/&'. \n\tAbé\U000f0000\ue000\ud800〇十",
        "中国",
        "海关",
        "签署",
        "2021年",
        "⟦IAEA⟧",
        "对",
        "进行",
        "被",
        "将",
        "把",
        "由",
        "以来",
        "张克俭",
        "亚历克斯",
        "重要",
        "所",
        "一",
        "个",
    ]
)


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(st.lists(_PIECES, max_size=40).map("".join), st.text(max_size=60)))
def test_never_raises_and_is_deterministic(text: str) -> None:
    out = ENGINE.translate([text, text])
    assert len(out) == 2 and out[0] == out[1]
    if "⟦" in text:
        return
    readable = [
        char for char in HAN.findall(out[0]) if char in "的了在中上是不没有等和与年月日点时第百千万亿十中国海关签署"
    ]
    assert not readable


@pytest.mark.parametrize(
    "before", ["一", "这一", "海关等", "海关等等", "自2015年以来", "自2015年起", "上一", "第二个", "会议期间"]
)
def test_a_name_in_brackets_stands_whatever_comes_before(before: str) -> None:
    assert "Zz Agency" in gloss(f"{before}（⟦Zz Agency⟧）发布公告")


@settings(max_examples=150, deadline=None)
@given(st.lists(_PIECES.filter(lambda piece: "⟦" not in piece and "⟧" not in piece), max_size=15).map("".join))
def test_a_hint_survives_any_surroundings(context: str) -> None:
    half = len(context) // 2
    assert "Zz Agency (ZZ), Ltd." in gloss(f"{context[:half]}⟦Zz Agency (ZZ), Ltd.⟧{context[half:]}")


_AROUND = st.lists(
    st.sampled_from(
        "中国 海关 他们 昨天 在 北京 的 和 将 把 被 对 由 已经 可以 进行 合作 培训 重要 项目 通过 为 以 等 、 ， 2021年 三个 ⟦IAEA⟧ 了 时 中 后 是".split()
    ),
    max_size=7,
).map("".join)


@settings(max_examples=300, deadline=None)
@given(
    _AROUND,
    st.sampled_from("不支持 没有签署 未批准 不能参加 无法使用 尚未完成 不得进口 并未承认 从未访问".split()),
    _AROUND,
)
def test_negation_survives_any_surroundings(before: str, core: str, after: str) -> None:
    # 了不得 is a word of its own.
    assert NEGATIVE.search(gloss(f"{before.rstrip('了')}{core}{after}"))


@pytest.mark.parametrize(
    "unit", ["的", "不", "在", "1,", "(", "“", "a-", "在中时", "人的", "、", "中 ", "阿·", "⟦", "((((a", "他在人的"]
)
def test_time_is_linear(unit: str) -> None:
    def seconds(times: int) -> float:
        start = time.process_time()
        gloss(unit * times)
        return time.process_time() - start

    # Eight times the length: 64 times the work if it were quadratic.
    seconds(10)
    assert seconds(800) < 24 * (seconds(100) + 0.02)
