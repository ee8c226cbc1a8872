"""Replaces renderings that are known to be wrong: what the glossary forbids, and the engine's own word for the term."""

from __future__ import annotations

import re

from translate.forcing.ledger import Occurrence, find_form, serve
from translate.forcing.mending import replace
from translate.forcing.steps.base import Draft, Means, OwnRendering, Step

_ARTICLE = re.compile(r"^the\s+", re.IGNORECASE)
# One short word alone is no evidence: it may be any word of the sentence.
_LEAST = 4


def _apply(draft: Draft, means: Means) -> str:
    text = draft.text
    right = {form.lower() for o in draft.occurrences for form in o.accepted}
    for index, occurrence in enumerate(draft.occurrences):
        served = serve(text, draft.occurrences)
        if served[index] is None:
            span = _wrong_rendering(text, occurrence, [s for s in served if s], right, means.own_rendering)
            if span is not None:
                name = means.names.form(occurrence, draft.mentions[index], text[slice(*span)])
                text = replace(text, span, name, [s for s in served if s])
    return text


def _wrong_rendering(
    text: str, occurrence: Occurrence, taken: list[tuple[int, int]], right: set[str], own_rendering: OwnRendering
) -> tuple[int, int] | None:
    own = _ARTICLE.sub("", own_rendering(occurrence.text).strip().rstrip(".")).strip()
    forms = [*occurrence.forbidden, *([own] if len(own) >= _LEAST else [])]
    # What is forbidden for this term may be right for another one that stands here.
    for form in sorted((form for form in forms if form.lower() not in right), key=len, reverse=True):
        for start, end in find_form(text, form):
            if all(end <= left or last <= start for left, last in taken):
                return start, end
    return None


STEP = Step("known", "repaired", _apply)
