"""How damaged a text is: the share of its characters that are lost or doubtful, and why."""

from __future__ import annotations

import dataclasses
from bisect import bisect_left
from collections import Counter

from documents.edits import CleanText, Edit

# Kinds that mend the text itself, or offer to; page chrome or adverts taken away (or put back) are no damage to it.
MENDING_KINDS = frozenset(("date", "misaligned", "mojibake", "lost_mark", "censored", "typo", "junk"))
_UNREADABLE = "\ufffd"


@dataclasses.dataclass(frozen=True, slots=True)
class Damage:
    """`score` 0–1: doubtful characters for each character of text; `by_kind` counts them."""

    score: float
    by_kind: dict[str, int]


class DamageMap:
    """Where a clean text is doubtful: mended or to be mended by a person, or unreadable."""

    def __init__(self, clean: CleanText) -> None:
        self._clean = clean
        seen: set[tuple[int, int]] = set()
        marks: list[tuple[int, str, int]] = []
        for edit in clean.edits:
            # The readings of one ambiguous place are one doubt.
            if edit.kind in MENDING_KINDS and (edit.start, edit.end) not in seen:
                seen.add((edit.start, edit.end))
                marks.append((clean.offsets.from_raw(edit.start), edit.kind, _weight(edit)))
        at = clean.text.find(_UNREADABLE)
        while at >= 0:
            marks.append((at, "unreadable", 1))
            at = clean.text.find(_UNREADABLE, at + 1)
        self._marks = sorted(marks)
        self._places = [place for place, _, _ in self._marks]

    def of(self, start: int = 0, end: int | None = None) -> Damage:
        """Damage of the clean text, or of its span [start, end)."""
        stop = len(self._clean.text) if end is None else end
        first = bisect_left(self._places, start)
        last = len(self._marks) if end is None else bisect_left(self._places, stop)
        kinds: Counter[str] = Counter()
        for _, kind, weight in self._marks[first:last]:
            kinds[kind] += weight
        return Damage(round(min(1.0, kinds.total() / max(1, stop - start)), 4), dict(kinds))


def _weight(edit: Edit) -> int:
    """Characters in doubt: those replaced or put in."""
    return max(1, edit.end - edit.start, len(edit.replacement))
