"""Edits over raw text, the clean text they make, and the map between the two.

Offsets are counts of Unicode code points. Clean text = raw text with the applied edits; every clean character maps
back to its raw offset. A `Draft` carries the text from one cleaning step to the next: each step sees the text the
steps before left, and its edits are put back into raw offsets here, in one place.
"""

from __future__ import annotations

import dataclasses
import itertools
import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import Any


@dataclasses.dataclass(frozen=True, slots=True)
class Edit:
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
        self._clean_starts: list[int] = []
        self._clean_ends: list[int] = []
        shift = 0
        for edit in edits:
            self._clean_starts.append(edit.start + shift)
            shift += len(edit.replacement) - (edit.end - edit.start)
            self._clean_ends.append(edit.end + shift)
        self.clean_length = raw_length + shift

    def to_raw(self, offset: int) -> int:
        """Raw offset of the clean character at `offset`; the end of the clean text maps to the end of the raw text.

        Raises IndexError for an offset outside 0 … length of the clean text.
        """
        if not 0 <= offset <= self.clean_length:
            raise IndexError(f"offset {offset} is outside the clean text of {self.clean_length} characters")
        at = bisect_right(self._clean_starts, offset) - 1
        if at < 0:
            return offset
        edit = self._edits[at]
        if offset < self._clean_ends[at]:
            inside = min(offset - self._clean_starts[at], max(0, edit.end - edit.start - 1))
            return edit.start + inside
        return edit.end + offset - self._clean_ends[at]

    def from_raw(self, offset: int) -> int:
        """Clean offset at which the raw character at `offset` stands, or where it stood if it was removed."""
        if not 0 <= offset <= self._raw_length:
            raise IndexError(f"offset {offset} is outside the raw text of {self._raw_length} characters")
        at = bisect_right(self._raw_starts, offset) - 1
        if at < 0:
            return offset
        edit = self._edits[at]
        if offset < edit.end:
            return min(self._clean_starts[at] + offset - edit.start, self._clean_ends[at])
        return self._clean_ends[at] + offset - edit.end

    def span_to_raw(self, start: int, end: int) -> tuple[int, int]:
        """The raw span of the clean span: from its first character's start to its last character's end."""
        first = self.to_raw(start)
        if end <= start:
            return first, first
        at = bisect_right(self._clean_starts, end - 1) - 1
        if at >= 0 and end - 1 < self._clean_ends[at]:
            edit = self._edits[at]
            one_to_one = len(edit.replacement) == edit.end - edit.start
            return first, edit.start + end - self._clean_starts[at] if one_to_one else edit.end
        return first, self.to_raw(end - 1) + 1

    def touching(self, start: int, end: int) -> tuple[int, int]:
        """Indices [i, j) of the edits that a new edit of clean [start, end) would cut into or swallow."""
        first = bisect_right(self._clean_ends, start)
        last = bisect_left(self._clean_starts, end)
        return (first, last) if first < last else (first, first)

    def clean_span(self, index: int) -> tuple[int, int]:
        """Clean span that the replacement of edit `index` fills."""
        return self._clean_starts[index], self._clean_ends[index]


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """`text` with the edits (sorted, free of overlaps, in its own offsets) carried out."""
    parts: list[str] = []
    at = 0
    for edit in edits:
        parts.append(text[at : edit.start])
        parts.append(edit.replacement)
        at = edit.end
    parts.append(text[at:])
    return "".join(parts)


