"""A name cut into parts whose English is known: bodies and places, qualities, subjects, joining words."""

from __future__ import annotations

import dataclasses
import functools
import re

from glossary.authority import authority
from glossary.english.lexicon import lexicon
from glossary.english.place_names import common_noun, place
from glossary.matching import normalize

_LONGEST = 24
_COUNTRIES = {"中华人民共和国": "People's Republic of China", "中国": "China"}
# What a part of each role costs: fewer and better known parts win.
_COST = {"body": 1.0, "place": 1.1, "quality": 1.2, "field": 1.2, "joint": 0.6, "number": 0.8, "term": 1.3}


@dataclasses.dataclass(frozen=True, slots=True)
class Part:
    """`role` is body, place, quality, field, joint, number or term (a name or term of the authority file)."""

    chinese: str
    english: str
    role: str
    adjective: str = ""
    acronym: str = ""
    certain: bool = True


@functools.cache
def by_form() -> dict[str, Part]:
    """The authority file by form, bodies and places told from the rest."""
    forms: dict[str, Part] = {}
    for concept in authority():
        if concept.category in ("agency", "international_org", "facility_lab", "company"):
            role = "body"
        elif concept.category == "place" or concept.category == "person":
            continue
        else:
            role = "term"
        short = concept.acronym if concept.category == "international_org" else ""
        for form in concept.sources:
            forms.setdefault(normalize(form), Part(form, concept.target, role, acronym=short))
    return forms


def part(chinese: str) -> Part | None:
    """The part that `chinese` as a whole is, None if its English is not known."""
    if chinese in _COUNTRIES:
        return Part(chinese, _COUNTRIES[chinese], "place")
    word = lexicon().get(chinese)
    if word:
        return Part(chinese, word.english, word.role)
    if chinese in by_form():
        return by_form()[chinese]
    if re.fullmatch(r"[A-Za-z0-9+/.-]+", chinese):
        return Part(chinese, chinese, "number")
    found = place(chinese)
    if found:
        return Part(chinese, found.name, "place", found.adjective, certain=found.certain)
    noun = common_noun(chinese)
    return Part(chinese, noun, "field", certain=False) if noun else None


def parts_of(text: str) -> list[Part]:
    """`text` as parts that cover it at the least cost; empty if they cannot. Dynamic programming over its offsets."""
    best: list[tuple[float, list[Part]] | None] = [(0.0, []), *([None] * len(text))]
    for end in range(1, len(text) + 1):
        for start in range(max(0, end - _LONGEST), end):
            before = best[start]
            if before is None or not (found := part(text[start:end])):
                continue
            cost = before[0] + _COST[found.role] + (0 if found.certain else 0.7)
            now = best[end]
            if now is None or cost < now[0]:
                best[end] = (cost, [*before[1], found])
    last = best[-1]
    return last[1] if last else []
