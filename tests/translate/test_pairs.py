"""Translations made elsewhere: formats in and out, documents with terms of their own, report, strict, exit status."""

from __future__ import annotations

import csv
import io
import json

import pytest
from typer.testing import CliRunner

from translate.__main__ import app
from translate.pair_files import PairsError, read_pairs
from translate.pair_files.xml_text import parse, put_text, text_of

GLOSSARY = "document,source,target\n,国际原子能机构,International Atomic Energy Agency\n,国际原子能机构,IAEA\nd1,中心,IAEA Training Centre\nd2,中心,Customs Data Centre\n"
TMX = """<?xml version="1.0" encoding="UTF-8"?>
<tmx version="1.4"><header srclang="zh"/><body>
<tu><prop type="document">d1</prop><tuv xml:lang="zh-CN"><seg>中心成立。</seg></tuv><tuv xml:lang="en"><seg>The <bpt i="1">{b}</bpt>centre<ept i="1">{/b}</ept> was set up &amp; opened.</seg></tuv></tu>
<tu><tuv xml:lang="zh-CN"><seg>没有英文</seg></tuv></tu>
</body></tmx>"""
XLIFF_1 = """<?xml version="1.0"?>
<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2"><file original="d2" source-language="zh" target-language="en"><body>
<trans-unit id="1"><source>中心成立。</source><target>The centre was <g id="1">set up</g>.</target></trans-unit>
</body></file></xliff>"""
XLIFF_2 = """<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="zh" trgLang="en"><file id="d2"><unit id="u">
<segment><source>中心成立。</source><target>The centre was set up.</target></segment></unit></file></xliff>"""


def enforce(tmp_path, name: str, text: str, *options: str):
    (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "glossary.csv").write_text(GLOSSARY, encoding="utf-8")
    out = tmp_path / f"out.{name.rpartition('.')[2]}"
    arguments = ["enforce", str(tmp_path / name), "--glossary", str(tmp_path / "glossary.csv"), "--out", str(out)]
    result = CliRunner().invoke(app, [*arguments, *options])
    return result, out.read_text(encoding="utf-8-sig") if out.exists() else ""


def line(source: str, target: str, **fields: object) -> str:
    return json.dumps({"source": source, "target": target, **fields}, ensure_ascii=False) + "\n"


def test_each_document_has_its_own_terms_and_other_fields_pass(tmp_path):
    text = line("中心成立。", "The centre was set up.", document="d1", id=7) + line(
        "中心成立。", "The centre was set up.", document="d2"
    )
    result, out = enforce(tmp_path, "pairs.jsonl", text, "--term-ledger", str(tmp_path / "ledger.csv"))
    rows = [json.loads(row) for row in out.splitlines()]
    assert [row["target"] for row in rows] == [
        "The IAEA Training Centre was set up.",
        "The Customs Data Centre was set up.",
    ]
    assert (rows[0]["id"], result.exit_code) == (7, 0)
    ledger = list(csv.DictReader(io.StringIO((tmp_path / "ledger.csv").read_text(encoding="utf-8-sig"))))
    assert [(row["document"], row["segment"], row["outcome"]) for row in ledger] == [
        ("d1", "1", "repaired"),
        ("d2", "2", "repaired"),
    ]


def test_several_rows_of_a_term_are_accepted_names(tmp_path):
    _, out = enforce(tmp_path, "pairs.jsonl", line("国际原子能机构访华。", "The IAEA visited China."))
    assert json.loads(out)["target"] == "The IAEA visited China."


def test_csv_keeps_its_columns(tmp_path):
    _, out = enforce(tmp_path, "pairs.csv", "id,source,target,document\n=1,中心成立。,The centre was set up.,d1\n")
    assert out == "id,source,target,document\n'=1,中心成立。,The IAEA Training Centre was set up.,d1\n"


def test_tmx_keeps_its_tags_and_names_what_it_leaves(tmp_path):
    result, out = enforce(tmp_path, "pairs.tmx", TMX)
    assert (
        '<seg>The <bpt i="1">{b}</bpt>IAEA Training Centre<ept i="1">{/b}</ept> was set up &amp; opened.</seg>' in out
    )
    assert "没有英文" in out
    assert (result.exit_code, "unit 2" in result.output) == (1, True)


@pytest.mark.parametrize("text", [XLIFF_1, XLIFF_2])
def test_xliff_of_both_versions(tmp_path, text):
    result, out = enforce(tmp_path, "pairs.xlf", text)
    assert "The Customs Data Centre was " in out
    assert result.exit_code == 0
    assert enforce(tmp_path, "again.xlf", out)[1] == out


