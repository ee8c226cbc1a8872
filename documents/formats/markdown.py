"""Markdown: paragraphs, headings, list items, cells and quotations; code, front matter and all marks stay as typed."""

from __future__ import annotations

import bisect
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import ClassVar

from markdown_it import MarkdownIt
from markdown_it.token import Token

from documents.encoding import EncodingError, decode
from documents.formats.base import Format, FormatError, Mark, Text
from documents.formats.escapes import LINE_END, unescaped
from documents.formats.spans import Segment, Source, changed, rendered

_FRONT = re.compile(r"\ufeff?---[ \t]*\r?\n(?:(?!(?:---|\.\.\.)[ \t]*\r?\n).*\n)*?(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)")
_LINE = re.compile(r"\r\n?|\n")
_CELL = re.compile(r"(?:[^|\\]|\\.)++")
_BEFORE_ROW = re.compile(r"[\s>]*+(?:(?:[-*+]|\d{1,9}[.)])[ \t]++[\s>]*+)*+\|?")
_PLACES = {"heading_open": "heading", "th_open": "table cell", "td_open": "table cell"}
# What stands within a line: things that are kept, a character in clear, brackets of a link, emphasis.
_TICKS = re.compile("`++")
_INLINE = re.compile(
    # What any of them begins with, first: tried one by one everywhere, they take most of the time.
    r"""(?=[`<\[\\ \r\n!\]*_~&])(?:(?P<code>`++)|(?P<thing><(?:[a-zA-Z/!][^<>\n]*+)>|\[(?:\^[^\]\[\n]{1,200}|[ xX])\][ \t]*+)|(?P<char>\\[!-/:-@\[-`{-~])"""
    r"""|(?P<break>(?:[ ]{2,}|\\)(?:\r\n?|\n)[ \t>]*+)|(?P<end>(?:\r\n?|\n)[ \t>]*+)"""
    r"""|(?P<open>!?\[)|(?P<close>\])|(?P<run>\*{1,3}|_{1,3}|~~)|(?P<entity>&\#?[0-9a-zA-Z]{1,32};))"""
)
_TARGET = re.compile(
    r"""\([ \t]*+(?:<[^<>\n]*+>|[^\s()<>]*+(?:\([^\s()]*+\)[^\s()<>]*+)*+)(?:\s++(?:"[^"]*+"|'[^']*+'))?+\s*+\)"""
)
_REFERENCE = re.compile(r"\[[^\]\[\n]{0,200}\]")
# Characters that would be read as marks within a line, and those at its beginning that would make another block of it.
_SPECIAL = re.compile(
    r"\\(?=[!-/:-@\[-`{-~]|\Z)|[`*\[\]|]|~(?=~)|(?<=~)~|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|<(?=[a-zA-Z/!?])"
    r"|&(?=#?[0-9a-zA-Z]{1,32};)|(?<![^\s])#"
)
_BEGINNING = re.compile(r"[-+=>#~]|(\d{1,9})([.)])(?=\s|$)")
_MOST_MARKS = 500
_LINES_AT_ONCE = 500
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")


class Markdown(Format):
    """Markdown documents."""

    name: ClassVar[str] = "markdown"
    title: ClassVar[str] = "Markdown document"
    keeps: ClassVar[str] = "headings, lists, tables, links, emphasis, code and front matter"

    def read(self, data: bytes) -> list[Text]:
        """Paragraphs, headings, list items, cells and quotations. Raises FormatError."""
        return [segment.text for segment in _segments(_source(data))]

    def fill(self, data: bytes, texts: Mapping[int, Text]) -> bytes:
        """The document in UTF-8 with other texts, each on one line. Raises FormatError."""
        source = _source(data)
        segments = _segments(source)
        new = changed(segments, texts)
        if not new:
            return data
        out: list[str] = []
        pos = 0
        for number in sorted(new):
            segment = segments[number]
            out.append(source[pos : segment.start])
            text = _tight(new[number], segment.sources)
            for piece in rendered(text, segment.sources, lambda a, b: source[a:b], _escaped):
                # "!" before a link would make a picture of it.
                if piece.startswith("[") and out[-1].endswith("!"):
                    out[-1] = out[-1][:-1] + "\\!"
                out.append(piece)
            pos = segment.end
        out.append(source[pos:])
        return "".join(out).encode("utf-8", "replace")


def _source(data: bytes) -> str:
    try:
        return decode(data).text
    except EncodingError:
        raise FormatError("holds no text that can be read; it is damaged, or another kind of file.") from None


