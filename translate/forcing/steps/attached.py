"""Restores a name that the English left out before the noun that it belongs to in the source.

机构的资本 → the Agency's capital. The noun is one that the alignment is sure of, and has no owner yet.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence

from translate.alignment.words import stem
from translate.forcing.evidence import Reading, Served
from translate.forcing.ledger import find_form, serve
from translate.forcing.naming import is_proper, possessive_of, with_article
from translate.forcing.neighbours import PARTICIPLE, is_verbal, row_beside, rows_after, rows_of_object
from translate.forcing.steps.base import Draft, Means, Step
from translate.forcing.tokens import Token

_DETERMINERS = frozenset("the its their a an".split())
# Nouns of set phrases, which nobody owns: in response to, at the end of.
_IDIOMS = frozenset(
    "response end beginning time year month case order addition line view terms account part basis".split()
)
_NO_ROOM = re.compile(
    r"(?:[’'](?:s|)|\b(?:it|he|she|they|we|which|who|that|what|these|those|this|each|all|both|any|such|most|to|not"
    r"|more|and|or|may|can|could|will|would|should|must|also|when|while|after|before|by|has|have|had|is|are|was|were))\s+$",
    re.IGNORECASE,
)
# What can stand before a noun phrase that has room for an owner, and what shows a word to be no noun.
_OPENS = re.compile(
    r"(?:^|[.!?;:,(\n]|\b(?:of|on|in|for|with|to|from|under|into|about|at|its|their|the|and|\w+ing|\w+ed))\s*$"
)
_NOT_AFTER_NOUN = re.compile(r"\s+(?:the|an?|its|their|our|that|them|it)\b")


def _apply(draft: Draft, means: Means) -> str:
    text = draft.text
    for index, occurrence in enumerate(draft.occurrences):
        served = serve(text, draft.occurrences)
        if served[index] is None:
            reading = means.evidence.read(draft.source, text, draft.occurrences, served)
            name = means.names.form(occurrence, 1)
            for row, owner in _owned(draft, text, index, served, reading, name) if reading.tokens else ():
                common = {
                    s[0] for s, o in zip(served, draft.occurrences, strict=True) if s and o.expected[:1].islower()
                }
                changed = _before_noun(text, reading.tokens, row, served, name, owner, common)
                if changed != text:
                    text = changed
                    break
    return text


def _owned(
    draft: Draft, text: str, index: int, served: Served, reading: Reading, name: str
) -> Iterator[tuple[int, bool]]:
    """The English nouns that the name may belong to, surest first, and whether as their owner."""
    row, linked = row_beside(draft, index, served, reading)
    beside_term = any(other.start == draft.occurrences[index].end for other in draft.occurrences)
    plain = row is not None and not is_verbal(reading.tokens, row)
    if row is not None and plain and (linked or (beside_term and not reading.tokens[row].word[0].isupper())):
        yield row, linked
        return
    if is_proper(name) and not linked and not beside_term:
        end = draft.occurrences[index].end
        rows = rows_after(draft, end, reading) + rows_of_object(draft, end, served, reading)
        yield from ((row, True) for row in rows if _is_noun(text, reading.tokens, row))


def _is_noun(text: str, tokens: Sequence[Token], row: int) -> bool:
    """Whether a word is plainly the head of a noun phrase that has room: its phrase opens, and no object follows."""
    if PARTICIPLE.search(tokens[row].word) or tokens[row].word.endswith("ing"):
        return False
    first = row
    while first and tokens[first].gap == 0.0 and tokens[first - 1].stem and not tokens[first - 1].blocked:
        if PARTICIPLE.search(tokens[first - 1].word) or tokens[first - 1].word.endswith("ing"):
            break
        first -= 1
    opens = _OPENS.search(text[: tokens[first].start])
    return bool(opens) and not is_verbal(tokens, row) and not _NOT_AFTER_NOUN.match(text[tokens[row].end :])


def _before_noun(
    text: str, tokens: Sequence[Token], row: int, served: Served, name: str, possessor: bool, common: Container[int]
) -> str:
    """`text` with the name in front of the noun phrase that the row belongs to; `common`: where terms in small letters stand."""
    inside = {at for span in served if span for at in range(*span)}
    first = row
    while first and tokens[first].gap == 0.0 and tokens[first - 1].stem and tokens[first - 1].start not in inside:
        if tokens[first - 1].word[0].isdigit() or text[tokens[first - 1].end] in "’'/":
            break
        first -= 1
    if tokens[first].word.lower() in _DETERMINERS:
        return text
    start = tokens[first].start
    if not _has_room(text, tokens, first, row, name):
        return text
    possessor = possessor or name[:1].isupper()
    phrase = with_article(text, name) if possessor else name
    if possessor:
        mark = "'" if "'" in text and "’" not in text else "’"
        phrase = possessive_of(phrase, mark)
    before = tokens[first - 1] if first else None
    beside = before is not None and tokens[first].gap == 0.0 and before.start not in inside
    if before is not None and beside and possessor and before.word.lower() in _DETERMINERS:
        phrase = phrase[0].upper() + phrase[1:] if before.word[0].isupper() else phrase
        return f"{text[: before.start]}{phrase} {text[start:]}"
    if before is None or (tokens[first].gap == float("inf") and re.search(r"[.!?]\s+$", text[:start])):
        rest = text[start:]
        proper = (start in inside and start not in common) or not rest[1:2].islower() or re.match(r"\w+ [A-Z]", rest)
        lowered = rest if proper else rest[0].lower() + rest[1:]
        return f"{text[:start]}{phrase[0].upper() + phrase[1:]} {lowered}"
    return f"{text[:start]}{phrase} {text[start:]}"


def _has_room(text: str, tokens: Sequence[Token], first: int, row: int, name: str) -> bool:
    """Whether a noun phrase can take the name before it: no other owner, no subject, no mention of the name close by."""
    before = text[: tokens[first].start]
    word = tokens[first].word
    if (
        _NO_ROOM.search(before)
        or tokens[row].word.lower() in _IDIOMS
        or word[0].isdigit()
        or word.endswith("ing")
        or PARTICIPLE.search(word)
    ):
        return False
    if first and tokens[first].gap == 0.0 and tokens[first - 1].blocked:
        return False
    if any(len(token.word) > 2 and token.word.isupper() for token in tokens[first : row + 1]):
        return False
    if tokens[row].word[0].isupper() and not re.search(r"(?:^|[.!?]\s+)$", before):
        return False
    if re.match(
        r"(?:many|most|some|several|approximately|about|around|over|nearly|\d)", text[tokens[first].start :], re.I
    ):
        return False
    words = {token.stem for token in tokens[first : row + 1]} | {"", tokens[first - 1].stem if first else ""}
    if words & {stem(word) for word in re.findall(r"[A-Za-z]+", name)}:
        return False
    return not any(
        start < tokens[row].end + 60 and end > tokens[first].start - 40 for start, end in find_form(text, name)
    )


STEP = Step("attached", "repaired", _apply)
