"""Raw text with its edits made visible, as HTML; long texts in pages. Every character is escaped."""

from __future__ import annotations

import functools
import html
import itertools
import unicodedata
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from app.borrowed import borrowed_reason
from app.language import language, t
from app.plain import attribute, escaped
from app.words import kind_words
from documents.decisions import key_of
from documents.edits import Edit

PAGE = 4_000
# A page ends at a line end if there is one before this; text without line ends is cut here.
_LONGEST_PAGE = 6_000


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


class Change(NamedTuple):
    """A stretch of raw text that is shown as one: an applied edit, or proposals with the applied edits they touch."""

    start: int
    end: int
    applied: tuple[Edit, ...]
    proposed: tuple[Edit, ...]
    restored: tuple[Edit, ...]


def changes_of(edits: Sequence[Edit], restored: Collection[str] = ()) -> list[Change]:
    """The stretches of a text by start, none overlapping; `edits` are sorted, `restored` are keys of edits."""
    out: list[Change] = []
    for edit in edits:
        last = out[-1] if out else None
        back = restored and not edit.applied and key_of(edit) in restored
        new = Change(
            edit.start,
            edit.end,
            (edit,) if edit.applied else (),
            () if edit.applied or back else (edit,),
            (edit,) if back else (),
        )
        same = last is not None and (last.start, last.end) == (edit.start, edit.end) and not edit.applied
        if last is not None and (edit.start < last.end or same):
            lists = (mine + more for mine, more in zip(last[2:], new[2:], strict=True))
            out[-1] = Change(last.start, max(last.end, edit.end), *lists)
        else:
            out.append(new)
    return out


def marked_raw(
    raw: str, changes: Sequence[Change], start: int, end: int, kinds: Collection[str], anchors: bool = True
) -> str:
    """raw[start:end] with what was removed struck out and what was put in its place, in the colours of `kinds`.

    Changes of other kinds stay faint. With `anchors` a change can be pointed to as #at and its raw offset.
    """
    parts: list[str] = []
    at = start
    # Asked once: a page has hundreds of changes.
    tongue = language()
    # What is put in behind the last character belongs to the last stretch.
    for change in _within(changes, start, end + (end == len(raw))):
        first, last = max(change.start, start), min(change.end, end)
        parts.append(escaped(raw[at:first]))
        parts.append(_shown(raw, change, first, last, kinds, tongue, anchors and change.start >= start))
        at = max(at, last)
    parts.append(escaped(raw[at:end]))
    return "".join(parts)


def _within(changes: Sequence[Change], start: int, end: int) -> Iterator[Change]:
    low = bisect_left(changes, start, key=lambda change: change.start)
    if low and changes[low - 1].end > start:
        low -= 1
    return itertools.takewhile(lambda change: change.start < end, itertools.islice(changes, low, None))


def _shown(raw: str, change: Change, first: int, last: int, kinds: Collection[str], tongue: str, anchor: bool) -> str:
    edits = change.proposed or change.restored or change.applied
    named = f' id="at{change.start}"' if anchor else ""
    if not change.proposed and not change.restored:
        return _applied(raw, edits[0], first, last, kinds, tongue, named)
    inner: list[str] = []
    at = first
    for edit in change.applied:
        begin, stop = max(edit.start, first), min(edit.end, last)
        if begin <= stop and begin >= at:
            inner.append(escaped(raw[at:begin]) + _applied(raw, edit, begin, stop, kinds, tongue, ""))
            at = stop
    inner.append(escaped(raw[at:last]) if change.restored else visible(raw[at:last]))
    suggested = ""
    if change.proposed and last == change.end:
        readings = f" {t('or')} ".join(_short(edit.replacement) or t("(nothing)") for edit in change.proposed)
        suggested = f'<span class="reading"> → {readings}</span>'
    look = "proposal" if change.proposed else "restored"
    return f'<mark class="{look}{_faint(edits, kinds)}"{named} {_why(edits, look, tongue)}>{"".join(inner)}{suggested}</mark>'


def _applied(raw: str, edit: Edit, first: int, last: int, kinds: Collection[str], tongue: str, named: str) -> str:
    look = ("" if edit.kind in kinds else 'class="other" ') + _why((edit,), "", tongue)
    gone = visible(raw[first:last])
    removed = f"<del{named} {look}>{gone}</del>" if gone else ""
    put = edit.replacement if first == edit.start else ""
    # A line end stays one on the screen too.
    placed = f"<ins{'' if gone else named} {look}>{escaped(put)}</ins>" if put.strip() else html.escape(put)
    return removed + placed


def _why(edits: Sequence[Edit], look: str, tongue: str) -> str:
    return _why_in(tongue, tuple((edit.kind, edit.reason) for edit in edits), look)


# A page has hundreds of changes, and few reasons.
@functools.lru_cache(maxsize=4_000)
def _why_in(tongue: str, edits: tuple[tuple[str, str], ...], look: str) -> str:
    says = {"proposal": t("proposed,") + " ", "restored": t("restored by hand, removed as") + " "}.get(look, "")
    lines = dict.fromkeys(f"{t(kind_words(kind).title)}: {says}{borrowed_reason(reason)}" for kind, reason in edits)
    return f'style="--h:{kind_words(edits[0][0]).hue}" title="{attribute("; ".join(lines))}"'


def _faint(edits: Sequence[Edit], kinds: Collection[str]) -> str:
    return "" if any(edit.kind in kinds for edit in edits) else " other"


def _short(text: str) -> str:
    return escaped(text if len(text) <= 40 else f"{text[:30]}…")


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
