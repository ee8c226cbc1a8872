"""Restoring removals and accepting proposals; damage."""

from __future__ import annotations

import documents
from documents import RawDocument
from documents.damage import DamageMap
from documents.decisions import Decisions, key_of, with_decisions
from documents.edits import CleanText, Edit, apply_edits, undo, write_ledger
from documents.store import decide_edit, keep_document
from storage import open_workspace

RAW = "站名\n\n首页 > 新闻\n\n正文第一句，内容完整。\n上一篇 下一篇"


def only(clean: CleanText, kind: str) -> list[Edit]:
    return [edit for edit in clean.applied if edit.kind == kind]


def test_a_restored_removal_stands_again_on_a_line_of_its_own_also_after_a_re_run():
    clean = documents.clean(RAW)
    assert clean.text == "正文第一句，内容完整。"
    for edit in only(clean, "chrome"):
        again = documents.clean(RAW, Decisions(restored=frozenset([key_of(edit)])))
        assert sorted(again.text.split("\n")) == sorted(["正文第一句，内容完整。", RAW[edit.start : edit.end]])
        assert [p for p in again.proposals if p.kind == "chrome"] == [edit._replace(applied=False)]
        assert undo(again.text, write_ledger(again)) == RAW


def test_decisions_are_kept_with_the_document(tmp_path):
    workspace = open_workspace(tmp_path / "w.db")
    document = RawDocument("a", "a.txt", RAW, "utf-8", "hash")
    with workspace.session() as session:
        row, clean = keep_document(session, document)
        edit = only(clean, "chrome")[0]
        decide_edit(session, row.id, edit, "restore")
        assert len(row.segments) == 2
    with workspace.session() as session:
        assert keep_document(session, document)[1].text.count("\n") == 1
        decide_edit(session, row.id, edit, "undo")
    with workspace.session() as session:
        assert keep_document(session, document)[1].text == "正文第一句，内容完整。"


def proposed(*proposals: Edit, applied: tuple[Edit, ...] = (), raw: str = "D中央2015111日實驗室") -> CleanText:
    return CleanText(raw, apply_edits(raw, applied), applied, proposals)


def test_a_restored_line_stands_alone_also_next_to_other_removals():
    jammer = "% v\" ~* p; Q; d. n' x1 z J1 h"
    raw = f"首页 登录 注册 联系我们\n{jammer}\n\n正文第一句，内容完整。\n{jammer}\n首页 登录 注册 联系我们\n{jammer}\n正文第二句，内容完整。"
    clean = documents.clean(raw)
    assert clean.text == "正文第一句，内容完整。\n正文第二句，内容完整。"
    for edit in only(clean, "chrome"):
        again = documents.clean(raw, Decisions(restored=frozenset([key_of(edit)])))
        assert sorted(again.text.split("\n")) == sorted([*clean.text.split("\n"), "首页 登录 注册 联系我们"])
        assert DamageMap(again).of().score == 0


CENSORED = Edit(0, 1, "党", "censored", "only 党 fits", 0.9, applied=False)
READINGS = (
    Edit(3, 11, "2015年1月11日", "date", "two readings", 0.5, applied=False),
    Edit(3, 11, "2015年11月1日", "date", "two readings", 0.5, applied=False),
)


def test_an_accepted_proposal_is_applied_and_of_two_readings_only_one():
    clean = proposed(CENSORED, *READINGS)
    assert (
        with_decisions(clean, Decisions(accepted=frozenset([key_of(READINGS[1])]))).text == "D中央2015年11月1日實驗室"
    )
    assert with_decisions(clean, Decisions(kinds=frozenset(["censored"]))).text == "党中央2015111日實驗室"
    both = with_decisions(clean, Decisions(kinds=frozenset(["date", "censored"])))
    assert both.text == "党中央2015年1月11日實驗室"
    assert both.proposals == (READINGS[1],)


def test_a_proposal_over_part_of_a_changed_run_leaves_the_rest_of_it():
    script = Edit(11, 14, "实验室", "script", "simplified")
    typo = Edit(12, 13, "检", "typo", "?", 0.5, applied=False)
    clean = proposed(typo, applied=(script,))
    accepted = with_decisions(clean, Decisions(accepted=frozenset([key_of(typo)])))
    assert accepted.text == "D中央2015111日实检室"
    assert undo(accepted.text, write_ledger(accepted)) == clean.raw


def test_damage_counts_doubtful_characters_once_and_where_they_stand():
    clean = proposed(CENSORED, *READINGS)
    damage = DamageMap(clean)
    whole = damage.of()
    assert whole.by_kind == {"censored": 1, "date": 10}
    assert 0 < whole.score <= 1
    assert damage.of(0, 3).by_kind == {"censored": 1}
    assert damage.of(11, 14).score == 0
    assert DamageMap(documents.clean("完好的文字\ufffd。")).of().by_kind == {"unreadable": 1}
    assert DamageMap(documents.clean(RAW)).of().score == 0
