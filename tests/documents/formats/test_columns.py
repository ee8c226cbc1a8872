"""Columns of tables, and fields of JSON, chosen by name: nothing else is read or written."""

from __future__ import annotations

import io
import json

import pytest
from openpyxl import Workbook, load_workbook
from sqlalchemy import select
from typer.testing import CliRunner

from documents.formats import format_of
from documents.formats.base import FormatError, Text
from storage import open_workspace
from storage.models import DocumentRow
from translate.__main__ import app

CSV = "编号,标题,正文\n甲,公告,海关公告\n乙,通知,公告\n".encode()
ROWS = [{"id": "甲", "标题": "公告", "tags": ["通知", {"body": "海关"}]}, {"id": "乙", "标题": "公告"}]
JSON = json.dumps(ROWS, ensure_ascii=False).encode()


def book() -> bytes:
    made = Workbook()
    assert made.active is not None
    for row in (["编号", "标题", "正文"], ["公告", "公告", "=1+1"], ["乙", "通知", "公告"]):
        made.active.append(row)
    made.create_sheet("说明").append(["海关"])
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "columns", "texts"),
    [
        ("a.csv", CSV, ["标题"], ["公告", "通知"]),
        ("a.csv", CSV, ["正文", "标题"], ["公告", "海关公告", "通知", "公告"]),
        ("a.tsv", CSV.replace(b",", b"\t"), ["标题"], ["公告", "通知"]),
        ("a.xlsx", book(), ["标题"], ["公告", "通知"]),
        ("a.json", JSON, ["标题"], ["公告", "公告"]),
        ("a.json", JSON, ["tags", "body"], ["通知", "海关"]),
        ("a.jsonl", b"\n".join(json.dumps(row).encode() for row in ROWS), ["标题"], ["公告", "公告"]),
    ],
)
def test_only_what_is_named_is_read_and_filled(name, data, columns, texts) -> None:
    form = format_of(name).only(columns)
    assert [text.text for text in form.read(data)] == texts
    assert form.fill(data, {}) == data
    filled = form.fill(data, {0: Text("First")})
    assert [text.text for text in form.read(filled)] == texts[1:]
    assert len(format_of(name).read(data)) > len(texts)


def test_a_word_that_cells_share_is_changed_only_where_it_was_chosen() -> None:
    filled = format_of("a.xlsx").only(["标题"]).fill(book(), {0: Text("=Notice")})
    sheet = load_workbook(io.BytesIO(filled)).worksheets[0]
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ["编号", "标题", "正文"], ["公告", "=Notice", "=1+1"], ["乙", "通知", "公告"],
    ]  # fmt: skip
    assert sheet["B2"].data_type in ("s", "inlineStr")


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("a.csv", CSV, "has no column Text; it has 编号, 标题, 正文."),
        ("a.csv", "编号,标题".encode(), "has no column Text; it has 编号, 标题."),
        ("a.xlsx", book(), "has no column Text; it has 编号, 标题, 正文, 海关."),
        ("a.json", JSON, "has no field Text; it has id, 标题, tags, body."),
    ],
)
def test_a_name_that_is_not_there_is_told_with_those_that_are(name, data, told) -> None:
    with pytest.raises(FormatError) as error:
        format_of(name).only(["Text"]).read(data)
    assert str(error.value) == told


def test_the_batch_keeps_to_the_columns_and_remembers_them(tmp_path) -> None:
    (tmp_path / "a.csv").write_bytes(CSV)
    (tmp_path / "b.txt").write_text("海关公告", encoding="utf-8")
    words = ["batch", str(tmp_path / "a.csv"), str(tmp_path / "b.txt"), "--to", "same", "--out", str(tmp_path / "out")]
    words += ["--workspace", str(tmp_path / "w.db")]
    done = CliRunner().invoke(app, [*words, "--column", "标题"])
    assert done.exit_code == 0, done.output
    rows = (tmp_path / "out/documents/a.csv").read_text(encoding="utf-8").split("\n")
    assert rows[0] == "编号,标题,正文" and rows[1].startswith("甲,") and rows[1].endswith(",海关公告")
    assert "公告" not in rows[1].split(",")[1]
    workspace = open_workspace(tmp_path / "w.db")
    with workspace.reading() as session:
        assert session.execute(select(DocumentRow.name, DocumentRow.columns)).all() == [("a", ["标题"]), ("b", [])]
    workspace.close()
    # Without the option all columns are read again, though the file is the same.
    CliRunner().invoke(app, words)
    assert "海关" not in (tmp_path / "out/documents/a.csv").read_text(encoding="utf-8")
    done = CliRunner().invoke(app, [*words, "--column", "Titel"])
    assert done.exit_code == 1 and "has no column Titel" in done.output.replace("\n", " ")
