"""The translation memory: kept, found again exactly and by likeness, in and out as TMX."""

from __future__ import annotations

import json
import random
from datetime import datetime

import pytest
from rapidfuzz.distance import Levenshtein
from sqlalchemy import select
from typer.testing import CliRunner

from documents import RawDocument
from documents.store import keep_document
from storage import open_workspace
from storage.models import MemoryRow, SegmentRow
from translate.__main__ import app
from translate.memory.fuzzy import FuzzyIndex, differences
from translate.memory.store import every_unit, remember, same_requests, same_sources
from translate.memory.tmx import MemoryFileError, lines_of, read_units
from translate.memory.unit import Unit, context_key, source_key
from translate.store import save_person


@pytest.fixture
def workspace(tmp_path):
    opened = open_workspace(tmp_path / "w.db")
    yield opened
    opened.close()


def machine(source, target, request, **more):
    return Unit(source, target, "machine", request=request, engine="google:1", **more)


def test_a_later_unit_takes_the_place_of_the_one_it_repeats(workspace):
    with workspace.session() as session:
        assert remember(session, [machine("甲。", "A.", "r1"), machine("甲。", "A!", "r2"), Unit("甲。", "Ah.")]) == 3
        assert remember(session, [machine("甲。", "A again.", "r1")]) == 0
        assert same_requests(session, ["r1", "r2", "r3"])["r1"].target == "A again."
        assert len(list(every_unit(session))) == 3


def test_an_old_export_does_not_overwrite_what_was_confirmed_since(workspace):
    old, new = (
        Unit("甲。", text, "confirmed", made=datetime.fromisoformat(f"2026-01-0{day}"))
        for day, text in ((1, "Old."), (2, "New."))
    )
    with workspace.session() as session:
        remember(session, [old])
        remember(session, [new])
        assert remember(session, [old]) == 0
        assert [unit.target for unit in every_unit(session)] == ["New."]


def test_context_comes_first_then_confirmed_then_the_newest(workspace):
    here, there = context_key("前。", "后。"), context_key("别。", "处。")
    with workspace.session() as session:
        remember(session, [machine("甲。", "machine", "r"), Unit("甲。", "elsewhere", "confirmed", there)])
        remember(session, [Unit("甲。", "here", "confirmed", here), Unit("甲。", "brought")])
        found = same_sources(session, {"甲。": here})["甲。"]
        assert [unit.target for unit in found] == ["here", "elsewhere", "brought", "machine"]
        found = same_sources(session, {"甲。": ""}, ("confirmed",))["甲。"]
        assert [unit.target for unit in found] == ["here", "elsewhere"]
        assert same_sources(session, {"乙。": ""}) == {}


def test_width_and_blanks_make_no_other_source():
    assert source_key("ＩＡＥＡ　访华。") == source_key(" IAEA 访华。")
    assert source_key("访华") != source_key("访美")


def test_a_persons_english_is_remembered_with_who_and_where(workspace, tmp_path):
    (tmp_path / "a.txt").write_text("前一句。\n海关总署。\n后一句。", encoding="utf-8")
    from documents import read_documents

    (raw,) = read_documents([str(tmp_path / "a.txt")])
    assert isinstance(raw, RawDocument)
    with workspace.session() as session:
        keep_document(session, raw)
    for version, text in enumerate(("GACC.", "General Administration of Customs.")):
        with workspace.session() as session:
            segment = session.scalars(select(SegmentRow).where(SegmentRow.position == 1)).one()
            save_person(session, segment.id, version, text, "confirmed", (), ())
    with workspace.session() as session:
        (row,) = session.scalars(select(MemoryRow)).all()
        assert (row.target, row.state, row.document) == ("General Administration of Customs.", "confirmed", "a")
        assert row.who and row.context == context_key("前一句。", "后一句。")


def _sentences(count, seed=3):
    chosen = random.Random(seed)
    parts = (
        "海关总署 国际原子能机构 核安保 培训中心 表示欢迎 举行会议 发布公告 在北京 与各国 合作 计量 标准 实验室".split()
    )
    return [
        "".join(chosen.choice(parts) for _ in range(chosen.randint(2, 7))) + f"{chosen.randint(1, 99)}。"
        for _ in range(count)
    ]


def test_fuzzy_matches_are_those_of_comparing_with_every_text():
    texts = list(dict.fromkeys(_sentences(3000)))
    index = FuzzyIndex(texts)
    chosen = random.Random(5)
    missed = checked = 0
    for text in _sentences(60, seed=9) + [t[:-3] + chosen.choice("一二三") + t[-2:] for t in texts[:60]]:
        best = max(Levenshtein.normalized_similarity(text, other) for other in texts)
        found = index.find(text)
        assert all(match.score >= 0.75 for match in found)
        assert [m.score for m in found] == sorted((m.score for m in found), reverse=True)
        if best >= 0.75:
            checked += 1
            missed += not found or found[0].score < best - 1e-9
    assert checked > 60
    assert missed == 0


