"""Texts sentence by sentence, as the model has learnt, and long sentences clause by clause too: what it loses of a whole
sentence of agency news it keeps of its clauses."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set

from translate.alignment.words import FUNCTION_WORDS
from translate.engines.online.pieces import unbroken
from translate.engines.tags import TAGGED, names_in

# Characters of Chinese: of shorter sentences the model loses little; clauses shorter than these say too little by themselves.
_LONG, _LEAST, _LEAST_LAST = 40, 14, 6
# Not within quotation marks or brackets that close there: “…？”他问。
_SENTENCE = re.compile(r"(?<=[。！？])(?![。！？”’」』）])")
# Behind the last of several marks; 1,000 is one number.
_CUT = re.compile(r"(?<=[，；：])(?![，；：,;])|(?<=[,;])(?![，；：,;\d])")
_MARKS = {"，": ", ", ",": ", ", "；": "; ", ";": "; ", "：": ": "}
_FIRST = re.compile(r"[A-Z][a-z]*\b")
_WORD = re.compile("[A-Za-z]+")


def sentences_of(text: str) -> list[str]:
    """The sentences of a text. Tagged terms stay whole."""
    return [part.strip() for part in unbroken(_SENTENCE.split(text)) if part.strip()]


def clauses_of(text: str) -> list[str]:
    """The clauses of a long text, with their marks; `text` alone where it is short or one. Tagged terms stay whole."""
    if _size(text) <= _LONG:
        return [text]
    first, *others = unbroken(_CUT.split(text))
    clauses = [first]
    for part in others:
        if _size(clauses[-1]) < _LEAST or _size(part) < _LEAST_LAST:
            clauses[-1] += part
        else:
            clauses.append(part)
    return clauses


def joined(clauses: Sequence[str], english: Sequence[str], literal: str) -> str:
    """One sentence of the English of its clauses. `literal`: a translation in which words have capitals in names alone."""
    words = set(_WORD.findall(literal))
    said = ""
    for clause, text in zip(clauses, english, strict=True):
        first = _FIRST.match(text)
        if said and first and _is_small(first.group(), words) and not any(map(text.startswith, names_in(clause))):
            text = text[0].lower() + text[1:]
        mark = _MARKS.get(clause.rstrip()[-1:], "")
        said += text.rstrip(" .,;:") + mark if mark else text
    return said.strip()


def _is_small(word: str, words: Set[str]) -> bool:
    """Whether a word with a capital at the beginning of a clause has none within a sentence."""
    lower = word.lower()
    is_common = lower in FUNCTION_WORDS or lower in words or lower.endswith(("ly", "ing", "ed"))
    return word != "I" and word not in words and is_common


def _size(text: str) -> int:
    return len(TAGGED.sub(r"\g<chinese>", text))