def _segments(source: str) -> list[Segment]:
    """The texts of a document and where they stand, in reading order."""
    starts, ends = [0], []
    for match in _LINE.finditer(source):
        ends.append(match.start())
        starts.append(match.end())
    ends.append(len(source))
    front = _FRONT.match(source)
    in_front = len(_LINE.findall(front[0])) if front else 0
    parsed = _LINE.sub("\n", source[starts[in_front] :])
    found: list[Segment] = []
    place = "paragraph"
    quoted_or_listed: list[str] = []
    for token, before in _blocks(parsed):
        skipped = in_front + before
        if token.type in ("blockquote_open", "list_item_open"):
            quoted_or_listed.append("quotation" if token.type == "blockquote_open" else "list item")
        elif token.type in ("blockquote_close", "list_item_close"):
            quoted_or_listed.pop()
        elif token.type in ("paragraph_open", "heading_open"):
            place = _PLACES.get(token.type) or (quoted_or_listed[-1] if quoted_or_listed else "paragraph")
        elif token.type == "tr_open" and token.map:
            row = token.map[0] + skipped
            found += _row(source, starts[row], ends[row])
        elif token.type in ("th_open", "td_open"):
            place = "table cell"
        elif token.type == "inline" and token.map and place != "table cell":
            first, last = token.map[0] + skipped, token.map[1] + skipped
            span = _located(source, token.content, starts, ends, first, last)
            if span is not None:
                found += _segment(source, *span, place)
    return found


def _blocks(source: str) -> Iterator[tuple[Token, int]]:
    """The blocks of a document, each with the number of the line that its own numbers count from.

    What stands within their lines is not parsed. So many lines at a time: the tokens of a book would fill memory. Whatever
    the next lines are, only the last outermost block of some lines can go on in them; it is parsed again with these.
    """
    parser = MarkdownIt("commonmark").enable("table")
    parser.core.ruler.enableOnly(["normalize", "block"])
    lines = source.split("\n")
    at, many = 0, _LINES_AT_ONCE
    while at < len(lines):
        try:
            tokens = parser.parse("\n".join(lines[at : at + many]))
        except (RecursionError, IndexError, ValueError):
            raise FormatError("is nested too deeply to be read; make it simpler.") from None
        last, line = len(tokens), len(lines)
        if at + many < len(lines):
            outermost = (i for i in range(len(tokens) - 1, 0, -1) if tokens[i].level == 0 and tokens[i].nesting >= 0)
            last = next(outermost, 0)
            line = at + (tokens[last].map or [0])[0] if last else at
        yield from ((token, at) for token in tokens[:last])
        at, many = line, _LINES_AT_ONCE if line > at else 4 * many


def _located(
    source: str, content: str, starts: list[int], ends: list[int], first: int, last: int
) -> tuple[int, int] | None:
    """Where the content of a block stands: from its first line's text to the end of its last line's."""
    lines = content.split("\n")
    last = min(first + len(lines), last, len(ends))
    if not content.strip() or first >= last:
        return None
    head = source[starts[first] : ends[first]].replace("\x00", "\ufffd")
    tail = source[starts[last - 1] : ends[last - 1]].replace("\x00", "\ufffd")
    opening = head.rfind(lines[0].strip())
    closing = tail.rfind(lines[last - first - 1].strip())
    if opening < 0 or closing < 0:
        return None
    end = starts[last - 1] + closing + len(lines[last - first - 1].strip())
    return (starts[first] + opening, end) if end > starts[first] + opening else None


def _row(source: str, start: int, end: int) -> list[Segment]:
    before = _BEFORE_ROW.match(source, start, end)
    found: list[Segment] = []
    for cell in _CELL.finditer(source, before.end() if before else start, end):
        text = cell[0]
        if text.strip():
            at = cell.start() + len(text) - len(text.lstrip())
            found += _segment(source, at, at + len(text.strip()), "table cell")
    return found


