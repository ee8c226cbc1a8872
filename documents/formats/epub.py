"""EPUB books: the chapters in reading order, their titles in the tables of contents, and the title of the book."""

from __future__ import annotations

import posixpath
import urllib.parse
from collections.abc import Mapping
from typing import ClassVar

from lxml import etree

from documents.formats.base import Format, FormatError, Text
from documents.formats.escapes import LINE_END, one_line
from documents.formats.html import fill_page, read_page
from documents.formats.packed import Package
from documents.formats.xml import parse_xml, xml_bytes

_CONTAINER, _ENCRYPTION = "META-INF/container.xml", "META-INF/encryption.xml"
_OPF = "{http://www.idpf.org/2007/opf}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_NCX = "{http://www.daisy.org/z3986/2005/ncx/}"
_PAGES = ("application/xhtml+xml", "text/html", "application/x-dtbook+xml")
_NCX_TYPE = "application/x-dtbncx+xml"
# Fonts are hidden in books that anyone may read; anything else that is encrypted is protection.
_FONTS = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")


class Epub(Format):
    """Electronic books."""

    name: ClassVar[str] = "epub"
    title: ClassVar[str] = "EPUB book"
    keeps: ClassVar[str] = "chapters, tables of contents, styles, pictures and fonts"

    def read(self, data: bytes) -> list[Text]:
        """The title, the chapters in reading order, then the tables of contents. Raises FormatError."""
        package = Package(data)
        texts: list[Text] = []
        for name, kind in _parts(package):
            texts += _read_part(package.read(name), kind)
        return texts

    def fill(self, data: bytes, texts: Mapping[int, Text]) -> bytes:
        """The same book with other texts; its language is English if any text changed. Raises FormatError."""
        package = Package(data)
        changed: dict[str, bytes] = {}
        first = 0
        parts = _parts(package)
        for name, kind in parts:
            part = package.read(name)
            read = _read_part(part, kind)
            given = ((n, old, texts.get(first + n, old)) for n, old in enumerate(read))
            new = {n: text for n, old, text in given if (text.text, text.marks) != (old.text, old.marks)}
            first += len(read)
            if new:
                changed[name] = fill_page(part, new) if kind == "page" else _fill_titles(part, kind, new)
        if not changed:
            return data
        book = parts[0][0]
        tree = parse_xml(changed.get(book) or package.read(book))
        for language in tree.iter(_DC + "language"):
            language.text = "en"
        changed[book] = xml_bytes(tree)
        return package.replaced(changed)


def _parts(package: Package) -> list[tuple[str, str]]:
    """The parts with texts, in reading order, each with its kind: "book", "page" or "contents"."""
    if package.has(_ENCRYPTION):
        methods = parse_xml(package.read(_ENCRYPTION)).iter("{*}EncryptionMethod")
        if any(method.get("Algorithm") not in _FONTS for method in methods):
            raise FormatError("is protected against copying; get it without protection.")
    rootfile = next(parse_xml(package.read(_CONTAINER)).iter("{*}rootfile"), None)
    book = rootfile.get("full-path") if rootfile is not None else None
    if not book:
        raise FormatError("names no book within; it is damaged, or another kind of file.")
    tree = parse_xml(package.read(book))
    items: dict[str, tuple[str, str, str]] = {}
    for item in tree.iter(_OPF + "item"):
        href = urllib.parse.unquote((item.get("href") or "").partition("#")[0])
        path = posixpath.normpath(posixpath.join(posixpath.dirname(book), href))
        items[item.get("id") or ""] = (path, item.get("media-type") or "", item.get("properties") or "")
    parts = {book: "book"}
    for reference in tree.iter(_OPF + "itemref"):
        path, kind, _ = items.get(reference.get("idref") or "", ("", "", ""))
        if kind in _PAGES and package.has(path):
            parts.setdefault(path, "page")
    for path, kind, properties in items.values():
        if package.has(path) and (kind == _NCX_TYPE or "nav" in properties.split()):
            parts.setdefault(path, "contents" if kind == _NCX_TYPE else "page")
    return list(parts.items())


def _read_part(part: bytes, kind: str) -> list[Text]:
    if kind == "page":
        return read_page(part)
    return [Text(_line(element), (), "title") for element in _titles(parse_xml(part), kind)]


def _titles(tree: etree._ElementTree, kind: str) -> list[etree._Element]:
    """The elements that hold titles: of the book, or of chapters in its table of contents."""
    wanted = [_DC + "title"] if kind == "book" else [_NCX + "text"]
    return [element for element in tree.iter(*wanted) if _line(element)]


def _line(element: etree._Element) -> str:
    return one_line(element.text or "").strip()


def _fill_titles(part: bytes, kind: str, texts: Mapping[int, Text]) -> bytes:
    tree = parse_xml(part)
    titles = _titles(tree, kind)
    for number, text in texts.items():
        titles[number].text = "".join(c for c in LINE_END.sub(" ", text.text) if c.isprintable()) or " "
    return xml_bytes(tree)
