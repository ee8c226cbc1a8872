"""Markup as a row of tokens, tags and text at the offsets of a source, and how a stretch of it becomes a text with marks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from documents.formats.base import Mark, Text
from documents.formats.escapes import LINE_END, one_line
from documents.formats.spans import Segment, Source

TEXT, OPEN, CLOSE, THING = range(4)
# Kind, start, end, and the text itself or the name of the element; a thing is a tag, or more, without text in it.
Token = tuple[int, int, int, str]
EDGE = re.compile(r"(?:\s|&(?:nbsp|ensp|emsp|#160|#12288|#x3000|#xa0);)*+", re.I)


def partners(tokens: list[Token]) -> dict[int, int]:
    """For the tags of elements that open and close among the tokens, properly nested: the index of the other tag.

    An end tag that is not of the element last opened leaves all those around it without a partner.
    """
    partner: dict[int, int] = {}
    opened: list[int] = []
    for i, (kind, _, _, name) in enumerate(tokens):
        if kind == OPEN:
            opened.append(i)
        elif kind == CLOSE:
            if opened and tokens[opened[-1]][3] == name:
                top = opened.pop()
                partner[top], partner[i] = i, top
            else:
                opened.clear()
    return partner


def trimmed_end(source: str, start: int, end: int) -> int:
    """The end of a stretch without white space, and references to it, after it."""
    while end > start:
        if source[end - 1].isspace():
            end -= 1
        elif source[end - 1] == ";" and (at := source.rfind("&", max(start, end - 8), end)) >= 0:
            edge = EDGE.match(source, at, end)
            if edge is None or edge.end() != end:
                break
            end = at
        else:
            break
    return end


def joined(
    tokens: list[Token],
    partner: dict[int, int],
    low: int,
    high: int,
    kept: bool,
    optional: frozenset[str] = frozenset(),
) -> tuple[str, list[Mark], list[Source]]:
    """The text of tokens and its marks; white space is collapsed unless it is `kept`, elements without text are things.

    Of things, those with a name in `optional` may be left out.
    """
    pieces: list[str] = []
    size, tail = 0, " "
    spans: list[tuple[int, int, Source]] = []
    opened: list[tuple[int, int, int]] = []
    for i in range(low, high):
        kind, start, end, name = tokens[i]
        if kind == TEXT:
            text = LINE_END.sub(" ", name) if kept else one_line(name)
            if tail == " " and not (kept and size):
                text = text.lstrip() if not size else text.removeprefix(" ")
            if text:
                pieces.append(text)
                size, tail = size + len(text), text[-1]
        elif kind == OPEN:
            opened.append((len(spans), size, i))
            spans.append((size, size, Source(start, end)))
        elif kind == CLOSE:
            at, since, opening = opened.pop()
            outer, inner = tokens[opening][1], tokens[opening][2]
            if since == size:
                del spans[at:]
                spans.append((size, size, Source(outer, end)))
            else:
                spans[at] = (since, size, Source(outer, end, (inner, start)))
        else:
            spans.append((size, size, Source(start, end, optional=name in optional)))
    text = "".join(pieces).rstrip()
    top = len(text)
    marks = [Mark(min(a, top), min(b, top), code) for code, (a, b, _) in enumerate(spans)]
    return text, marks, [source for _, _, source in spans]


def stretches(tokens: list[Token]) -> Iterator[tuple[dict[int, int], int, int]]:
    """Tokens parted at tags without a partner among them, which must stay where they are: partners, first, last."""
    partner = partners(tokens)
    first = 0
    for i, token in enumerate(tokens):
        if token[0] in (OPEN, CLOSE) and i not in partner:
            yield partner, first, i
            first = i + 1
    yield partner, first, len(tokens)


def segment_of(
    source: str,
    tokens: list[Token],
    partner: dict[int, int],
    first: int,
    last: int,
    place: str,
    kept: bool,
    optional: frozenset[str] = frozenset(),
) -> Segment | None:
    """The text of the tokens from `first` up to `last`, without what only surrounds it; None where there is none."""
    filled = [i for i in range(first, last) if tokens[i][0] == TEXT and tokens[i][3].strip()]
    if not filled:
        return None
    low, high = filled[0], filled[-1]
    for i in range(low - 1, first - 1, -1):
        if filled[0] < partner.get(i, -1) < filled[-1]:
            low = i
    for i in range(high + 1, last):
        if filled[0] < partner.get(i, -1) < filled[-1]:
            high = i
    start, end = tokens[low][1], tokens[high][2]
    if low == filled[0]:
        edge = EDGE.match(source, start, end)
        start = edge.end() if edge else start
    if high == filled[-1]:
        end = trimmed_end(source, tokens[high][1] if high > low else start, end)
    marks: list[Mark] = []
    sources: list[Source] = []
    if low == high and not kept:
        text = one_line(tokens[low][3]).strip()
    else:
        text, marks, sources = joined(tokens, partner, low, high + 1, kept, optional)
    return Segment(Text(text, tuple(marks), place), start, end, tuple(sources)) if text else None