def _segment(source: str, start: int, end: int, place: str) -> list[Segment]:
    """The text between two offsets, with its marks; none if nothing in it is text."""
    if _INLINE.search(source, start, end) is None:
        plain = _plain(source[start:end]).strip()
        return [Segment(Text(plain, (), place), start, end)] if plain else []
    tokens = _tokens(source, start, end)
    closing, things = _pairs(source, tokens, end)
    pieces: list[str] = []
    spans: list[tuple[int, int, Source]] = []
    opened: list[int] = []
    size, pos = 0, start

    def add(piece: str) -> None:
        nonlocal size
        pieces.append(piece if size else piece.lstrip())
        size += len(pieces[-1])

    for i, (kind, at, after) in enumerate(tokens):
        if at < pos:
            continue
        if pos < at:
            add(_plain(source[pos:at]))
        pos = after
        if i in things:
            pos = things[i]
            spans.append((size, size, Source(at, pos)))
        elif i in closing:
            j, last = closing[i]
            opened.append(len(spans))
            spans.append((size, size, Source(at, last, (after, tokens[j][1]))))
        elif opened and (last_span := spans[opened[-1]][2]).inner is not None and last_span.inner[1] == at:
            code = opened.pop()
            spans[code] = (spans[code][0], size, spans[code][2])
            pos = spans[code][2].end
        elif kind == "end":
            joined = source[at - 1] > "\u3000" and source[after : after + 1] > "\u3000"
            add("" if joined else " ")
        else:
            add(source[at + 1 : after] if kind == "char" else _plain(unescaped(source[at:after])))
    add(_plain(source[pos:end]))
    text = "".join(pieces).rstrip()
    marks = tuple(Mark(min(a, len(text)), min(b, len(text)), code) for code, (a, b, _) in enumerate(spans))
    return [Segment(Text(text, marks, place), start, end, tuple(s for _, _, s in spans))] if text else []


def _tokens(source: str, start: int, end: int) -> list[tuple[str, int, int]]:
    """What stands within a line and is no plain text: kind and offsets, code spans whole."""
    found: list[tuple[str, int, int]] = []
    ticks: dict[int, list[int]] = {}
    for run in _TICKS.finditer(source, start, end):
        ticks.setdefault(len(run[0]), []).append(run.start())
    pos = start
    while match := _INLINE.search(source, pos, end):
        at, pos = match.span()
        kind = match.lastgroup or ""
        if kind == "code":
            same = ticks.get(pos - at, [])
            later = bisect.bisect_left(same, pos)
            if later < len(same):
                kind, pos = "thing", same[later] + pos - at
        found.append((kind, at, pos))
    return found


def _pairs(
    source: str, tokens: list[tuple[str, int, int]], end: int
) -> tuple[dict[int, tuple[int, int]], dict[int, int]]:
    """By the token that opens it: the closing token of a link or emphasis and its end; the ends of things."""
    closing: dict[int, tuple[int, int]] = {}
    things: dict[int, int] = {}
    opened: list[tuple[str, int]] = []
    waiting: defaultdict[str, int] = defaultdict(int)

    def opener(what: str) -> int:
        while True:
            name, index = opened.pop()
            waiting[name] -= 1
            if name == what:
                return index

    for i, (kind, at, after) in enumerate(tokens):
        if len(closing) + len(things) > _MOST_MARKS:
            break
        if kind in ("thing", "break"):
            things[i] = after
        elif kind == "open":
            opened.append(("[", i))
            waiting["["] += 1
        elif kind == "close" and waiting["["]:
            j = opener("[")
            target = _TARGET.match(source, after, end) or _REFERENCE.match(source, after, end)
            if target and source[tokens[j][1]] == "[":
                closing[j] = (i, target.end())
            elif target:
                things[j] = target.end()
        elif kind == "run":
            run = source[at:after]
            before, following = source[at - 1 : at], source[after : after + 1]
            inner = run[0] == "_"
            if waiting[run] and before.strip() and not (inner and following.isalnum()):
                closing[opener(run)] = (i, after)
            elif following.strip() and not (inner and before.isalnum()):
                opened.append((run, i))
                waiting[run] += 1
    return closing, things


def _plain(text: str) -> str:
    return text if text.isprintable() else LINE_END.sub(" ", text)


def _tight(text: Text, sources: tuple[Source, ...]) -> Text:
    """The text on one line, its marks without white space at their ends: "** so **" would be no emphasis."""
    line = _UNWRITABLE.sub(" ", LINE_END.sub(" ", text.text))
    cut = len(line) - len(line.lstrip())
    line = line.strip()
    marks = []
    for mark in text.marks:
        start, end = (min(max(0, at - cut), len(line)) for at in (mark.start, mark.end))
        while start < end and line[start].isspace():
            start += 1
        while end > start and line[end - 1].isspace():
            end -= 1
        if end > start or not 0 <= mark.code < len(sources) or sources[mark.code].inner is None:
            marks.append(Mark(start, end, mark.code))
    return Text(line, tuple(marks), text.place)


def _escaped(text: str, start: int, end: int) -> str:
    """A stretch of a text as Markdown that says the same and nothing more."""
    piece = text[start:end]
    beginning = _BEGINNING.match(piece) if start == 0 else None
    if beginning is not None:
        head, rest = beginning[0], piece[beginning.end() :]
        head = f"{beginning[1]}\\{beginning[2]}" if beginning[1] else f"\\{head}"
    else:
        head, rest = "", piece
    return head + _SPECIAL.sub(lambda m: "\\" + m[0], rest)
