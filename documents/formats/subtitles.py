"""Subtitles, SubRip (.srt) and WebVTT (.vtt): the words of each cue; numbers, timings, settings and notes stay."""

from __future__ import annotations

import dataclasses
import html
import itertools
import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar

from documents.formats.base import Format, FormatError, Mark, Text
from documents.formats.strings import HAN, Source, layers, one_line, read_source, spliced

# Characters of a line that viewers read at once; more than two lines of them only where it must be.
_WIDEST = 42
_LARGEST = 8 * 1024 * 1024
_TIMING = re.compile(r"[ \t]*((?:\d{1,4}:)?\d{1,2}:\d{1,2})[,.]\d{1,3}[ \t]*-->[ \t]*[\d:,.]+")
_LINE = re.compile(r"([^\r\n]*)(\r\n|\n|\r|\Z)")
_TAG = re.compile(r"<(/?)([A-Za-z]+)(?:[.\s][^<>\r\n]*)?>|\{\\[^{}\r\n]*\}|<\d[\d:.]*>")
_NAMES = frozenset("i b u s font c v lang ruby rt".split())
_ENTITY = re.compile(r"&(?:amp|lt|gt|nbsp|lrm|rlm|quot|#\d{1,7}|#x[0-9A-Fa-f]{1,6});")
_LATIN = re.compile("[A-Za-z]")
_DIALOGUE = re.compile(r"(?:<[^<>\r\n]*>|\{[^{}\r\n]*\})*\s*[-–—‐－]\s*\S")


@dataclasses.dataclass(frozen=True, slots=True)
class _Part:
    """Lines of one cue that are one text: where they stand, its marks' tags before and after, the line end."""

    start: int
    end: int
    text: Text
    tags: Mapping[int, tuple[str, str]]
    line_end: str


class _Subtitles(Format):
    """What both kinds share: a cue is a line with a timing and the lines behind it up to an empty one."""

    escaped: ClassVar[bool]
    keeps: ClassVar[str] = "numbers, timings, positions, italics and other tags"

    def _source(self, data: bytes) -> Source:
        if len(data) > _LARGEST:
            raise FormatError("is larger than any subtitles; split it.")
        source = read_source(data)
        if not any(_TIMING.match(hit.group()) for hit in _LINE.finditer(source.text)):
            raise FormatError("holds no cue with a timing; it is no subtitle file.")
        return source

    def read(self, data: bytes) -> list[Text]:
        """The words of each cue with Chinese letters; each speaker's where a cue has lines that begin with a dash."""
        return [part.text for part in _parts(self._source(data).text, self.escaped)]

    def fill(self, data: bytes, texts: Mapping[int, Text]) -> bytes:
        """The file with other words, broken into two lines of 42 characters at most where that is enough."""
        source = self._source(data)
        edits = []
        for number, part in enumerate(_parts(source.text, self.escaped)):
            new = texts.get(number)
            if new is not None and one_line(new.text) != part.text.text:
                edits.append((part.start, part.end, _written(new, part, self.escaped)))
        return source.encoded(spliced(source.text, edits)) if edits else data


class Srt(_Subtitles):
    """SubRip subtitles."""

    name: ClassVar[str] = "srt"
    title: ClassVar[str] = "SubRip subtitles"
    escaped: ClassVar[bool] = False


class Vtt(_Subtitles):
    """WebVTT subtitles."""

    name: ClassVar[str] = "vtt"
    title: ClassVar[str] = "WebVTT subtitles"
    keeps: ClassVar[str] = "header, notes, styles, timings, settings, voices and other tags"
    escaped: ClassVar[bool] = True

    def _source(self, data: bytes) -> Source:
        source = super()._source(data)
        if not source.text.startswith("WEBVTT"):
            raise FormatError("does not begin with WEBVTT; it is no WebVTT file.")
        return source


def _parts(text: str, escaped: bool) -> Iterator[_Part]:
    rows = list(_LINE.finditer(text))
    timings = [at for at, row in enumerate(rows) if _TIMING.match(row.group(1))]
    for at, following in zip(timings, [*timings[1:], len(rows)], strict=True):
        timing = _TIMING.match(rows[at].group(1))
        assert timing is not None
        place = timing.group(1) if timing.group(1).count(":") == 2 else f"00:{timing.group(1)}"
        words = list(itertools.takewhile(lambda row: row.group(1).strip(), rows[at + 1 : following]))
        # Without an empty line before it, the number of the next cue is no word of this one.
        if (
            following < len(rows)
            and len(words) == following - at - 1
            and words
            and words[-1].group(1).strip().isdigit()
        ):
            words.pop()
        for group in _groups(words):
            part = _part(text, group, place, escaped)
            if HAN.search(part.text.text):
                yield part


