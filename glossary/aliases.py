"""Short forms that a document declares for a name (下称培训中心, 以下简称…): concepts that hold in that document only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from glossary.candidates.survey import Sighting
from glossary.concept import Concept
from glossary.english.heads import HEADS
from glossary.matching import normalize


def scoped_aliases(
    sightings: Iterable[Sighting], known: Mapping[str, Concept], offered: Iterable[Concept]
) -> list[Concept]:
    """A concept for each declared alias whose full name is known or offered; approved if the full name is."""
    full_names = {normalize(form): concept for concept in offered for form in concept.sources} | dict(known)
    made: dict[tuple[str, str], Concept] = {}
    for sighting in sightings:
        found = sighting.found
        full = full_names.get(normalize(found.alias_of))
        if full is None or normalize(found.name) in known:
            continue
        target = short_target(full, found.name)
        concept = Concept(
            source=found.name,
            target=target,
            target_variants=full.accepted if target != full.target else (full.acronym,) if full.acronym else (),
            category=full.category,
            status="approved" if full.status == "approved" else "candidate",
            origin="text" if full.origin in ("authority", "text") else full.origin,
            confidence=round(0.9 * full.confidence, 3),
            scope=sighting.document,
            note=f"declared short for {full.source}",
        )
        made.setdefault(concept.key, concept)
    return list(made.values())


def short_target(full: Concept, alias: str) -> str:
    """English of a short form: the end of the full English that says what the alias says (Training Center), or all of it."""
    head = HEADS.get(alias)
    if head is not None:
        wanted = head.of_place.replace("{}", "").split()
        words = full.target.split()
        for size in range(len(wanted), 0, -1):
            if [word.lower() for word in words[-size:]] == [word.lower() for word in wanted[-size:]]:
                return " ".join(words[-size:])
            if [word.lower() for word in words[:size]] == [word.lower() for word in wanted[-size:]]:
                return " ".join(words[:size])
    return full.acronym if full.acronym and len(alias) <= 2 else full.target
