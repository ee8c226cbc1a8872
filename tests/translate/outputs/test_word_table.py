"""The Word table: whole, hostile text is text, terms in one colour on both sides, and the same sentences when read back."""

from __future__ import annotations

import dataclasses
import io
import zipfile

from hypothesis import example, given
from lxml import etree

from documents.formats.packed import Package
from tests.translate.outputs.made import any_document, document
from translate.bilingual import BilingualSegment
from translate.outputs import WRITERS
from translate.review import word_table
from translate.review.key import fingerprint, holdable

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def body() -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(WRITERS["docx"](document()))) as package:
        assert package.testzip() is None
        return etree.fromstring(package.read("word/document.xml"))


def text_of(element: etree._Element) -> str:
    return "".join(part.text or "" for part in element.iter(f"{W}t"))


def test_a_row_says_number_both_texts_state_and_what_is_wrong():
    rows = [[text_of(cell) for cell in row.iter(f"{W}tc")] for row in body().iter(f"{W}tr")]
    assert rows[0] == ["No.", "Chinese", "English", "State", "Notes"]
    assert rows[1][1:4] == [
        "海关总署<0>表示\ufffd欢迎。",
        holdable(document().segments[0].target),
        "machine",
    ]
    assert rows[2][4].startswith("error: <u>look</u>\ufffdsource damaged: 25%")
    assert rows[5][1:] == ["双方会谈。", "", "failed", "error: <engine> died"]


def test_the_head_names_document_engine_and_glossary():
    lines = [text_of(paragraph) for paragraph in body().iterfind(f"{W}body/{W}p")]
    assert lines[0] == "<name>\ufffd"
    assert lines[1] == "a gloss · engine gloss:1 · glossary abc"
    assert "import-review" in lines[2]


def test_a_term_has_one_colour_on_both_sides():
    row = list(body().iter(f"{W}tr"))[1]
    fills = [
        (text_of(run), run.find(f"{W}rPr/{W}shd").get(f"{W}fill"))
        for run in row.iter(f"{W}r")
        if run.find(f"{W}rPr/{W}shd") is not None
    ]
    assert [text for text, _ in fills] == ["海关总署", "General Administration of Customs"]
    assert fills[0][1] == fills[1][1]


def test_equal_bytes_for_equal_content():
    assert WRITERS["docx"](document()) == WRITERS["docx"](document())


@given(made=any_document())
@example(made=dataclasses.replace(document(), segments=(BilingualSegment(0, 0, "", "\x0c", "machine"),)))
def test_whatever_a_document_holds_comes_back(made):
    rows = word_table.read(Package(WRITERS["docx"](made)))
    assert [row.source for row in rows] == [fingerprint(segment.source) for segment in made.segments]
    for row, segment in zip(rows, made.segments, strict=True):
        assert row.seen == fingerprint(segment.target)
        assert row.written == fingerprint(segment.target)
        assert not (row.approves and row.english)
