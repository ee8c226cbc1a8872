"""The parts of a mail, or of a saved web page, by where they stand in its bytes: what is not touched stays to the byte."""

from __future__ import annotations

import base64
import binascii
import dataclasses
import email.header
import re
from collections.abc import Iterator

from documents.formats.base import FormatError
from documents.formats.strings import Source, one_line, read_source

# A saved web page has a part for each of its pictures.
_DEEPEST, _MOST_PARTS, _MOST_FIELDS = 10, 10_000, 1_000
_LONGEST_FIELD = 100_000
_HEADER = re.compile(rb"([!-9;-~]{1,100})[ \t]*:((?:[^\r\n]|\r?\n[ \t])*+)(?:\r?\n|\Z)")
_BLANK = re.compile(rb"[ \t]*(?:\r?\n|\Z)")
_PARAMETER = re.compile(r';\s*([\w-]{1,40})\s*=\s*("(?:[^"\\]|\\.)*+"|[^\s;]+)')
_WORD = re.compile(r"=\?([\w-]{1,40})(?:\*[\w-]*)?\?([BbQq])\?([^?\s]*)\?=(\s+(?==\?))?")
# A smaller set named means the larger one: mails say GB2312 and hold GBK.
_CODECS = {
    **dict.fromkeys(("gb2312", "gbk", "gb18030", "cp936", "x-gbk"), "gb18030"),
    **dict.fromkeys(("big5", "big5-hkscs", "cp950"), "big5hkscs"),
    **{name: name for name in ("utf-8", "utf-16", "hz-gb-2312", "iso-8859-1", "windows-1252")},
    "utf8": "utf-8",
}


@dataclasses.dataclass(slots=True)
class Field:
    """A field of a header: its name in small letters, where it stands with its line end, its bytes after the colon."""

    name: str
    start: int
    end: int
    value: bytes


@dataclasses.dataclass(slots=True)
class Part:
    """A part of a message: its header, where its body stands, and from its delimiter up to the next one, `outer`."""

    fields: list[Field]
    header_end: int
    start: int
    end: int
    outer: tuple[int, int]
    parts: list[Part]
    parent: Part | None = None

    def field(self, name: str) -> Field | None:
        """The first field of that name."""
        return next((field for field in self.fields if field.name == name), None)

    def value(self, name: str) -> str:
        """The value of a field on one line, "" without one."""
        field = self.field(name)
        return "" if field is None else " ".join(field.value[:_LONGEST_FIELD].decode("latin-1").split())

    @property
    def kind(self) -> str:
        """The media type."""
        return self.value("content-type").partition(";")[0].strip().lower() or "text/plain"

    @property
    def encoding(self) -> str:
        """The transfer encoding."""
        return self.value("content-transfer-encoding").lower()

    def parameter(self, name: str) -> str:
        """A parameter of the media type."""
        for hit in _PARAMETER.finditer(self.value("content-type")):
            if hit.group(1).lower() == name:
                return hit.group(2).strip('"')
        return ""

    def walk(self) -> Iterator[Part]:
        """This part and those in it, in their order."""
        yield self
        for part in self.parts:
            yield from part.walk()


def parse_mail(data: bytes) -> Part:
    """The mail in `data`. Raises FormatError for what has no header of a mail."""
    mail = parse_message(data)
    if not {"from", "to", "subject", "date", "message-id", "received"} & {field.name for field in mail.fields}:
        raise FormatError("has no header of a mail; save it as .eml.")
    return mail


def parse_message(data: bytes) -> Part:
    """The message in `data`, whatever its header says. Raises FormatError for one with too many parts."""
    return _parsed(data, 0, len(data), (0, len(data)), [0], 0)


