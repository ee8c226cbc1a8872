"""Word documents are read into texts with marks, and filled with others without losing what is around them."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
from docx.enum.text import WD_BREAK
from docx.shared import Pt
from lxml import etree

from documents.formats.base import FormatError, Mark, Text
from documents.formats.docx import Docx

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
SPACES = f'xmlns:w="{W}" xmlns:r="{R}" xmlns:mc="{MC}" xmlns:wps="urn:wps" xmlns:v="urn:v"'
WORD = Docx()
LINK = '<w:hyperlink r:id="rId9"><w:r><w:t>外交部</w:t></w:r></w:hyperlink>'
BOLD = "<w:rPr><w:b/></w:rPr>"


def run(text: str, properties: str = "") -> str:
    return f'<w:r>{properties}<w:t xml:space="preserve">{text}</w:t></w:r>'


def sign(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def field(instruction: str, result: str) -> str:
    code = f"<w:r><w:instrText>{instruction}</w:instrText></w:r>"
    return sign("begin") + code + sign("separate") + result + sign("end")


def packed(body: str, **parts: str) -> bytes:
    """A small document; `parts`: kind of a further part and its content."""
    kinds = {"officeDocument": ("", "word/document.xml", f"<w:document {SPACES}><w:body>{body}</w:body></w:document>")}
    for kind, content in parts.items():
        kinds[kind] = ("word/_rels/document.xml.rels", f"word/{kind}1.xml", f"<w:x {SPACES}>{content}</w:x>")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for rels in ("", "word/_rels/document.xml.rels"):
            listed = "".join(
                f'<Relationship Id="r{kind}" Type="{R}/{kind}" Target="/{part}"/>'
                for kind, (where, part, _) in kinds.items()
                if where == rels
            )
            space = "http://schemas.openxmlformats.org/package/2006/relationships"
            file.writestr(rels or "_rels/.rels", f'<Relationships xmlns="{space}">{listed}</Relationships>')
        for _, part, content in kinds.values():
            file.writestr(part, content)
    return out.getvalue()


def part(data: bytes, name: str = "word/document.xml") -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return etree.tostring(etree.fromstring(file.read(name)), method="c14n").decode()


def paragraph(data: bytes) -> str:
    """The content of the first paragraph, without its namespaces."""
    return part(data).partition("<w:p>")[2].rpartition("</w:p>")[0].replace(' xml:space="preserve"', "")


def first(content: str) -> tuple[bytes, Text]:
    data = packed(f"<w:p>{content}</w:p>")
    return data, WORD.read(data)[0]


def made() -> bytes:
    """A document of python-docx with most of what a document has."""
    document = docx.Document()
    document.add_heading("关于加强食品安全的通知", 1)
    body = document.add_paragraph("国务院办公厅")
    body.add_run("二〇二四年").bold = True
    body.add_run("印发")
    body.add_run().add_break(WD_BREAK.LINE)
    body.add_run("\t第二行").font.size = Pt(14)
    document.add_paragraph("第一条", style="List Number")
    table = document.add_table(2, 2)
    table.style = "Table Grid"
    for number, cell in enumerate(cell for row in table.rows for cell in row.cells):
        cell.text = f"单元格{number}"
    section = document.sections[0]
    section.header.paragraphs[0].text = "内部文件"
    section.footer.paragraphs[0].text = "第一页"
    document.add_comment(body.runs, text="请核对", author="甲")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_texts_have_their_places_in_reading_order() -> None:
    texts = WORD.read(made())
    assert [(one.text, one.place) for one in texts] == [
        ("关于加强食品安全的通知", ""),
        ("国务院办公厅二〇二四年印发 第二行", ""),
        ("第一条", ""),
        *((f"单元格{number}", "table") for number in range(4)),
        ("内部文件", "header"),
        ("第一页", "footer"),
        ("请核对", "comment"),
    ]


def test_another_text_keeps_styles_tables_and_formats() -> None:
    data = made()
    texts = WORD.read(data)
    marks = texts[1].marks
    bold = next(mark for mark in marks if (mark.start, mark.end) == (6, 11))
    english = Text("The General Office issued in 2024 a line", (Mark(29, 33, bold.code),))
    written = WORD.fill(data, {0: Text("Notice on Food Safety"), 1: english, 3: Text("Cell 0")})
    document = docx.Document(io.BytesIO(written))
    assert document.paragraphs[0].style.name == "Heading 1"
    assert document.paragraphs[0].text == "Notice on Food Safety"
    assert document.paragraphs[2].text == "第一条"
    assert document.tables[0].cell(0, 0).text == "Cell 0"
    assert document.tables[0].style.name == "Table Grid"
    assert [one.text for one in document.paragraphs[1].runs if one.bold] == ["2024"]
    assert document.paragraphs[1].text.replace("\n", "").replace("\t", "") == english.text
    assert len(list(document.comments)) == 1


@pytest.mark.parametrize("give", [False, True])
def test_own_texts_give_an_equal_document(give: bool) -> None:
    data = made()
    written = WORD.fill(data, dict(enumerate(WORD.read(data))) if give else {})
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(io.BytesIO(written)) as new:
        assert old.namelist() == new.namelist()
        assert all(old.read(name) == new.read(name) for name in old.namelist())


def test_commonest_format_has_no_mark_and_hints_split_nothing() -> None:
    hinted = '<w:rPr><w:rFonts w:hint="eastAsia"/><w:lang w:eastAsia="zh-CN"/></w:rPr>'
    _, text = first(run("国务院", hinted) + run("2024") + run("办公厅", BOLD))
    assert text == Text("国务院2024办公厅", (Mark(7, 10, 1),))


def test_english_runs_lose_the_east_asian_hint_but_not_the_fonts() -> None:
    data, _ = first(run("国务院", '<w:rPr><w:rFonts w:ascii="宋体" w:hint="eastAsia"/></w:rPr>'))
    fonts = '<w:rPr><w:rFonts w:ascii="宋体"></w:rFonts></w:rPr>'
    assert paragraph(WORD.fill(data, {0: Text("“State Council”")})) == run("“State Council”", fonts).replace(
        ' xml:space="preserve"', ""
    )
    assert "hint" in paragraph(WORD.fill(data, {0: Text("国务院办公厅")}))


def test_link_follows_its_mark() -> None:
    data, text = first(run("由") + LINK + run("发布"))
    assert text == Text("由外交部发布", (Mark(1, 4, 1),))
    written = paragraph(WORD.fill(data, {0: Text("By the MFA", (Mark(7, 10, 1),))}))
    assert '<w:hyperlink r:id="rId9"><w:r><w:t>MFA</w:t></w:r></w:hyperlink>' in written
    assert written.startswith("<w:r><w:t>By the </w:t></w:r>")
    lost = paragraph(WORD.fill(data, {0: Text("By the MFA")}))
    assert lost == "<w:r><w:t>By the MFA</w:t></w:r>"


def test_link_around_all_of_a_paragraph_stays_without_a_mark() -> None:
    data, text = first(LINK)
    assert text.marks == ()
    assert paragraph(WORD.fill(data, {0: Text("MFA")})) == (
        '<w:hyperlink r:id="rId9"><w:r><w:t>MFA</w:t></w:r></w:hyperlink>'
    )


def test_links_that_cross_are_not_put_into_one_another() -> None:
    data, text = first(LINK + run("和") + LINK.replace("rId9", "rId8"))
    left, right = sorted(mark.code for mark in text.marks)
    written = paragraph(WORD.fill(data, {0: Text("abcdef", (Mark(0, 4, left), Mark(2, 6, right)))}))
    assert written == (
        '<w:hyperlink r:id="rId9"><w:r><w:t>abcd</w:t></w:r></w:hyperlink>'
        '<w:hyperlink r:id="rId8"><w:r><w:t>ef</w:t></w:r></w:hyperlink>'
    )


def test_things_without_a_mark_go_to_the_end_or_stay_first() -> None:
    note = '<w:r><w:footnoteReference w:id="2"></w:footnoteReference></w:r>'
    picture = "<w:r><w:drawing></w:drawing></w:r>"
    data, text = first(picture + run("通知") + note + run("全文"))
    assert [(mark.start, mark.end) for mark in text.marks] == [(0, 0), (2, 2)]
    assert paragraph(WORD.fill(data, {0: Text("Notice")})) == f"{picture}<w:r><w:t>Notice</w:t></w:r>{note}"
    placed = Text("Notice in full", (Mark(6, 6, text.marks[1].code),))
    runs = "<w:r><w:t>Notice</w:t></w:r>", "<w:r><w:t> in full</w:t></w:r>"
    assert paragraph(WORD.fill(data, {0: placed})) == picture + runs[0] + note + runs[1]


def test_tabs_and_breaks_are_spaces_that_go_back() -> None:
    tab = "<w:r><w:tab></w:tab></w:r>"
    data, text = first(run("姓名") + tab + run("张三"))
    assert text == Text("姓名 张三", (Mark(2, 2, 1),))
    written = WORD.fill(data, {0: Text("Name Zhang San", (Mark(4, 4, 1),))})
    assert paragraph(written) == f"<w:r><w:t>Name</w:t></w:r>{tab}<w:r><w:t>Zhang San</w:t></w:r>"
    assert WORD.read(written)[0] == Text("Name Zhang San", (Mark(4, 4, 1),))


def test_field_keeps_its_instruction_and_follows_its_result() -> None:
    data, text = first(run("第") + field("PAGE 页", run("7")) + run("页"))
    assert text == Text("第7页", (Mark(1, 2, 1),))
    for marks in ((Mark(5, 6, 1),), ()):
        written = paragraph(WORD.fill(data, {0: Text("Page 7", marks)}))
        assert written.startswith("<w:r><w:t>Page </w:t></w:r>")
        kinds = [piece.partition('"')[0] for piece in written.split('fldCharType="')[1:]]
        assert kinds == ["begin", "separate", "end"]
        assert "PAGE 页" in written and written.index("separate") < written.index(">7<") < written.index('"end"')


def test_field_over_several_paragraphs_stays_open() -> None:
    start = sign("begin") + "<w:r><w:instrText>TOC</w:instrText></w:r>" + sign("separate")
    entry = '<w:hyperlink w:anchor="_Toc1">' + run("第一章") + field("PAGEREF _Toc1", run("12")) + "</w:hyperlink>"
    data = packed(f"<w:p>{start}{entry}</w:p><w:p>{run('末行')}{sign('end')}</w:p>")
    assert [one.text for one in WORD.read(data)] == ["第一章12", "末行"]
    written = part(WORD.fill(data, {0: Text("Chapter I 12"), 1: Text("Last line")}))
    kinds = [piece.partition('"')[0] for piece in written.split('fldCharType="')[1:]]
    assert kinds == ["begin", "separate", "begin", "separate", "end", "end"]
    assert written.index("TOC<") < written.index("<w:hyperlink") < written.index("Chapter")
    assert written.index("Last line") < written.rindex("fldChar")


def test_ranges_stay_in_order_and_complete() -> None:
    comment = '<w:commentRangeStart w:id="3"></w:commentRangeStart>', '<w:commentRangeEnd w:id="3"></w:commentRangeEnd>'
    data, text = first(run("请") + comment[0] + run("核对") + comment[1] + run("数据"))
    assert text == Text("请核对数据", (Mark(1, 3, 1),))
    check = [f"<w:r><w:t>{word}</w:t></w:r>" for word in ("Please ", "check", " it")]
    placed = WORD.fill(data, {0: Text("Please check it", (Mark(7, 12, 1),))})
    assert paragraph(placed) == check[0] + comment[0] + check[1] + comment[1] + check[2]
    lost = WORD.fill(data, {0: Text("Please check it")})
    assert paragraph(lost) == f"{comment[0]}<w:r><w:t>Please check it</w:t></w:r>{comment[1]}"


def test_deleted_text_is_not_read_and_inserted_text_is() -> None:
    deleted = '<w:del w:id="1"><w:r><w:delText>旧</w:delText></w:r></w:del>'
    data, text = first(run("按") + deleted + '<w:ins w:id="2">' + run("新") + "</w:ins>" + run("规定"))
    assert text.text == "按新规定"
    inserted = next(mark for mark in text.marks if mark.end > mark.start)
    written = paragraph(WORD.fill(data, {0: Text("under new rules", (Mark(6, 9, inserted.code),))}))
    assert '<w:ins w:id="2"><w:r><w:t>new</w:t></w:r></w:ins>' in written
    assert deleted in written


def test_content_control_keeps_its_properties() -> None:
    control = f'<w:sdt><w:sdtPr><w:tag w:val="x"/></w:sdtPr><w:sdtContent>{run("外交部")}</w:sdtContent></w:sdt>'
    data, text = first(run("单位") + control)
    written = paragraph(WORD.fill(data, {0: Text("Unit: MFA", (Mark(6, 9, text.marks[0].code),))}))
    assert '<w:sdtPr><w:tag w:val="x"></w:tag></w:sdtPr><w:sdtContent><w:r><w:t>MFA</w:t>' in written


def test_text_box_is_read_once_and_both_of_its_forms_are_filled() -> None:
    box = f"<w:txbxContent><w:p>{run('方框')}{run('重点', BOLD)}</w:p></w:txbxContent>"
    both = (
        f'<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"
    )
    data = packed(f"<w:p>{run('正文')}<w:r>{both}</w:r></w:p>")
    texts = WORD.read(data)
    assert [(one.text, one.place) for one in texts] == [("正文", ""), ("方框重点", "text box")]
    english = Text("A box of note", (Mark(9, 13, texts[1].marks[0].code),))
    written = WORD.fill(data, {0: Text("Body"), 1: english})
    assert part(written).count("<w:b></w:b></w:rPr><w:t>note</w:t>") == 2
    assert "方框" not in part(written)
    assert [one.text for one in WORD.read(written)] == ["Body", "A box of note"]


def test_notes_are_read_and_their_sign_stays_first() -> None:
    note = f'<w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r>{run(" 见附件")}</w:p></w:footnote>'
    data = packed(f"<w:p>{run('正文')}</w:p>", footnotes=note)
    texts = WORD.read(data)
    assert [(one.text, one.place) for one in texts] == [("正文", ""), (" 见附件", "footnote")]
    written = part(WORD.fill(data, {1: Text(" See the annex")}), "word/footnotes1.xml")
    assert written.index("footnoteRef>") < written.index(" See the annex")
    assert 'xml:space="preserve"' in written


def test_line_ends_and_forbidden_characters_are_taken_out() -> None:
    data, text = first(run("甲&#x2028;乙\n丙"))
    assert text.text == "甲 乙 丙"
    assert WORD.read(WORD.fill(data, {0: Text("a\nb\x00c\ud800\x85d")}))[0].text == "a bc d"


def test_paragraphs_without_text_are_no_texts() -> None:
    assert WORD.read(packed(f"<w:p/><w:p>{run('  ')}</w:p><w:p><w:r><w:tab/></w:r></w:p>")) == []


@pytest.mark.parametrize("number", [-1, 5])
def test_text_of_no_number_is_refused(number: int) -> None:
    with pytest.raises(FormatError, match="has no text number"):
        WORD.fill(packed(f"<w:p>{run('甲')}</w:p>"), {number: Text("a")})
