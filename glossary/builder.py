"""Clean documents → a bilingual glossary: names of the authority file that occur, and candidates found in the text."""

from __future__ import annotations

import dataclasses
import functools
import os
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

from glossary.aliases import scoped_aliases
from glossary.authority import authority
from glossary.candidates import SOURCES, entities
from glossary.candidates.merge import Candidate, candidates
from glossary.candidates.statistics import standings, terms
from glossary.candidates.survey import Sighting, survey
from glossary.concept import CORE, Concept
from glossary.english.render import english_of
from glossary.english.sense import names_itself, nuclear_sense, speaks_for_itself
from glossary.evidence import Segmented, counted, evidence, nested, segmented
from glossary.matching import Matcher, normalize

Engine = Callable[[str], str]
# From this many characters on, a second process is worth its start, and the optional tagger (30,000 a second) too slow.
_WORTH_A_PROCESS = 300_000
_MOST_TERMS = 200
# A domain term that counting brings up stands at least so often outside of longer names.
_LEAST_TERMS = 3


def build(documents: Mapping[str, str], engine: Engine | None = None, workers: int | None = None) -> list[Concept]:
    """The glossary of clean texts by document name: known names first, then candidates, bodies and programmes before terms.

    `engine` renders a name for which no better English is known; its renderings are marked `engine`. `workers` is the
    number of processes, by default one a core where the documents are many.
    """
    known = {normalize(form): concept for concept in authority() for form in concept.sources}
    sightings, words = _surveyed(documents, workers)
    aliases = [sighting for sighting in sightings if sighting.found.alias_of]
    named = [sighting for sighting in sightings if not sighting.found.alias_of]
    standing = standings({normalize(s.found.name) for s in named}, map(normalize, documents.values()))
    declared = {normalize(sighting.found.name) for sighting in aliases}
    offered = [c for c in candidates(named, known, standing) if normalize(c.name) not in declared]
    sense = nuclear_sense("\n".join(documents.values())) if any("核安全" in c.name for c in offered) else ""
    concepts = [_concept(candidate, engine, sense) for candidate in offered]
    listed = {*known, *(normalize(form) for concept in concepts for form in concept.sources)}
    concepts.extend(_terms(words, listed))
    segments = segmented(documents)
    settled = counted([*authority(), *scoped_aliases(aliases, known, concepts)], segments)
    settled += _known_in_lists(named, known, {concept.key for concept in settled})
    settled += nested((concept for concept in authority() if concept.category == "programme_initiative"), settled)
    settled.sort(key=lambda c: (c.category not in CORE, -c.count, c.source, c.scope))
    found = [concept for concept in counted([*authority(), *concepts], segments) if concept.origin != "authority"]
    found = [c for c in found if c.category != "domain_term" or c.origin != "text" or c.count >= _LEAST_TERMS]
    found += _read_off_lists(offered, concepts, found)
    order = {concept.source: at for at, concept in enumerate(concepts)}
    found.sort(key=lambda c: order[c.source])
    return [*settled, *found, *_by_context(documents, segments, [*settled, *found])]


def _by_context(documents: Mapping[str, str], segments: Segmented, concepts: Sequence[Concept]) -> list[Concept]:
    """我关, 本局 … of each document, counted."""
    speaking = {name: segments[name] for name, text in documents.items() if names_itself(text)}
    standing: dict[str, list[Concept]] = {}
    for seen in evidence(concepts, speaking) if speaking else ():
        standing.setdefault(seen.document, []).append(seen.concept)
    made = [c for name, found in standing.items() for c in speaks_for_itself(name, documents[name], found)]
    return counted(made, speaking) if made else []


@functools.cache
def _names() -> Matcher:
    return Matcher(authority())


def _survey(document: tuple[str, str], tagger: bool = False) -> tuple[list[Sighting], str]:
    return survey(*document, _names(), (*SOURCES, entities.find) if tagger else SOURCES)


def _surveyed(documents: Mapping[str, str], workers: int | None) -> tuple[list[Sighting], list[str]]:
    """What every document offers, read in several processes where that pays; in this one if none can be had."""
    size = sum(map(len, documents.values()))
    count = workers or (os.cpu_count() or 1 if size >= _WORTH_A_PROCESS else 1)
    read = functools.partial(_survey, tagger=size < _WORTH_A_PROCESS)
    results: list[tuple[list[Sighting], str]] = []
    if count > 1 and len(documents) > 1:
        try:
            with ProcessPoolExecutor(count) as pool:
                results = list(pool.map(read, documents.items(), chunksize=max(1, len(documents) // (8 * count))))
        except (OSError, BrokenProcessPool):
            results = []
    if not results:
        results = [read(item) for item in documents.items()]
    return [sighting for found, _ in results for sighting in found], [cut for _, cut in results]


def _concept(candidate: Candidate, engine: Engine | None, sense: str) -> Concept:
    if candidate.english:
        english, origin, certainty, why = candidate.english, "text", 1.0, "the text itself"
    else:
        sense = sense if "核安全" in candidate.name else ""
        english, origin, certainty, why = english_of(candidate.name, candidate.category, engine, sense)
    return Concept(
        source=candidate.name,
        target=english,
        acronym=candidate.acronym,
        source_variants=candidate.variants,
        category=candidate.category,
        status="candidate",
        origin=origin,
        confidence=round(candidate.score * certainty, 3),
        note="; ".join([f"score {candidate.score}", *candidate.reasons, *([f"English from {why}"] if why else [])]),
    )


def _known_in_lists(
    sightings: Iterable[Sighting], known: Mapping[str, Concept], standing: Collection[tuple[str, str]]
) -> list[Concept]:
    """Names of the authority file that stand only in lists with a shared head (北京、石家庄海关): no form of them matches."""
    places: dict[str, set[str]] = {}
    times: Counter[str] = Counter()
    for sighting in sightings:
        name = normalize(sighting.found.name)
        if sighting.found.source == "list" and not sighting.found.end and name in known:
            times[name] += 1
            places.setdefault(name, set()).add(sighting.document)
    return [
        dataclasses.replace(
            known[name],
            count=count,
            documents=len(places[name]),
            note=f"{known[name].note}; shares its head in a list",
        )
        for name, count in times.items()
        if known[name].key not in standing
    ]


def _terms(words: Sequence[str], listed: set[str]) -> list[Concept]:
    """Domain terms that counting brings up, best first; after every name."""
    found = sorted(terms(words).items(), key=lambda item: (-item[1][0], item[0]))
    return [
        Concept(
            source=name,
            category="domain_term",
            status="candidate",
            origin="text",
            confidence=score,
            note=f"score {score}; {reasons}",
        )
        for name, (score, _, reasons) in found[:_MOST_TERMS]
        if name not in listed
    ]


def _read_off_lists(
    offered: Sequence[Candidate], concepts: Sequence[Concept], found: Sequence[Concept]
) -> Iterable[Concept]:
    """Names that stand only in lists with a shared head: counted by the list that holds them."""
    standing = {concept.source for concept in found}
    by_name = {concept.source: concept for concept in concepts}
    for candidate in offered:
        if candidate.listed and candidate.name not in standing:
            yield dataclasses.replace(by_name[candidate.name], count=candidate.listed, documents=1)
