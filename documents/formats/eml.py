"""Mails (.eml): the subject, and the lines of the plain text, or of the HTML where there is no plain text."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Mapping
from typing import ClassVar

from documents.formats.base import Format, FormatError, Text
from documents.formats.html import fill_page, read_page
from documents.formats.mime import Part, body_bytes, body_text, header_bytes, header_text, parse_mail
from documents.formats.packed import LARGEST
from documents.formats.strings import one_line, spliced

_LINE = re.compile(r"((?:>[ \t]?)*+)([^\r\n]*)(\r\n|\n|\r|\Z)")
Edit = tuple[int, int, bytes]


@dataclasses.dataclass(frozen=True, slots=True)
class _Line:
    """Words of the body, and where they stand behind the signs of a quotation."""

    start: int
    end: int
    words: str


class Eml(Format):
    """A mail."""

    name: ClassVar[str] = "eml"
    title: ClassVar[str] = "Mail"
    keeps: ClassVar[str] = "all fields of the header, quotations, attachments; a text's HTML twin is left out"

    def read(self, data: bytes) -> list[Text]:
        """The subject, then each line of the text that is not blank."""
        mail = _opened(data)
        subject = _subject(mail)
        texts = [Text(subject, (), "subject")] if subject else []
        part = _text_part(mail)
        if part is None:
            return texts
        words = body_text(data, part)
        if part.kind == "text/html":
            return texts + read_page(words.encode("utf-8", "replace"), "utf-8")
        return texts + [Text(line.words, (), f"line {number}") for number, line in enumerate(_lines(words, part), 1)]

    def fill(self, data: bytes, texts: Mapping[int, Text]) -> bytes:
        """The mail with another subject and other lines, in UTF-8."""
        mail = _opened(data)
        line_end = "\r\n" if b"\r\n" in data[:10_000] else "\n"
        subject = _subject(mail)
        edits: list[Edit] = []
        new = texts.get(0)
        if subject and new is not None and one_line(new.text) != subject:
            field = mail.field("subject")
            assert field is not None
            edits.append((field.start, field.end, header_bytes("Subject", one_line(new.text).strip(), line_end)))
        part = _text_part(mail)
        if part is not None:
            offset = 1 if subject else 0
            inside = {number - offset: text for number, text in texts.items() if number >= offset}
            words = body_text(data, part)
            filled = _filled(words, part, inside)
            if filled != words:
                edits += _body(part, filled, line_end)
                edits += _twins(part)
        out: list[bytes] = []
        at = 0
        for start, end, written in sorted(edits):
            out += (data[at:start], written)
            at = end
        return b"".join((*out, data[at:]))


def _opened(data: bytes) -> Part:
    if len(data) > LARGEST:
        raise FormatError("is larger than is read at once; save its text alone.")
    return parse_mail(data)


def _subject(mail: Part) -> str:
    field = mail.field("subject")
    return header_text(field.value) if field else ""


def _text_part(mail: Part) -> Part | None:
    """The part that a person reads: the first in plain text, else the first in HTML."""
    parts = [
        part
        for part in mail.walk()
        if not part.parts and not part.value("content-disposition").lower().startswith("attachment")
    ]
    for kind in ("text/plain", "text/html"):
        for part in parts:
            if part.kind == kind:
                return part
    return None


def _filled(words: str, part: Part, texts: Mapping[int, Text]) -> str:
    if part.kind == "text/html":
        page = words.encode("utf-8", "replace")
        written = fill_page(page, texts, "utf-8")
        # Bytes that are no text are lost in a page that is written anew, not in one that stays.
        return words if written == page else written.decode("utf-8", "replace")
    edits = []
    for number, line in enumerate(_lines(words, part)):
        new = texts.get(number)
        if new is not None and one_line(new.text) != line.words:
            edits.append((line.start, line.end, one_line(new.text)))
    return spliced(words, edits)


def _lines(words: str, part: Part) -> Iterator[_Line]:
    """The lines that are not blank; those that a mail program broke (format=flowed) as one."""
    is_flowed = part.parameter("format").lower() == "flowed"
    group: list[re.Match[str]] = []
    for row in _LINE.finditer(words):
        if group and row.group(1).strip() != group[-1].group(1).strip():
            yield from _joined(group)
            group = []
        group.append(row)
        if not (is_flowed and row.group(2).endswith(" ") and row.group(2) != "-- "):
            yield from _joined(group)
            group = []
    yield from _joined(group)


def _joined(rows: list[re.Match[str]]) -> Iterator[_Line]:
    full = [(row.start(2), one_line(row.group(2))) for row in rows if one_line(row.group(2)).strip()]
    if not full:
        return
    words = full[0][1].strip()
    for _, line in full[1:]:
        more = line.strip()
        words += " " + more if words[-1].isascii() and more[0].isascii() else more
    (start, first), (end, last) = full[0], full[-1]
    yield _Line(start + len(first) - len(first.lstrip()), end + len(last.rstrip()), words)


def _body(part: Part, words: str, line_end: str) -> Iterator[Edit]:
    """The body in its new encoding, and the fields that say so."""
    body, encoding = body_bytes(words, line_end)
    yield part.start, part.end, body
    fields = {
        "content-type": f'Content-Type: {part.kind}; charset="utf-8"{line_end}',
        "content-transfer-encoding": f"Content-Transfer-Encoding: {encoding}{line_end}",
    }
    if part.parent is None:
        fields["mime-version"] = f"MIME-Version: 1.0{line_end}"
    missing = ""
    for name, written in fields.items():
        field = part.field(name)
        if field is None:
            missing += written
        elif name != "mime-version":
            yield field.start, field.end, written.encode("ascii", "replace")
    if part.start == part.header_end:
        # A part without a header, or one that its body follows at once.
        missing += line_end
    if missing:
        yield part.header_end, part.header_end, missing.encode("ascii", "replace")


def _twins(part: Part) -> Iterator[Edit]:
    """The same text as HTML beside the plain one: it would still be shown, in Chinese."""
    inner, outer = part, part.parent
    while outer is not None:
        if outer.kind == "multipart/alternative":
            for other in outer.parts:
                if other is not inner and any(one.kind == "text/html" for one in other.walk()):
                    yield *other.outer, b""
        inner, outer = outer, outer.parent