def test_xml_reads_no_file_and_needs_no_network(tmp_path):
    (tmp_path / "secret").write_text("SECRET", encoding="utf-8")
    evil = f'<!DOCTYPE x [<!ENTITY e SYSTEM "file://{tmp_path}/secret">]>' + XLIFF_2.replace(
        "The centre", "&e; The centre"
    )
    _, out = enforce(tmp_path, "evil.xlf", evil)
    assert "SECRET" not in out
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>' + XLIFF_2.replace(
        "The centre", "&b;&b;"
    )
    assert len(enforce(tmp_path, "bomb.xlf", bomb)[1]) < 2000


def test_tags_stay_where_they_are():
    element = parse(b"<t>a<x/>b<y>c</y>d</t>").getroot()
    put_text(element, text_of(element).replace("b", "BB"))
    from lxml import etree

    assert etree.tostring(element) == b"<t>a<x/>BB<y>c</y>d</t>"
    put_text(element, "no tag")
    assert etree.tostring(element) == b"<t>no tag<x/><y>c</y></t>"


@pytest.mark.parametrize(
    ("name", "text"), [("a.jsonl", "[]\n"), ("a.csv", "a,b\n1,2\n"), ("a.tmx", "<tmx>"), ("a.xlf", ""), ("a.txt", "x")]
)
def test_what_holds_no_pairs_is_told_in_a_sentence(tmp_path, name, text):
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(PairsError, match=name):
        read_pairs(tmp_path / name)
    assert enforce(tmp_path, name, text)[0].exit_code == 2


def test_the_report_shows_before_and_after_and_escapes_everything(tmp_path):
    text = line("中心<b>成立。", "The centre was set up <script>alert(1)</script><i>.", document="d1")
    enforce(tmp_path, "pairs.jsonl", text, "--report", str(tmp_path / "report.html"))
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "<script>" not in page and "<b>" not in page and "<i>" not in page
    assert "<ins>IAEA Training Centre</ins>" in page
    assert "<del>centre</del>" in page


def test_strict_tells_what_is_not_as_wanted(tmp_path):
    text = line("中心谈天气。", "They talked.", document="d1")
    assert enforce(tmp_path, "pairs.jsonl", text)[0].exit_code == 0
    result, _ = enforce(tmp_path, "pairs.jsonl", text, "--strict")
    assert result.exit_code == 1
    assert "IAEA Training Centre was inserted" in result.output.replace("\n", " ")
    good = line("中心成立。", "The IAEA Training Centre was set up.", document="d1")
    assert enforce(tmp_path, "pairs.jsonl", good, "--strict")[0].exit_code == 0


def test_styles_of_names_and_an_unknown_one(tmp_path):
    text = line("国际原子能机构访华。国际原子能机构满意。", "The IAEA came. The IAEA was pleased.")
    _, out = enforce(tmp_path, "pairs.jsonl", text, "--names", "first-full")
    assert json.loads(out)["target"] == "The International Atomic Energy Agency (IAEA) came. The IAEA was pleased."
    assert enforce(tmp_path, "pairs.jsonl", text, "--names", "loud")[0].exit_code == 2


def test_pairs_of_a_document_that_do_not_stand_together_are_one_document_still(tmp_path):
    text = "".join(line("中心成立。", "The centre was set up.", document=name) for name in ("d1", "d2", "d1"))
    result, out = enforce(tmp_path, "pairs.jsonl", text)
    names = [json.loads(row)["target"].split(" was")[0] for row in out.splitlines()]
    assert (names, result.exit_code) == (
        ["The IAEA Training Centre", "The Customs Data Centre", "The IAEA Training Centre"],
        0,
    )


def test_lines_in_another_encoding_and_with_a_mark_are_read(tmp_path):
    row = line("中心成立。", "The centre was set up.", document="d1")
    for name, data in (
        ("a.jsonl", b"\xef\xbb\xbf" + row.encode()),
        ("b.jsonl", row.encode("gb18030")),
        ("c.jsonl", b"\n" + row.encode()),
    ):
        (tmp_path / name).write_bytes(data)
        file = read_pairs(tmp_path / name)
        # Gone through twice, the pairs are the same.
        assert [pair.source for pair in file.pairs] == [pair.source for pair in file.pairs] == ["中心成立。"]
        assert b"".join(file.render(["new"])).count(b"\n") == file.count == 1
