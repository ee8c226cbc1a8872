"""The English of a segment as words, and where a span may not go: served names, addresses, numbers, quoted titles."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable

from translate.alignment.words import FUNCTION_WORDS, english_words

PROTECTED = re.compile(r"https?://\S+|www\.\S+|[\w.+-]+@[\w-]+\.[\w.]+|\b[\w-]+\.(?:com|org|net|gov|edu|hk|cn)\b\S*")
_TITLE = re.compile(r"《[^》]*》|“[^”\n]{12,120}”|\"[^\"\n]{12,120}\"")
# A span reaches over blanks, hyphens, slashes and apostrophes; over a comma for a price; never over anything else.
_FREE_GAP = re.compile(r"[\s\-‐‑–/'’&]*")
_COMMA_GAP = re.compile(r"\s*,\s*")
_COMMA_PRICE = 0.5
_HYPHENS = "-‐‑"
# No rendering of a name reaches over a verb of being, a pronoun or a word that begins a clause.
_BARRIERS = frozenset(
    """is are was were be been being am has have had do does did will would shall should may might can could must it its he
    she they them their his her him we us our you your i my that which who whom whose what when where while whether if
    because although though but since unless until how why not this these those there""".split()
)


@dataclasses.dataclass(frozen=True, slots=True)
class Token:
    """A word of the English.

    `stem` is "" for words of grammar. `gap` is what a span pays for reaching here from the word before, infinite where
    it may not. `joined`: a hyphen ties the word to the one before. `blocked`: no span may take it. `quoted`: it stands
    in a quoted title.
    """

    start: int
    end: int
    stem: str
    word: str
    gap: float
    joined: bool
    blocked: bool
    quoted: bool


def tokens_of(text: str, served: Iterable[tuple[int, int]]) -> list[Token]:
    """The words of `text`; those in `served` spans and in protected stretches are blocked."""
    served = [spelt_out(text, span) for span in served]
    taken = _marked(text, [*served, *(hit.span() for hit in PROTECTED.finditer(text))])
    titles = _marked(text, (hit.span() for hit in _TITLE.finditer(text) if _is_title(hit.group())))
    tokens: list[Token] = []
    before = 0
    for start, end, stem in english_words(text):
        between = text[before:start]
        if _FREE_GAP.fullmatch(between):
            gap = 0.0
        else:
            gap = _COMMA_PRICE if _COMMA_GAP.fullmatch(between) else float("inf")
        word = text[start:end]
        content = stem not in FUNCTION_WORDS or (word.isupper() and len(word) > 1)
        joined = bool(tokens) and len(between) == 1 and between in _HYPHENS
        blocked = any(taken[start:end])
        if word.lower() in _BARRIERS and not (word.isupper() and len(word) > 1):
            gap = float("inf")
        tokens.append(Token(start, end, stem if content else "", word, gap, joined, blocked, titles[start] == 1))
        before = end
    return tokens


def spelt_out(text: str, span: tuple[int, int]) -> tuple[int, int]:
    """The span of served initials in brackets together with the words before that they stand for."""
    letters = [char for char in text[span[0] : span[1]] if char.isupper()]
    if len(letters) < 2 or not text[: span[0]].endswith("(") or text[span[1] : span[1] + 1] != ")":
        return span
    words = list(re.finditer(r"[A-Za-z]+", text[max(0, span[0] - 120) : span[0]]))
    at = len(words)
    while letters and at:
        at -= 1
        if words[at].group()[0].upper() == letters[-1]:
            letters.pop()
        elif words[at].group().lower() not in FUNCTION_WORDS:
            return span
    return (max(0, span[0] - 120) + words[at].start(), span[1]) if not letters else span


def _marked(text: str, spans: Iterable[tuple[int, int]]) -> bytearray:
    marks = bytearray(len(text) + 1)
    for start, end in spans:
        marks[start:end] = b"\x01" * (end - start)
    return marks


def _is_title(quoted: str) -> bool:
    """Whether a quotation is a title: four words or more, most of them with a capital."""
    words = re.findall(r"[A-Za-z]\w+", quoted)
    content = [word for word in words if word.lower() not in FUNCTION_WORDS]
    return len(words) >= 4 and sum(word[0].isupper() for word in content) > 0.7 * len(content)
