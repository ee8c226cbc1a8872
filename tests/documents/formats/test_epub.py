"""EPUB: reading order, titles in tables of contents, what stays, protection and hostile packages."""

from __future__ import annotations

import io
import random
import zipfile

import pytest

from documents.formats.base import FormatError, Text
from documents.formats.epub import Epub

CONTAINER = '<?xml version="1.0"?><container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles><rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
OPF = """<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:title>书名</dc:title><dc:language>zh</dc:language></metadata><manifest>
<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>
<item id="b" href="text/%E4%BA%8C.xhtml" media-type="application/xhtml+xml"/>
<item id="a" href="text/1.xhtml" media-type="application/xhtml+xml"/>
<item id="gone" href="../../etc/passwd" media-type="application/xhtml+xml"/>
</manifest><spine toc="ncx"><itemref idref="a"/><itemref idref="b"/><itemref idref="gone"/></spine></package>"""
PAGE = '<?xml version="1.0" encoding="utf-8"?>\n<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="zh"><head><title/><script src="x"/></head>\n<body><p>%s</p></body></html>'
NCX = '<?xml version="1.0"?><ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap><navPoint><navLabel><text>目录一</text></navLabel><content src="text/1.xhtml"/></navPoint></navMap></ncx>'
PARTS = {
    "mimetype": "application/epub+zip",
    "META-INF/container.xml": CONTAINER,
    "OEBPS/book.opf": OPF,
    "OEBPS/nav.xhtml": PAGE.replace('<?xml version="1.0" encoding="utf-8"?>', "<!DOCTYPE html>") % "目录",
    "OEBPS/toc.ncx": NCX,
    "OEBPS/text/二.xhtml": PAGE % "第二章",
    "OEBPS/text/1.xhtml": PAGE % "第一章<b>重</b>点",
    "OEBPS/font.otf": "font",
}


def packed(**others: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name, part in (PARTS | others).items():
            file.writestr(name, part, zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED)
    return out.getvalue()


def parts(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {name: file.read(name).decode() for name in file.namelist()}


def test_texts_stand_in_the_order_of_the_spine() -> None:
    assert [text.text for text in Epub().read(packed())] == ["书名", "第一章重点", "第二章", "目录", "目录一"]


def test_fill_changes_texts_and_language_only() -> None:
    data = packed()
    old = Epub().read(data)
    new = {0: Text("Book & <title>"), 1: Text("Chapter", old[1].marks), 4: Text("One\x00\nmore")}
    written = Epub().fill(data, new)
    assert [text.text for text in Epub().read(written)] == ["Book & <title>", "Chapter", "第二章", "目录", "One more"]
    after = parts(written)
    assert list(after) == list(PARTS)
    assert {name for name in after if after[name] != PARTS[name]} == {
        "OEBPS/book.opf", "OEBPS/toc.ncx", "OEBPS/text/1.xhtml",
    }  # fmt: skip
    assert "<dc:language>en</dc:language>" in after["OEBPS/book.opf"]
    expected = (PAGE % "Cha<b>p</b>ter").replace('xml:lang="zh"', 'xml:lang="en"')
    assert after["OEBPS/text/1.xhtml"] == expected
    first = zipfile.ZipFile(io.BytesIO(written)).infolist()[0]
    assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)


def test_unchanged_texts_give_the_same_bytes() -> None:
    data = packed()
    assert Epub().fill(data, {}) == data
    bare = {number: Text(text.text, text.marks) for number, text in enumerate(Epub().read(data))}
    assert Epub().fill(data, bare) == data


@pytest.mark.parametrize(
    ("method", "protected"),
    [("http://www.idpf.org/2008/embedding", False), ("http://www.w3.org/2001/04/xmlenc#aes128-cbc", True)],
)
def test_protected_books_are_refused_and_hidden_fonts_are_not(method: str, protected: bool) -> None:
    encryption = f'<encryption xmlns:e="http://www.w3.org/2001/04/xmlenc#"><e:EncryptedData><e:EncryptionMethod Algorithm="{method}"/></e:EncryptedData></encryption>'
    data = packed(**{"META-INF/encryption.xml": encryption})
    if protected:
        with pytest.raises(FormatError, match="protected"):
            Epub().read(data)
    else:
        assert len(Epub().read(data)) == 5


def test_entities_in_a_book_are_never_resolved() -> None:
    entity = NCX.replace("<ncx", '<!DOCTYPE ncx [<!ENTITY x SYSTEM "file:///etc/passwd">]><ncx').replace(
        "目录一", "甲&x;"
    )
    assert all("root" not in text.text for text in Epub().read(packed(**{"OEBPS/toc.ncx": entity})))


@pytest.mark.parametrize("name", ["META-INF/container.xml", "OEBPS/book.opf", "OEBPS/text/1.xhtml", "OEBPS/toc.ncx"])
def test_damaged_parts_raise_format_errors_only(name: str) -> None:
    chance = random.Random(3)
    part = PARTS[name]
    for at in range(0, len(part), 9):
        for broken in (part[:at], part[:at] + chance.choice("<>&\"'中") + part[at + 1 :]):
            attempt(packed(**{name: broken}))


def test_damaged_packages_raise_format_errors_only() -> None:
    data = packed()
    chance = random.Random(3)
    for at in range(0, len(data), 31):
        attempt(data[:at])
    for _ in range(300):
        flipped = bytearray(data)
        for _ in range(chance.randrange(1, 6)):
            flipped[chance.randrange(len(flipped))] = chance.randrange(256)
        attempt(bytes(flipped))
    for _ in range(50):
        with pytest.raises(FormatError):
            Epub().read(chance.randbytes(200))


def attempt(data: bytes) -> None:
    try:
        Epub().fill(data, {number: Text("x") for number in range(len(Epub().read(data)))})
    except FormatError as error:
        assert str(error).endswith(".")
