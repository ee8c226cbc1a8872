"""Restores a name that the English left out as the subject of its verb, where that verb stands without a subject of its own.

A passive gets it as its agent (was reviewed by the Agency); a verb joined to another's subject gets it as its subject
(… and the Agency further strengthened …). The verb is one that the alignment is sure of.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from translate.forcing.ledger import find_form, serve
from translate.forcing.naming import is_plural, with_article
from translate.forcing.neighbours import BE, PARTICIPLE, REACH, row_beside, rows_after
from translate.forcing.steps.base import Draft, Means, Step
from translate.forcing.tokens import Token

# States that nobody brings about.
_STATES = frozenset(
    "based expected located related aimed concerned involved interested committed dedicated composed needed even open "
    "often then increased decreased improved limited mixed widespread".split()
)
# Where a subject begins in the source: at the start of a clause, a connective or a date perhaps before it.
_SUBJECT = re.compile(
    r"(?:^|[。；，,;：:！？\n\-#]\s*)(?:此外，?|年內|年内|另外，?|同時，?|同时，?|其後|其后|與此同時，?|[\d年月日於于在]{1,12}，?)?$"
)
_ADVERBS = r"(?:also |further |then |subsequently |successfully |jointly |actively |continuously |closely )?"
_JOINED_VERB = re.compile(rf"(?:,|;)?\s+and\s+{_ADVERBS}$")
_OBJECT = re.compile(r"\s+(?:the|an?|its|their|our|this|these|two|three|several|new|to|with|on|in|for|that|\d)\b")


def _apply(draft: Draft, means: Means) -> str:
    text = draft.text
    for index, occurrence in enumerate(draft.occurrences):
        served = serve(text, draft.occurrences)
        if served[index] is not None:
            continue
        reading = means.evidence.read(draft.source, text, draft.occurrences, served)
        if not reading.tokens:
            continue
        beside, linked = row_beside(draft, index, served, reading)
        if linked and beside is not None:
            continue
        rows = rows_after(draft, occurrence.end, reading)
        name = means.names.form(occurrence, 1)
        if name[:1].isupper() and _SUBJECT.search(draft.source[: occurrence.start]) and not linked:
            line = float(reading.alignment.line[index])
            near = (row for row in range(len(reading.tokens)) if abs(row - line) <= REACH)
            rows += sorted(near, key=lambda row, line=line: abs(row - line))  # type: ignore[misc]
        text = _with_agent(text, reading.tokens, rows, name)
    return text


def _with_agent(text: str, tokens: Sequence[Token], rows: Sequence[int], name: str) -> str:
    for row in rows:
        token = tokens[row]
        if find_form(text[max(0, token.start - 60) : token.end + 40], name):
            continue
        if _is_passive(tokens, row) and not re.match(r"\s+(?:by|to|that)\b", text[token.end :]):
            particle = re.match(r"\s+(?:out|up|down|in|off)\b", text[token.end :])
            end = token.end + (particle.end() if particle else 0)
            return f"{text[:end]} by {with_article(text, name)}{text[end:]}"
        joined = _JOINED_VERB.search(text[: token.start])
        if joined and _is_finite(tokens, row, name) and _OBJECT.match(text[token.end :]):
            at = text.index("and", joined.start()) + len("and ")
            return f"{text[:at]}{with_article(text, name)} {text[at:]}"
    return text


def _is_finite(tokens: Sequence[Token], row: int, name: str) -> bool:
    """Whether a word is a verb in the past, which agrees with every subject, or one in the present that agrees with the name."""
    word = tokens[row].word
    if tokens[row].blocked or not word.islower():
        return False
    return word.endswith("ed") or (word.endswith("s") and not word.endswith("ss") and not is_plural(name))


def _is_passive(tokens: Sequence[Token], row: int) -> bool:
    """Whether something is done there that somebody did: "were also reviewed", not "is based"."""
    word = tokens[row].word.lower()
    before = row - 1
    while before > 0 and tokens[before].word.lower() in ("also", "further", "then", "not", "successfully", "jointly"):
        before -= 1
    return (
        before >= 0
        and tokens[before].word.lower() in BE
        and bool(PARTICIPLE.search(word))
        and word not in _STATES
        and not tokens[row].blocked
    )


STEP = Step("agent", "repaired", _apply)
