"""gettext catalogues: msgstr is written, everything else stays to the byte."""

from __future__ import annotations

import io

import pytest
from babel.messages import pofile
from hypothesis import given
from hypothesis import strategies as st

from documents.formats.base import FormatError, Text
from documents.formats.po import Po
from tests.documents.formats.broken import check_broken

HEADER = (
    'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Plural-Forms: nplurals=2; plural=(n!=1);\\n"\n'
)
GOOD = (
    f"# 译者\n{HEADER}\n"
    '#. 注释\n#: app.py:3\n#, python-format\nmsgctxt "菜单"\nmsgid "打开 %s"\nmsgstr ""\n\n'
    '#| msgid "旧"\nmsgid ""\n"第一行\\n"\n"第\\"二\\"行\\n"\nmsgstr ""\n\n'
    'msgid "一个文件"\nmsgid_plural "%d 个文件"\nmsgstr[0] ""\nmsgstr[1] ""\n\n'
    'msgid "已译"\nmsgstr "Done"\n\n#, fuzzy\nmsgid "待查"\nmsgstr "Maybe"\n\n#~ msgid "废"\n#~ msgstr ""\n'
)
PO = Po()


def test_what_nobody_translated_is_read() -> None:
    assert [text.text for text in PO.read(GOOD.encode())] == [
        "打开 %s",
        "第一行",
        '第"二"行',
        "一个文件",
        "%d 个文件",
        "待查",
    ]
    assert PO.read(GOOD.encode())[0].place == "line 10, 菜单"


def test_fill_writes_msgstr_and_says_that_a_machine_did() -> None:
    news = ["Open %s", "First", 'The "second"', "One file", "%d files", "Check"]
    filled = PO.fill(GOOD.encode(), {number: Text(new) for number, new in enumerate(news)}).decode()
    expected = (
        GOOD.replace("#, python-format", "#, fuzzy, python-format")
        .replace('打开 %s"\nmsgstr ""', '打开 %s"\nmsgstr "Open %s"')
        .replace("#| msgid", "#, fuzzy\n#| msgid")
        .replace('行\\n"\nmsgstr ""', '行\\n"\nmsgstr ""\n"First\\n"\n"The \\"second\\"\\n"')
        .replace('msgid "一个', '#, fuzzy\nmsgid "一个')
        .replace('[0] ""', '[0] "One file"')
        .replace('[1] ""', '[1] "%d files"')
        .replace('"Maybe"', '"Check"')
    )
    assert filled == expected
    catalogue = pofile.read_po(io.BytesIO(filled.encode()))
    plural = catalogue.get("一个文件")
    assert plural is not None and plural.string == ("One file", "%d files") and plural.fuzzy


def test_one_entry_leaves_the_others() -> None:
    filled = PO.fill(GOOD.encode(), {5: Text("Check")}).decode()
    assert filled == GOOD.replace('"Maybe"', '"Check"')


def test_an_encoding_that_lacks_a_letter_becomes_utf_8_and_says_so() -> None:
    data = GOOD.replace("UTF-8", "GB2312").encode("gb2312")
    assert PO.read(data)[0].text == "打开 %s"
    assert b"charset=GB2312" in PO.fill(data, {0: Text("Open")})
    filled = PO.fill(data, {0: Text("Öffne")})
    assert "Öffne" in filled.decode() and b"charset=UTF-8" in filled


@given(st.lists(st.text('中国a%"\\\n\t', min_size=1, max_size=8), max_size=4, unique=True))
def test_round_trip_and_babel_reads_it(messages: list[str]) -> None:
    quoted = [m.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t") for m in messages]
    data = "\n".join([HEADER, *(f'msgid "{m}"\nmsgstr ""\n' for m in quoted)]).encode()
    texts = PO.read(data)
    assert PO.fill(data, dict(enumerate(texts))) == PO.fill(data, {}) == data
    filled = PO.fill(data, {number: Text('E"\\') for number in range(len(texts))})
    read = pofile.read_po(io.BytesIO(filled))
    for message in messages:
        found = read.get(message)
        assert found is not None
        assert bool(found.string) == any(char >= "\u4e00" for char in message)
        assert str(found.string).count("\n") in (0, message.count("\n"))


@pytest.mark.parametrize("data", [b"", b"plain text\n", b'"lone string"\n', b"# only a comment\n"])
def test_what_is_no_catalogue_is_refused(data: bytes) -> None:
    with pytest.raises(FormatError, match=r"catalogue|keyword"):
        PO.read(data)


def test_broken_catalogues() -> None:
    check_broken(PO, GOOD.encode())
    check_broken(PO, GOOD.replace("UTF-8", "GB2312").encode("gb2312"))
