"""Labels of the name model: outside, and first, inner, last character of a name of each kind."""

from __future__ import annotations

KINDS = ("ORG", "PRG", "LOC", "PER")
OUTSIDE = 0
LABELS = ("O", *(f"{position}-{kind}" for kind in KINDS for position in "BIE"))
COUNT = len(LABELS)


def first(kind: str) -> int:
    """The label of a name's first character; +1 is an inner one, +2 the last."""
    return 1 + 3 * KINDS.index(kind)


def may_follow(before: int, after: int) -> bool:
    """Whether label `after` can stand behind `before`: a name that is begun is ended."""
    if before == OUTSIDE or (before - 1) % 3 == 2:
        return after == OUTSIDE or (after - 1) % 3 == 0
    return after in (before + 1, before + 2) if (before - 1) % 3 == 0 else after in (before, before + 1)


def may_begin(label: int) -> bool:
    """Whether a line can begin with it."""
    return label == OUTSIDE or (label - 1) % 3 == 0


def may_end(label: int) -> bool:
    """Whether a line can end with it."""
    return label == OUTSIDE or (label - 1) % 3 == 2
