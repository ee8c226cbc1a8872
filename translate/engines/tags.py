"""Tags that tell a model of ours the English of a term: ⟦t⟧海关总署⟦=⟧ General Administration of Customs⟦/t⟧.

Training writes the same (training/neural), so that the model learns to copy what stands behind ⟦=⟧ (Dinu et al. 2019).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

OPEN, SAYS, CLOSE = "⟦t⟧", "⟦=⟧", "⟦/t⟧"
TAGS = (OPEN, SAYS, CLOSE)
TAGGED = re.compile(f"{OPEN}(?P<chinese>.*?){SAYS} ?(?P<english>.*?) ?{CLOSE}", re.DOTALL)
_LOOSE = re.compile(f" (?:{'|'.join(TAGS)})(?= |$)|{'|'.join(TAGS)}")


def tagged(chinese: str, english: str) -> str:
    """A term with its English, as it stands in a source text."""
    return f"{OPEN}{chinese}{SAYS} {english}{CLOSE}"


def with_tags(text: str, terms: Iterable[tuple[int, int, str]]) -> str:
    """`text` with tags around `terms`, (start, end, English) of each, in order and apart."""
    parts: list[str] = []
    done = 0
    for start, end, english in terms:
        parts += [text[done:start], tagged(text[start:end], english)]
        done = end
    return "".join([*parts, text[done:]])


def outside_terms(source: str, change: Callable[[str], str]) -> str:
    """`source` with what stands outside its tagged terms changed, part by part."""
    parts: list[str] = []
    done = 0
    for term in TAGGED.finditer(source):
        parts += [change(source[done : term.start()]), term[0]]
        done = term.end()
    return "".join([*parts, change(source[done:])])


def names_in(source: str) -> list[str]:
    """The English of every tagged term of a source text, in order."""
    return [hit["english"] for hit in TAGGED.finditer(source)]


def without_tags(text: str) -> str:
    """English that holds no tag any more: of a tagged term the English stays."""
    return _LOOSE.sub("", TAGGED.sub(lambda hit: hit["english"], text)).strip()
