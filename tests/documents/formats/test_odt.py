"""OpenDocument: words change, styles, notes, fields and pictures stay."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from documents.formats.base import FormatError, Mark, Text
from documents.formats.odt import Odt
from tests.documents.formats.broken import check_broken, packed, parts_of

ODT = Odt()
SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "text", "table", "style")
)
SPACES += ' xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:loext="urn:x"'
SPACES += ' xmlns:officeooo="http://openoffice.org/2009/office" xmlns:xlink="http://www.w3.org/1999/xlink"'
STYLE = (
    '<office:automatic-styles><style:style style:name="R" style:family="text"><style:text-properties '
    'officeooo:rsid="1"/></style:style></office:automatic-styles>'
)


def made(body: str, header: str = "", kind: str = "text") -> bytes:
    """A small document with that body and header."""
    return packed(
        {
            "mimetype": f"application/vnd.oasis.opendocument.{kind}",
            "content.xml": f"<office:document-content {SPACES}>{STYLE}<office:body><office:{kind}>{body}</office:{kind}>"
            "</office:body></office:document-content>",
            "styles.xml": f"<office:document-styles {SPACES}><office:master-styles><style:master-page><style:header>"
            f"{header}</style:header></style:master-page></office:master-styles></office:document-styles>",
        }
    )


def filled(data: bytes, texts: dict[int, Text], part: str = "content.xml") -> str:
    """The paragraphs of a filled document, without the declarations of namespaces."""
    root = etree.fromstring(parts_of(ODT.fill(data, texts))[part])
    found = root.iterfind(".//{*}p") if part == "styles.xml" else root.find("{*}body/{*}text")
    plain = "".join(etree.tostring(element, encoding="unicode") for element in found)
    for declaration in SPACES.split(" "):
        plain = plain.replace(f" {declaration}", "")
    return plain


FULL = made(
    "<text:tracked-changes><text:changed-region><text:deletion><text:p>删去</text:p></text:deletion>"
    "</text:changed-region></text:tracked-changes><text:h>标题</text:h><text:p/>"
    '<text:p text:style-name="P1">我们<text:span text:style-name="R">的</text:span> <text:span text:style-name="B">国家'
    "</text:span><text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>注释</text:p></text:note-body>"
    '</text:note>很<text:s text:c="2"/>大<text:line-break/>啊<draw:frame><draw:text-box><text:p>框</text:p></draw:text-box>'
    "</draw:frame></text:p><table:table-cell><text:p>格</text:p></table:table-cell>",
    "<text:p>页眉<text:page-number>1</text:page-number></text:p>",
)


def test_paragraphs_with_marks_and_places() -> None:
    assert ODT.read(FULL) == [
        Text("标题", (), "paragraph 1, heading"),
        Text(
            "我们的 国家很  大 啊",
            (Mark(4, 6, 0), Mark(6, 6, 1), Mark(11, 11, 2), Mark(12, 12, 3)),
            "paragraph 3",
        ),
        Text("注释", (), "paragraph 4, note"),
        Text("框", (), "paragraph 5"),
        Text("格", (), "paragraph 6, table"),
        Text("页眉", (Mark(2, 2, 0),), "paragraph 7, header"),
    ]


def test_fill_sets_marks_and_moves_what_stands_between() -> None:
    english = Text("Our country  is big", (Mark(4, 11, 0), Mark(11, 11, 1)))
    plain = filled(FULL, {0: Text("Title"), 1: english, 2: Text("note"), 3: Text("box")})
    assert "删去" in plain and "<text:h>Title</text:h><text:p/>" in plain
    assert '<text:p text:style-name="P1">Our <text:span text:style-name="B">country</text:span><text:note>' in plain
    assert "<text:p>note</text:p>" in plain and "<text:p>框" not in plain
    assert '<text:s text:c="2"/>is big<text:line-break/><draw:frame><draw:text-box><text:p>box</text:p>' in plain
    assert ODT.read(ODT.fill(FULL, {1: english}))[1].text == "Our country  is big "
    assert (
        filled(FULL, {5: Text("Page")}, "styles.xml") == "<text:p>Page<text:page-number>1</text:page-number></text:p>"
    )


def test_what_all_words_are_set_in_needs_no_mark() -> None:
    body = '<text:p><text:span text:style-name="A">很长的一句</text:span><text:span text:style-name="B">粗</text:span></text:p>'
    assert ODT.read(made(body)) == [Text("很长的一句粗", (Mark(5, 6, 0),), "paragraph 1")]
    assert filled(made(body), {0: Text("long bold", (Mark(5, 9, 0),))}) == (
        '<text:p><text:span text:style-name="A">long </text:span><text:span text:style-name="B">bold</text:span></text:p>'
    )


def test_links_within_spans_and_crossing_marks() -> None:
    body = '<text:p>见<text:a xlink:href="x">国<text:span text:style-name="B">家</text:span></text:a>网</text:p>'
    assert ODT.read(made(body))[0].marks == (Mark(1, 3, 0), Mark(2, 3, 1))
    assert filled(made(body), {0: Text("see abcd", (Mark(4, 6, 0), Mark(5, 8, 1)))}) == (
        '<text:p>see <text:a xlink:href="x">a<text:span text:style-name="B">b</text:span></text:a>'
        '<text:span text:style-name="B">cd</text:span></text:p>'
    )


def test_only_chinese_strings_of_a_spreadsheet() -> None:
    cell = '<table:table-cell office:value-type="{}"{}><text:p>{}</text:p></table:table-cell>'
    body = (
        cell.format("float", "", "三")
        + cell.format("string", ' table:formula="x"', "算")
        + cell.format("string", "", "国")
    )
    assert [text.text for text in ODT.read(made(body + cell.format("string", "", "abc"), kind="spreadsheet"))] == ["国"]


PIECES = st.lists(
    st.sampled_from(
        [
            *(
                "中",
                "国 ",
                " a",
                "\n",
                "<text:s/>",
                "<text:tab/>",
                "<text:line-break/>",
                "<text:bookmark/>",
                "<!--x-->",
            ),
            '<text:span text:style-name="B">粗</text:span>',
            '<text:span text:style-name="R">修</text:span>',
            '<text:a xlink:href="u">链<text:note><text:p>注</text:p></text:note></text:a>',
            "<text:ruby><text:ruby-base>字</text:ruby-base><text:ruby-text>zì</text:ruby-text></text:ruby>",
        ]
    ),
    max_size=6,
)


@settings(max_examples=80)
@given(PIECES, st.text("English  ", max_size=12), st.integers(-1, 13), st.integers(-1, 13))
def test_any_paragraph_and_marks(pieces: list[str], english: str, start: int, end: int) -> None:
    data = made(f"<text:p>{''.join(pieces)}</text:p>")
    texts = ODT.read(data)
    assert ODT.fill(data, dict(enumerate(texts))) == ODT.fill(data, {}) == data
    news = {number: Text(english, (Mark(start, end, 0), Mark(0, 3, 1))) for number in range(len(texts))}
    again = ODT.fill(data, news)
    root = etree.fromstring(parts_of(again)["content.xml"])
    before = etree.fromstring(parts_of(data)["content.xml"])
    for kept in ("tab", "line-break", "bookmark", "note"):
        assert len(list(root.iter(f"{{*}}{kept}"))) == len(list(before.iter(f"{{*}}{kept}")))
    if english.strip() and not {"<text:tab/>", "<text:line-break/>"} & set(pieces):
        assert [text.text for text in ODT.read(again)] == [english] * len(texts)


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        ({"content.xml": "<a/>"}, "no OpenDocument"),
        ({"mimetype": "application/vnd.oasis.opendocument.text"}, "lacks its part"),
        (
            {"mimetype": "application/vnd.oasis.opendocument.text", "META-INF/manifest.xml": "<m:encryption-data/>"},
            "password",
        ),
    ],
)
def test_what_is_no_document_is_refused(parts: dict[str, str], message: str) -> None:
    with pytest.raises(FormatError, match=message):
        ODT.read(packed(parts))


def test_broken_documents() -> None:
    check_broken(ODT, FULL, 80)
