"""PowerPoint presentations are read slide by slide, and filled with other texts in the same shapes."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Mapping

import pptx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches

from documents.formats.base import FormatError, Mark, Text
from documents.formats.pptx import Pptx
from tests.documents.formats.broken import check_damaged, outcome
from tests.documents.formats.test_docx_damage import broken

A = "http://schemas.openxmlformats.org/drawingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SLIDES = Pptx()


def made() -> bytes:
    """Two slides of python-pptx with a title, runs, a link, a table, a group, a chart and notes."""
    deck = pptx.Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[1])
    slide.shapes.title.text = "工作报告"
    body = slide.placeholders[1].text_frame.paragraphs[0]
    for text, bold in (("国务院", False), ("办公厅", True), ("负责", False)):
        run = body.add_run()
        run.text, run.font.bold = text, bold or None
    run.hyperlink.address = "https://example.org/"
    slide.notes_slide.notes_text_frame.text = "先说明背景"
    second = deck.slides.add_slide(deck.slide_layouts[6])
    table = second.shapes.add_table(1, 2, 0, 0, Inches(4), Inches(1)).table
    table.cell(0, 0).text, table.cell(0, 1).text = "部门", "职责"
    group = second.shapes.add_group_shape()
    group.shapes.add_textbox(0, 0, Inches(1), Inches(1)).text_frame.text = "组内\v文字"
    data = CategoryChartData()
    data.categories = ["甲"]
    data.add_series("数", (1,))
    chart = second.shapes.add_chart(XL_CHART_TYPE.PIE, 0, 0, Inches(2), Inches(2), data).chart
    chart.has_title = True
    chart.chart_title.text_frame.text = "图表标题"
    out = io.BytesIO()
    deck.save(out)
    return out.getvalue()


def with_parts(data: bytes, parts: Mapping[str, str]) -> bytes:
    """The package with other or further parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, content in parts.items():
            new.writestr(name, content)
    return out.getvalue()


def with_body(content: str) -> bytes:
    """A presentation whose first slide is one paragraph of that content."""
    slide = f'<p:sld xmlns:p="urn:p" xmlns:a="{A}" xmlns:r="{R}"><a:p>{content}</a:p></p:sld>'
    return with_parts(made(), {"ppt/slides/slide1.xml": slide, "ppt/slides/_rels/slide1.xml.rels": "<x/>"})


def part(data: bytes, name: str = "ppt/slides/slide1.xml") -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return file.read(name).decode()


def run(text: str, properties: str = "") -> str:
    return f"<a:r>{properties}<a:t>{text}</a:t></a:r>"


def test_texts_have_their_places_in_the_order_of_the_slides() -> None:
    assert [(one.text, one.place) for one in SLIDES.read(made())] == [
        ("工作报告", "slide 1"),
        ("国务院办公厅负责", "slide 1"),
        ("先说明背景", "notes of slide 1"),
        ("部门", "slide 2"),
        ("职责", "slide 2"),
        ("组内 文字", "slide 2"),
        ("图表标题", "slide 2"),
    ]


def test_slides_are_read_in_the_order_of_the_presentation() -> None:
    deck = pptx.Presentation(io.BytesIO(made()))
    listed = deck.slides._sldIdLst
    listed.insert(0, listed[1])
    out = io.BytesIO()
    deck.save(out)
    texts = SLIDES.read(out.getvalue())
    assert (texts[0].text, texts[0].place) == ("部门", "slide 1")
    assert (texts[-1].text, texts[-1].place) == ("先说明背景", "notes of slide 2")


def test_other_texts_keep_shapes_formats_and_links() -> None:
    data = made()
    texts = SLIDES.read(data)
    bold, link = texts[1].marks
    assert (bold.start, bold.end, link.start, link.end) == (3, 6, 6, 8)
    english = Text("led by the General Office", (Mark(0, 3, link.code), Mark(11, 25, bold.code)))
    new = {0: Text("Work Report"), 1: english, 2: Text("Background"), 5: Text("In group text"), 6: Text("Chart")}
    written = SLIDES.fill(data, new)
    deck = pptx.Presentation(io.BytesIO(written))
    first, second = deck.slides
    assert first.shapes.title.text == "Work Report"
    runs = first.placeholders[1].text_frame.paragraphs[0].runs
    assert [(one.text, one.font.bold, one.hyperlink.address) for one in runs] == [
        ("led", None, "https://example.org/"),
        (" by the ", None, None),
        ("General Office", True, None),
    ]
    assert first.notes_slide.notes_text_frame.text == "Background"
    assert second.shapes[1].shapes[0].text_frame.text == "In group text\v"
    assert second.shapes[2].chart.chart_title.text_frame.text == "Chart"
    assert SLIDES.read(written)[3:5] == texts[3:5]


@pytest.mark.parametrize("give", [False, True])
def test_own_texts_give_an_equal_presentation(give: bool) -> None:
    data = made()
    written = SLIDES.fill(data, dict(enumerate(SLIDES.read(data))) if give else {})
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(io.BytesIO(written)) as new:
        assert old.namelist() == new.namelist()
        assert all(old.read(name) == new.read(name) for name in old.namelist())


