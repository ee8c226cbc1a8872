"""Cleaning against the hand-made gold, and as properties of any string."""

from __future__ import annotations

import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

import documents
from documents.edits import undo, write_ledger


def folded(text: str) -> str:
    """Width and blanks aside, as the gold's policy says."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def cleaned(raw: str) -> str:
    return documents.clean(raw).text


@pytest.mark.parametrize("name", ["h05_bri_portal_chrome", "h11_negative_control"])
def test_synthetic_pages_come_out_as_their_gold(gold, name):
    raw = (gold / "heldout" / f"{name}.raw.txt").read_text(encoding="utf-8")
    assert folded(cleaned(raw)) == folded((gold / "heldout" / f"{name}.clean.txt").read_text(encoding="utf-8"))


def test_the_forum_page_comes_out_as_its_gold(seeds, gold):
    raw = documents.read_document(next(seeds.glob("000*"))).text
    contact = "投稿邮箱:569613217@qq.com(秀米投稿账号同邮箱)"  # either way is right, says the gold
    expected = folded((gold / "clean" / "000.txt").read_text(encoding="utf-8"))
    assert folded(cleaned(raw)).replace(contact, "") == expected


def test_the_laboratory_page_comes_out_as_its_gold_with_its_broken_bytes_restored(seeds, gold):
    clean = documents.clean(documents.read_document(next(seeds.glob("003*"))).text)
    assert folded(clean.text) == folded((gold / "clean" / "003.txt").read_text(encoding="utf-8"))
    assert [edit.kind for edit in clean.applied].count("misaligned") == 2


def test_nothing_that_must_go_is_left(seeds):
    must_go = {
        "000": ["左右滑动", "蓝字", "|"],
        "001": ["62993931", "点击数", "相关信息", "没有相关内容", "Copyright", "ICP"],
        "002": ["计量网", "您当前的位置", "分享到", "找回密码", "(guān)", "(jìng)", "浏览"],
        "004": ["paidbegin", "paidend", "热点素材", "哒哒素材库", "代笔"],
    }
    for number, strings in must_go.items():
        text = cleaned(documents.read_document(next(seeds.glob(f"{number}*"))).text)
        assert [string for string in strings if string in text] == []


@given(st.text("天津海關(guān)著 \n|&%aZ1;! ?。：:http公众号微信【】[]#", max_size=80) | st.text())
def test_cleaning_never_raises_is_idempotent_and_can_be_undone(raw):
    clean = documents.clean(raw)
    assert undo(clean.text, write_ledger(clean)) == raw
    assert cleaned(clean.text) == clean.text


def _jammer(rng: random.Random) -> str:
    """The generator of Discuz: pairs of a character 32–59 and 63–126, the bound drawn anew at each turn."""
    pairs = []
    while len(pairs) < rng.randint(5, 15):
        pairs.append(f"{chr(rng.randint(32, 59))} {chr(rng.randint(63, 126))}")
    return "".join(pairs)


_SENTENCES = (
    "海关总署与国际原子能机构签署协议",
    "参加COOMET框架下的技术交流活动",
    "新一代检测设备已在天津口岸投入使用。",
    "联系邮箱为info@example.org",
    "HS编码8471.30项下的商品",
    "双方就数据交换和人员培训进行了会谈",
    "第26届会议在埃里温召开，12个国家的代表出席。",
    "IAEA对此给予高度评价(见附件2)",
)


@pytest.mark.parametrize("seed", range(300))
def test_simulated_jammer_goes_and_the_text_stays(seed):
    rng = random.Random(seed)
    expected = rng.sample(_SENTENCES, 6)
    raw = expected[0]
    for line in expected[1:]:
        noise = _jammer(rng)
        raw += (noise + "\n" if rng.random() < 0.5 else "\n" + noise) + line
    assert cleaned(raw).split("\n") == expected


def test_injected_pinyin_goes_only_where_the_page_was_injected():
    assert cleaned("天津海關(guān)與實(shí)驗(yàn)室") == "天津海关与实验室"
    assert cleaned("天津海關(guan)與實(shi)驗室") == "天津海关与实验室"
    for kept in ("海关关员解(xiè)某在六安(lù ān)工作", "世界海关组织(WCO)", "加入网络(NSSC)", "函数f(x)与常数(e)"):
        assert cleaned(kept) == kept


def test_script_is_simplified_by_line_and_foreign_text_left_alone():
    assert cleaned("面臨著新的歷史機遇") == "面临着新的历史机遇"
    assert cleaned("著名學者的著作") == "著名学者的著作"
    assert cleaned("关于进一步加强海关工作") == "关于进一步加强海关工作"
    assert cleaned("税関の國際協力について、機構を強化する") == "税関の國際協力について、機構を強化する"
    assert cleaned("乾隆年间的著述") == "乾隆年间的著述"


def test_by_lines_with_a_value_stay_and_empty_fields_go():
    assert (
        cleaned("正文第一段，内容完整。\n發布時間:2024-07-08 作者: 來源: 瀏覽:718")
        == "正文第一段，内容完整。\n发布时间:2024-07-08"
    )
    line = "作者:赵建华 来源:中国国门时报 发布时间:2008年12月10日"
    assert cleaned(line) == line


def test_invisible_characters_and_foreign_line_ends_go():
    assert cleaned("\ufeff核\u200b安\u00ad保\r\n协作\x00中心\u2028网络") == "核安保\n协作中心\n网络"
    assert cleaned("⼀带⼀路") == "一带一路"


def test_an_advert_insert_goes_and_real_brackets_stay():
    assert cleaned("形成齐抓共管的局面。[最新热点@#素~材尽在【公众号*&：某某君】]") == "形成齐抓共管的局面。"
    kept = "见附件[2]和【通知】，[注：数据来自【海关统计】]"
    assert cleaned(kept) == kept
