"""What the workspace knows of a term and of its English: in words, with the source that a name was taken from."""

from __future__ import annotations

import functools
import re

from app.language import nt, t
from app.plain import escaped
from app.words import ORIGINS, STATUSES
from glossary import Concept
from glossary.authority import authority
from glossary.matching import normalize

_BASES = {
    "official": "the body's own English",
    "treaty": "the text of a treaty, law or agreement",
    "list": "an official list of names",
    "conventional": "what press and literature usually write",
    "own": "our own rendering",
}
_MADE_FROM = re.compile(r"English from (?P<how>[^;]+)")
_MOST_OFFERED = 4


def official(concept: Concept) -> Concept | None:
    """The entry of the list of official names for a term, under any of its Chinese names; None if it is not there."""
    listed = _by_form()
    return next((found for form in concept.sources if (found := listed.get(normalize(form)))), None)


@functools.cache
def _by_form() -> dict[str, Concept]:
    return {normalize(form): concept for concept in authority() for form in concept.sources}


def known_from(concept: Concept) -> str:
    """Where the English of a term is known from, a sentence; "" while there is none."""
    if not concept.target:
        return ""
    listed = official(concept)
    if concept.origin == "authority" and listed is not None:
        basis, cite = _basis(listed)
        return t("List of official names: {basis}", basis=basis) + (f" ({cite})" if cite else "")
    made = _MADE_FROM.search(concept.note)
    if concept.origin == "composed" and made:
        return t("Put together from {parts}", parts=made["how"].strip())
    said = t(ORIGINS.get(concept.origin, concept.origin))
    return said[:1].upper() + said[1:]


def _basis(listed: Concept) -> tuple[str, str]:
    """How good a name of the list is, in words, and where it was seen or what else is known."""
    basis, _, rest = listed.note.partition("; ")
    return t(_BASES.get(basis, basis)), rest


def other_english(concept: Concept, now: str) -> list[tuple[str, str]]:
    """Other English that is known for a term, with where from; `now` is what stands in the form."""
    found: dict[str, str] = {}
    listed = official(concept)
    if listed is not None:
        basis, _ = _basis(listed)
        for form in (listed.target, *listed.target_variants):
            found.setdefault(form, t("List of official names: {basis}", basis=basis))
    for form in (concept.target, *concept.target_variants):
        found.setdefault(form, t("Stands in this entry"))
    wrong = {form.lower() for form in concept.forbidden}
    return [(form, why) for form, why in found.items() if form and form != now and form.lower() not in wrong][
        :_MOST_OFFERED
    ]


def head_html(concept: Concept) -> str:
    """The head of a term's panel: its Chinese, how it stands, and where its English is known from."""
    facts = [t(STATUSES.get(concept.status, concept.status))]
    if concept.count:
        where = nt("{n} document", "{n} documents", concept.documents)
        facts.append(nt("seen once in {where}", "seen {n} times in {where}", concept.count, where=where))
    facts.append(t("{share} sure", share=f"{concept.confidence:.0%}"))
    if concept.scope:
        facts.append(t("only in {document}", document=concept.scope))
    lines = [" · ".join(facts)]
    if concept.source_variants:
        lines.append(t("Also written {forms}", forms=" · ".join(concept.source_variants)))
    if source := known_from(concept):
        lines.append(t("English from: {source}", source=source))
    if concept.note and concept.origin != "authority":
        lines.append(t("Note: {note}", note=concept.note))
    shown = "".join(f'<div class="soft small">{escaped(line)}</div>' for line in lines)
    return f'<div class="term-head" lang="zh-Hans">{escaped(concept.source)}</div>{shown}'
