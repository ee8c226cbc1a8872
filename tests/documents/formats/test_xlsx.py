"""Workbooks: strings change; formulas, numbers and formats stay, and what names a sheet or column follows."""

from __future__ import annotations

import io

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.table import Table

from documents.formats.base import FormatError, Mark, Text
from documents.formats.xlsx import Xlsx
from tests.documents.formats.broken import check_broken, packed, parts_of

XLSX = Xlsx()
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"


def book() -> bytes:
    """Two sheets with what a workbook holds, as openpyxl writes it."""
    made = openpyxl.Workbook()
    one = made.active
    assert one is not None
    one.title = "年度"
    one.append(["部门", "名称", "n"])
    one.append(["外交部", "plain", 3])
    one.append(["x", '=A2&"中"', 1.5])
    one["A4"] = CellRichText("重要", TextBlock(InlineFont(b=True), "通知"), "如下\nplain\n完")
    one["B4"].comment = Comment("请核对", "x")
    one.add_table(Table(displayName="T", ref="A1:C3"))
    two = made.create_sheet("Sheet2")
    two["A1"] = "=SUM(年度!C2:C3)+SUM(T[n])+'年度'!C2+COUNTA(T[部门])"
    two["A2"].hyperlink = Hyperlink(ref="A2", location="年度!A1")
    two["A2"] = "回去"
    chart = BarChart()
    chart.title = "图表"
    chart.add_data(Reference(one, min_col=3, min_row=2, max_row=3))
    two.add_chart(chart, "C3")
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


BOOK = book()


def by_hand(shared: str, cells: str, name: str = "S") -> bytes:
    """A workbook of one sheet from the XML of its strings and cells."""
    root = f'<Relationships xmlns="{RELS}"><Relationship Id="r1" Type="{LINKS}/'
    return packed(
        {
            "_rels/.rels": f'{root}officeDocument" Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{LINKS}"><sheets>'
            f'<sheet name="{name}" sheetId="1" r:id="r1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'{root}worksheet" Target="worksheets/sheet1.xml"/>'
            f'<Relationship Id="r2" Type="{LINKS}/sharedStrings" Target="/xl/sharedStrings.xml"/></Relationships>',
            "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{shared}</sst>',
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><sheetData><row r="1">{cells}</row></sheetData>'
            "</worksheet>",
        }
    )


def test_strings_in_the_order_of_sheets_and_cells() -> None:
    assert XLSX.read(BOOK) == [
        Text("年度", (), "name of a sheet"),
        Text("部门", (), "年度!A1"),
        Text("名称", (), "年度!B1"),
        Text("外交部", (), "年度!A2"),
        Text("重要通知如下", (Mark(2, 4, 0),), "年度!A4, line 1"),
        Text("完", (), "年度!A4, line 2"),
        Text("请核对", (), "年度!B4, comment"),
        Text("回去", (), "Sheet2!A2"),
        Text("图表", (), "Sheet2, chart"),
    ]


def test_fill_keeps_formulas_numbers_and_runs() -> None:
    news = ["Year: all/of it", "Name", "name", "MFA", "An important notice", "End", "Check", "Back", "Chart"]
    texts = {number: Text(new) for number, new in enumerate(news)}
    texts[4] = Text(news[4], (Mark(3, 12, 0),))
    filled = openpyxl.load_workbook(io.BytesIO(XLSX.fill(BOOK, texts)), rich_text=True)
    one, two = filled["Year all of it"], filled["Sheet2"]
    # Two columns of a table must differ.
    assert [cell.value for cell in one[1]] == ["Name", "name 2", "n"]
    assert [column.name for column in one.tables["T"].tableColumns] == ["Name", "name 2", "n"]
    assert [[cell.value for cell in row] for row in one["A2:C3"]] == [["MFA", "plain", 3], ["x", '=A2&"中"', 1.5]]
    rich = one["A4"].value
    assert str(rich) == "An important notice\nplain\nEnd"
    assert [str(part) for part in rich if isinstance(part, TextBlock) and part.font.b] == ["important"]
    assert one["B4"].comment.text == "Check"
    assert two["A1"].value == "=SUM('Year all of it'!C2:C3)+SUM(T[n])+'Year all of it'!C2+COUNTA(T[Name])"
    assert two["A2"].value == "Back" and two["A2"].hyperlink.location == "'Year all of it'!A1"
    assert b"Chart" in parts_of(XLSX.fill(BOOK, texts))["xl/charts/chart1.xml"]


def test_only_parts_with_other_strings_change() -> None:
    before, after = parts_of(BOOK), parts_of(XLSX.fill(BOOK, {3: Text("=MFA")}))
    assert [name for name in before if before[name] != after[name]] == ["xl/worksheets/sheet1.xml"]
    assert before.keys() == after.keys()
    assert XLSX.read(XLSX.fill(BOOK, {3: Text("=MFA")})) == [text for text in XLSX.read(BOOK) if text.text != "外交部"]


def test_round_trip() -> None:
    assert XLSX.fill(BOOK, {}) == XLSX.fill(BOOK, dict(enumerate(XLSX.read(BOOK)))) == BOOK


