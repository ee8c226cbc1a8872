"""The termbase in the workspace: what is asked of it, and what a person or a list changes in it."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Sequence

from sqlalchemy import ColumnElement, case, func, or_, select
from sqlalchemy.orm import Session, selectinload

from glossary.concept import CORE, Concept
from glossary.store.history import Change, record
from glossary.store.rows import (
    FIELDS,
    Stored,
    all_stored,
    delete_concepts,
    insert_concepts,
    name_rows,
    stored_with_sources,
    update_concepts,
)
from storage import StaleError
from storage.models import ConceptRow, EvidenceRow, NameRow


def to_concept(row: ConceptRow) -> Concept:
    """The concept that a row, its names and its first evidence make."""
    names: dict[str, list[str]] = {}
    for name in row.names:
        names.setdefault(name.role, []).append(name.text)
    return Concept(
        source=row.source,
        target="".join(names.get("target", [])),
        acronym="".join(names.get("acronym", [])),
        source_variants=tuple(names.get("source_variant", ())),
        target_variants=tuple(names.get("target_variant", ())),
        forbidden=tuple(names.get("forbidden", ())),
        category=row.category,
        status=row.status,
        origin=row.origin,
        confidence=row.confidence,
        count=row.count,
        documents=row.documents,
        scope=row.scope,
        context=row.evidence[0].sentence if row.evidence else "",
        note=row.note,
    )


def _fill(row: ConceptRow, concept: Concept) -> None:
    for field in FIELDS:
        setattr(row, field, getattr(concept, field))
    row.names = [NameRow(**name) for name in name_rows(concept)]
    row.evidence = [EvidenceRow(sentence=concept.context)] if concept.context else []


def load_concepts(session: Session) -> list[Concept]:
    """Every concept of the workspace, in the order in which they came."""
    return [stored.concept for stored in all_stored(session)]


@dataclasses.dataclass(frozen=True, slots=True)
class Synced:
    """Terms that kept what a person decided here, and terms taken out because they are not in the list."""

    kept: int
    removed: int

    def notes(self, where: str) -> list[str]:
        """What a person should know, a sentence each."""
        said = []
        if self.kept:
            said.append(f"{self.kept} terms keep what was decided about them in the workspace {where}.")
        if self.removed:
            said.append(f"{self.removed} terms that are not in this glossary were taken out of the workspace {where}.")
        return said


def sync_concepts(session: Session, concepts: Iterable[Concept]) -> Synced:
    """Make the termbase mirror `concepts`, except where a person has decided here."""
    present = {stored.concept.key: stored for stored in all_stored(session)}
    wanted = {concept.key: concept for concept in concepts}
    kept = sum(key in present and present[key].decided and present[key].concept != c for key, c in wanted.items())
    changes = [
        Change(present[key].concept if key in present else None, concept)
        for key, concept in wanted.items()
        if key not in present or (present[key].concept != concept and not present[key].decided)
    ]
    gone = [Change(stored.concept, None) for key, stored in present.items() if key not in wanted and not stored.decided]
    _apply(session, [*changes, *gone], present, 0)
    record(session, "list", [*changes, *gone])
    return Synced(kept, len(gone))


def change_concepts(
    session: Session, action: str, new: Callable[[list[Concept]], Iterable[Concept]], who: str = "", note: str = ""
) -> int | None:
    """Put the concepts that `new` makes of those here in their place, as one change set that a person made.

    A concept that `new` does not give back is taken out. The number of the change set, None if nothing changed.
    """
    return _change(session, action, all_stored(session), new, who, note)


def change_named(
    session: Session,
    action: str,
    sources: Iterable[str],
    new: Callable[[list[Concept]], Iterable[Concept]],
    who: str = "",
    note: str = "",
) -> int | None:
    """`change_concepts` for the concepts with these Chinese names alone: the others are not read, and stay."""
    return _change(session, action, stored_with_sources(session, sources), new, who, note)


def _change(
    session: Session,
    action: str,
    here: Sequence[Stored],
    new: Callable[[list[Concept]], Iterable[Concept]],
    who: str,
    note: str,
) -> int | None:
    present = {stored.concept.key: stored for stored in here}
    after = {concept.key: concept for concept in new([stored.concept for stored in present.values()])}
    changes = [
        Change(stored.concept if stored else None, after.get(key), (bool(stored and stored.decided), key in after))
        for key, stored in ((key, present.get(key)) for key in dict.fromkeys((*present, *after)))
        if stored is None or stored.concept != after.get(key)
    ]
    _apply(session, changes, present, 1)
    return record(session, action, changes, who, note)


def _apply(session: Session, changes: Sequence[Change], present: dict[tuple[str, str], Stored], step: int) -> None:
    """Write changes; `step` is added to the versions, so that who has an older one open is told."""
    updated = {present[c.key].id: (c.after, c.decided[1]) for c in changes if c.after and c.before}
    versions = {present[c.key].id: present[c.key].version + step for c in changes if c.before}
    update_concepts(session, updated, versions)
    insert_concepts(session, [(c.after, c.decided[1]) for c in changes if c.after and not c.before])
    delete_concepts(session, [present[c.key].id for c in changes if c.after is None])


def decide(session: Session, concept_id: int, version: int, concept: Concept, who: str = "") -> None:
    """Save what a person decided about a concept. Raises StaleError if its row is no longer at `version`."""
    row = session.get(ConceptRow, concept_id, with_for_update=True)
    if row is None or row.version != version:
        raise StaleError("Somebody else changed this term meanwhile; look at it again.")
    before = to_concept(row)
    evidence = [EvidenceRow(document=e.document, sentence=e.sentence) for e in row.evidence]
    change = Change(before, concept, (row.decided, True))
    _fill(row, concept)
    row.evidence = evidence
    row.decided = True
    row.version += 1
    record(session, "edit" if before.status == concept.status else concept.status, [change], who)


def add_concept(session: Session, concept: Concept, who: str = "") -> None:
    """A new concept by a person's hand. Raises StaleError if there is one of that name already."""
    same = select(ConceptRow).where(ConceptRow.source == concept.source, ConceptRow.scope == concept.scope)
    if session.scalar(same) is not None:
        raise StaleError(f"{concept.source} is in the glossary already; edit it there.")
    row = ConceptRow(decided=True)
    session.add(row)
    _fill(row, concept)
    record(session, "add", [Change(None, concept, (False, True))], who)


