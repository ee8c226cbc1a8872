"""Concepts in the workspace, in bulk: read and written by the thousand, without an object for every row."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from glossary.bulk import collector_paused
from glossary.concept import Concept
from storage.models import ConceptRow, EvidenceRow, NameRow

FIELDS = ("source", "scope", "category", "status", "origin", "confidence", "count", "documents", "note")
LIST_ROLES = {"source_variant": "source_variants", "target_variant": "target_variants", "forbidden": "forbidden"}
SINGLE_ROLES = ("target", "acronym")
# Ids in one condition: below what SQLite takes as parameters of one statement.
_CHUNK = 500
_NONE = ("",)


@dataclasses.dataclass(frozen=True, slots=True)
class Stored:
    """A concept as it stands in the workspace; `decided`: a person has decided about it here."""

    id: int
    version: int
    decided: bool
    concept: Concept


def all_stored(session: Session) -> list[Stored]:
    """Every concept, in the order in which they came."""
    return _stored(session)


def stored_with_sources(session: Session, sources: Iterable[str]) -> list[Stored]:
    """The concepts with these canonical names, in any scope."""
    return _stored(session, ConceptRow.source, sorted(set(sources)))


def stored_with_ids(session: Session, ids: Iterable[int]) -> list[Stored]:
    """The concepts with these ids; those that are no longer there are left out."""
    return _stored(session, ConceptRow.id, sorted(set(ids)))


def _stored(session: Session, column: Any = None, values: Sequence[Any] = ()) -> list[Stored]:
    """The concepts whose `column` is among `values`; all of them if no column is given."""
    session.flush()
    columns = [getattr(ConceptRow, name) for name in FIELDS]
    query = select(ConceptRow.id, ConceptRow.version, ConceptRow.decided, *columns).order_by(ConceptRow.id)
    named = select(NameRow.concept_id, NameRow.role, NameRow.text).order_by(NameRow.position, NameRow.id)
    seen = select(EvidenceRow.concept_id, EvidenceRow.sentence).order_by(EvidenceRow.id.desc())
    if column is None:
        with collector_paused():
            return _made(session.execute(query), session.execute(named), session.execute(seen))
    found: list[Stored] = []
    for start in range(0, len(values), _CHUNK):
        wanted = column.in_(values[start : start + _CHUNK])
        ids = select(ConceptRow.id).where(wanted)
        found += _made(
            session.execute(query.where(wanted)),
            session.execute(named.where(NameRow.concept_id.in_(ids))),
            session.execute(seen.where(EvidenceRow.concept_id.in_(ids))),
        )
    return found


def _made(rows: Iterable[Any], names: Iterable[Any], evidence: Iterable[Any]) -> list[Stored]:
    """Concepts out of their rows, their names and their evidence (latest first, so that the first stands at last)."""
    held: dict[str, dict[int, tuple[str, ...]]] = {role: {} for role in (*SINGLE_ROLES, *LIST_ROLES)}
    for concept_id, role, text in names:
        texts = held[role]
        texts[concept_id] = (*texts[concept_id], text) if concept_id in texts else (text,)
    context = {row[0]: row[1] for row in evidence}
    found = []
    for concept_id, version, decided, source, scope, category, status, origin, confidence, count, seen, note in rows:
        concept = Concept(
            source,
            held["target"].get(concept_id, _NONE)[0],
            held["acronym"].get(concept_id, _NONE)[0],
            held["source_variant"].get(concept_id, ()),
            held["target_variant"].get(concept_id, ()),
            held["forbidden"].get(concept_id, ()),
            category,
            status,
            origin,
            confidence,
            count,
            seen,
            scope,
            context.get(concept_id, ""),
            note,
        )
        found.append(Stored(concept_id, version, decided, concept))
    return found


def insert_concepts(session: Session, concepts: Sequence[tuple[Concept, bool]]) -> None:
    """New rows for concepts, each with whether a person has decided about it."""
    if not concepts:
        return
    rows = [{**_fields(concept), "decided": decided, "version": 1} for concept, decided in concepts]
    statement = insert(ConceptRow).returning(ConceptRow.id, sort_by_parameter_order=True)
    ids = session.execute(statement, rows).scalars().all()
    _insert_parts(session, zip(ids, (concept for concept, _ in concepts), strict=True))


def update_concepts(session: Session, changed: Mapping[int, tuple[Concept, bool]], versions: Mapping[int, int]) -> None:
    """Give the rows of these ids new contents, and their versions."""
    if not changed:
        return
    rows = [
        {"id": key, **_fields(concept), "decided": decided, "version": versions[key]}
        for key, (concept, decided) in changed.items()
    ]
    session.execute(update(ConceptRow), rows)
    for part in (NameRow, EvidenceRow):
        _delete_where(session, part.concept_id, list(changed))
    _insert_parts(session, ((key, concept) for key, (concept, _) in changed.items()))
    session.expire_all()


def delete_concepts(session: Session, ids: Sequence[int]) -> None:
    """Take concepts out, with their names and evidence."""
    for column in (NameRow.concept_id, EvidenceRow.concept_id, ConceptRow.id):
        _delete_where(session, column, ids)
    if ids:
        session.expire_all()


def _delete_where(session: Session, column: Any, ids: Sequence[int]) -> None:
    for start in range(0, len(ids), _CHUNK):
        statement = delete(column.class_).where(column.in_(ids[start : start + _CHUNK]))
        session.execute(statement.execution_options(synchronize_session=False))


def _fields(concept: Concept) -> dict[str, object]:
    return {name: getattr(concept, name) for name in FIELDS}


def _insert_parts(session: Session, concepts: Iterable[tuple[int, Concept]]) -> None:
    names: list[dict[str, object]] = []
    evidence: list[dict[str, object]] = []
    for concept_id, concept in concepts:
        names += [{"concept_id": concept_id, **name} for name in name_rows(concept)]
        if concept.context:
            evidence.append({"concept_id": concept_id, "document": "", "sentence": concept.context})
    if names:
        session.execute(insert(NameRow), names)
    if evidence:
        session.execute(insert(EvidenceRow), evidence)


def name_rows(concept: Concept) -> list[dict[str, object]]:
    """The names of a concept as columns of `concept_names`."""
    rows: list[dict[str, object]] = [
        {"role": role, "position": 0, "text": getattr(concept, role)} for role in SINGLE_ROLES if getattr(concept, role)
    ]
    for role, field in LIST_ROLES.items():
        rows += [{"role": role, "position": at, "text": text} for at, text in enumerate(getattr(concept, field))]
    return rows
