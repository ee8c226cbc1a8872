"""Where the concepts of a glossary stand in documents: counts, documents and a first sentence."""

from __future__ import annotations

import dataclasses
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from documents import Segment, split_segments
from glossary.concept import Concept
from glossary.matching import Matcher

_LONGEST_CONTEXT = 200


@dataclasses.dataclass(frozen=True, slots=True)
class Evidence:
    """An occurrence: documents[document][start:end] is a form of `concept`, in the sentence that begins at `sentence`."""

    concept: Concept
    document: str
    start: int
    end: int
    sentence: int
    text: str


@dataclasses.dataclass
class _Tally:
    count: int = 0
    documents: set[str] = dataclasses.field(default_factory=set)
    context: str = ""


Segmented = Mapping[str, Sequence[Segment]]


def segmented(documents: Mapping[str, str]) -> dict[str, list[Segment]]:
    """The sentences of each document."""
    return {name: split_segments(text) for name, text in documents.items()}


def evidence(concepts: Iterable[Concept], documents: Segmented) -> Iterator[Evidence]:
    """Every occurrence of the concepts, with its sentence and offsets, in the order of the documents."""
    matcher = Matcher(concepts)
    for name, segments in documents.items():
        for segment in segments:
            for match in matcher.find(segment.text, name):
                yield Evidence(
                    match.concept,
                    name,
                    segment.start + match.start,
                    segment.start + match.end,
                    segment.start,
                    segment.text,
                )


def counted(concepts: Iterable[Concept], documents: Segmented) -> list[Concept]:
    """The concepts that occur, with counts, documents and a first sentence."""
    concepts = list(concepts)
    tallies: dict[tuple[str, str], _Tally] = defaultdict(_Tally)
    for seen in evidence(concepts, documents):
        tally = tallies[seen.concept.key]
        tally.count += 1
        tally.documents.add(seen.document)
        tally.context = tally.context or _context(seen.text, seen.start - seen.sentence, seen.end - seen.sentence)
    return [
        dataclasses.replace(concept, count=seen_of.count, documents=len(seen_of.documents), context=seen_of.context)
        for concept in concepts
        if (seen_of := tallies.get(concept.key))
    ]


def nested(concepts: Iterable[Concept], settled: Iterable[Concept]) -> list[Concept]:
    """Those of `concepts` that stand only inside the names of `settled`: count 0, since there the longer name is meant."""
    listed = list(settled)
    standing = {concept.key for concept in listed}
    matcher = Matcher([concept for concept in concepts if concept.key not in standing])
    times: Counter[tuple[str, str]] = Counter()
    found: dict[tuple[str, str], tuple[Concept, str]] = {}
    for longer in listed:
        for match in matcher.find(longer.source) if longer.count and not longer.scope else ():
            times[match.concept.key] += longer.count
            found.setdefault(match.concept.key, (match.concept, longer.context))
    return [
        dataclasses.replace(
            concept,
            count=0,
            documents=0,
            context=context,
            note=f"{concept.note}; {times[key]} times, only inside longer names",
        )
        for key, (concept, context) in found.items()
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
