"""Web pages saved as one file (MHTML): the first page in the MIME message; pictures and other parts stay."""

from __future__ import annotations

import base64
import binascii
import quopri
import re
from collections.abc import Mapping
from typing import ClassVar

from documents.formats.base import Format, FormatError, Text
from documents.formats.html import fill_page, read_page

_HEADER_END = re.compile(rb"\r?\n\r?\n")
_FIELD = rb"^%s[ \t]*:[ \t]*((?:[^\r\n]|\r?\n[ \t])*)"
_BOUNDARY = re.compile(rb"""boundary\s*=\s*(?:"([^"]{1,200})"|([^\s;"]{1,200}))""", re.I)
_CHARSET = re.compile(rb"""(charset\s*=\s*["']?)([\w.:-]+)""", re.I)
_MOST_HEADER = 65_536


class Mhtml(Format):
    """Web pages with their pictures in one file."""

    name: ClassVar[str] = "mhtml"
    title: ClassVar[str] = "Saved web page"
    keeps: ClassVar[str] = "the page as in HTML, pictures and all other parts"

    def read(self, data: bytes) -> list[Text]:
        """The texts of the first page. Raises FormatError."""
        header, body = _page(data)
        return read_page(_decoded(data, header, body), _charset(data[slice(*header)]))

    def fill(self, data: bytes, texts: Mapping[int, Text]) -> bytes:
        """The same message with other texts in its first page. Raises FormatError."""
        header, body = _page(data)
        page = _decoded(data, header, body)
        fields = data[slice(*header)]
        written = fill_page(page, texts, _charset(fields))
        if written == page:
            return data
        fields = _CHARSET.sub(rb"\g<1>utf-8", fields)
        encoding = _field(fields, b"content-transfer-encoding").lower()
        if encoding == b"base64":
            written = base64.encodebytes(written).replace(b"\n", b"\r\n")
        elif encoding == b"quoted-printable":
            written = quopri.encodestring(written.replace(b"\r\n", b"\n")).replace(b"\n", b"\r\n")
        line_end = b"" if written.endswith(b"\n") else b"\r\n"
        return data[: header[0]] + fields + data[header[1] : body[0]] + written + line_end + data[body[1] :]


def _page(data: bytes) -> tuple[tuple[int, int], tuple[int, int]]:
    """Where the header and the body of the first HTML part stand."""
    header, body = _header(data, 0, len(data))
    fields = data[slice(*header)]
    kind = _field(fields, b"content-type").lower()
    if kind.startswith((b"text/html", b"application/xhtml+xml")):
        return header, (body, len(data))
    boundary = _BOUNDARY.search(_field(fields, b"content-type"))
    if not kind.startswith(b"multipart/") or boundary is None:
        raise FormatError("is no saved web page; choose a file with a page in it.")
    # Any boundary of an inner multipart begins the same way as far as a line with two hyphens goes.
    marker = b"--" + (boundary[1] or boundary[2])
    start = data.find(marker, body)
    while start >= 0:
        following = data.find(b"\n" + marker, start)
        end = len(data) if following < 0 else following + 1
        line = data.find(b"\n", start, end)
        if line >= 0:
            header, body = _header(data, line + 1, end)
            kind = _field(data[slice(*header)], b"content-type").lower()
            if kind.startswith((b"text/html", b"application/xhtml+xml")):
                return header, (body, end)
            inner = _BOUNDARY.search(_field(data[slice(*header)], b"content-type"))
            if kind.startswith(b"multipart/") and inner is not None:
                marker = b"--" + (inner[1] or inner[2])
                following = data.find(marker, body) - 1
        start = following + 1 if following >= 0 else -1
    raise FormatError("holds no page; it is damaged, or another kind of file.")


def _header(data: bytes, start: int, end: int) -> tuple[tuple[int, int], int]:
    """Where the header that begins at `start` stands, and where its body begins."""
    blank = _HEADER_END.search(data, start, min(end, start + _MOST_HEADER))
    if blank is None:
        return (start, start), end
    return (start, blank.start()), blank.end()


def _field(fields: bytes, name: bytes) -> bytes:
    match = re.search(_FIELD % name, fields, re.I | re.M)
    return match[1].strip() if match else b""


def _charset(fields: bytes) -> str | None:
    match = _CHARSET.search(_field(fields, b"content-type"))
    return match[2].decode("ascii", "replace") if match else None


def _decoded(data: bytes, header: tuple[int, int], body: tuple[int, int]) -> bytes:
    encoding = _field(data[slice(*header)], b"content-transfer-encoding").lower()
    part = data[slice(*body)]
    try:
        if encoding == b"base64":
            return base64.b64decode(part)
        return quopri.decodestring(part) if encoding == b"quoted-printable" else part
    except (binascii.Error, ValueError):
        raise FormatError("is damaged or cut short; get it again.") from None
