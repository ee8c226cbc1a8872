"""Folding one term into another: two entries for one thing become one, and nothing that either said is lost."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable

from glossary.concept import Concept
from glossary.matching import normalize


def fold(kept: Concept, other: Concept) -> Concept:
    """`kept` with all that `other` says.

    The other's Chinese names become variants, its English is accepted too unless it is forbidden here, counts are added.
    In how many documents both stand is known only when they are counted again: until then the larger figure holds.
    """
    wrong = {form.lower() for form in kept.forbidden}
    english = kept if kept.target or other.target.lower() in wrong else other
    accepted = [english.target, *kept.target_variants, *english.target_variants, *other.accepted]
    forbidden = _without(kept.forbidden, (), str.lower)
    variants = _without(accepted, (*forbidden, english.target), str.lower)
    acronym = kept.acronym or other.acronym
    return dataclasses.replace(
        kept,
        target=english.target,
        origin=english.origin,
        acronym=acronym,
        source_variants=_without((*kept.source_variants, *other.sources), (kept.source,), normalize),
        target_variants=tuple(form for form in variants if form != acronym),
        forbidden=_without((*forbidden, *other.forbidden), (english.target, acronym, *variants), str.lower),
        category=kept.category or other.category,
        confidence=max(kept.confidence, other.confidence),
        count=kept.count + other.count,
        documents=max(kept.documents, other.documents),
        context=kept.context or other.context,
        note="; ".join(dict.fromkeys(note for note in (kept.note, other.note) if note)),
    )


def _without(forms: Iterable[str], taken: Iterable[str], alike: Callable[[str], str]) -> tuple[str, ...]:
    """The forms in order, each once, without those that are in `taken` already; `alike` says what is compared."""
    seen = {alike(form) for form in taken}
    found = []
    for form in forms:
        if form and (key := alike(form)) not in seen:
            seen.add(key)
            found.append(form)
    return tuple(found)
