"""The termbase in the workspace: concepts, their names and evidence."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, case, delete, func, or_, select
from sqlalchemy.orm import Session, selectinload

from glossary.concept import Concept
from storage import StaleError
from storage.models import ConceptRow, EvidenceRow, NameRow

_LIST_ROLES = {"source_variant": "source_variants", "target_variant": "target_variants", "forbidden": "forbidden"}
_SINGLE_ROLES = ("target", "acronym")


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
    for field in ("source", "scope", "category", "status", "origin", "confidence", "count", "documents", "note"):
        setattr(row, field, getattr(concept, field))
    names = [NameRow(role=role, text=getattr(concept, role)) for role in _SINGLE_ROLES if getattr(concept, role)]
    for role, field in _LIST_ROLES.items():
        names.extend(NameRow(role=role, text=text, position=at) for at, text in enumerate(getattr(concept, field)))
    row.names = names
    row.evidence = [EvidenceRow(sentence=concept.context)] if concept.context else []


def _all_rows(session: Session) -> Sequence[ConceptRow]:
    loaded = (selectinload(ConceptRow.names), selectinload(ConceptRow.evidence))
    return session.scalars(select(ConceptRow).options(*loaded).order_by(ConceptRow.id)).all()


def load_concepts(session: Session) -> list[Concept]:
    """Every concept of the workspace, in the order in which they came."""
    return [to_concept(row) for row in _all_rows(session)]


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
    present = {(row.source, row.scope): row for row in _all_rows(session)}
    kept = 0
    wanted = set()
    for concept in concepts:
        wanted.add(concept.key)
        row = present.get(concept.key)
        if row is None:
            row = ConceptRow()
            session.add(row)
            _fill(row, concept)
            present[concept.key] = row
        elif to_concept(row) != concept:
            if row.decided:
                kept += 1
            else:
                _fill(row, concept)
    gone = [row.id for key, row in present.items() if key not in wanted and not row.decided and row.id is not None]
    if gone:
        session.execute(delete(ConceptRow).where(ConceptRow.id.in_(gone)))
    session.flush()
    return Synced(kept, len(gone))


def decide(session: Session, concept_id: int, version: int, concept: Concept) -> None:
    """Save what a person decided about a concept. Raises StaleError if its row is no longer at `version`."""
    row = session.get(ConceptRow, concept_id, with_for_update=True)
    if row is None or row.version != version:
        raise StaleError("Somebody else changed this term meanwhile; look at it again.")
    evidence = [EvidenceRow(document=e.document, sentence=e.sentence) for e in row.evidence]
    _fill(row, concept)
    row.evidence = evidence
    row.decided = True
    row.version += 1


def add_concept(session: Session, concept: Concept) -> None:
    """A new concept by a person's hand. Raises StaleError if there is one of that name already."""
    same = select(ConceptRow).where(ConceptRow.source == concept.source, ConceptRow.scope == concept.scope)
    if session.scalar(same) is not None:
        raise StaleError(f"{concept.source} is in the glossary already; edit it there.")
    row = ConceptRow(decided=True)
    session.add(row)
    _fill(row, concept)


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
    """A page of the selected concepts: candidates first, the surest and most frequent of them first."""
    order = case((ConceptRow.status == "candidate", 0), (ConceptRow.status == "approved", 1), else_=2)
    query = (
        select(ConceptRow)
        .where(*selection.conditions())
        .options(selectinload(ConceptRow.names), selectinload(ConceptRow.evidence))
        .order_by(order, ConceptRow.confidence.desc(), ConceptRow.count.desc(), ConceptRow.id)
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