def test_break_is_a_space_that_goes_back_and_last_properties_stay_last() -> None:
    data = with_body(f'<a:pPr lvl="1"/>{run("第一行")}<a:br/>{run("第二行")}<a:endParaRPr lang="zh-CN"/>')
    text = SLIDES.read(data)[0]
    assert text == Text("第一行 第二行", (Mark(3, 3, 1),), "slide 1")
    written = part(SLIDES.fill(data, {0: Text("Line one line two", (Mark(8, 8, 1),))}))
    inside = run("Line one") + "<a:br/>" + run("line two")
    assert f'<a:p><a:pPr lvl="1"/>{inside}<a:endParaRPr lang="zh-CN"/></a:p>' in written


def test_language_follows_the_text_and_does_not_split_runs() -> None:
    data = with_body(run("国务院", '<a:rPr lang="zh-CN"/>') + run("2024", '<a:rPr lang="en-US" dirty="0"/>'))
    assert SLIDES.read(data)[0] == Text("国务院2024", (), "slide 1")
    assert run("“Council”", '<a:rPr lang="en-US"/>') in part(SLIDES.fill(data, {0: Text("“Council”")}))
    assert run("国务院", '<a:rPr lang="zh-CN"/>') in part(SLIDES.fill(data, {0: Text("国务院")}))


def test_slide_numbers_are_kept_and_not_read() -> None:
    number = '<a:fld id="{1}" type="slidenum"><a:t>‹#›</a:t></a:fld>'
    data = with_body(run("第") + number + run("页"))
    assert SLIDES.read(data)[0] == Text("第页", (Mark(1, 1, 1),), "slide 1")
    assert run("Page ") + number in part(SLIDES.fill(data, {0: Text("Page ", (Mark(5, 5, 1),))}))
    assert run("Page") + number in part(SLIDES.fill(data, {0: Text("Page")}))


def test_diagram_and_its_picture_stay_in_step() -> None:
    kinds = {"diagramData": "diagrams/data1.xml", "diagramDrawing": "diagrams/drawing1.xml"}
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    listed = "".join(
        f'<Relationship Id="{kind}" Type="{R}/{kind}" Target="../{target}"/>' for kind, target in kinds.items()
    )
    nodes = f'<x xmlns:a="{A}"><a:p>{run("计划")}</a:p><a:p>{run("执行")}</a:p><a:p>{run("执行")}</a:p></x>'
    parts = {f"ppt/{target}": nodes for target in kinds.values()}
    rels = f'<Relationships xmlns="{space}">{listed}</Relationships>'
    data = with_parts(made(), {**parts, "ppt/slides/_rels/slide1.xml.rels": rels})
    texts = [one.text for one in SLIDES.read(data)]
    assert texts.count("计划") == 1 and texts.count("执行") == 2
    at = texts.index("计划")
    written = SLIDES.fill(data, {at: Text("Plan"), at + 1: Text("Do"), at + 2: Text("Act")})
    for name in parts:
        assert [word for word in ("Plan", "Do", "Act", "执行") if f">{word}<" in part(written, name)] == [
            "Plan",
            "Do",
            "Act",
        ]


@pytest.mark.parametrize("content", [b"", b"plain text", b"PK\x03\x04"])
def test_other_files_are_refused(content: bytes) -> None:
    with pytest.raises(FormatError):
        SLIDES.read(content)


def test_damaged_files_give_format_errors_only() -> None:
    data = made()
    check_damaged(SLIDES, data, len(data) // 25, 40)


@pytest.mark.parametrize("name", ["ppt/slides/slide1.xml", "ppt/_rels/presentation.xml.rels", "ppt/presentation.xml"])
def test_damaged_parts_give_format_errors_only(name: str) -> None:
    data, chance = made(), random.Random(11)
    for _ in range(40):
        outcome(SLIDES, broken(data, name, chance))


@settings(max_examples=30, deadline=None)
@given(st.binary(max_size=300))
def test_random_bytes_give_format_errors_only(data: bytes) -> None:
    outcome(SLIDES, data)
    outcome(SLIDES, b"PK\x03\x04" + data)


PIECES = [run("甲乙"), run("丙", '<a:rPr b="1"/>'), "<a:br/>", "<a:fld><a:t>1</a:t></a:fld>", "<a:r/>", "<!-- x -->"]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=8), st.data())
def test_nothing_between_characters_is_lost(pieces: list[str], chance: st.DataObject) -> None:
    data = with_body(run("丁") + "".join(pieces))
    old = SLIDES.read(data)[0]
    english = "Some English words"
    marks = []
    for mark in old.marks:
        if chance.draw(st.booleans()):
            start, end = sorted(chance.draw(st.tuples(*[st.integers(-2, len(english) + 2)] * 2)))
            marks.append(Mark(start, start if mark.start == mark.end else end, mark.code))
    written = SLIDES.fill(data, {0: Text(english, tuple(marks))})
    assert SLIDES.read(written)[0].text.replace(" ", "") == english.replace(" ", "")
    for name in ("<a:br", "<a:fld"):
        assert part(written).count(name) == part(data).count(name)