class Draft:
    """Text on its way through the cleaning steps."""

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.text = raw
        self.edits: list[Edit] = []
        self.proposals: list[Edit] = []
        self._map = OffsetMap([], len(raw))

    def apply(self, found: Iterable[Edit]) -> None:
        """Carry out edits given in offsets of the present `text`; keep the proposals among them for a person.

        Of two overlapping edits the one that starts first (then the longer) wins. An edit that cuts into an earlier
        one is merged with it, so that the ledger stays free of overlaps.
        """
        taken: list[Edit] = []
        end = 0
        for edit in sorted(found, key=lambda e: (e.start, -e.end)):
            if not edit.applied:
                start, stop = self._map.span_to_raw(edit.start, edit.end)
                self.proposals.append(dataclasses.replace(edit, start=start, end=stop))
            elif edit.start >= end and not (taken and edit.start == edit.end == taken[-1].start):
                taken.extend(self._pieces(edit))
                end = max(end, edit.end)
        if not taken:
            return
        kept: list[Edit] = []
        at = 0
        for first, last, merged in self._merged(taken):
            kept.extend(self.edits[at:first])
            kept.append(merged)
            at = last
        kept.extend(self.edits[at:])
        self.edits = [e for e in kept if self.raw[e.start : e.end] != e.replacement]
        self._map = OffsetMap(self.edits, len(self.raw))
        self.text = apply_edits(self.raw, self.edits)

    def _pieces(self, edit: Edit) -> Iterator[Edit]:
        """`edit`, cut where earlier steps removed something inside it, so that each removal keeps its own kind."""
        cuts = [edit.start]
        if not edit.replacement or len(edit.replacement) == edit.end - edit.start:
            first, last = self._map.touching(edit.start, edit.end)
            spans = [self._map.clean_span(index) for index in range(first, last)]
            cuts.extend(start for start, end in spans if start == end)
        cuts.append(edit.end)
        for start, end in (
            itertools.pairwise(dict.fromkeys(cuts)) if edit.start < edit.end else [(edit.start, edit.end)]
        ):
            text = edit.replacement[start - edit.start : end - edit.start] if len(cuts) > 2 else edit.replacement
            yield dataclasses.replace(edit, start=start, end=end, replacement=text)

    def _merged(self, taken: list[Edit]) -> Iterator[tuple[int, int, Edit]]:
        """For each group of new edits: the range of earlier edits that it swallows, and the edit in raw offsets."""
        at = 0
        while at < len(taken):
            group = [taken[at]]
            first, last = self._map.touching(group[0].start, group[0].end)
            low, high = self._widen(group[0], first, last)
            at += 1
            while at < len(taken) and taken[at].start < high:
                group.append(taken[at])
                more_first, more_last = self._map.touching(taken[at].start, taken[at].end)
                if more_last > more_first:
                    last = more_last if last == first else max(last, more_last)
                    first = min(first, more_first)
                high = max(high, self._widen(taken[at], more_first, more_last)[1])
                at += 1
            inner = [dataclasses.replace(e, start=e.start - low, end=e.end - low) for e in group]
            replacement = apply_edits(self.text[low:high], inner)
            start, end = self._map.span_to_raw(low, high)
            yield first, last, dataclasses.replace(group[0], start=start, end=end, replacement=replacement)

    def _widen(self, edit: Edit, first: int, last: int) -> tuple[int, int]:
        """The clean span of `edit`, widened to the whole of every earlier replacement that it cuts into."""
        if first == last:
            return edit.start, edit.end
        return min(edit.start, self._map.clean_span(first)[0]), max(edit.end, self._map.clean_span(last - 1)[1])

    def finish(self) -> CleanText:
        """The clean text with its ledger; proposals about text that was removed are dropped."""
        starts = [edit.start for edit in self.edits]

        def is_open(proposal: Edit) -> bool:
            at = bisect_right(starts, proposal.start) - 1
            return at < 0 or self.edits[at].end < proposal.end or bool(self.edits[at].replacement)

        proposals = sorted({p for p in self.proposals if is_open(p)}, key=lambda e: (e.start, e.end, e.kind))
        return CleanText(self.raw, self.text, tuple(self.edits), tuple(proposals))


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
    def kept(self) -> int:
        """Raw characters that stand unchanged in the clean text."""
        return len(self.raw) - sum(edit.end - edit.start for edit in self.applied)


def ledger_row(raw: str, edit: Edit) -> dict[str, Any]:
    """One line of the edit ledger: the edit and the raw text it stands for."""
    return {**dataclasses.asdict(edit), "raw": raw[edit.start : edit.end]}


def write_ledger(clean: CleanText) -> str:
    """The edit ledger as JSON Lines."""
    rows = (json.dumps(ledger_row(clean.raw, edit), ensure_ascii=False) for edit in clean.edits)
    return "".join(row + "\n" for row in rows)


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
