"""Clean documents → a bilingual glossary: names of the authority file that occur, and candidates found in the text."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from documents import split_segments
from glossary.authority import authority
from glossary.candidates import SOURCES, CandidateText, Found
from glossary.concept import Concept
from glossary.english.compose import compose
from glossary.matching import Matcher, normalize

_LONGEST_CONTEXT = 200
# Below this a candidate is noise more often than a name (development gold).
_LEAST_SCORE = 0.5


@dataclasses.dataclass
class _Tally:
    count: int = 0
    documents: set[str] = dataclasses.field(default_factory=set)
    context: str = ""


def build(documents: Mapping[str, str], engine: Callable[[str], str] | None = None) -> list[Concept]:
    """The glossary of clean texts by document name: known names first, then candidates by score.

    `engine` renders a name for which no better English is known; its renderings are marked `engine`.
    """
    known = {normalize(form): concept for concept in authority() for form in concept.sources}
    found: dict[str, list[tuple[str, Found]]] = defaultdict(list)
    aliases: list[Concept] = []
    names = Matcher(authority())
    for name, text in documents.items():
        spans = tuple((match.start, match.end) for match in names.find(text))
        for source in SOURCES:
            for candidate in source(CandidateText(text, spans)):
                if candidate.alias_of:
                    aliases.extend(_alias(candidate, name, known))
                elif normalize(candidate.name) not in known:
                    found[normalize(candidate.name)].append((name, candidate))
    candidates = [concept for seen in found.values() if (concept := _candidate([c for _, c in seen], engine))]
    settled = _counted([*authority(), *aliases], documents)
    offered = _counted(candidates, documents)
    settled.sort(key=lambda c: (-c.count, c.source, c.scope))
    offered.sort(key=lambda c: (-c.confidence, -c.count, c.source))
    return [*settled, *offered]


def _alias(candidate: Found, document: str, known: Mapping[str, Concept]) -> list[Concept]:
    """A short form that a document declares, holding in that document only."""
    full = known.get(normalize(candidate.alias_of))
    if full is None or normalize(candidate.name) in known:
        return []
    target = _short_target(full, candidate.name)
    return [
        Concept(
            source=candidate.name,
            target=target,
            target_variants=full.accepted if target != full.target else (full.acronym,) if full.acronym else (),
            category=full.category,
            status="approved",
            origin="text",
            confidence=0.9,
            scope=document,
            note=f"declared short for {full.source}",
        )
    ]


def _short_target(full: Concept, alias: str) -> str:
    """English of a declared short form: the tail of the full English that says what the tail of the Chinese says."""
    tails = {
        "培训中心": "Training Center",
        "协作中心": "Collaborating Centre",
        "委员会": "Commission",
        "研究院": "Institute",
        "中心": "Center",
    }
    for chinese, english in tails.items():
        if alias == chinese and full.target.lower().endswith(english.lower()):
            return full.target[-len(english) :]
    return full.acronym if full.acronym and len(alias) <= 2 else full.target


def _candidate(seen: Sequence[Found], engine: Callable[[str], str] | None) -> Concept | None:
    """One concept out of all that was found under one name; None if too little speaks for it."""
    best = max(seen, key=lambda found: found.score)
    sources = {found.source for found in seen}
    score = min(0.99, best.score + 0.05 * min(4, len(seen) - 1) + 0.1 * (len(sources) - 1))
    if score < _LEAST_SCORE:
        return None
    english = next((found.english for found in seen if found.english), "")
    origin, why = ("text", "") if english else ("composed", "")
    if not english:
        english, why = compose(best.name)
    if not english and engine is not None:
        english, origin = _title_case(engine(best.name)), "engine"
    reasons = dict.fromkeys(found.reason for found in seen)
    return Concept(
        source=best.name,
        target=english,
        acronym=next((found.acronym for found in seen if found.acronym), ""),
        category=next((found.category for found in seen if found.category), ""),
        status="candidate",
        origin=origin if english else "text",
        confidence=round(score, 3),
        note="; ".join([*reasons, *([f"English from {why}"] if why else [])]),
    )


def _title_case(english: str) -> str:
    small = {"of", "the", "and", "for", "in", "on", "to", "a", "an", "with", "by", "at"}
    words = english.strip().rstrip(".").split()
    return " ".join(w if w in small and i else w[:1].upper() + w[1:] for i, w in enumerate(words))


def _counted(concepts: Iterable[Concept], documents: Mapping[str, str]) -> list[Concept]:
    """The concepts that occur, with counts, documents and a first sentence."""
    concepts = list(concepts)
    matcher = Matcher(concepts)
    tallies: dict[tuple[str, str], _Tally] = defaultdict(_Tally)
    for name, text in documents.items():
        for segment in split_segments(text):
            for match in matcher.find(segment.text, name):
                tally = tallies[match.concept.key]
                tally.count += 1
                tally.documents.add(name)
                tally.context = tally.context or _context(segment.text, match.start, match.end)
    return [
        dataclasses.replace(concept, count=seen.count, documents=len(seen.documents), context=seen.context)
        for concept in concepts
        if (seen := tallies.get(concept.key))
    ]


def _context(sentence: str, start: int, end: int) -> str:
    """The sentence, or the part of a very long one around the name."""
    if len(sentence) <= _LONGEST_CONTEXT:
        return sentence
    low = max(0, min(start - 60, len(sentence) - _LONGEST_CONTEXT))
    return (
        ("…" if low else "")
        + sentence[low : low + _LONGEST_CONTEXT]
        + ("…" if low + _LONGEST_CONTEXT < len(sentence) else "")
    )
