"""CSV and TSV: only cells with Chinese change; dialect, encoding and line ends stay."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.formats.base import Text
from documents.formats.table import Csv
from tests.documents.formats.broken import check_broken

TABLE = 'id,标题,n\r\n1,"国务院, 公报",3\r\n2,外交部,4\r\n3,plain,5\r\n'
CSV = Csv()


def test_cells_with_chinese_are_texts_with_row_and_column() -> None:
    texts = CSV.read(TABLE.encode())
    assert [(text.text, text.place) for text in texts] == [
        ("标题", "row 1, 标题"),
        ("国务院, 公报", "row 2, 标题"),
        ("外交部", "row 3, 标题"),
    ]


def test_fill_quotes_where_it_must_and_leaves_the_rest() -> None:
    filled = CSV.fill(TABLE.encode(), {0: Text("Title"), 1: Text('The "Gazette"'), 2: Text("Foreign, Ministry")})
    assert filled == (b'id,Title,n\r\n1,"The ""Gazette""",3\r\n2,"Foreign, Ministry",4\r\n3,plain,5\r\n')


@pytest.mark.parametrize("first", ["=cmd()", "+1", "-x", "@a"])
def test_a_formula_is_made_text(first: str) -> None:
    assert CSV.fill("a,b\n中文,1\n".encode(), {0: Text(first)}) == f"a,b\n'{first},1\n".encode()


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_delimiter_and_encoding_stay(delimiter: str, encoding: str) -> None:
    rows = ["编号", "标题是什么", "说明"], ["1", "国家发展和改革委员会的报告", "他说：“好，是的”"]
    data = "\n".join(delimiter.join(row) for row in rows).encode(encoding)
    assert [text.text for text in CSV.read(data)] == [*rows[0], *rows[1][1:]]
    assert CSV.fill(data, {4: Text("He said")}) == data.decode(encoding).replace("他说：“好，是的”", "He said").encode(
        encoding
    )


def test_lines_of_a_cell_are_texts_of_their_own() -> None:
    data = '标题,n\n"第一行\nplain\n第三行",2\n'.encode()
    assert [text.place for text in CSV.read(data)] == ["row 1, 标题", "row 2, 标题, line 1", "row 2, 标题, line 2"]
    assert CSV.fill(data, {2: Text("Third")}) == '标题,n\n"第一行\nplain\nThird",2\n'.encode()


def test_a_legacy_encoding_that_lacks_a_letter_becomes_utf_8() -> None:
    data = "編號,標題\n1,中華民國行政院的說明是這樣的\n".encode("big5")
    filled = CSV.fill(data, {2: Text("naïve €𝒳")})
    assert filled.decode("utf-8-sig") == "編號,標題\n1,naïve €𝒳\n"


def test_bytes_that_are_no_text_stay() -> None:
    data = (
        "标题,n\n中文和其他的内容在这里写了很多很多，还有更多的字在后面，这样就够长了吧，再长一点".encode()
        + b",\xff\xfe bad\n"
        + "第二行,1\n".encode()
    )
    assert b",\xff\xfe bad\n" in CSV.fill(data, {2: Text("second")})


@given(st.lists(st.lists(st.text("中文国ab,\"\n'; ", max_size=6), min_size=2, max_size=4), min_size=1, max_size=4))
def test_round_trip_and_same_cells_as_the_csv_module(rows: list[list[str]]) -> None:
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows(rows)
    data = ("国家,国家\r\n" + out.getvalue()).encode()
    texts = CSV.read(data)
    assert CSV.fill(data, dict(enumerate(texts))) == CSV.fill(data, {}) == data
    news = {number: Text("x" * len(text.text)) for number, text in enumerate(texts)}
    filled = list(csv.reader(io.StringIO(CSV.fill(data, news).decode(), newline="")))
    assert [len(row) for row in filled] == [2, *map(len, rows)]
    assert CSV.read(CSV.fill(data, news)) == []


def test_broken_tables() -> None:
    check_broken(CSV, TABLE.encode())
    check_broken(CSV, TABLE.encode("utf-16"))
