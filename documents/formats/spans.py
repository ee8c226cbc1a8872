"""Texts at offsets of a source, and how a text with marks becomes source again, properly nested."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping

from documents.formats.base import Mark, Text


@dataclasses.dataclass(frozen=True, slots=True)
class Source:
    """Where a mark stands in the source: its opening from `start`, its closing up to `end`; `inner` between them.

    `inner` is None for a thing without text in it; `optional` if the thing may go where no place is known for it.
    """

    start: int
    end: int
    inner: tuple[int, int] | None = None
    optional: bool = False


@dataclasses.dataclass(frozen=True, slots=True)
class Segment:
    """A text, the stretch of source it was read from, and for every mark, by its code, the source of it."""

    text: Text
    start: int
    end: int
    sources: tuple[Source, ...] = ()
    attribute: bool = False


def changed(segments: list[Segment], texts: Mapping[int, Text]) -> dict[int, Text]:
    """Those of `texts` that differ from what was read, by their number."""
    return {
        number: text
        for number, text in texts.items()
        if 0 <= number < len(segments)
        and (text.text, text.marks) != (segments[number].text.text, segments[number].text.marks)
    }


def _placed(text: Text, sources: tuple[Source, ...]) -> list[Mark]:
    """The marks of a text that its source knows, once each and within it; things that it left out, at its end."""
    top = len(text.text)
    marks: dict[int, Mark] = {}
    for mark in text.marks:
        if 0 <= mark.code < len(sources) and mark.code not in marks:
            start = min(max(mark.start, 0), top)
            end = start if sources[mark.code].inner is None else min(max(mark.end, start), top)
            marks[mark.code] = Mark(start, end, mark.code)
    for code, source in enumerate(sources):
        if source.inner is None and not source.optional:
            marks.setdefault(code, Mark(top, top, code))
    return sorted(marks.values(), key=lambda m: (m.start, m.code))


def rendered(
    text: Text, sources: tuple[Source, ...], write: Callable[[int, int], str], escape: Callable[[str, int, int], str]
) -> Iterable[str]:
    """The source of a text with its marks, properly nested whatever stretches they are given.

    `write` gives the source between two offsets; `escape` a stretch of the text as source.
    """
    stack: list[Mark] = []
    pos = 0

    def inside(code: int, outer: int) -> bool:
        return sources[outer].start <= sources[code].start and sources[code].end <= sources[outer].end

    def upto(end: int) -> Iterable[str]:
        nonlocal pos
        if end > pos:
            yield escape(text.text, pos, end)
            pos = end

    def closed(at: int) -> Iterable[str]:
        mark = stack.pop()
        yield from upto(min(mark.end, at))
        inner = sources[mark.code].inner
        assert inner is not None
        yield write(inner[1], sources[mark.code].end)

    for mark in _placed(text, sources):
        span = sources[mark.code].inner
        while stack and (
            stack[-1].end < mark.start
            or (not inside(mark.code, stack[-1].code) and (span is not None or stack[-1].end == mark.start))
        ):
            yield from closed(mark.start)
        yield from upto(mark.start)
        yield write(sources[mark.code].start, span[0] if span else sources[mark.code].end)
        if span is not None:
            stack.append(Mark(mark.start, min(mark.end, stack[-1].end) if stack else mark.end, mark.code))
    while stack:
        yield from closed(len(text.text))
    yield from upto(len(text.text))
