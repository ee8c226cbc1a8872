"""Translation templates of gettext (.po, .pot): the Chinese of msgid, to be filled in as msgstr."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Mapping
from typing import ClassVar

from documents.formats.base import Format, FormatError, Text
from documents.formats.strings import (
    Source,
    Span,
    chinese_lines,
    line_texts,
    one_line,
    read_source,
    spliced,
    with_lines,
)

_LARGEST = 16 * 1024 * 1024
_LINE = re.compile(r"([^\r\n]*)(\r\n|\n|\r|\Z)")
_FIELD = re.compile(r'[ \t]*(?:(msgctxt|msgid_plural|msgid|msgstr)(?:\[(\d{1,3})\])?[ \t]*)?"((?:[^"\\]|\\.)*+)"[ \t]*')
_CHARSET = re.compile(rb'"Content-Type:[^"\r\n]*charset=([A-Za-z0-9_-]{2,20})')
_CHARSET_NAME = re.compile(r"(charset=)[A-Za-z0-9_-]+")
# UTF-8 is read as every text is; a charset that is none of these is not believed.
_CODECS = frozenset("gb2312 gbk gb18030 big5 big5-hkscs cp950 cp936".split())
_FLAGS = re.compile(r"#,(.*)")
_ESCAPE = re.compile(r"\\([0-7]{1,3}|x[0-9A-Fa-f]{2}|.)", re.DOTALL)
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v"}
_WRITTEN = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"})


@dataclasses.dataclass(slots=True)
class _Field:
    """A string of an entry and the lines that it takes up, without the last line end."""

    start: int
    end: int
    parts: list[str]

    @property
    def value(self) -> str:
        return "".join(self.parts)


@dataclasses.dataclass(slots=True)
class _Entry:
    """A message. `start` is where its first word stands, `flags` the text behind "#," and `previous` where "#|" is."""

    line: int
    line_end: str = "\n"
    start: int = -1
    flags: Span | None = None
    is_fuzzy: bool = False
    previous: int = -1
    context: str = ""
    ids: dict[str, _Field] = dataclasses.field(default_factory=dict)
    strings: dict[int | None, _Field] = dataclasses.field(default_factory=dict)


class Po(Format):
    """A gettext catalogue whose messages are Chinese."""

    name: ClassVar[str] = "po"
    title: ClassVar[str] = "gettext catalogue"
    keeps: ClassVar[str] = "header, comments, contexts, references, what people translated already"

    def read(self, data: bytes) -> list[Text]:
        """The lines with Chinese letters of each msgid and msgid_plural that has no translation by a person yet."""
        texts: list[Text] = []
        source = _source(data)
        for entry in _open_entries(source.text):
            for field in entry.ids.values():
                place = f"line {entry.line}" + (f", {entry.context}" if entry.context else "")
                texts += line_texts(field.value, chinese_lines(field.value), place)
        return texts

    def fill(self, data: bytes, texts: Mapping[int, Text]) -> bytes:
        """The catalogue with msgstr written, all plural forms of it, and marked as fuzzy: a person has to look."""
        source = _source(data)
        edits: list[tuple[int, int, str]] = []
        number = 0
        for entry in _open_entries(source.text):
            forms = {}
            changed = False
            for name, field in entry.ids.items():
                spans = chinese_lines(field.value)
                new = with_lines(field.value, spans, texts, number)
                number += len(spans)
                forms[name] = field.value if new is None else new
                changed = changed or new is not None
            if changed:
                edits += _edits(entry, forms)
        return _encoded(source, spliced(source.text, sorted(edits))) if edits else data


def _source(data: bytes) -> Source:
    """The text in the encoding that the header names, if it can be read so."""
    if len(data) > _LARGEST:
        raise FormatError("is larger than any catalogue; split it.")
    named = _CHARSET.search(data[:20_000])
    codec = named.group(1).decode("ascii").lower() if named else ""
    if codec in _CODECS:
        try:
            return Source(data.decode(codec), codec)
        except UnicodeDecodeError:
            pass
    return read_source(data)


def _encoded(source: Source, text: str) -> bytes:
    """The bytes of a catalogue, in UTF-8, and said so, where its encoding lacks a character."""
    if source.codec in _CODECS:
        try:
            return text.encode(source.codec)
        except UnicodeEncodeError:
            return _CHARSET_NAME.sub(r"\1UTF-8", text, count=1).encode("utf-8", "replace")
    return source.encoded(text)


def _open_entries(text: str) -> Iterator[_Entry]:
    """The messages with Chinese letters that nobody has translated."""
    found = False
    for entry in _entries(text):
        found = True
        flags = text[slice(*entry.flags)] if entry.flags else ""
        entry.is_fuzzy = "fuzzy" in re.split(r"[,\s]+", flags)
        done = not entry.is_fuzzy and all(string.value for string in entry.strings.values())
        if entry.ids["msgid"].value and not done:
            yield entry
    if not found:
        raise FormatError("holds no msgid with a msgstr; it is no gettext catalogue.")


def _entries(text: str) -> Iterator[_Entry]:
    """The messages of a catalogue with their strings. Raises FormatError for lines that are none."""
    entry = _Entry(1)
    last: _Field | None = None
    for number, row in enumerate(_LINE.finditer(text), 1):
        line = row.group(1)
        field = _FIELD.fullmatch(line)
        if field is None:
            last = None
            if line.lstrip().startswith("#") or not line.strip():
                if entry.start >= 0:
                    yield from _complete(entry)
                    entry = _Entry(number)
                _comment(entry, line, row.start())
                continue
            raise FormatError(f"is no gettext catalogue from line {number} on; correct it.")
        keyword, form, value = field.group(1), field.group(2), field.group(3)
        if keyword is None:
            if last is None:
                raise FormatError(f"has a string without a keyword on line {number}; correct it.")
            last.parts.append(_unescaped(value))
            last.end = row.end(1)
            continue
        if keyword in ("msgctxt", "msgid") and entry.strings:
            yield from _complete(entry)
            entry = _Entry(number)
        last = _Field(row.start(), row.end(1), [_unescaped(value)])
        if entry.start < 0:
            entry.start, entry.line, entry.line_end = row.start(), number, row.group(2) or "\n"
        if keyword == "msgctxt":
            entry.context = one_line(value)[:40]
        elif keyword == "msgstr":
            entry.strings[int(form) if form else None] = last
        else:
            entry.ids[keyword] = last
    yield from _complete(entry)


def _complete(entry: _Entry) -> Iterator[_Entry]:
    if "msgid" in entry.ids and entry.strings:
        yield entry


def _comment(entry: _Entry, line: str, at: int) -> None:
    flags = _FLAGS.match(line)
    if not line.strip():
        entry.flags, entry.previous = None, -1
    elif flags:
        entry.flags = (at + flags.start(1), at + flags.end(1))
    elif line.startswith("#|") and entry.previous < 0:
        entry.previous = at


def _edits(entry: _Entry, forms: Mapping[str, str]) -> Iterator[tuple[int, int, str]]:
    """What to write where: the mark that a machine did it, and each form of the message."""
    if entry.is_fuzzy:
        pass
    elif entry.flags is None:
        at = entry.previous if entry.previous >= 0 else entry.start
        yield at, at, "#, fuzzy" + entry.line_end
    else:
        yield entry.flags[0], entry.flags[0], " fuzzy,"
    for form, field in entry.strings.items():
        words = forms["msgid_plural"] if form and "msgid_plural" in forms else forms["msgid"]
        keyword = "msgstr" if form is None else f"msgstr[{form}]"
        yield field.start, field.end, f"{keyword} " + _written(words, entry.line_end)


def _written(value: str, line_end: str) -> str:
    parts = value.splitlines(keepends=True) if "\n" in value.rstrip("\n") else [value]
    quoted = [f'"{part.translate(_WRITTEN)}"' for part in parts]
    return line_end.join(quoted if len(quoted) == 1 else ['""', *quoted])


def _unescaped(value: str) -> str:
    def char(hit: re.Match[str]) -> str:
        code = hit.group(1)
        if code[0] == "x" and len(code) == 3:
            return chr(int(code[1:], 16))
        return chr(int(code, 8)) if code[0] in "01234567" else _ESCAPED.get(code, code)

    return _ESCAPE.sub(char, value) if "\\" in value else value