def test_a_string_that_cells_share_is_one_text() -> None:
    cells = "".join(
        f'<c r="{column}1" t="s"><v>{number}</v></c>' for column, number in zip("ABC", (1, 0, 1), strict=True)
    )
    data = by_hand("<si><t>国家</t></si><si><t>部门</t></si>", cells)
    assert [(text.text, text.place) for text in XLSX.read(data)] == [("部门", "S!A1"), ("国家", "S!B1")]
    before, after = parts_of(data), parts_of(XLSX.fill(data, {0: Text("=Ministry")}))
    assert [name for name in before if before[name] != after[name]] == ["xl/sharedStrings.xml"]
    assert b">=Ministry</t></si></sst>" in after["xl/sharedStrings.xml"]


def test_phonetic_escaped_and_inline_strings() -> None:
    shared = (
        "<si><t>unused 未用</t></si><si><t>漢字</t><rPh sb='0' eb='2'><t>かんじ</t></rPh><phoneticPr fontId='1'/></si>"
        "<si><t>一_x000D_二</t></si>"
    )
    cells = (
        '<c r="A1" t="s"><v>1</v></c><c r="B1" t="inlineStr"><is><t>行内</t></is></c><c r="C1" t="s"><v>2</v></c>'
        '<c r="D1" t="str"><f>"算"</f><v>算</v></c><c r="E1" t="s"><v>99</v></c><c r="F1" t="s"><v>x</v></c>'
    )
    data = by_hand(shared, cells)
    assert [text.text for text in XLSX.read(data)] == ["漢字", "行内", "一", "二"]
    filled = parts_of(XLSX.fill(data, {0: Text("kanji_x0041_"), 1: Text("\x01 inline"), 3: Text("two")}))
    strings, sheet = filled["xl/sharedStrings.xml"].decode(), filled["xl/worksheets/sheet1.xml"].decode()
    assert '<si><t xml:space="preserve">kanji_x005F_x0041_</t></si>' in strings
    assert "一_x000D_two</t>" in strings and "未用" in strings
    assert '<is><t xml:space="preserve">  inline</t></is>' in sheet and "<v>算</v>" in sheet


RUNS = st.lists(
    st.tuples(st.sampled_from(["", "<b/>", "<i/>"]), st.text("中国a\n ", min_size=1, max_size=5)), max_size=5
)


@settings(max_examples=50)
@given(RUNS, st.text("English \n", max_size=9), st.integers(-1, 12), st.integers(-1, 12))
def test_any_runs_and_marks(runs: list[tuple[str, str]], english: str, start: int, end: int) -> None:
    shared = "".join(
        f"<r>{f'<rPr>{kind}</rPr>' if kind else ''}<t xml:space='preserve'>{words}</t></r>" for kind, words in runs
    )
    data = by_hand(f"<si>{shared}</si>", '<c r="A1" t="s"><v>0</v></c>')
    texts = XLSX.read(data)
    whole = "".join(words for _, words in runs)
    assert [text.text for text in texts] == [line.strip() for line in whole.split("\n") if set(line) & set("中国")]
    assert XLSX.fill(data, dict(enumerate(texts))) == data
    filled = XLSX.fill(data, {number: Text(english, (Mark(start, end, 0),)) for number in range(len(texts))})
    assert XLSX.read(filled) == []
    read = openpyxl.load_workbook(io.BytesIO(_complete(filled)))["S"]["A1"].value or ""
    expected = "\n".join(
        line.replace(line.strip(), english.replace("\n", " ")) if set(line) & set("中国") else line
        for line in whole.split("\n")
    )
    assert read == expected


def _complete(data: bytes) -> bytes:
    """The package with the list of types that openpyxl asks for."""
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = {name: content.decode() for name, content in parts_of(data).items()}
    types = "".join(
        f'<Override PartName="/xl/{part}" ContentType="{kind}.{what}+xml"/>'
        for part, what in (
            ("workbook.xml", "sheet.main"),
            ("worksheets/sheet1.xml", "worksheet"),
            ("sharedStrings.xml", "sharedStrings"),
        )
    )
    space = "http://schemas.openxmlformats.org/package/2006/content-types"
    return packed(
        {
            "[Content_Types].xml": f'<Types xmlns="{space}"><Default Extension="rels" ContentType="application/vnd.'
            f'openxmlformats-package.relationships+xml"/>{types}</Types>',
            **parts,
        }
    )


def test_what_is_no_workbook_is_refused() -> None:
    with pytest.raises(FormatError, match="lacks its part"):
        XLSX.read(packed({"a": "b"}))
    with pytest.raises(FormatError, match="is no Excel workbook"):
        XLSX.read(packed({"xl/workbook.xml": "<a/>"}))


def test_entities_are_not_resolved() -> None:
    shared = "<si><t>中&x;文</t></si></sst>"
    head = '<!DOCTYPE sst [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    parts = {name: content.decode() for name, content in parts_of(by_hand("", '<c r="A1" t="s"><v>0</v></c>')).items()}
    parts["xl/sharedStrings.xml"] = f'{head}<sst xmlns="{MAIN}">{shared}'
    try:
        assert [text.text for text in XLSX.read(packed(parts))] == ["中文"]
        assert b"root:" not in XLSX.fill(packed(parts), {0: Text("x")})
    except FormatError:
        pass


def test_broken_workbooks() -> None:
    check_broken(XLSX, BOOK, 60)
