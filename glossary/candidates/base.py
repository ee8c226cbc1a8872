"""What a source of candidates gives: a stretch of clean text that may be a name, and why."""

from __future__ import annotations

import dataclasses
import functools
import itertools
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence

from glossary.candidates.features import fold
from glossary.candidates.tagger import Tagged, tag
from glossary.english.heads import head_of as _head_of
from glossary.words import Token, tokens_of, words

BODIES = ("agency", "international_org", "facility_lab", "company")
NAMES = (*BODIES, "programme_initiative", "law_agreement", "event", "system_product")


@dataclasses.dataclass(frozen=True, slots=True)
class Found:
    """A possible name: `name` as it would stand in the glossary, text[start:end] where it was seen, what speaks for it.

    `end` is 0 where the name does not stand in the text as it is (北京海关 in 北京、石家庄海关). `score` is 0–1. `acronym`
    and `english` are what the text itself pairs with the name; `alias_of` names the full form for which the text
    declares this one.
    """

    name: str
    start: int
    source: str
    reason: str
    score: float
    category: str = ""
    acronym: str = ""
    english: str = ""
    alias_of: str = ""
    end: int = 0


@dataclasses.dataclass(frozen=True, slots=True)
class KnownName:
    """A name of the authority file at text[start:end]."""

    start: int
    end: int
    category: str


@dataclasses.dataclass(frozen=True)
class CandidateText:
    """A clean text, and the names in it that are known already (sorted, no overlaps)."""

    text: str
    known: tuple[KnownName, ...] = ()

    @functools.cached_property
    def folded(self) -> str:
        """The text in simplified characters and half width, same length."""
        return fold(self.text)

    @functools.cached_property
    def tokens(self) -> list[Token]:
        """The words of the folded text; none reaches over the edge of a known name."""
        edges = sorted({0, len(self.folded), *(at for name in self.known for at in (name.start, name.end))})
        cut = [word for left, right in itertools.pairwise(edges) for word in words(self.folded[left:right])]
        return tokens_of(self.folded, cut)

    @functools.cached_property
    def tagged(self) -> Sequence[Tagged]:
        """What the name model finds, known names held together."""
        spans = [(name.start, name.end) for name in self.known]
        whole = [
            (name.start, name.end)
            for name in self.known
            if name.category in BODIES or (name.category in NAMES and name.end - name.start > 4)
        ]
        return tag(self.folded, [token.word for token in self.tokens], spans, whole)

    @functools.cached_property
    def _token_starts(self) -> list[int]:
        return [token.start for token in self.tokens]

    def tokens_in(self, start: int, end: int) -> list[Token]:
        """The words that lie inside [start, end)."""
        inside = self.tokens[bisect_left(self._token_starts, start) : bisect_left(self._token_starts, end)]
        return inside[:-1] if inside and inside[-1].end > end else inside

    @functools.cached_property
    def _starts(self) -> list[int]:
        return [name.start for name in self.known]

    def known_in(self, start: int, end: int) -> list[KnownName]:
        """The known names that lie inside [start, end)."""
        first = bisect_left(self._starts, start)
        inside = []
        for name in self.known[first:]:
            if name.start >= end:
                break
            if name.end <= end:
                inside.append(name)
        return inside


CandidateSource = Callable[[CandidateText], Iterable[Found]]


def category_of(name: str) -> str:
    """Category of `name` by its head, "" if it has none."""
    head = _head_of(name)
    return head.category if head else ""


def bare_head(name: str) -> str:
    """The head that `name` ends with, "" if none."""
    head = _head_of(name)
    return head.name if head else ""
