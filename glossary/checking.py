"""What is wrong with a glossary: names that contradict each other, and forms no translation could satisfy."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from glossary.concept import Concept
from glossary.matching import normalize

_HAN = re.compile("[\u3400-\u9fff]")


def check(concepts: Iterable[Concept]) -> list[str]:
    """Each conflict as one sentence: two names for one thing, one for two, a name that is forbidden, no name at all."""
    live = [concept for concept in concepts if concept.status != "rejected"]
    return [*_same_source(live), *_same_target(live), *_own_faults(live)]


def _same_source(concepts: list[Concept]) -> Iterable[str]:
    holders: dict[tuple[str, str], dict[str, Concept]] = defaultdict(dict)
    for concept in concepts:
        for form in concept.sources:
            holders[normalize(form), concept.scope].setdefault(concept.source, concept)
    for (form, scope), found in sorted(holders.items()):
        where = f" (in {scope})" if scope else ""
        if len(found) > 1:
            yield f"{form}{where}: is a form of {' and of '.join(sorted(found))}; keep it with one of them."


def _same_target(concepts: list[Concept]) -> Iterable[str]:
    holders: dict[str, set[str]] = defaultdict(set)
    for concept in concepts:
        if concept.target and concept.is_forced and not concept.scope:
            holders[concept.target.lower()].add(concept.source)
    for target, sources in sorted(holders.items()):
        if len(sources) > 1:
            yield f"{target}: is the English of {' and of '.join(sorted(sources))}; check that they are one thing."


def _own_faults(concepts: list[Concept]) -> Iterable[str]:
    for concept in concepts:
        wrong = {form.lower() for form in concept.forbidden}
        for form in concept.accepted:
            if form.lower() in wrong:
                yield f"{concept.source}: {form} is both accepted and forbidden."
        if concept.status == "approved" and not concept.target:
            yield f"{concept.source}: is approved but has no English."
        if _HAN.search(concept.target):
            yield f"{concept.source}: its English holds Chinese ({concept.target})."
        if not _HAN.search(concept.source) and len(concept.source) < 2:
            yield f"{concept.source}: is too short to be found safely."
