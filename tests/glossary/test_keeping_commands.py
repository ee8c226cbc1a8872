"""The glossary's commands for formats and keeping, as a person runs them."""

from __future__ import annotations

import csv
import json
import re

import pytest
from typer.testing import CliRunner

from documents import RawDocument
from documents.store import keep_document
from glossary import Concept, load
from glossary.__main__ import app
from glossary.csv_file import write_file
from glossary.formats import FORMATS
from glossary.store import load_concepts, sync_concepts
from storage import open_workspace

GLOSSARY = [
    Concept("海关总署", "General Administration of Customs", "GACC", ("中国海关总署",)),
    Concept("世界海关组织", "World Customs Organization", "WCO"),
]


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write_file(GLOSSARY, tmp_path / "g.csv")
    store = open_workspace("w.db")
    with store.session() as session:
        sync_concepts(session, GLOSSARY)
        text = "海关总署与世界海关组织会谈。海关总署表示欢迎。中国海关很忙。"
        keep_document(session, RawDocument("one", "one.txt", text, "utf-8", "0" * 64))
    store.close()
    return tmp_path


def run(*arguments: object, status: int = 0) -> str:
    done = CliRunner().invoke(app, [*map(str, arguments)])
    assert done.exit_code == status, done.output
    assert "Traceback" not in done.output
    return done.output


def terms(place) -> dict[str, str]:
    store = open_workspace(place / "w.db")
    with store.session() as session:
        found = {concept.source: concept.target for concept in load_concepts(session)}
    store.close()
    return found


@pytest.mark.parametrize("name", list(FORMATS))
def test_export_and_import_of_every_format(place, name):
    file = f"out{FORMATS[name].suffixes[0]}"
    assert "→ out" in run("export", "g.csv", "--to", name, "--out", file)
    assert "added" in run("import", file, "--out", "back.csv")
    assert {"海关总署", "世界海关组织"} <= {concept.source for concept in load("back.csv").concepts}


def test_rows_beyond_a_limit_are_named_and_end_in_status_one(place):
    write_file([*GLOSSARY, Concept("核", "x" * 300)], place / "long.csv")
    said = run("export", "long.csv", "--to", "amazon", "--out", "a.csv", status=1)
    assert "Row 4 was left out, Amazon takes terms of at most 200 bytes" in " ".join(said.split())
    assert (place / "a.csv").exists()


def test_a_file_that_would_be_too_large_is_not_written(place):
    write_file([Concept(f"核{n}", "x" * 1000) for n in range(11_000)], place / "large.csv")
    assert "nothing was written" in run("export", "large.csv", "--to", "deepl", "--out", "d.tsv", status=1)
    assert not (place / "d.tsv").exists()


