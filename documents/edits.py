"""Edits over raw text, the clean text they make, and the map between the two.

Offsets are counts of Unicode code points. Clean text = raw text with the applied edits; every clean character maps
back to its raw offset.
"""

from __future__ import annotations

import dataclasses
import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from operator import itemgetter
from typing import Any, NamedTuple

# Made once: json.dumps would make one for each of a hundred thousand lines.
_encode = json.JSONEncoder(ensure_ascii=False).encode


class Edit(NamedTuple):
    """Replace raw[start:end] by `replacement`, for a reason.

    `kind` names the noise, `confidence` is 0–1, and an edit with `applied=False` is a proposal for a person.
    """

    start: int
    end: int
    replacement: str
    kind: str
    reason: str
    confidence: float = 1.0
    applied: bool = True


class OffsetMap:
    """Offsets of clean text ↔ offsets of raw text, for applied edits sorted by start and free of overlaps."""

    def __init__(self, edits: Sequence[Edit], raw_length: int) -> None:
        self._raw_length = raw_length
        self._edits = edits
        self._raw_starts = [edit.start for edit in edits]
        self.clean_starts: list[int] = []
        self.clean_ends: list[int] = []
        shift = 0
        for start, end, replacement, *_ in edits:
            self.clean_starts.append(start + shift)
            shift += len(replacement) - (end - start)
            self.clean_ends.append(end + shift)
        self.clean_length = raw_length + shift

    def to_raw(self, offset: int) -> int:
        """Raw offset of the clean character at `offset`; the end of the clean text maps to the end of the raw text.

        Raises IndexError for an offset outside 0 … length of the clean text.
        """
        if not 0 <= offset <= self.clean_length:
            raise IndexError(f"offset {offset} is outside the clean text of {self.clean_length} characters")
        at = bisect_right(self.clean_starts, offset) - 1
        if at < 0:
            return offset
        edit = self._edits[at]
        if offset < self.clean_ends[at]:
            inside = min(offset - self.clean_starts[at], max(0, edit.end - edit.start - 1))
            return edit.start + inside
        return edit.end + offset - self.clean_ends[at]

    def from_raw(self, offset: int) -> int:
        """Clean offset at which the raw character at `offset` stands, or where it stood if it was removed."""
        if not 0 <= offset <= self._raw_length:
            raise IndexError(f"offset {offset} is outside the raw text of {self._raw_length} characters")
        at = bisect_right(self._raw_starts, offset) - 1
        if at < 0:
            return offset
        edit = self._edits[at]
        if offset < edit.end:
            return min(self.clean_starts[at] + offset - edit.start, self.clean_ends[at])
        return self.clean_ends[at] + offset - edit.end

    def span_to_raw(self, start: int, end: int) -> tuple[int, int]:
        """The raw span of the clean span: from its first character's start to its last character's end."""
        first = self.to_raw(start)
        if end <= start:
            return first, first
        at = bisect_right(self.clean_starts, end - 1) - 1
        if at >= 0 and end - 1 < self.clean_ends[at]:
            edit = self._edits[at]
            one_to_one = len(edit.replacement) == edit.end - edit.start
            return first, edit.start + end - self.clean_starts[at] if one_to_one else edit.end
        return first, self.to_raw(end - 1) + 1

    def touching(self, start: int, end: int) -> tuple[int, int]:
        """Indices [i, j) of the edits that a new edit of clean [start, end) would cut into or swallow."""
        first = bisect_right(self.clean_ends, start)
        last = bisect_left(self.clean_starts, end)
        return (first, last) if first < last else (first, first)


def proposal_order(edit: Edit) -> tuple[int, int, str, float, str]:
    """Sorts proposals by place; of several readings of one place the likeliest stands first."""
    return edit.start, edit.end, edit.kind, -edit.confidence, edit.replacement


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """`text` with the edits (sorted, free of overlaps, in its own offsets) carried out."""
    parts: list[str] = []
    at = 0
    for start, end, replacement, *_ in edits:
        parts.append(text[at:start])
        parts.append(replacement)
        at = end
    parts.append(text[at:])
    return "".join(parts)


@dataclasses.dataclass(frozen=True)
class CleanText:
    """Clean text (one paragraph a line), the raw text it came from, and every edit between them."""

    raw: str
    text: str
    applied: tuple[Edit, ...] = ()
    proposals: tuple[Edit, ...] = ()

    @property
    def edits(self) -> tuple[Edit, ...]:
        """Applied edits and proposals, by raw offset."""
        return tuple(sorted((*self.applied, *self.proposals), key=lambda e: (e.start, e.end)))

    @property
    def offsets(self) -> OffsetMap:
        """The map between clean and raw offsets."""
        cached = self.__dict__.get("_offsets")
        if cached is None:
            cached = OffsetMap(self.applied, len(self.raw))
            self.__dict__["_offsets"] = cached
        return cached

    def to_raw(self, offset: int) -> int:
        """Raw offset of the clean character at `offset`."""
        return self.offsets.to_raw(offset)

    def removed_by_kind(self) -> dict[str, int]:
        """Raw characters that are gone or replaced, by kind of noise; they add up to raw minus kept."""
        counts: dict[str, int] = {}
        for edit in self.applied:
            counts[edit.kind] = counts.get(edit.kind, 0) + edit.end - edit.start
        return counts

    @property
    def restored(self) -> int:
        """Characters that the clean text has and the raw text had lost (年 and 月 of a date)."""
        return sum(max(0, len(edit.replacement) - (edit.end - edit.start)) for edit in self.applied)

    @property
    def kept(self) -> int:
        """Raw characters that stand unchanged in the clean text."""
        return len(self.raw) - sum(edit.end - edit.start for edit in self.applied)


def ledger_row(raw: str, edit: Edit) -> dict[str, Any]:
    """One line of the edit ledger: the edit and the raw text it stands for."""
    return {**edit._asdict(), "raw": raw[edit.start : edit.end]}


def write_ledger(clean: CleanText) -> str:
    """The edit ledger as JSON Lines."""
    rows = (_encode(ledger_row(clean.raw, edit)) for edit in clean.edits)
    return "".join(row + "\n" for row in rows)


def read_ledger(ledger: str) -> list[Edit]:
    """The edits of a ledger (JSON Lines), by raw offset."""
    # One text of all lines is read several times as fast as line by line.
    rows = json.loads(f"[{','.join(filter(None, ledger.split(chr(10))))}]")
    return sorted(map(Edit._make, map(itemgetter(*Edit._fields), rows)), key=itemgetter(0, 1))


def read_clean(raw: str, text: str, ledger: str) -> CleanText:
    """Clean text as `write_ledger` kept it."""
    edits = read_ledger(ledger)
    applied, proposals = (tuple(edit for edit in edits if edit.applied is wanted) for wanted in (True, False))
    return CleanText(raw, text, applied, proposals)


def undo(clean_text: str, ledger: str) -> str:
    """The raw text, from the clean text and its ledger alone."""
    parts: list[str] = []
    at = raw_at = 0
    for line in filter(None, ledger.split("\n")):
        row = json.loads(line)
        if not row["applied"]:
            continue
        step = row["start"] - raw_at
        parts.append(clean_text[at : at + step])
        parts.append(row["raw"])
        at += step + len(row["replacement"])
        raw_at = row["end"]
    parts.append(clean_text[at:])
    return "".join(parts)
