"""Replaces the English that the alignment shows to render a term."""

from __future__ import annotations

from translate.forcing.ledger import serve
from translate.forcing.mending import replace
from translate.forcing.spans import find_spans
from translate.forcing.steps.base import Draft, Means, Step


def _apply(draft: Draft, means: Means) -> str:
    text = draft.text
    served = serve(text, draft.occurrences)
    reading = means.evidence.read(draft.source, text, draft.occurrences, served)
    spans = find_spans(draft.source, draft.occurrences, served, reading)
    for span in sorted(spans, key=lambda span: -span.start):
        occurrence = draft.occurrences[span.occurrence]
        name = means.names.form(occurrence, draft.mentions[span.occurrence], text[span.start : span.end])
        text, _ = replace(text, (span.start, span.end), name)
    return text


STEP = Step("aligned", "repaired", _apply)
