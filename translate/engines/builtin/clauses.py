"""Texts sentence by sentence, as the model has learnt, and long sentences clause by clause too: what it loses of a whole
sentence of agency news it keeps of its clauses."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from translate.alignment.words import FUNCTION_WORDS
from translate.engines.online.pieces import unbroken
from translate.engines.tags import TAGGED, names_in

# Characters of Chinese: of shorter sentences the model loses little; clauses shorter than these say too little by themselves.
_LONG, _LEAST, _LEAST_LAST = 40, 14, 6
# Not within quotation marks or brackets that close there: “…？”他问。
_SENTENCE = re.compile(r"(?<=[。！？])(?![。！？”’」』）])")
_ENDS = re.compile(r"[。！？][”’」』）]*\s*$")
# Behind the last of several marks; 1,000 is one number.
_CUT = re.compile(r"(?<=[，；：])(?![，；：,;])|(?<=[,;])(?![，；：,;\d])")
_MARKS = {"，": ", ", ",": ", ", "；": "; ", ";": "; ", "：": ": "}
_FIRST = re.compile(r"([A-Z][a-z]*)\b( [A-Z])?")


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


def by_sentence(pieces: Sequence[tuple[str, str]]) -> list[list[tuple[str, str]]]:
    """Neighbouring pieces of a text, Chinese and English of each, those together that are of one sentence."""
    sentences: list[list[tuple[str, str]]] = []
    for piece in pieces:
        if sentences and not _ENDS.search(sentences[-1][-1][0]):
            sentences[-1].append(piece)
        else:
            sentences.append([piece])
    return sentences


def joined(clauses: Sequence[str], english: Sequence[str], is_small: Callable[[str], bool]) -> str:
    """One sentence of the English of its clauses. `is_small` tells of a word whether it has no capital within a sentence."""
    said = ""
    for number, (clause, text) in enumerate(zip(clauses, english, strict=True), 1):
        if said and _begins_small(text, is_small) and not any(map(text.startswith, names_in(clause))):
            text = text[0].lower() + text[1:]
        mark = _MARKS.get(clause.rstrip()[-1:], " " if number < len(clauses) else "")
        said += text.rstrip(" .,;:") + mark if mark else text
    return said.strip()


def _begins_small(text: str, is_small: Callable[[str], bool]) -> bool:
    first = _FIRST.match(text)
    if not first or not is_small(first[1].lower()):
        return False
    # President Xi Jinping, but on Monday.
    return not first[2] or first[1].lower() in FUNCTION_WORDS


def _size(text: str) -> int:
    return len(TAGGED.sub(r"\g<chinese>", text))
