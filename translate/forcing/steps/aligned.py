"""Replaces the English that the alignment shows to render a term: where it is sure, and later where it is likely."""

from __future__ import annotations

import functools
from collections.abc import Sequence

from translate.forcing.evidence import Served
from translate.forcing.ledger import Occurrence, serve
from translate.forcing.mending import replace
from translate.forcing.spans import LIKELY, SURE, Certainty, Span, find_spans
from translate.forcing.steps.base import Draft, Means, Step


def _replaced(draft: Draft, means: Means, certainty: Certainty) -> str:
    text = draft.text
    served = _undisputed(serve(text, draft.occurrences), draft.occurrences)
    reading = means.evidence.read(draft.source, text, draft.occurrences, served)
    spans = find_spans(draft.source, draft.occurrences, served, reading, certainty)
    places = [place for place in serve(text, draft.occurrences) if place]
    for span in sorted(spans, key=lambda span: -span.start):
        occurrence = draft.occurrences[span.occurrence]
        if text[span.start : span.end].lower() in map(str.lower, occurrence.accepted):
            continue
        name = means.names.form(occurrence, draft.mentions[span.occurrence], text[span.start : span.end])
        taken = [(other.start, other.end) for other in spans if other.start < span.start]
        taken += [place for place in places if not _overlap(place, span)]
        changed = replace(text, (span.start, span.end), name, taken)
        places, text = _moved(places, text, changed), changed
    return text


def _undisputed(served: Served, occurrences: Sequence[Occurrence]) -> Served:
    """`served` without the names of terms that stand inside an unserved term: "the Shenzhen [office]" may be part of that.

    Which of them stands there is for the alignment to say.
    """
    longer = [occurrence.text for occurrence, span in zip(occurrences, served, strict=True) if span is None]
    return [
        None if any(occurrence.text in text and occurrence.text != text for text in longer) else span
        for occurrence, span in zip(occurrences, served, strict=True)
    ]


def _moved(places: Sequence[tuple[int, int]], old: str, new: str) -> list[tuple[int, int]]:
    """Places of `old` as they stand in `new`, and the place where the two differ."""
    first = _alike(old, new)
    rest = min(len(old), len(new)) - first
    last = _alike(old[len(old) - rest :][::-1], new[len(new) - rest :][::-1])
    by = len(new) - len(old)
    kept = [place for place in places if place[1] <= first]
    kept += [(start + by, end + by) for start, end in places if start >= len(old) - last]
    return [*kept, (first, len(new) - last)]


def _alike(one: str, other: str) -> int:
    """How many characters two texts have in common from their beginning."""
    least, most = 0, min(len(one), len(other))
    while least < most:
        middle = (least + most + 1) // 2
        if one[least:middle] == other[least:middle]:
            least = middle
        else:
            most = middle - 1
    return least


def _overlap(place: tuple[int, int], span: Span) -> bool:
    return place[0] < span.end and span.start < place[1]


STEP = Step("aligned", "repaired", functools.partial(_replaced, certainty=SURE))
LIKELY_STEP = Step("aligned where likely", "repaired", functools.partial(_replaced, certainty=LIKELY))
