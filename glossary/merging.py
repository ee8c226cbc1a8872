"""Bringing one list of concepts into another: what is added, updated, kept and refused, concept by concept."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from typing import Any, Literal

from glossary.concept import Concept
from glossary.matching import normalize

What = Literal["added", "updated", "kept", "same", "refused"]
_DEFAULTS = {field.name: field.default for field in dataclasses.fields(Concept)}
# Taken over together with an English name, since they say where that name is from.
_OF_THE_ENGLISH = ("status", "origin", "confidence")


@dataclasses.dataclass(frozen=True, slots=True)
class Merged:
    """What happened to one concept of the list: how it stood here, how it stands now, why it was refused."""

    what: What
    theirs: Concept
    before: Concept | None = None
    after: Concept | None = None
    why: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class MergeReport:
    """All that happened, in the order of the list."""

    rows: tuple[Merged, ...] = ()

    @property
    def counts(self) -> dict[str, int]:
        """Concepts by what happened to them."""
        counts = {"added": 0, "updated": 0, "kept": 0, "same": 0, "refused": 0}
        for row in self.rows:
            counts[row.what] += 1
        return counts

    @property
    def refused(self) -> list[Merged]:
        """Those that were not taken."""
        return [row for row in self.rows if row.what == "refused"]

    def __str__(self) -> str:
        return ", ".join(f"{count:,} {'the same' if what == 'same' else what}" for what, count in self.counts.items())


def merge(mine: Iterable[Concept], theirs: Iterable[Concept], how: str = "update") -> tuple[list[Concept], MergeReport]:
    """Bring `theirs` into `mine`.

    `update`: what theirs say wins, and what they leave empty stays; `add`: only what is new comes in; `keep`: mine win,
    and what they leave empty is filled in. Refused is an English name that is forbidden here, a Chinese name that is
    another form of a concept here with other English, and a second English for a name within their own list.
    """
    merged = {concept.key: concept for concept in mine}
    forms = {(normalize(form), c.scope): c.key for c in merged.values() for form in c.source_variants}
    seen: dict[tuple[str, str], Concept] = {}
    rows = []
    for concept in theirs:
        row = _one(merged.get(concept.key), concept, how, _holder(merged, forms, concept), seen.get(concept.key))
        if row.after is not None:
            merged[concept.key] = row.after
        seen.setdefault(concept.key, concept)
        rows.append(row)
    return list(merged.values()), MergeReport(tuple(rows))


def _holder(
    merged: dict[tuple[str, str], Concept], forms: dict[tuple[str, str], tuple[str, str]], concept: Concept
) -> Concept | None:
    """The concept here of which the other's name is a variant, if that is another concept."""
    key = forms.get((normalize(concept.source), concept.scope))
    return merged.get(key) if key is not None and key != concept.key else None


def _one(present: Concept | None, theirs: Concept, how: str, holder: Concept | None, earlier: Concept | None) -> Merged:
    if earlier is not None and theirs.target and earlier.target != theirs.target:
        why = f"{theirs.source}: stands twice in the list, as {earlier.target} and as {theirs.target}; the first was taken."
        return Merged("refused", theirs, present, why=why)
    if present is None and holder is not None:
        if not theirs.target or theirs.target in holder.accepted:
            return Merged("same", theirs, holder)
        why = f"{theirs.source}: is a form of {holder.source} here, with the English {holder.target}; change it there."
        return Merged("refused", theirs, holder, why=why)
    if present is None:
        return Merged("added", theirs, None, theirs)
    if theirs.target.lower() in {form.lower() for form in present.forbidden} and theirs.target:
        why = f"{theirs.source}: {theirs.target} is among the English never to use here."
        return Merged("refused", theirs, present, why=why)
    wanted = present if how == "add" else _updated(present, theirs) if how == "update" else _filled(present, theirs)
    if wanted != present:
        return Merged("updated", theirs, present, wanted)
    return Merged("same" if _says_the_same(present, theirs) else "kept", theirs, present)


def _given(concept: Concept) -> dict[str, Any]:
    """The fields that a list really gives, those of the English name aside."""
    fields = ((name, getattr(concept, name)) for name in _DEFAULTS if name not in _OF_THE_ENGLISH)
    return {name: value for name, value in fields if value != _DEFAULTS[name]}


def _says_the_same(present: Concept, theirs: Concept) -> bool:
    return all(getattr(present, name) == value for name, value in _given(theirs).items())


def _updated(present: Concept, theirs: Concept) -> Concept:
    values = _given(theirs)
    if theirs.target and theirs.target != present.target:
        values |= {name: getattr(theirs, name) for name in _OF_THE_ENGLISH}
    elif theirs.status != present.status and theirs.target:
        values["status"] = theirs.status
    return dataclasses.replace(present, **values)


def _filled(present: Concept, theirs: Concept) -> Concept:
    values = {name: value for name, value in _given(theirs).items() if getattr(present, name) == _DEFAULTS[name]}
    if "target" in values:
        values |= {"origin": theirs.origin, "confidence": theirs.confidence}
    return dataclasses.replace(present, **values)
