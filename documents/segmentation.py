"""Clean text → sentences, the segments that are translated.

A sentence ends after 。！？；… (also ! ? ; where full-width forms were folded next to Chinese), with the closing quotes
and brackets that follow it; never inside 《》 or brackets, never inside a number, address or Latin text.
"""

from __future__ import annotations

import dataclasses
import functools
from collections import deque
from collections.abc import Iterator

_ENDS = "。！？；…!?;"
_FOLDED = "!?;"
_CLOSERS = "”’」』）)】〕》〉\"'"
_OPEN = {"《": "》", "〈": "〉", "(": ")", "（": "）", "【": "】", "[": "]"}
# A bracket left open by damage must not swallow the rest of the paragraph.
_LONGEST_BRACKET = 120
_DEEPEST = 16


@dataclasses.dataclass(frozen=True, slots=True)
class Segment:
    """One sentence: `text` is clean[start:end], the `paragraph`-th line (from 0), the `index`-th of the document."""

    index: int
    paragraph: int
    start: int
    end: int
    text: str


def split_segments(clean: str) -> list[Segment]:
    """The sentences of `clean` (one paragraph a line), in order; blanks between sentences belong to none."""
    segments: list[Segment] = []
    at = 0
    for number, line in enumerate(clean.split("\n")):
        for start, end in _spans(line):
            segments.append(Segment(len(segments), number, at + start, at + end, line[start:end]))
        at += len(line) + 1
    return segments


# A person's decision changes one paragraph of a document that may have twenty thousand.
@functools.lru_cache(maxsize=40_000)
def _spans(line: str) -> tuple[tuple[int, int], ...]:
    return tuple(_sentences(line))


def _sentences(line: str) -> Iterator[tuple[int, int]]:
    brackets = _bracketed(line)
    start = at = 0
    while at < len(line):
        if at < brackets.get(at, at):
            at = brackets[at]
            continue
        if not _ends_sentence(line, at):
            at += 1
            continue
        at += 1
        while at < len(line) and (line[at] in _CLOSERS or (line[at] in _ENDS and _ends_sentence(line, at))):
            at += 1
        yield from _trimmed(line, start, at)
        start = at
    yield from _trimmed(line, start, len(line))


def _trimmed(line: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and line[start].isspace():
        start += 1
    while end > start and line[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end


def _ends_sentence(line: str, at: int) -> bool:
    char = line[at]
    if char not in _ENDS:
        return False
    if char not in _FOLDED:
        return char != "…" or line[at + 1 : at + 2] != "…"
    before = line[at - 1] if at else ""
    after = line[at + 1] if at + 1 < len(line) else ""
    return _is_chinese(before) or (before.isdigit() and _is_chinese(after)) or before in "”’》)）"


def _is_chinese(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff" or "\U00020000" <= char <= "\U0003ffff"


def _bracketed(line: str) -> dict[int, int]:
    """Where each bracket that is closed again opens → the offset after its close."""
    spans: dict[int, int] = {}
    stack: deque[tuple[int, str]] = deque(maxlen=_DEEPEST)
    for at, char in enumerate(line):
        if char in _OPEN:
            stack.append((at, _OPEN[char]))
        elif stack and any(close == char for _, close in stack):
            while stack[-1][1] != char:
                stack.pop()
            opened = stack.pop()[0]
            if at - opened <= _LONGEST_BRACKET:
                spans[opened] = at + 1
    return spans