def test_import_reports_row_by_row(place):
    (place / "theirs.csv").write_text(
        "zh,en\n海关总署,Customs\n中国海关总署,China Customs\n边检站,=Station\n世界海关组织,World Customs Organization\n,x\n",
        encoding="utf-8",
    )
    said = run("import", "theirs.csv", "--out", "g.csv", "--report", "report.csv", status=1)
    assert "1 added, 1 updated, 0 kept, 1 the same, 1 refused, 1 rows left out" in " ".join(said.split())
    assert "is a form of 海关总署 here" in said
    with (place / "report.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = {row["source"]: row for row in csv.DictReader(file)}
    assert [row["what"] for row in rows.values()] == ["updated", "refused", "added", "same"]
    assert (rows["海关总署"]["before"], rows["海关总署"]["after"]) == ("General Administration of Customs", "Customs")
    assert rows["边检站"]["after"] == "'=Station"


def test_import_into_a_workspace_history_and_undo(place):
    (place / "theirs.csv").write_text("zh,en\n海关总署,Customs\n", encoding="utf-8")
    run("import", "theirs.csv", "--workspace", "w.db")
    assert terms(place)["海关总署"] == "Customs"
    shown = run("history", "--workspace", "w.db")
    assert re.search(r"^2  \d{4}-\d\d-\d\d \d\d:\d\d UTC  \S+  import \(theirs.csv\)$", shown, re.MULTILINE)
    assert "海关总署: target 'General Administration of Customs' → 'Customs'" in shown
    assert "import" not in run("history", "世界海关组织", "--workspace", "w.db")
    assert "Change 2 was taken back (1 terms)." in run("undo", "--workspace", "w.db")
    assert terms(place)["海关总署"] == "General Administration of Customs"
    assert "no change 77" in run("undo", "77", "--workspace", "w.db", status=1)
    assert "not changed yet" in run("history", "没有", "--workspace", "w.db")


def test_preview_says_what_would_change_and_changes_nothing(place):
    (place / "theirs.csv").write_text("zh,en\n海关总署,Customs\n", encoding="utf-8")
    shown = run("preview", "theirs.csv", "--workspace", "w.db")
    assert "theirs.csv: changes 2 sentences in 1 document" in shown
    shown = run("preview", "--term", "中国海关", "--english", "China Customs", "--workspace", "w.db", "--limit", "1")
    assert "one: nothing → 中国海关: China Customs" in shown
    assert "changes 1 sentence in 1 document" in shown
    assert "changes 0 sentences" in run("preview", "theirs.csv", "--merge", "keep", "--workspace", "w.db")
    assert terms(place)["海关总署"] == "General Administration of Customs"
    for wrong in ((), ("theirs.csv", "--term", "x", "--english", "y"), ("theirs.csv", "--merge", "z")):
        run("preview", *wrong, "--workspace", "w.db", status=2)


def test_concordance(place):
    shown = run("concordance", "海关", "--workspace", "w.db", "--width", "8")
    assert len([line for line in shown.splitlines() if "[海关]" in line]) == 4
    assert "海关: 4 places in 1 documents" in shown
    lines = run("concordance", "海关总署", "--workspace", "w.db", "--json", "--limit", "1").splitlines()
    assert json.loads(lines[0]) == {
        "document": "one",
        "segment": 1,
        "left": "",
        "word": "海关总署",
        "right": "与世界海关组织会谈。",
    }
    assert "2 places in 1 documents, 1 shown" in lines[1]
    run("concordance", " ", "--workspace", "w.db", status=2)


def test_a_conflict_is_settled_once_in_a_file(place):
    write_file([*GLOSSARY, Concept("世关组织", "World Customs Organization")], place / "c.csv")
    shown = run("check", "c.csv", status=1)
    found = re.search(r"^\[(\w{8})\] world customs organization: is the English of", shown, re.MULTILINE).group(1)
    assert "no open conflict 00000000" in run("settle", "00000000", "c.csv", status=1)
    assert "is no side" in run("settle", found, "c.csv", "--keep", "别的", status=2)
    run("settle", found, "c.csv")
    assert "0 conflicts" in run("check", "c.csv")
    assert load("c.csv").concepts[2].target == "World Customs Organization"


def test_a_conflict_is_settled_once_in_a_workspace(place):
    (place / "more.csv").write_text("zh,en\n世关组织,World Customs Organization\n", encoding="utf-8")
    run("import", "more.csv", "--workspace", "w.db")
    shown = run("check", "--workspace", "w.db", status=1)
    assert "世界海关组织 → World Customs Organization: 海关总署与世界海关组织会谈。" in shown
    found = re.search(r"^\[(\w{8})\]", shown, re.MULTILINE).group(1)
    run("settle", found, "--workspace", "w.db", "--keep", "世界海关组织")
    assert terms(place)["世关组织"] == ""
    assert "0 conflicts" in run("check", "--workspace", "w.db")
    assert "settle" in run("history", "--workspace", "w.db")


def test_a_list_comes_from_standard_input(place):
    done = CliRunner().invoke(app, ["import", "-", "--out", "piped.csv"], input="边检站\tStation\n")
    assert (done.exit_code, load("piped.csv").concepts[0].target) == (0, "Station")


def test_wrong_use_is_a_sentence(place):
    for arguments in (
        ("check",),
        ("settle", "x"),
        ("import", "g.csv", "--out", "h.csv", "--workspace", "w.db"),
        ("export", "g.csv", "--to", "pdf"),
        ("import", "none.tbx"),
        ("history", "--workspace", "g.csv"),
    ):
        assert len(run(*arguments, status=2).strip().splitlines()) <= 2
