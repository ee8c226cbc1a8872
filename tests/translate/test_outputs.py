"""Side-by-side outputs: document text is data everywhere."""

from __future__ import annotations

import csv
import html.parser
import io
import json

from glossary import Concept, Glossary
from translate import enforce
from translate.bilingual import BilingualDocument, BilingualSegment
from translate.checks import Flag
from translate.outputs import WRITERS
from translate.outputs.csv_table import render_ledger

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
    text = WRITERS["html"](document())
    page.feed(text)
    assert not {"script", "b", "i", "u", "engine", "name"} & set(page.tags)
    [(source_colour, source), (target_colour, target)] = page.marks
    assert (source, target) == ("一带一路", "Belt & Road")
    assert source_colour == target_colour
    assert "a gloss, not fluent English" in text
    assert "http-equiv" not in text and "src=" not in text


def test_the_tables_have_no_cell_that_a_spreadsheet_runs():
    for text in (WRITERS["csv"](document()), render_ledger([document()])):
        assert text.startswith("\ufeff")
        for row in csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")):
            assert not [cell for cell in row if cell[:1] in "=+@\t" and cell]


def test_json_lines_and_text_hold_every_segment_and_say_what_made_them():
    rows = [json.loads(line) for line in WRITERS["jsonl"](document()).splitlines()]
    assert [row["state"] for row in rows] == ["machine", "failed"]
    assert rows[0]["ledger"][0]["found"] == "Belt & Road"
    assert rows[0]["engine"] == "gloss:1"
    assert WRITERS["txt"](document()).splitlines()[0] == "[a gloss, not fluent English]"
