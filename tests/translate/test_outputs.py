"""Side-by-side outputs: document text is data everywhere."""

from __future__ import annotations

import csv
import html.parser
import io
import json

from markdown_it import MarkdownIt
from openpyxl import load_workbook

from glossary import Concept, Glossary
from translate import enforce
from translate.bilingual import BilingualDocument, BilingualSegment
from translate.checks import Flag
from translate.memory.tmx import read_units
from translate.outputs import WRITERS
from translate.outputs.csv_table import LEDGER_COLUMNS, csv_lines, ledger_lines

HOSTILE = '<script>alert(1)</script>=HYPERLINK("http://x") “一带一路”'


def document() -> BilingualDocument:
    glossary = Glossary((Concept("一带一路", "Belt & Road"),))
    forced = enforce("=1+1 <b>一带一路</b>", "@cmd <i>Belt & Road</i>", glossary)
    segments = (
        BilingualSegment(
            0, 0, "=1+1 <b>一带一路</b>", forced.text, "machine", forced.ledger, (Flag("x", "warning", "<u>look</u>"),)
        ),
        BilingualSegment(1, 1, HOSTILE, "", "failed", (), (), "<engine> died"),
    )
    return BilingualDocument("<name>", "gloss:1", "a gloss, not fluent English", "abc", segments)


class _Tags(html.parser.HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.marks: list[tuple[str, str]] = []
        self._style: str | None = None

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self._style = dict(attrs).get("style") if tag == "mark" else None

    def handle_data(self, data):
        if self._style:
            self.marks.append((self._style, data))
            self._style = None


def test_the_page_has_no_tag_of_the_documents_and_marks_terms_alike_on_both_sides():
    page = _Tags()
    text = WRITERS["html"](document()).decode()
    page.feed(text)
    assert not {"script", "b", "i", "u", "engine", "name"} & set(page.tags)
    [(source_colour, source), (target_colour, target)] = page.marks
    assert (source, target) == ("一带一路", "Belt & Road")
    assert source_colour == target_colour
    assert "a gloss, not fluent English" in text
    assert "http-equiv" not in text and "src=" not in text


def test_the_tables_have_no_cell_that_a_spreadsheet_runs():
    ledger = b"".join([*csv_lines(LEDGER_COLUMNS, ()), *ledger_lines(document())])
    for text in (WRITERS["csv"](document()).decode(), ledger.decode()):
        assert text.startswith("\ufeff")
        for row in csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")):
            assert not [cell for cell in row if cell[:1] in "=+@\t" and cell]


def test_json_lines_and_text_hold_every_segment_and_say_what_made_them():
    rows = [json.loads(line) for line in WRITERS["jsonl"](document()).splitlines()]
    assert [row["state"] for row in rows] == ["machine", "failed"]
    assert rows[0]["ledger"][0]["found"] == "Belt & Road"
    assert rows[0]["engine"] == "gloss:1"
    assert WRITERS["txt"](document()).decode().splitlines()[0] == "[a gloss, not fluent English]"


def test_a_workbook_holds_the_same_table_no_formula_and_equal_bytes():
    data = WRITERS["xlsx"](document())
    assert data == WRITERS["xlsx"](document())
    sheet = load_workbook(io.BytesIO(data))["translation"]
    rows = list(sheet.iter_rows())
    assert [cell.value for cell in rows[0]][3:5] == ["source", "target"]
    assert rows[1][3].value == "=1+1 <b>一带一路</b>"
    assert {cell.data_type for row in rows[1:] for cell in row} <= {"s", "n", "inlineStr"}


def test_markdown_shows_the_text_and_nothing_of_it_is_markup():
    page = MarkdownIt().render(WRITERS["md"](document()).decode())
    tags = _Tags()
    tags.feed(page)
    assert set(tags.tags) <= {"h1", "p", "blockquote"}
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_a_translation_memory_of_the_document_comes_back(tmp_path):
    (tmp_path / "m.tmx").write_bytes(WRITERS["tmx"](document()))
    [unit] = read_units(tmp_path / "m.tmx")
    assert (unit.source, unit.state, unit.document) == ("=1+1 <b>一带一路</b>", "machine", "<name>")
    assert unit.target == document().segments[0].target
