"""Restores a name that the English left out with the preposition it has in the source: 向机构提供指引 → gives guidance to the Agency.

The preposition stands before the name; the phrase goes behind the object of the verb, which the alignment is sure of.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from translate.forcing.ledger import find_form, serve
from translate.forcing.naming import is_proper, with_article
from translate.forcing.neighbours import REACH, rows_after
from translate.forcing.steps.base import Draft, Means, Step
from translate.forcing.tokens import Token

_PREPOSITIONS = {"向": "to", "為": "for", "为": "for", "與": "with", "与": "with", "在": "in", "於": "in", "于": "in"}
_OBJECT_ENDS = re.compile(
    r"[.,;:!?)”\"]|\b(?:on|in|for|to|with|of|by|from|at|as|and|or|that|which|who|when|while|during|under)\b"
)
_FAR = 60


def _apply(draft: Draft, means: Means) -> str:
    text = draft.text
    for index, occurrence in enumerate(draft.occurrences):
        preposition = _PREPOSITIONS.get(draft.source[occurrence.start - 1 : occurrence.start], "")
        served = serve(text, draft.occurrences)
        if served[index] is not None or not preposition:
            continue
        name = means.names.form(occurrence, 1)
        # "In" is for places; an institution that something is done at is not said so.
        if preposition == "in" and not (is_proper(name) and name == with_article(text, name) and " " in name):
            continue
        reading = means.evidence.read(draft.source, text, draft.occurrences, served)
        if reading.tokens:
            line = float(reading.alignment.line[index])
            rows = [row for row in rows_after(draft, occurrence.end, reading) if abs(row - line) <= REACH]
            text = _behind_object(text, reading.tokens, rows, preposition, with_article(text, name), name)
    return text


def _behind_object(
    text: str, tokens: Sequence[Token], rows: Sequence[int], preposition: str, phrase: str, name: str
) -> str:
    """`text` with the phrase behind the verb and its object; as it was where that is not plain."""
    for row in rows:
        token = tokens[row]
        if token.blocked or find_form(text[max(0, token.start - _FAR) : token.end + _FAR], name):
            continue
        end = _OBJECT_ENDS.search(text, token.end)
        if end is None or end.start() - token.end > _FAR:
            continue
        at = len(text[: end.start()].rstrip())
        if any(other.blocked and other.start < at < other.end for other in tokens):
            continue
        if re.match(rf"\s*{preposition}\b", text[at:]):
            continue
        return f"{text[:at]} {preposition} {phrase}{text[at:]}"
    return text


STEP = Step("towards", "repaired", _apply)
