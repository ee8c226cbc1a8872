"""OpenDocument files (.odt, .odp, .ods): paragraphs, headings, notes, comments, headers and footers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from lxml import etree

from documents.formats.base import Format, FormatError, Mark, Text
from documents.formats.packed import Package
from documents.formats.strings import HAN, layers, one_line
from documents.formats.xml import parse_xml, xml_bytes

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
# What LibreOffice notes about who wrote which characters: no format that anyone sees.
_REVISIONS = "{http://openoffice.org/2009/office}"
_SPACES = re.compile("[ \t\r\n]+")
_WIDE_SPACES = re.compile(" {2,}|^ | $")
_MOST_SPACES = 200
_PLACES = {
    f"{_TEXT}note-body": "note",
    f"{_OFFICE}annotation": "comment",
    f"{_STYLE}header": "header",
    f"{_STYLE}footer": "footer",
    f"{_TABLE}table-cell": "table",
}


class Odt(Format):
    """An OpenDocument text, presentation or spreadsheet."""

    name: ClassVar[str] = "odt"
    title: ClassVar[str] = "OpenDocument file"
    keeps: ClassVar[str] = "styles, links, notes, comments, tables, pictures, headers, tracked changes"

    def read(self, data: bytes) -> list[Text]:
        """The paragraphs and headings in the order of the file, then those of headers and footers."""
        texts = []
        for number, (_, paragraph, only_chinese, plain) in enumerate(_paragraphs(_opened(data)), 1):
            text = _Paragraph(paragraph, plain).text(_place(paragraph, number))
            if _is_text(text, only_chinese):
                texts.append(text)
        return texts

    def fill(self, data: bytes, texts: Mapping[int, Text]) -> bytes:
        """The file with other words in its paragraphs."""
        package = _opened(data)
        changed: dict[str, Any] = {}
        number = 0
        for part, element, only_chinese, plain in _paragraphs(package):
            paragraph = _Paragraph(element, plain)
            old = paragraph.text("")
            if _is_text(old, only_chinese):
                new = texts.get(number)
                number += 1
                if new is not None and one_line(new.text) != old.text:
                    paragraph.write(new, old)
                    changed[part] = element.getroottree()
        if not changed:
            return data
        try:
            return package.replaced({part: xml_bytes(tree) for part, tree in changed.items()})
        except (ValueError, LookupError, etree.LxmlError):
            raise FormatError("cannot be written back; save it anew in LibreOffice.") from None


def _is_text(text: Text, only_chinese: bool) -> bool:
    return HAN.search(text.text) is not None if only_chinese else bool(text.text.strip())


def _opened(data: bytes) -> Package:
    package = Package(data)
    kind = package.read("mimetype")[:100] if package.has("mimetype") else b""
    if not kind.startswith(b"application/vnd.oasis.opendocument"):
        raise FormatError("is no OpenDocument file; save it as one.")
    manifest = "META-INF/manifest.xml"
    if package.has(manifest) and b"encryption-data" in package.read(manifest):
        raise FormatError("is protected with a password; save it without one.")
    return package


def _paragraphs(package: Package) -> Iterator[tuple[str, Any, bool, frozenset[str]]]:
    """Each paragraph with its part, whether only Chinese ones count there, and the names of styles that show nothing."""
    for part, inside in (("content.xml", "body"), ("styles.xml", "master-styles")):
        if part == "styles.xml" and not package.has(part):
            continue
        root = parse_xml(package.read(part)).getroot()
        plain = frozenset(_plain_styles(root))
        for top in root.iterfind(f"{_OFFICE}{inside}"):
            is_sheet = top.find(f"{_OFFICE}spreadsheet") is not None
            # The whole list first: writing moves elements.
            for element in list(top.iter(f"{_TEXT}p", f"{_TEXT}h")):
                if not any(up.tag == f"{_TEXT}tracked-changes" for up in element.iterancestors()) and _is_free(element):
                    yield part, element, is_sheet, plain


def _is_free(element: Any) -> bool:
    """Whether a paragraph is no more than words: a cell shows its number, date or formula in one, too."""
    cell = element.getparent()
    if cell is None or cell.tag != f"{_TABLE}table-cell":
        return True
    return cell.get(f"{_OFFICE}value-type", "string") == "string" and cell.get(f"{_TABLE}formula") is None


def _plain_styles(root: Any) -> Iterator[str]:
    for style in root.iterfind(f"{_OFFICE}automatic-styles/{_STYLE}style[@{_STYLE}family='text']"):
        properties = [name for inner in style for name in inner.attrib]
        if style.get(f"{_STYLE}parent-style-name") is None and all(name.startswith(_REVISIONS) for name in properties):
            yield style.get(f"{_STYLE}name", "")


def _place(element: Any, number: int) -> str:
    kind = next((_PLACES[up.tag] for up in element.iterancestors() if up.tag in _PLACES), "")
    if not kind and element.tag == f"{_TEXT}h":
        kind = "heading"
    return f"paragraph {number}" + (f", {kind}" if kind else "")


class _Paragraph:
    """A paragraph as words with marks: spans and links enclose words; all else stands between them and is moved whole."""

    def __init__(self, element: Any, plain: frozenset[str]) -> None:
        self._element = element
        self._plain = plain
        self._words: list[str] = []
        self._length = 0
        self._after_space = True
        self._marks: list[Mark] = []
        self._elements: list[Any] = []
        self._outer: set[int] = set()
        self._base = self._usual()
        self._walk(element, is_outer=True)

    def text(self, place: str) -> Text:
        """The words, with their marks in the order of the file."""
        marks = tuple(sorted(self._marks, key=lambda mark: mark.code))
        return Text(one_line("".join(self._words)), marks, place)

    def _is_plain(self, element: Any) -> bool:
        return element.tag == f"{_TEXT}span" and element.get(f"{_TEXT}style-name", "") in self._plain

    def _usual(self) -> dict[str, str] | None:
        """The attributes of the spans that most words stand in, if all stand in spans: these need no marks."""
        words = Counter[tuple[tuple[str, str], ...]]()
        for child in self._element:
            if (child.tail or "").strip():
                return None
            if child.tag == f"{_TEXT}span" and not self._is_plain(child):
                words[tuple(child.attrib.items())] += sum(len(part) for part in child.itertext(etree.Element))
            elif self._is_plain(child) or child.tag == f"{_TEXT}a":
                return None
        if not words or (self._element.text or "").strip():
            return None
        return dict(words.most_common(1)[0][0])

    def _walk(self, element: Any, is_outer: bool) -> None:
        self._add(element.text)
        for child in element:
            tag = child.tag
            if tag == f"{_TEXT}s":
                count = child.get(f"{_TEXT}c", "1")
                self._put(" " * (min(int(count), _MOST_SPACES) if re.fullmatch("[0-9]{1,6}", count) else 1))
            elif tag in (f"{_TEXT}tab", f"{_TEXT}line-break"):
                self._put(" ")
                self._point(child)
            elif tag in (f"{_TEXT}ruby", f"{_TEXT}ruby-base", f"{_TEXT}meta") or self._is_plain(child):
                self._walk(child, is_outer)
            elif tag == f"{_TEXT}span" and is_outer and self._base == dict(child.attrib):
                self._walk(child, is_outer=False)
            elif tag in (f"{_TEXT}span", f"{_TEXT}a"):
                self._enclosing(child, is_outer)
            elif tag != f"{_TEXT}ruby-text":
                self._point(child)
            self._add(child.tail)

    def _enclosing(self, child: Any, is_outer: bool) -> None:
        code, start = len(self._elements), self._length
        self._elements.append(child)
        if is_outer:
            self._outer.add(code)
        self._walk(child, is_outer=False)
        # One without words encloses nothing that could be set; what stands in it is kept by itself.
        if self._length > start:
            self._marks.append(Mark(start, self._length, code))

    def _point(self, child: Any) -> None:
        self._marks.append(Mark(self._length, self._length, len(self._elements)))
        self._elements.append(child)

    def _add(self, words: str | None) -> None:
        """Characters of the file: white space is one space, and none at the beginning or behind another."""
        shown = _SPACES.sub(" ", words or "")
        if self._after_space:
            shown = shown.removeprefix(" ")
        self._put(shown)

    def _put(self, words: str) -> None:
        if words:
            self._words.append(words)
            self._length += len(words)
            self._after_space = words.endswith(" ")

    def write(self, new: Text, old: Text) -> None:
        """Put the new words in place of the old ones."""
        pieces = list(layers(new, old))
        element = self._element
        element.text = None
        for child in list(element):
            element.remove(child)
        open_codes: list[int] = []
        parents = [element]
        after_space = True
        last = max((number for number, (words, _) in enumerate(pieces) if words), default=0)
        for number, (words, codes) in enumerate(pieces):
            wanted = [*codes] if words else [*codes[:-1]]
            if words and self._base is not None and not self._outer.intersection(codes):
                wanted.insert(0, -1)
            same = 0
            while same < min(len(wanted), len(open_codes)) and wanted[same] == open_codes[same]:
                same += 1
            del parents[same + 1 :]
            open_codes = wanted
            for code in wanted[same:]:
                parents.append(self._opened(parents[-1], code))
            if words:
                _append(parents[-1], words, after_space, number == last)
                after_space = words.endswith(" ")
            else:
                moved = self._elements[codes[-1]]
                moved.tail = None
                parents[-1].append(moved)

    def _opened(self, parent: Any, code: int) -> Any:
        if code < 0:
            return etree.SubElement(parent, f"{_TEXT}span", self._base)
        like = self._elements[code]
        return etree.SubElement(parent, like.tag, dict(like.attrib), like.nsmap)


def _append(parent: Any, words: str, after_space: bool, is_last: bool) -> None:
    """Add words to an element; spaces that would be taken for one, or for none, as elements."""
    at = 0
    for hit in _WIDE_SPACES.finditer(words):
        count = hit.end() - hit.start()
        if count == 1 and not (after_space and hit.start() == 0) and not (is_last and hit.end() == len(words)):
            continue
        _append_plain(parent, words[at : hit.start()])
        etree.SubElement(parent, f"{_TEXT}s", {f"{_TEXT}c": str(count)})
        at = hit.end()
    _append_plain(parent, words[at:])


def _append_plain(parent: Any, words: str) -> None:
    if not words:
        return
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + words
    else:
        parent.text = (parent.text or "") + words
