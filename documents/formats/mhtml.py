"""Web pages saved as one file (MHTML): the first page in the MIME message; pictures and other parts stay."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import ClassVar

from documents.formats.base import Format, FormatError, Text
from documents.formats.html import fill_page, read_page
from documents.formats.mime import Part, body_raw, encoded_body, parse_message

_CHARSET = re.compile(rb"""(charset\s*=\s*["']?)[\w.:-]+""", re.I)
_PAGES = ("text/html", "application/xhtml+xml")


class Mhtml(Format):
    """Web pages with their pictures in one file."""

    name: ClassVar[str] = "mhtml"
    title: ClassVar[str] = "Saved web page"
    keeps: ClassVar[str] = "the page as in HTML, pictures and all other parts"

    def read(self, data: bytes) -> list[Text]:
        """The texts of the first page. Raises FormatError."""
        part = _page(data)
        return read_page(body_raw(data, part), part.parameter("charset") or None)

    def fill(self, data: bytes, texts: Mapping[int, Text]) -> bytes:
        """The same message with other texts in its first page. Raises FormatError."""
        part = _page(data)
        page = body_raw(data, part)
        written = fill_page(page, texts, part.parameter("charset") or None)
        if written == page:
            return data
        header = data[: part.start]
        if kind := part.field("content-type"):
            told = _CHARSET.sub(rb"\g<1>utf-8", data[kind.start : kind.end])
            header = data[: kind.start] + told + data[kind.end : part.start]
        line_end = "\r\n" if b"\r\n" in data[:10_000] else "\n"
        return header + encoded_body(written, part.encoding, line_end) + data[part.end :]


def _page(data: bytes) -> Part:
    """The first part that is a page."""
    message = parse_message(data)
    page = next((part for part in message.walk() if part.kind in _PAGES), None)
    if page is None and not message.parts:
        raise FormatError("is no saved web page; choose a file with a page in it.")
    if page is None:
        raise FormatError("holds no page; it is damaged, or another kind of file.")
    return page
