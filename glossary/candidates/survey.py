"""All that the sources find in one document, one answer a place."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence

from glossary.candidates.base import BODIES, NAMES, CandidateSource, CandidateText, Found, KnownName
from glossary.candidates.specific import proper_parts
from glossary.matching import Matcher

# Whose word counts first where two disagree about a boundary.
_ORDER = ("title", "quotation", "bracket", "alias", "list", "model", "entities", "head", "person")
# Documents are read in pieces of about this many characters, so that memory stays bounded.
_PIECE = 60_000


@dataclasses.dataclass(frozen=True, slots=True)
class Sighting:
    """A candidate where it was seen; `proper` is how much in it is a proper name."""

    found: Found
    document: str
    proper: int


def survey(document: str, text: str, names: Matcher, sources: Sequence[CandidateSource]) -> tuple[list[Sighting], str]:
    """The candidates of a document, and its words, separated by tabs (one string travels cheaply between processes)."""
    sightings: list[Sighting] = []
    cut: list[str] = []
    for piece in pieces(text):
        candidate_text = CandidateText(piece, known_names(names, piece))
        for found in agreed([found for source in sources for found in source(candidate_text)]):
            end = found.end or found.start + len(found.name)
            if found.source not in ("title", "quotation") and run_together(candidate_text, found.start, end):
                continue
            sightings.append(Sighting(found, document, proper_parts(candidate_text, found.start, end)))
        cut.extend(token.word for token in candidate_text.tokens)
    return sightings, "\t".join(cut)


def run_together(candidate_text: CandidateText, start: int, end: int) -> bool:
    """Whether the span is nothing but known bodies side by side, which no mark separates."""
    inside = [name for name in candidate_text.known_in(start, end) if name.category in BODIES]
    return len(inside) > 1 and sum(name.end - name.start for name in inside) == end - start


def known_names(names: Matcher, text: str) -> tuple[KnownName, ...]:
    """The names of the authority file in `text`."""
    return tuple(KnownName(match.start, match.end, match.concept.category) for match in names.find(text))


def pieces(text: str) -> Iterable[str]:
    """`text` in stretches of whole lines."""
    start = 0
    while start < len(text):
        end = min(len(text), start + _PIECE)
        if end < len(text):
            line = text.rfind("\n", start, end)
            end = line + 1 if line > start else end
        yield text[start:end]
        start = end


def agreed(found: Sequence[Found]) -> list[Found]:
    """Without those that cross the boundary of one whose source is better trusted; nested ones stay."""
    kept: list[Found] = []
    owner: dict[int, tuple[int, int]] = {}
    for candidate in sorted(found, key=lambda f: (_ORDER.index(f.source), f.start - f.end)):
        span = candidate.start, candidate.end or candidate.start
        others = {owner[at] for at in range(*span) if at in owner}
        if any(not _nested(other, span) for other in others):
            continue
        if candidate.source == "head" and any(other[0] <= span[0] and span[1] <= other[1] for other in others):
            continue
        kept.append(candidate)
        if candidate.end and candidate.category in NAMES:
            owner.update(dict.fromkeys(range(*span), span))
    return kept


def _nested(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return (one[0] <= other[0] and other[1] <= one[1]) or (other[0] <= one[0] and one[1] <= other[1])