@dataclasses.dataclass(frozen=True, slots=True)
class Selection:
    """Which concepts to show; "" leaves a field open. `text` is looked for in every name."""

    status: str = ""
    category: str = ""
    origin: str = ""
    text: str = ""

    def conditions(self) -> list[ColumnElement[bool]]:
        """The selection as conditions of a query."""
        found: list[ColumnElement[bool]] = []
        for field in ("status", "category", "origin"):
            if value := getattr(self, field):
                found.append(getattr(ConceptRow, field) == value)
        if self.text:
            named = select(NameRow.concept_id).where(NameRow.text.icontains(self.text, autoescape=True))
            found.append(or_(ConceptRow.source.icontains(self.text, autoescape=True), ConceptRow.id.in_(named)))
        return found


def review_queue(session: Session, selection: Selection, offset: int, limit: int) -> Sequence[ConceptRow]:
    """A page of the selected concepts: candidates first; of them bodies and programmes, the surest and most frequent."""
    order = case((ConceptRow.status == "candidate", 0), (ConceptRow.status == "approved", 1), else_=2)
    core = case((ConceptRow.category.in_(CORE), 0), else_=1)
    query = (
        select(ConceptRow)
        .where(*selection.conditions())
        .options(selectinload(ConceptRow.names), selectinload(ConceptRow.evidence))
        .order_by(order, core, ConceptRow.confidence.desc(), ConceptRow.count.desc(), ConceptRow.id)
        .offset(offset)
        .limit(limit)
    )
    return session.scalars(query).all()


def count_selected(session: Session, selection: Selection) -> int:
    """How many concepts the selection holds."""
    return session.scalar(select(func.count(ConceptRow.id)).where(*selection.conditions())) or 0


def count_by_status(session: Session) -> dict[str, int]:
    """Concepts by status."""
    counted = select(ConceptRow.status, func.count(ConceptRow.id)).group_by(ConceptRow.status)
    return {row[0]: row[1] for row in session.execute(counted)}


def concept_row(session: Session, concept_id: int) -> ConceptRow | None:
    """One concept with its names and evidence, None if it is no longer there."""
    loaded = (selectinload(ConceptRow.names), selectinload(ConceptRow.evidence))
    return session.get(ConceptRow, concept_id, options=loaded)


def termbase_stamp(session: Session) -> tuple[int, ...]:
    """Changes whenever the termbase does (saving a concept gives its names new ids); cheap, for caches."""
    concepts = select(func.count(ConceptRow.id), func.sum(ConceptRow.version), func.max(ConceptRow.id))
    names = select(func.count(NameRow.id), func.max(NameRow.id))
    approved = select(func.count(ConceptRow.id)).where(ConceptRow.status == "approved")
    rows = (*session.execute(concepts).one(), *session.execute(names).one(), session.scalar(approved))
    return tuple(int(value or 0) for value in rows)
