"""Conflicts of the termbase that were settled, once and for all."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from glossary.checking import Conflict, check
from glossary.settling import resolve
from glossary.store.concepts import change_named, load_concepts
from glossary.store.rows import stored_with_sources
from storage import StaleError, person_of
from storage.models import SettlementRow


def settled_conflicts(session: Session) -> set[str]:
    """Ids of the conflicts that were settled."""
    return set(session.scalars(select(SettlementRow.conflict)))


def open_conflicts(session: Session) -> list[Conflict]:
    """The conflicts of the termbase that nobody has settled."""
    return check(load_concepts(session), settled_conflicts(session))


def settle(session: Session, conflict: Conflict, keep: str = "", who: str = "") -> None:
    """Never report a conflict again; with `keep` (Chinese or English of one side), change the termbase so that it holds.

    Raises NotInConflictError if `keep` is no side of it, StaleError if a side was changed since it was looked at.
    """
    if keep:
        sources = {concept.source for concept in conflict.concepts}
        here = [stored.concept for stored in stored_with_sources(session, sources)]
        if any(concept not in here for concept in conflict.concepts):
            raise StaleError("Somebody else changed one of these terms meanwhile; look at the conflict again.")
        change_named(
            session, "settle", sources, lambda present: resolve(present, conflict, keep), who, conflict.sentence
        )
    if conflict.id not in settled_conflicts(session):
        made_by = who or person_of(session).name
        session.add(SettlementRow(conflict=conflict.id, sentence=conflict.sentence, kept=keep, who=made_by))
    session.flush()


def settlements(session: Session) -> Sequence[SettlementRow]:
    """The settlements, the latest first."""
    return session.scalars(select(SettlementRow).order_by(SettlementRow.id.desc())).all()


def reopen(session: Session, conflict: str) -> None:
    """Forget that a conflict (its id) was settled: it is reported again if it still stands."""
    session.execute(delete(SettlementRow).where(SettlementRow.conflict == conflict))
