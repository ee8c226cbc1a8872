"""Names that a border between two segments cuts in two: 国际原子能 | 机构. One of the segments answers for the whole name.

A shorter name that stands whole in a segment goes before, unless the English says the cut one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from glossary.matching import Matcher
from translate.forcing.ledger import Occurrence, occurrences_of, serve

_HAN = re.compile("[\u3400-\u9fff]")
# How much of each side is looked at: no name is longer.
_REACH = 60


def with_cut_names(
    sources: Sequence[str],
    found: Sequence[tuple[Occurrence, ...]],
    matcher: Matcher,
    document: str = "",
    targets: Sequence[str] = (),
) -> list[tuple[Occurrence, ...]]:
    """`found`, the occurrences of each of the neighbouring segments, and those of names that are cut.

    The part that stands in a segment is its occurrence: of the segment whose target holds the name already, else of the
    one with the longer part.
    """
    all_of_them = list(found)
    for left in range(len(sources) - 1):
        parts = _cut(sources[left], sources[left + 1], matcher, document)
        if parts is None:
            continue
        first, second = parts
        inside = [o for o in all_of_them[left] if o.end > first.start]
        inside += [o for o in all_of_them[left + 1] if o.start < second.end]
        after = (*(o for o in all_of_them[left] if o not in inside), first)
        before = (second, *(o for o in all_of_them[left + 1] if o not in inside))
        stands_after = bool(targets) and serve(targets[left + 1], before)[0] is not None
        stands_before = bool(targets) and serve(targets[left], after)[-1] is not None
        if inside and not (stands_before or stands_after):
            continue
        if stands_before or (len(first.text) >= len(second.text) and not stands_after):
            all_of_them[left], all_of_them[left + 1] = after, before[1:]
        else:
            all_of_them[left], all_of_them[left + 1] = after[:-1], before
    return all_of_them


def _cut(left: str, right: str, matcher: Matcher, document: str) -> tuple[Occurrence, Occurrence] | None:
    """The two parts of a name across the border, each as an occurrence in its own segment."""
    body, indent = left.rstrip(), len(right) - len(right.lstrip())
    if not (_HAN.fullmatch(body[-1:]) and _HAN.fullmatch(right[indent : indent + 1])):
        return None
    tail = body[-_REACH:]
    at = len(body) - len(tail)
    joined = tail + right[indent : indent + _REACH]
    for match in matcher.find(joined, document):
        if match.start < len(tail) < match.end:
            [whole] = occurrences_of(joined, [match])
            start, end = at + whole.start, indent + whole.end - len(tail)
            return (
                _part(whole, left, start, len(body)),
                _part(whole, right, indent, end),
            )
    return None


def _part(whole: Occurrence, source: str, start: int, end: int) -> Occurrence:
    return Occurrence(start, end, source[start:end], whole.concept, whole.expected, whole.accepted, whole.forbidden)