def _groups(rows: Sequence[re.Match[str]]) -> Iterator[list[re.Match[str]]]:
    """The lines of a cue by what they say: speakers apart, and lines of English (in both languages) apart."""
    group: list[re.Match[str]] = []
    for row in rows:
        plain = _TAG.sub("", row.group(1))
        alone = _LATIN.search(plain) is not None and HAN.search(plain) is None
        if group and (alone or _DIALOGUE.match(row.group(1))):
            yield group
            group = []
        if not alone:
            group.append(row)
    if group:
        yield group


def _part(text: str, rows: Sequence[re.Match[str]], place: str, escaped: bool) -> _Part:
    """The text of the lines without its tags, which become marks: from an opening tag to its end, or of no width."""
    words: list[str] = []
    marks: list[Mark] = []
    tags: dict[int, tuple[str, str]] = {}
    opened: list[tuple[str, str, int, int]] = []
    length = 0
    for row in rows:
        line = row.group(1)
        start, end = len(line) - len(line.lstrip()), len(line.rstrip())
        if words and words[-1][-1:].isascii() and line[start : start + 1].isascii() and not words[-1][-1:].isspace():
            words.append(" ")
            length += 1
        at = start
        for tag in _TAG.finditer(line, start, end):
            closing, name = tag.group(1), (tag.group(2) or "").lower()
            if name and name not in _NAMES:
                continue
            words.append(_plain(line[at : tag.start()], escaped))
            length += len(words[-1])
            at = tag.end()
            if name and not closing:
                opened.append((name, tag.group(), length, len(tags)))
                tags[len(tags)] = (tag.group(), "")
            elif closing and opened and opened[-1][0] == name:
                _, opening, began, code = opened.pop()
                tags[code] = (opening, tag.group())
                marks.append(Mark(began, length, code))
            else:
                marks.append(Mark(length, length, len(tags)))
                tags[len(tags)] = (tag.group(), "")
        words.append(_plain(line[at:end], escaped))
        length += len(words[-1])
    marks += (Mark(began, began, code) for _, _, began, code in opened)
    marks.sort(key=lambda mark: mark.code)
    spoken = Text(one_line("".join(words)), tuple(marks), place)
    line_end = rows[0].group(2) or "\n"
    return _Part(rows[0].start(1), rows[-1].end(1), spoken, tags, line_end)


def _plain(text: str, escaped: bool) -> str:
    return _ENTITY.sub(lambda hit: html.unescape(hit.group()), text) if escaped else text


def _written(new: Text, part: _Part, escaped: bool) -> str:
    """The new words with their tags, in lines."""
    text = one_line(new.text)
    breaks = _breaks(text)
    out: list[str] = []
    open_codes: tuple[int, ...] = ()
    at = 0
    for piece, codes in layers(new, part.text):
        around = codes if piece else codes[:-1]
        same = 0
        while same < min(len(around), len(open_codes)) and around[same] == open_codes[same]:
            same += 1
        out += (part.tags[code][1] for code in reversed(open_codes[same:]))
        out += (part.tags[code][0] for code in around[same:])
        open_codes = around
        if not piece:
            out += part.tags[codes[-1]]
        shown = "".join("\n" if at + n in breaks else char for n, char in enumerate(piece))
        out.append(html.escape(shown, quote=False) if escaped else shown.replace("-->", "->"))
        at += len(piece)
    out += (part.tags[code][1] for code in reversed(open_codes))
    return "".join(out).replace("\n", part.line_end)


def _breaks(text: str) -> set[int]:
    """The spaces of `text` that become line ends: few lines, then as even as can be."""
    if len(text) <= _WIDEST:
        return set()
    count = len(_wrapped(text, _WIDEST))
    widths = range(min(_WIDEST, max(1, len(text) // count)), _WIDEST + 1)
    even = next(width for width in widths if len(_wrapped(text, width)) <= count)
    found, at = set(), 0
    for line in _wrapped(text, even)[:-1]:
        at = text.index(line, at) + len(line)
        found.add(at)
    return found


def _wrapped(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False, replace_whitespace=False) or [""]
