"""Text on its way through the cleaning steps.

Each step sees the text that the steps before left and gives edits in offsets of that text: a layer. At the end the
layers are composed, last onto first, into one ledger in raw offsets, free of overlaps.
"""

from __future__ import annotations

import itertools
import operator
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from documents.edits import CleanText, Edit, OffsetMap, apply_edits, proposal_order

# Kinds that put lost text back; simplifying it afterwards does not change what happened to it.
RESTORING_KINDS = frozenset(("misaligned", "mojibake"))


class Draft:
    """The present `text`, and how it came from `raw`."""

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.text = raw
        self._layers: list[tuple[str, list[Edit]]] = []
        self._proposals: list[tuple[int, Edit]] = []

    def apply(self, found: Iterable[Edit]) -> None:
        """Carry out edits given in offsets of the present `text`; keep the proposals among them for a person.

        Of two overlapping edits the one that starts first (then the longer) wins.
        """
        edits = list(found)
        starts = [edit[0] for edit in edits]
        if any(map(operator.ge, starts, starts[1:])):
            edits.sort(key=lambda e: (e.start, -e.end))
        taken: list[Edit] = []
        end = 0
        for edit in edits:
            if not edit[6]:
                self._proposals.append((len(self._layers), edit))
            elif edit[0] >= end and not (edit[0] == edit[1] == end and taken and taken[-1].start == end):
                taken.append(edit)
                end = edit[1]
        if taken:
            self._layers.append((self.text, taken))
            self.text = apply_edits(self.text, taken)

    def finish(self) -> CleanText:
        """The clean text with its ledger; proposals about text that was removed are dropped."""
        texts = [text for text, _ in self._layers]
        ledgers = [edits for _, edits in self._layers]
        while len(ledgers) > 1:
            # Composing is associative; the cheapest neighbours first keeps the cost near that of the largest layer.
            at = min(range(len(ledgers) - 1), key=lambda i: len(ledgers[i]) + len(ledgers[i + 1]))
            ledgers[at : at + 2] = [compose(ledgers[at], ledgers[at + 1], texts[at], texts[at + 1])]
            del texts[at + 1]
        ledger = ledgers[0] if ledgers else []
        applied = [edit for edit in ledger if edit[2] != self.raw[edit[0] : edit[1]]]
        return CleanText(self.raw, self.text, tuple(applied), tuple(self._open_proposals(applied)))

    def _open_proposals(self, applied: Sequence[Edit]) -> list[Edit]:
        """The proposals in raw offsets, without those about text that is gone."""
        if not self._proposals:
            return []
        maps = [OffsetMap(edits, len(text)) for text, edits in self._layers]
        starts = [edit.start for edit in applied]
        found = set()
        for layers, proposal in self._proposals:
            span = proposal.start, proposal.end
            for offsets in reversed(maps[:layers]):
                span = offsets.span_to_raw(*span)
            at = bisect_right(starts, span[0]) - 1
            over = applied[at] if at >= 0 else None
            gone = over is not None and not over.replacement and span[0] < over.end and span[1] <= over.end
            if not gone:
                found.add(proposal._replace(start=span[0], end=span[1]))
        return sorted(found, key=proposal_order)


def compose(first: Sequence[Edit], second: Iterable[Edit], raw: str, middle: str) -> list[Edit]:
    """One ledger that does to `raw` what `first` (raw → middle) and then `second` (in offsets of middle) do.

    A removal around an earlier one is cut there, so that each keeps its own kind; an edit that cuts into an earlier
    replacement is merged with it.
    """
    return _Composition(first, second, raw, middle).edits()


class _Composition:
    def __init__(self, first: Sequence[Edit], second: Iterable[Edit], raw: str, middle: str) -> None:
        self._first = first
        self._middle = middle
        self._map = OffsetMap(first, len(raw))
        self._queue = iter(second)
        self._waiting: list[Edit] = []

    def _next(self) -> Edit | None:
        return self._waiting.pop() if self._waiting else next(self._queue, None)

    def edits(self) -> list[Edit]:
        """The composed ledger, in raw offsets."""
        first = self._first
        starts, ends = self._map.clean_starts, self._map.clean_ends
        count = len(first)
        placed: list[Edit] = []
        before = 0
        while edit := self._next():
            start, end, replacement, kind, reason, confidence, applied = edit
            while before < count and ends[before] <= start:
                placed.append(first[before])
                before += 1
            if before == count or starts[before] >= end:
                # Nothing earlier in the way, which is the rule: the offsets only shift.
                shift = first[before - 1][1] - ends[before - 1] if before else 0
                placed.append(Edit(start + shift, end + shift, replacement, kind, reason, confidence, applied))
            elif len(pieces := self._pieces(edit)) > 1:
                self._waiting.extend(reversed(pieces))
            else:
                group, before, low, high = self._group(edit)
                placed.append(self._merged(group, low, high))
        placed.extend(first[before:])
        return placed

    def _pieces(self, edit: Edit) -> list[Edit]:
        """`edit`, cut where earlier steps removed something inside it."""
        if edit.replacement and len(edit.replacement) != edit.end - edit.start:
            return [edit]
        spans = self._spans(*self._map.touching(edit.start, edit.end))
        cuts = dict.fromkeys((edit.start, *(start for start, end in spans if start == end), edit.end))
        return [
            edit._replace(start=start, end=end, replacement=edit.replacement[start - edit.start : end - edit.start])
            for start, end in itertools.pairwise(cuts)
        ]

    def _spans(self, first: int, last: int) -> Iterator[tuple[int, int]]:
        return ((self._map.clean_starts[at], self._map.clean_ends[at]) for at in range(first, last))

    def _group(self, edit: Edit) -> tuple[list[Edit], int, int, int]:
        """`edit` and those after it that cut into the same earlier edits; the index behind these; the clean span."""
        group = [edit]
        first, last = self._map.touching(edit.start, edit.end)
        low, high = self._widened(edit, first, last)
        while follower := self._next():
            if follower.start >= high:
                self._waiting.append(follower)
                break
            group.append(follower)
            first, more = self._map.touching(follower.start, follower.end)
            last = max(last, more)
            high = max(high, self._widened(follower, first, more)[1])
        return group, last, low, high

    def _widened(self, edit: Edit, first: int, last: int) -> tuple[int, int]:
        """The clean span of `edit`, widened to the whole of every earlier replacement that it cuts into."""
        if first == last:
            return edit.start, edit.end
        return min(edit.start, self._map.clean_starts[first]), max(edit.end, self._map.clean_ends[last - 1])

    def _merged(self, group: list[Edit], low: int, high: int) -> Edit:
        """One edit out of several, over clean [low, high)."""
        inner = [edit._replace(start=edit.start - low, end=edit.end - low) for edit in group]
        start, end = self._map.span_to_raw(low, high)
        # A restoration stays what it is, also when its text is then simplified.
        first, last = self._map.touching(low, high)
        mended = [edit for edit in self._first[first:last] if edit.kind in RESTORING_KINDS]
        named = mended[0] if mended and group[0].kind == "script" else group[0]
        return named._replace(start=start, end=end, replacement=apply_edits(self._middle[low:high], inner))
