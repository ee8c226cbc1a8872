"""Text damaged by encodings: pinyin injected at byte level, and text read in the wrong encoding."""

from __future__ import annotations

import itertools
import random
import re
from pathlib import Path

import opencc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypinyin import Style, pinyin

from documents import read_document
from documents.edits import Edit, apply_edits
from documents.noise import misaligned, mojibake
from documents.noise.shifted import WHOLE
from documents.script import to_simplified_characters
from tests.documents.simulation.pinyin import lenient_gbk

_SIGN = re.compile(r"\?[a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]{1,6}\)")


def restored(kind, text: str) -> str:
    return apply_edits(text, [edit for edit in kind.find(text) if edit.applied])


def inject(text: str, table: dict[str, str]) -> str:
    data = text.encode("gbk")
    for char, spelling in table.items():
        data = data.replace(char.encode("gbk"), f"{char}({spelling})".encode("gbk"))
    return lenient_gbk(data)


def injected_properly(text: str, table: dict[str, str]) -> str:
    return "".join(f"{char}({table[char]})" if char in table else char for char in text)


@pytest.fixture(scope="module")
def traditional(gold: Path, seeds: Path) -> list[str]:
    """The paragraphs of the repository's clean texts, in traditional characters."""
    to_traditional = opencc.OpenCC("s2t").convert
    paths = [*sorted((gold / "clean").glob("*.txt")), *sorted(gold.glob("heldout/*.clean.txt")), *seeds.glob("004*")]
    lines = [line for path in paths for line in read_document(path).text.split("\n") if len(line) > 20]
    return [to_traditional(line).encode("gbk", "ignore").decode("gbk") for line in lines]


class TestMisaligned:
    def test_both_places_of_the_seed_come_out_as_the_gold(self, seeds):
        raw = read_document(next(seeds.glob("003*"))).text
        edits = list(misaligned.find(raw))
        assert [(raw[e.start : e.end], e.replacement) for e in edits] == [
            ("?zhèn)蔚茸灾?wù)", "偽等自助服務"),
            ("?qū)嶒?yàn)", "實驗"),
        ]
        assert all(edit.applied and edit.reason and edit.confidence >= 0.7 for edit in edits)
        assert "驗證報告真偽等自助服務,打通了" in WHOLE.sub("", restored(misaligned, raw))

    def test_a_single_line_is_enough_where_nothing_vanished(self):
        assert restored(misaligned, "9個區域?qū)嶒?yàn)室,覆蓋") == "9個區域實驗室,覆蓋"

    def test_simulated_damage_is_restored_or_left_but_hardly_ever_wrong(self, traditional):
        rng = random.Random(20260101)
        chars = sorted({c for line in traditional for c in line if to_simplified_characters(c) != c})
        outcomes = {"restored": 0, "left": 0, "wrong": 0}
        for _ in range(24):
            table = {c: pinyin(c, style=Style.TONE)[0][0] for c in rng.sample(chars, min(len(chars), 110))}
            page = "\n".join(traditional)
            raw = "\n".join(inject(line, table) for line in traditional)
            edits = [edit for edit in misaligned.find(raw) if edit.applied]
            for edit in edits:
                left = WHOLE.sub("", raw[max(0, edit.start - 24) : edit.start])[-2:].lstrip("?")
                right = re.match(r"[^?(]{0,2}", raw[edit.end : edit.end + 2])
                good = left + edit.replacement + (right.group() if right else "") in page
                outcomes["restored" if good else "wrong"] += 1
                assert good or edit.confidence < 0.9, (raw[edit.start - 5 : edit.end + 5], edit)
            signs = [h.start() for h in _SIGN.finditer(raw)]
            outcomes["left"] += sum(not any(e.start <= at < e.end for e in edits) for at in signs)
        assert outcomes["restored"] >= 20
        assert outcomes["wrong"] * 20 <= sum(outcomes.values()), outcomes

    def test_aligned_marks_and_plain_text_are_left_alone(self, traditional, gold):
        table = {"關": "guān", "實": "shí", "驗": "yàn", "務": "wù"}
        for line in traditional:
            assert list(misaligned.find(injected_properly(line, table))) == []
        for text in ("什麼?(xià)", "真的嗎?ok)", "是嗎?yes)", "(哪里?hǎo)", "f(x?a)", "?wù)", "海關?wù"):
            assert [edit for edit in misaligned.find(text) if edit.applied] == []

    def test_it_is_idempotent(self, seeds):
        once = restored(misaligned, read_document(next(seeds.glob("003*"))).text)
        assert [edit for edit in misaligned.find(once) if edit.applied] == []

    @settings(max_examples=60, deadline=None)
    @given(st.text("真偽等?zhènwù)(茸灾蔚域嶒<€ \n\ud800A", max_size=40) | st.text(max_size=40))
    def test_it_never_raises_and_is_idempotent(self, text):
        once = restored(misaligned, text)
        assert [edit for edit in misaligned.find(once) if edit.applied] == []