def _parsed(data: bytes, start: int, end: int, outer: tuple[int, int], count: list[int], depth: int) -> Part:
    count[0] += 1
    if count[0] > _MOST_PARTS or depth > _DEEPEST:
        raise FormatError("has more parts in parts than are read; save the inner one alone.")
    fields: list[Field] = []
    at = start
    while hit := _HEADER.match(data, at, end):
        fields.append(Field(hit.group(1).decode("ascii").lower(), hit.start(), hit.end(), hit.group(2)))
        at = hit.end()
        if len(fields) > _MOST_FIELDS:
            raise FormatError("has a header that does not end; it is damaged, or another kind of file.")
    blank = _BLANK.match(data, at, end)
    part = Part(fields, at, blank.end() if blank else at, end, outer, [])
    boundary = part.parameter("boundary")
    if part.kind.startswith("multipart/") and boundary:
        mark = re.escape(boundary.encode("latin-1"))
        lines = list(re.compile(rb"^--" + mark + rb"(--)?[ \t]*\r?$", re.MULTILINE).finditer(data, part.start, end))
        for line, following in zip(lines, [*lines[1:], None], strict=False):
            if line.group(1):
                break
            last = following.start() if following else end
            inner_end = last - (data[last - 1 : last] == b"\n" and following is not None)
            inner_end -= data[inner_end - 1 : inner_end] == b"\r" and following is not None
            first = min(line.end() + 1, last)
            inner = _parsed(data, first, max(inner_end, first), (line.start(), last), count, depth + 1)
            inner.parent = part
            part.parts.append(inner)
    return part


def body_text(data: bytes, part: Part) -> str:
    """The text of a part's body, decoded. Raises FormatError for what is no text."""
    return _decoded(body_raw(data, part), part.parameter("charset"))


def body_raw(data: bytes, part: Part) -> bytes:
    """The bytes of a part's body without their transfer encoding. Raises FormatError for a damaged one."""
    raw = data[part.start : part.end]
    try:
        if part.encoding == "base64":
            return base64.b64decode(raw)
        return binascii.a2b_qp(raw) if part.encoding == "quoted-printable" else raw
    except (binascii.Error, ValueError):
        raise FormatError("holds a text that is damaged or cut short; get it again.") from None


def body_bytes(text: str, line_end: str) -> tuple[bytes, str]:
    """A body in UTF-8, and the transfer encoding it was given: what is mostly ASCII stays readable."""
    plain = text.replace("\r\n", "\n").replace("\n", "\r\n").encode("utf-8", "replace")
    encoding = "base64" if sum(byte > 127 for byte in plain) * 6 > len(plain) else "quoted-printable"
    return encoded_body(plain, encoding, line_end), encoding


def encoded_body(raw: bytes, encoding: str, line_end: str) -> bytes:
    """A body in a transfer encoding; as it is in one that leaves it so."""
    if encoding == "base64":
        return base64.encodebytes(raw).rstrip().replace(b"\n", line_end.encode())
    if encoding != "quoted-printable":
        return raw
    plain = raw.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    # Lines that begin so are delimiters or beginnings of mails to careless programs.
    quoted = binascii.b2a_qp(plain, istext=True)
    quoted = re.sub(rb"(?m)^(-|F(?=rom )|\.)", lambda hit: b"=%02X" % hit.group(1)[0], quoted)
    return quoted.replace(b"\r\n", b"\n").replace(b"\n", line_end.encode())


def _decoded(raw: bytes, charset: str) -> str:
    codec = _CODECS.get(charset.lower())
    if codec and not raw.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        try:
            return raw.decode(codec)
        except UnicodeDecodeError:
            pass
    found: Source = read_source(raw)
    return found.text


def header_text(value: bytes) -> str:
    """The words of a field, on one line, its encoded words decoded."""
    text = " ".join(_decoded(value[:_LONGEST_FIELD], "").split())
    out: list[str] = []
    at = 0
    # A character may be cut in two by the end of an encoded word.
    pending, charset = b"", ""
    for hit in _WORD.finditer(text):
        name = hit.group(1)
        between = text[at : hit.start()]
        if between or name.lower() != charset.lower():
            out.append(_decoded(pending, charset) if pending else "")
            pending = b""
        out.append(between)
        pending, charset = pending + _word_bytes(hit.group(2), hit.group(3)), name
        at = hit.end()
    out += (_decoded(pending, charset) if pending else "", text[at:])
    return one_line("".join(out)).strip()


def _word_bytes(kind: str, words: str) -> bytes:
    try:
        if kind in "Bb":
            return base64.b64decode(words + "=" * (-len(words) % 4))
        return binascii.a2b_qp(words.encode("ascii", "replace"), header=True)
    except (binascii.Error, ValueError):
        return words.encode("utf-8", "replace")


def header_bytes(name: str, words: str, line_end: str) -> bytes:
    """A field with `words`, encoded and folded."""
    plain = words.isascii() and "=?" not in words
    header = email.header.Header(words, "us-ascii" if plain else "utf-8", header_name=name)
    return f"{name}: {header.encode(linesep=line_end)}{line_end}".encode("ascii", "replace")