def test_fuzzy_edges():
    index = FuzzyIndex(["甲", "甲乙", "", "𠮷野家"])
    assert [match.number for match in index.find("甲")] == [0]
    assert [match.number for match in index.find("𠮷野家")] == [3]
    assert index.find("") == [] and FuzzyIndex([]).find("甲") == [] and len(index) == 4


def test_differences_are_data():
    steps = [(step.kind, step.old, step.new) for step in differences("海关总署表示。", "海关总局表示！")]
    assert steps == [
        ("equal", "海关总", "海关总"),
        ("replace", "署", "局"),
        ("equal", "表示", "表示"),
        ("replace", "。", "！"),
    ]


def test_tmx_brings_everything_back(tmp_path, workspace):
    units = [
        machine("甲 & <乙>。", 'A & "B".\r', "r1", glossary="g", outcomes=("hinted", "repaired")),
        Unit("丙。", "C.\x0b", "confirmed", context_key("a", "b"), who='Li "Lei"', document="d"),
        Unit("丁。", "D."),
    ]
    with workspace.session() as session:
        remember(session, units)
        (tmp_path / "m.tmx").write_text("".join(lines_of(every_unit(session))), encoding="utf-8", newline="")
    with open_workspace(tmp_path / "other.db").session() as session:
        assert remember(session, read_units(tmp_path / "m.tmx")) == 3
        again = list(every_unit(session))
        written = "".join(lines_of(again))
    assert [(u.source, u.target.strip(), u.state, u.who, u.outcomes) for u in again] == [
        ("甲 & <乙>。", 'A & "B".', "machine", "", ("hinted", "repaired")),
        ("丙。", "C.", "confirmed", 'Li "Lei"', ()),
        ("丁。", "D.", "imported", "", ()),
    ]
    (tmp_path / "again.tmx").write_text(written, encoding="utf-8", newline="")
    assert [u.identity for u in read_units(tmp_path / "again.tmx")] == [u.identity for u in again]


@pytest.mark.parametrize(
    "text",
    ["", "no xml", "<tmx><body><tu>", "<html/>", '<!DOCTYPE x [<!ENTITY a "b">]><html>&a;</html>'],
)
def test_what_is_no_tmx_is_told_in_a_sentence(tmp_path, text):
    (tmp_path / "x.tmx").write_text(text, encoding="utf-8")
    with pytest.raises(MemoryFileError, match="TMX file") as caught:
        list(read_units(tmp_path / "x.tmx"))
    assert "\n" not in str(caught.value)


def test_entities_of_strangers_are_not_read(tmp_path):
    (tmp_path / "secret").write_text("secret", encoding="utf-8")
    text = f'<!DOCTYPE tmx [<!ENTITY x SYSTEM "file://{tmp_path}/secret">]><tmx><body><tu>'
    text += '<tuv xml:lang="zh"><seg>甲</seg></tuv><tuv xml:lang="en"><seg>A&x;</seg></tuv></tu></body></tmx>'
    (tmp_path / "x.tmx").write_text(text, encoding="utf-8")
    assert all("secret" not in unit.target for unit in read_units(tmp_path / "x.tmx"))


def test_the_commands(tmp_path):
    def run(*arguments, status=0):
        done = CliRunner().invoke(app, ["memory", *map(str, arguments), "--workspace", str(tmp_path / "w.db")])
        assert done.exit_code == status, done.output
        return done.output

    units = [Unit("海关总署表示欢迎。", "GACC welcomed it.", who="Li"), Unit("双方会谈。", "They talked.")]
    (tmp_path / "m.tmx").write_text("".join(lines_of(units)), encoding="utf-8")
    assert "2 units read, 2 of them new" in run("import", tmp_path / "m.tmx")
    assert "0 of them new" in run("import", tmp_path / "m.tmx")
    shown = run("find", "海关总局表示欢迎。")
    assert "89%" in shown and "[-署-]{+局+}" in shown and "GACC welcomed it." in shown
    (match,) = json.loads(run("find", "海关总局表示欢迎。", "--json"))
    assert match["score"] == 0.8889 and match["who"] == "Li" and len(match["differences"]) == 3
    assert "Nothing" in run("find", "毫不相干的一句话。")
    assert "2 units" in run("export", "--out", tmp_path / "o.tmx")
    assert [unit.source for unit in read_units(tmp_path / "o.tmx")] == [unit.source for unit in units]
    assert "0 units" in run("export", "--out", tmp_path / "o.tmx", "--state", "confirmed")
    run("export", "--out", tmp_path / "o.tmx", "--state", "nonsense", status=2)
    run("import", tmp_path / "missing.tmx", status=2)