_SENTENCES = (
    "海关总署与国际原子能机构签署协议",
    "近年来，天津海关始终高度重视实验室建设。",
    "中国",
    "中華民國之主權屬於國民全體",
)


class TestMojibake:
    @pytest.mark.parametrize("sentence", _SENTENCES)
    def test_utf8_read_as_latin1_once_or_twice(self, sentence):
        latin = sentence.encode().decode("latin-1")
        windows = "".join(bytes((b,)).decode("cp1252", "ignore") or chr(b) for b in sentence.encode())
        for damaged in (latin, windows, latin.encode().decode("latin-1"), f"A: {latin} (B)"):
            assert sentence in restored(mojibake, damaged)

    @pytest.mark.parametrize("sentence", _SENTENCES)
    def test_gbk_read_as_latin1(self, sentence):
        assert restored(mojibake, sentence.encode("gbk").decode("latin-1")) == sentence

    @pytest.mark.parametrize(
        ("damaged", "sentence"),
        [
            ("涓浗", "中国"),
            ("涓\ue15e浗", "中国"),
            ("涓浗/鍥藉", "中国/国家"),
            (_SENTENCES[0].encode().decode("gb18030"), _SENTENCES[0]),
        ],
    )
    def test_utf8_read_as_gbk(self, damaged, sentence):
        assert restored(mojibake, damaged) == sentence

    def test_big5_and_gbk_read_as_each_other(self):
        traditional = "中華民國之主權屬於國民全體行政機關應依法辦理"
        assert restored(mojibake, traditional.encode("big5").decode("gb18030")) == traditional
        plain = "海关总署与国际原子能机构建立合作中心"
        assert restored(mojibake, plain.encode("gbk").decode("big5")) == plain

    def test_only_the_damaged_lines_of_a_mixed_file_change(self, gold):
        lines = (gold / "clean" / "003.txt").read_text(encoding="utf-8").split("\n")
        damaged = [line.encode().decode("latin-1") if number % 2 else line for number, line in enumerate(lines)]
        assert restored(mojibake, "\n".join(damaged)).split("\n") == lines

    def test_entities_become_their_characters_where_they_are_entities(self):
        assert restored(mojibake, "&#20013;&#x56FD;&nbsp;&ldquo;核&rdquo; A&amp;B") == "中国\xa0“核” A&B"
        assert restored(mojibake, "&amp;lt;p&amp;gt;") == "<p>"
        for kept in ("AT&T;R&D", "AT&T", "http://a.cn/?a=1&lt;=2&copy;=3", "&#0;&#xD800;", "a&b;c", "&;&#;"):
            assert restored(mojibake, kept) == kept

    def test_lost_text_is_shown_to_a_person_and_stays(self):
        edits = list(mojibake.find("前言锟斤拷锟斤拷后语"))
        assert [(edit.start, edit.end, edit.applied) for edit in edits] == [(2, 8, False)]

    def test_clean_text_of_many_kinds_stays(self, gold, seeds, traditional):
        texts = [path.read_text(encoding="utf-8") for path in gold.rglob("*.txt")]
        texts += [read_document(path).text for path in seeds.glob("00*.txt")]
        texts += ["\n".join(traditional)]
        texts += [
            "税関の國際協力について、機構を強化する",
            "データベースのトランザクション処理",
            "ありがとうございました",
        ]
        texts += ["Café à la crème, Ünïcödé, ÀÉÎÕÜ, São Paulo, déjà vu ×××× °°°°", "Наука и жизнь", "대한민국 관세청"]
        texts += ["浙江淳安县渝涪沣沅沭泗洙", "腳鏈、項鏈、耳環", "溴氰菊酯噻虫嗪吡虫啉啶虫脒"]
        for text in texts:
            assert [edit for edit in mojibake.find(text) if edit.applied] == []

    @settings(max_examples=150, deadline=None)
    @given(
        st.text("中国ä¸\xadå›½ÖÐ¹ú涓浗鍥藉锛?\ufffd锟斤拷&#20;amplt \n\ud800A", max_size=40)
        | st.text(max_size=40)
        | st.text(min_size=1, max_size=20).map(lambda s: s.encode("utf-8", "ignore").decode("gb18030", "replace"))
    )
    def test_it_never_raises_and_is_idempotent(self, text):
        once = restored(mojibake, text)
        assert [edit for edit in mojibake.find(once) if edit.applied] == []


def test_edits_lie_inside_the_text_and_apart(seeds):
    raw = read_document(next(seeds.glob("003*"))).text + "\nä¸­å›½ &amp; 涓浗"
    for kind in (misaligned, mojibake):
        edits: list[Edit] = [edit for edit in kind.find(raw) if edit.applied]
        assert all(0 <= e.start < e.end <= len(raw) for e in edits)
        assert all(a.end <= b.start for a, b in itertools.pairwise(edits))
