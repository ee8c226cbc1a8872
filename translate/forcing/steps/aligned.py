"""Replaces the English that the alignment shows to render a term: where it is sure, and later where it is likely."""

from __future__ import annotations

import functools

from translate.forcing.ledger import serve
from translate.forcing.mending import replace
from translate.forcing.spans import LIKELY, SURE, Certainty, Span, find_spans
from translate.forcing.steps.base import Draft, Means, Step


def _replaced(draft: Draft, means: Means, certainty: Certainty) -> str:
    text = draft.text
    served = serve(text, draft.occurrences)
    reading = means.evidence.read(draft.source, text, draft.occurrences, served)
    spans = find_spans(draft.source, draft.occurrences, served, reading, certainty)
    for span in sorted(spans, key=lambda span: -span.start):
        occurrence = draft.occurrences[span.occurrence]
        name = means.names.form(occurrence, draft.mentions[span.occurrence], text[span.start : span.end])
        taken = [(other.start, other.end) for other in spans if other.start < span.start]
        taken += [place for place in serve(text, draft.occurrences) if place and not _overlap(place, span)]
        text = replace(text, (span.start, span.end), name, taken)
    return text


def _overlap(place: tuple[int, int], span: Span) -> bool:
    return place[0] < span.end and span.start < place[1]


STEP = Step("aligned", "repaired", functools.partial(_replaced, certainty=SURE))
LIKELY_STEP = Step("aligned where likely", "repaired", functools.partial(_replaced, certainty=LIKELY))
