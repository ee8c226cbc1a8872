"""Raw text with its edits made visible, as HTML; long texts in pages. Every character is escaped."""

from __future__ import annotations

import html
import itertools
import json
import unicodedata
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence

from app.words import kind_hue, kind_name
from documents.edits import Edit

PAGE = 4_000
# A page ends at a line end if there is one before this; text without line ends is cut here.
_LONGEST_PAGE = 6_000


def read_ledger(ledger: str) -> list[Edit]:
    """The edits of a ledger (JSON Lines), by raw offset."""
    names = ("start", "end", "replacement", "kind", "reason", "confidence", "applied")
    rows = (json.loads(line) for line in ledger.split("\n") if line)
    return sorted((Edit(*(row[name] for name in names)) for row in rows), key=lambda e: (e.start, e.end))


def pages_of(text: str) -> list[tuple[int, int]]:
    """Spans of `text` of about PAGE characters, cut at line ends where there are some; at least one."""
    spans: list[tuple[int, int]] = []
    at = 0
    while len(text) - at > _LONGEST_PAGE:
        cut = text.find("\n", at + PAGE, at + _LONGEST_PAGE)
        end = cut + 1 if cut >= 0 else at + _LONGEST_PAGE
        spans.append((at, end))
        at = end
    return [*spans, (at, len(text))]


def merged(edits: Sequence[Edit]) -> list[Edit]:
    """Neighbouring applied edits of one kind and reason as one, so that a run of them reads as one change."""
    out: list[Edit] = []
    for edit in edits:
        last = out[-1] if out else None
        if last and last.applied and edit.applied and last.end == edit.start and last.kind == edit.kind:
            reason = last.reason if last.reason == edit.reason else f"{last.reason}; {edit.reason}"
            text = last.replacement + edit.replacement
            out[-1] = Edit(last.start, edit.end, text, last.kind, reason[:200], last.confidence)
        else:
            out.append(edit)
    return out


def marked_raw(raw: str, edits: Sequence[Edit], start: int, end: int, kinds: Collection[str]) -> str:
    """raw[start:end] with what was removed struck out and what was put in its place, in the colours of `kinds`.

    Edits of other kinds stay faint. `edits` are sorted by start.
    """
    parts: list[str] = []
    at = start
    for edit in _within(edits, start, end):
        if edit.start < at and not (edit.start < start and at == start):
            continue
        first, last = max(edit.start, start), min(edit.end, end)
        parts.append(html.escape(raw[at:first]))
        parts.append(_change(raw, edit, first, last, edit.kind in kinds, edit.start >= start))
        at = max(at, last)
    parts.append(html.escape(raw[at:end]))
    return "".join(parts)


def _within(edits: Sequence[Edit], start: int, end: int) -> Iterator[Edit]:
    low = bisect_left(edits, start, key=lambda edit: edit.start)
    while low and edits[low - 1].end > start:
        low -= 1
    return itertools.takewhile(lambda edit: edit.start < end, itertools.islice(edits, low, None))


def _change(raw: str, edit: Edit, first: int, last: int, shown: bool, begins_here: bool) -> str:
    title = html.escape(f"{kind_name(edit.kind)}: {edit.reason}")
    look = f'style="--h:{kind_hue(edit.kind)}" title="{title}"' if shown else f'class="other" title="{title}"'
    gone = visible(raw[first:last])
    if not edit.applied:
        suggested = html.escape(f" → {edit.replacement}") if edit.replacement else ""
        return f'<mark class="proposal" {look}>{gone}{suggested}</mark>'
    removed = f"<del {look}>{gone}</del>" if gone else ""
    put = edit.replacement if begins_here else ""
    # A line end stays one on the screen too.
    placed = f"<ins {look}>{html.escape(put)}</ins>" if put.strip() else html.escape(put)
    return removed + placed


def visible(text: str) -> str:
    """Escaped text in which line ends, tabs and characters that show nothing can be seen."""
    return "".join(_visible(char) for char in text)


def _visible(char: str) -> str:
    if char == "\n":
        return "↵"
    if char in "\t\r":
        return "⇥" if char == "\t" else "␍"
    if char == "\u3000":
        return "␣␣"
    if char == "\u00a0":
        return "␣"
    if unicodedata.category(char) in ("Cf", "Cc", "Co", "Cn", "Cs"):
        return f"<small>U+{ord(char):04X}</small>"
    return html.escape(char)
