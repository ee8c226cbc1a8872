"""Puts a name in place of the pronoun that stands for it, where the same text has named it before."""

from __future__ import annotations

import re

from translate.forcing.ledger import find_form, serve
from translate.forcing.naming import is_acronym, is_plural, possessive_of, with_article
from translate.forcing.steps.base import Draft, Means, Step

_ONE = ("it", "its")
_MANY = ("they", "them", "their")
# An office that reports on itself; only where the verb is the same for a name.
_WE = ("we", "our", "us")
_VERB_STAYS = re.compile(
    r"\s+(?:also |then |further |therefore |will\b|would\b|can\b|may\b|must\b|should\b|had\b)*(?:\w+ed\b|will|would|can|may|must|should|had|made|took|held|set|began|gave|put)"
)
_PRESENT = re.compile(
    r"\s+(?:also |then |further |therefore |now |actively |continuously |strongly |closely |firmly )*"
    r"(?!(?:all|both|each|and|are able|two|three)\b)([a-z]{2,})\b"
)
_IRREGULAR = {"have": "has", "are": "is", "do": "does", "were": "was"}
# How many words off the expected place a pronoun may stand.
_REACH = 9.0


def _apply(draft: Draft, means: Means) -> str:
    text = draft.text
    for _ in draft.occurrences:
        changed = _next(draft, text, means)
        if changed == text:
            break
        text = changed
    return text


def _next(draft: Draft, text: str, means: Means) -> str:
    """`text` with the pronoun that stands nearest to where its name is missing replaced."""
    served = serve(text, draft.occurrences)
    reading = means.evidence.read(draft.source, text, draft.occurrences, served)
    best: tuple[float, int, int] | None = None
    for index, span in enumerate(served):
        if span is not None:
            continue
        earlier = _earlier(text, draft.occurrences[index].accepted)
        name = means.names.form(draft.occurrences[index], 1)
        wanted = (*(_MANY if is_plural(name) else _ONE), *(_WE if is_acronym(name) else ()))
        for row, token in enumerate(reading.tokens):
            if token.blocked or token.word.lower() not in wanted:
                continue
            if token.word.lower() == "we" and not (
                _VERB_STAYS.match(text, token.end) or _PRESENT.match(text, token.end)
            ):
                continue
            # Something must have been named for the pronoun to stand for it: here before, or in an earlier segment.
            if not (0 <= earlier < token.start or (earlier < 0 and draft.mentions[index])):
                continue
            off = abs(row - float(reading.alignment.line[index]))
            if off <= _REACH and (best is None or off < best[0]):
                best = (off, index, row)
    if best is None:
        return text
    _, index, row = best
    token = reading.tokens[row]
    name = means.names.form(draft.occurrences[index], 1)
    after = text[token.end :]
    if token.word.lower() == "we" and not is_plural(name) and not _VERB_STAYS.match(after):
        after = _in_third_person(after)
    return text[: token.start] + _in_its_place(text, token.word, name) + after


def _in_third_person(after: str) -> str:
    """What follows "we" with its verb as it follows a name: also utilize → also utilizes."""
    hit = _PRESENT.match(after)
    if hit is None:
        return after
    verb = hit.group(1)
    ending = "es" if re.search(r"(?:s|sh|ch|x|z|o)$", verb) else "s"
    right = _IRREGULAR.get(verb) or (verb[:-1] + "ies" if re.search(r"[^aeiou]y$", verb) else verb + ending)
    return after[: hit.start(1)] + right + after[hit.end(1) :]


def _earlier(text: str, forms: tuple[str, ...]) -> int:
    """Offset of the first mention of a name, -1 where there is none."""
    return min((start for form in forms for start, _ in find_form(text, form)), default=-1)


def _in_its_place(text: str, pronoun: str, name: str) -> str:
    """The name as the pronoun stood: with the article that it has elsewhere, in the possessive for its and their."""
    phrase = with_article(text, name)
    if pronoun.lower() in ("its", "their", "our"):
        phrase = possessive_of(phrase)
    if "’" not in text and "'" in text:
        phrase = phrase.replace("’", "'")
    return phrase[0].upper() + phrase[1:] if pronoun[0].isupper() else phrase


STEP = Step("pronoun", "repaired", _apply)
