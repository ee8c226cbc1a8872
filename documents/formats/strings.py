"""What formats of strings (cells, entries, subtitles) share: their Chinese lines, other lines in their places, bytes."""

from __future__ import annotations

import codecs
import dataclasses
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from documents.encoding import EncodingError, decode
from documents.formats.base import LINE_ENDS, FormatError, Mark, Text
from documents.formats.packed import LARGEST

HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_LINE = re.compile(f"[^{LINE_ENDS}]+")
# Characters that XML does not hold or that end a line; each becomes one other, so that offsets stay.
_TABLE: dict[int, str] = {
    **dict.fromkeys((*range(32), 127), " "),
    **{ord(char): " " for char in LINE_ENDS},
    0xFFFE: "\ufffd",
    0xFFFF: "\ufffd",
}
SURROGATE = re.compile("[\ud800-\udfff]")
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_MOST_LAYERS = 500

Span = tuple[int, int]


def one_line(text: str) -> str:
    """`text` of the same length, without line ends, control characters and halves of characters."""
    # What can be printed holds none of them, and most texts are such.
    return text if text.isprintable() else SURROGATE.sub("\ufffd", text.translate(_TABLE))


def chinese_lines(value: str) -> list[Span]:
    """Where the lines of `value` stand that hold Chinese letters, the spaces around them left out."""
    return [span for span in lines(value) if HAN.search(value, *span)]


def lines(value: str) -> list[Span]:
    """Where the lines of `value` stand that are not blank, the spaces around them left out."""
    found = []
    for hit in _LINE.finditer(value):
        line = hit.group()
        start = hit.start() + len(line) - len(line.lstrip())
        end = hit.start() + len(line.rstrip())
        if start < end:
            found.append((start, end))
    return found


def line_texts(value: str, spans: Sequence[Span], place: str) -> list[Text]:
    """One text for each of the lines at `spans`; the place says which line, where there are several."""
    places = [place] if len(spans) == 1 else [f"{place}, line {number}" for number in range(1, len(spans) + 1)]
    return [Text(one_line(value[a:b]), (), where) for (a, b), where in zip(spans, places, strict=True)]


def with_lines(value: str, spans: Sequence[Span], texts: Mapping[int, Text], first: int) -> str | None:
    """`value` with the texts from number `first` on in place of its lines at `spans`; None if none is another."""
    edits = []
    for number, (start, end) in enumerate(spans, first):
        new = texts.get(number)
        if new is not None and one_line(new.text) != one_line(value[start:end]):
            edits.append((start, end, one_line(new.text)))
    return spliced(value, edits) if edits else None


def spliced(text: str, edits: Iterable[tuple[int, int, str]]) -> str:
    """`text` with other strings at stretches that follow one another."""
    parts: list[str] = []
    at = 0
    for start, end, new in edits:
        parts += (text[at:start], new)
        at = end
    return "".join((*parts, text[at:]))


def layers(new: Text, old: Text) -> Iterator[tuple[str, tuple[int, ...]]]:
    """The pieces of `new` in order, each with the codes of the marks over it, the outermost first.

    What was an empty mark in `old` comes as an empty piece, its code behind the others; none of those is lost.
    """
    text = one_line(new.text)
    given: dict[int, Mark] = {}
    for mark in new.marks:
        given.setdefault(mark.code, mark)
    edges: dict[int, list[tuple[int, int]]] = {0: [], len(text): []}
    points: dict[int, list[int]] = {}
    pairs = 0
    for was in old.marks:
        now = given.get(was.code)
        if was.start == was.end:
            at = now.start if now else (0 if was.start == 0 else len(text))
            at = min(max(at, 0), len(text))
            points.setdefault(at, []).append(was.code)
            edges.setdefault(at, [])
        elif now and pairs < _MOST_LAYERS:
            start, end = max(now.start, 0), min(now.end, len(text))
            if start < end:
                pairs += 1
                edges.setdefault(start, []).append((1, was.code))
                edges.setdefault(end, []).append((0, was.code))
    active: set[int] = set()
    places = sorted(edges)
    for place, after in zip(places, [*places[1:], None], strict=True):
        active.difference_update(code for begins, code in edges[place] if not begins)
        yield from (("", (*sorted(active), code)) for code in points.get(place, ()))
        active.update(code for begins, code in edges[place] if begins)
        if after is not None and text[place:after]:
            yield text[place:after], tuple(sorted(active))


@dataclasses.dataclass(frozen=True, slots=True)
class Source:
    """The text of a file and how it was written: the byte order mark, the codec."""

    text: str
    codec: str
    mark: bytes = b""

    def encoded(self, text: str) -> bytes:
        """`text` as bytes in the encoding of the file; in marked UTF-8 where that encoding lacks a character."""
        try:
            return self.mark + text.encode(self.codec, "surrogateescape" if self.codec == "utf-8" else "strict")
        except (UnicodeError, LookupError):
            return codecs.BOM_UTF8 + SURROGATE.sub("\ufffd", text).encode()


def read_source(data: bytes) -> Source:
    """The text of a file's bytes; bytes that are no text come back from it as they were. Raises FormatError."""
    if len(data) > LARGEST:
        raise FormatError("is larger than is read at once; split it.")
    try:
        found = decode(data)
    except EncodingError as error:
        raise FormatError(f"{error}; give the text itself.") from None
    for mark, codec in _MARKS:
        if data.startswith(mark):
            errors = "surrogateescape" if codec == "utf-8" else "replace"
            return Source(data[len(mark) :].decode(codec, errors), codec, mark)
    if found.encoding == "utf-8":
        return Source(data.decode("utf-8", "surrogateescape"), "utf-8")
    return Source(found.text, found.encoding)
