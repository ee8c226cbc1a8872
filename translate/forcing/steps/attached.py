"""Restores a name that the English left out beside the word it belongs to in the source.

A name before a noun becomes its possessor or modifier (机构的资本 → the Agency's capital), a name before a verb that came out
as a passive becomes its agent (was reviewed by the Agency). The word is one that the alignment is sure of.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from translate.alignment.words import chinese_words, stem
from translate.forcing.evidence import Reading, Served
from translate.forcing.ledger import find_form, serve
from translate.forcing.naming import possessive_of, takes_the
from translate.forcing.steps.base import Draft, Means, Step
from translate.forcing.tokens import Token

_LINK = re.compile(r"[」』”》）)]*(的|之)?[「『“《]?")
_BE = frozenset("is are was were be been being".split())
_PARTICIPLE = re.compile(r"(?:ed|en|held|made|set|put|done|built|sent|brought|led|met)$")
# States that nobody brings about.
_STATES = frozenset(
    "based expected located related aimed concerned involved interested committed dedicated composed needed even open "
    "often then increased decreased improved limited mixed widespread".split()
)
# Where a subject begins in the source: at the start of a clause, a connective or a date perhaps before it.
_SUBJECT = re.compile(
    r"(?:^|[。；，,;：:！？\n\-#]\s*)(?:此外，?|年內|年内|另外，?|同時，?|同时，?|其後|其后|與此同時，?|[\d年月日於于在]{1,12}，?)?$"
)
_DETERMINERS = frozenset("the its their a an".split())
_NO_ROOM = re.compile(
    r"(?:[’'](?:s|)|\b(?:it|he|she|they|we|which|who|that|what|these|those|this|each|all|both|any|such|most|to|not"
    r"|more|and|or|may|can|could|will|would|should|must|also|when|while|after|before|by|has|have|had|is|are|was|were))\s+$",
    re.IGNORECASE,
)
# The least share of the neighbour's best word, and how many words off the expected place it may stand.
_SURE = 0.35
_REACH = 14.0
_VERBS_AHEAD = 3


def _apply(draft: Draft, means: Means) -> str:
    text = draft.text
    for index in range(len(draft.occurrences)):
        served = serve(text, draft.occurrences)
        if served[index] is None:
            reading = means.evidence.read(draft.source, text, draft.occurrences, served)
            if reading.tokens:
                text = _attached(draft, text, index, served, reading, means.names.form(draft.occurrences[index], 1))
    return text


def _attached(draft: Draft, text: str, index: int, served: Served, reading: Reading, name: str) -> str:
    """`text` with the name beside the rendering of the word that follows it in the source, or as it was."""
    occurrence = draft.occurrences[index]
    link = _LINK.match(draft.source, occurrence.end)
    at = link.end() if link else occurrence.end
    rows = _rows_at(draft, at, served, reading, bool(link and link.group(1)))
    near = [row for row in rows if abs(row - float(reading.alignment.line[index])) <= _REACH]
    if near:
        return _before_noun(text, reading.tokens, near[0], served, name, bool(link and link.group(1)))
    rows = _rows_after(draft, occurrence.end, served, reading)
    if name[:1].isupper() and _SUBJECT.search(draft.source[: occurrence.start]) and not (link and link.group(1)):
        line = float(reading.alignment.line[index])
        rows += sorted(
            (row for row in range(len(reading.tokens)) if abs(row - line) <= _REACH), key=lambda row: abs(row - line)
        )
    for row in rows:
        token = reading.tokens[row]
        if not _is_passive(reading.tokens, row) or re.match(r"\s+(?:by|to|that)\b", text[token.end :]):
            continue
        close = text[max(0, token.start - 60) : token.end + 40]
        if not find_form(close, name):
            particle = re.match(r"\s+(?:out|up|down|in|off)\b", text[token.end :])
            end = token.end + (particle.end() if particle else 0)
            return f"{text[:end]} by {_with_article(text, name)}{text[end:]}"
    return text


def _is_passive(tokens: Sequence[Token], row: int) -> bool:
    """Whether something is done there that somebody did: "were also reviewed", not "is based"."""
    word = tokens[row].word.lower()
    before = row - 1
    while before > 0 and tokens[before].word.lower() in ("also", "further", "then", "not", "successfully", "jointly"):
        before -= 1
    return (
        before >= 0
        and tokens[before].word.lower() in _BE
        and bool(_PARTICIPLE.search(word))
        and word not in _STATES
        and not tokens[row].blocked
    )


def _rows_at(draft: Draft, at: int, served: Served, reading: Reading, linked: bool) -> list[int]:
    """The English words for what begins at an offset of the source, first to last; none where that is not sure.

    Without 的 between them only another term is surely a noun.
    """
    for occurrence, span in zip(draft.occurrences, served, strict=True):
        if occurrence.start == at:
            return [row for row, t in enumerate(reading.tokens) if span and span[0] <= t.start < span[1]]
    for column, unit in enumerate(reading.units):
        if linked and column >= len(draft.occurrences) and unit.start == at:
            shares = reading.alignment.shares[:, column]
            row = int(shares.argmax())
            return [row] if shares[row] >= _SURE and not _verbal(reading.tokens, row) else []
    return []


def _rows_after(draft: Draft, at: int, served: Served, reading: Reading) -> list[int]:
    """The sure English words for the next words of the source behind an offset, within its clause."""
    clause = re.match(r"[^，,；;。！？!?：:]*", draft.source[at:])
    end = at + (clause.end() if clause else 0)
    ahead = [start for start, _, _ in chinese_words(draft.source) if at <= start < end][:_VERBS_AHEAD]
    found = []
    for column, unit in enumerate(reading.units):
        if column >= len(draft.occurrences) and unit.start in ahead:
            shares = reading.alignment.shares[:, column]
            row = int(shares.argmax())
            if shares[row] >= _SURE:
                found.append(row)
    return found


def _verbal(tokens: Sequence[Token], row: int) -> bool:
    """Whether an English word stands as a verb: after a verb of being, "to" or a modal."""
    before = tokens[row - 1].word.lower() if row else ""
    return before in _BE or before in (
        "to",
        "will",
        "would",
        "may",
        "can",
        "could",
        "should",
        "must",
        "not",
        "has",
        "have",
        "had",
    )


def _before_noun(text: str, tokens: Sequence[Token], row: int, served: Served, name: str, possessor: bool) -> str:
    """`text` with the name in front of the noun phrase that the row belongs to."""
    inside = {at for span in served if span for at in range(*span)}
    first = row
    while first and tokens[first].gap == 0.0 and tokens[first - 1].stem and tokens[first - 1].start not in inside:
        if tokens[first - 1].word[0].isdigit() or text[tokens[first - 1].end] in "’'/":
            break
        first -= 1
    start = tokens[first].start
    if not _has_room(text, tokens, first, row, name):
        return text
    possessor = possessor or name[:1].isupper()
    phrase = _with_article(text, name) if possessor else name
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
        proper = start in inside or not rest[1:2].islower() or re.match(r"\w+ [A-Z]", rest)
        lowered = rest if proper else rest[0].lower() + rest[1:]
        return f"{text[:start]}{phrase[0].upper() + phrase[1:]} {lowered}"
    return f"{text[:start]}{phrase} {text[start:]}"


def _has_room(text: str, tokens: Sequence[Token], first: int, row: int, name: str) -> bool:
    """Whether a noun phrase can take the name before it: no other owner, no subject, no mention of the name close by."""
    before = text[: tokens[first].start]
    word = tokens[first].word
    if _NO_ROOM.search(before) or word[0].isdigit() or word.endswith("ing") or _PARTICIPLE.search(word):
        return False
    if first and tokens[first].gap == 0.0 and tokens[first - 1].blocked:
        return False
    words = {token.stem for token in tokens[first : row + 1]} | {"", tokens[first - 1].stem if first else ""}
    if words & {stem(word) for word in re.findall(r"[A-Za-z]+", name)}:
        return False
    return not any(
        start < tokens[row].end + 60 and end > tokens[first].start - 40 for start, end in find_form(text, name)
    )


def _with_article(text: str, name: str) -> str:
    """The name with "the" where the text gives it one elsewhere."""
    used = any(re.search(r"\bthe\s+$", text[:start], re.IGNORECASE) for start, _ in find_form(text, name))
    return f"the {name}" if (used or takes_the(name)) and not name.lower().startswith("the ") else name


STEP = Step("attached", "repaired", _apply)
