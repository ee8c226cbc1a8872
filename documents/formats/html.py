"""HTML pages: texts of block elements and of attributes that people read; tags and all else stay as they were typed."""

from __future__ import annotations

import bisect
import codecs
import re
from collections.abc import Mapping
from typing import ClassVar

from documents.encoding import EncodingError, decode
from documents.formats.base import Format, FormatError, Text
from documents.formats.escapes import escaped
from documents.formats.markup import Scan, scan
from documents.formats.spans import changed, rendered

_BOMS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_DECLARED = re.compile(
    rb"""(?:<meta\b[^>]{0,400}?charset|<\?xml\b[^>]{0,200}?encoding)\s*=\s*["']?\s*([\w.:-]{1,40})""", re.I
)
_SEARCHED = 4096
_CHINESE = {"gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "gb_2312-80": "gb18030", "cp936": "gb18030"}
# The encodings of pages. Western ones are left out: servers and editors declare them for whatever a page holds.
_CODECS = re.compile("utf-8|gb18030|big5hkscs|hz|shift_jis|cp932|euc_jp|euc_kr|cp949|koi8-[ru]|cp125[013-8]")
_XHTML = re.compile(r"\A\s*<\?xml\b|<html\b[^<>]{0,1000}\bxmlns\s*=", re.I)


def page_source(data: bytes, charset: str | None = None) -> str:
    """The source of a page, by its mark, the encoding declared for it or in it where it fits, or by what it holds.

    Raises FormatError for bytes that are no text.
    """
    named = _DECLARED.search(data[:_SEARCHED])
    codec = _codec(charset or (named[1].decode("ascii", "replace") if named else ""))
    try:
        if data.startswith(_BOMS):
            return decode(data).text
        if codec and data.count(0) * 100 <= len(data):
            for tried in ("utf-8", codec, *(("cp950",) if codec == "big5hkscs" else ())):
                try:
                    return data.decode(tried)
                except UnicodeError:
                    continue
        found = decode(data)
        if codec and found.lost_bytes:
            text = data.decode(codec, "replace")
            return text if text.count("\ufffd") < found.lost_bytes else found.text
    except EncodingError:
        raise FormatError("holds no text that can be read; it is damaged, or another kind of file.") from None
    return found.text


def _codec(name: str) -> str:
    """The Python codec for a declared encoding, "" where it is none or says nothing."""
    name = name.lower()
    if name.startswith("big5"):
        return "big5hkscs"
    try:
        info = codecs.lookup(_CHINESE.get(name, name))
    except (LookupError, ValueError):
        return ""
    return info.name if _CODECS.fullmatch(info.name) else ""


def is_xhtml(source: str) -> bool:
    """Whether a page is written as XML, where any element may be closed in its start tag."""
    return _XHTML.search(source[:_SEARCHED]) is not None


def filled_page(source: str, found: Scan, texts: Mapping[int, Text]) -> str:
    """The source with other texts in it, by their number, its language set to English and its encoding to UTF-8."""
    new = changed(found.segments, texts)
    edits = [*found.languages, *((a, b, "utf-8") for a, b in found.charsets)]
    edits += [
        (found.segments[n].start, found.segments[n].end, f'"{escaped(text.text)}"')
        for n, text in new.items()
        if found.segments[n].attribute
    ]
    edits.sort()
    starts = [edit[0] for edit in edits]

    def write(start: int, end: int) -> str:
        pieces = []
        for a, b, other in edits[bisect.bisect_left(starts, start) : bisect.bisect_left(starts, end)]:
            pieces += [source[start:a], other]
            start = b
        return "".join([*pieces, source[start:end]])

    out: list[str] = []
    pos = 0
    for number in sorted(new):
        segment = found.segments[number]
        if not segment.attribute:
            out.append(write(pos, segment.start))
            out += rendered(new[number], segment.sources, write, lambda text, a, b: escaped(text[a:b]))
            pos = segment.end
    out.append(write(pos, len(source)))
    return "".join(out)


def read_page(data: bytes, charset: str | None = None) -> list[Text]:
    """The texts of a page. Raises FormatError."""
    source = page_source(data, charset)
    return [segment.text for segment in scan(source, is_xhtml(source)).segments]


def fill_page(data: bytes, texts: Mapping[int, Text], charset: str | None = None) -> bytes:
    """The page with other texts, in UTF-8; the same bytes if nothing changes. Raises FormatError."""
    source = page_source(data, charset)
    found = scan(source, is_xhtml(source))
    if not changed(found.segments, texts):
        return data
    marked = data.startswith(_BOMS) or not (found.charsets or charset or is_xhtml(source))
    written = filled_page(source, found, texts).removeprefix("\ufeff").encode("utf-8", "replace")
    return (codecs.BOM_UTF8 if marked else b"") + written


class Html(Format):
    """HTML and XHTML pages."""

    name: ClassVar[str] = "html"
    title: ClassVar[str] = "Web page"
    keeps: ClassVar[str] = "every tag, attribute, script, style and comment"

    def read(self, data: bytes) -> list[Text]:
        """Texts of block elements, and of attributes that people read. Raises FormatError."""
        return read_page(data)

    def fill(self, data: bytes, texts: Mapping[int, Text]) -> bytes:
        """The page in UTF-8 with other texts. Raises FormatError."""
        return fill_page(data, texts)
