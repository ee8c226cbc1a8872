"""Conflicts of the termbase that were settled, once and for all."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from glossary.checking import Conflict, check
from glossary.settling import resolve
from glossary.store.concepts import change_concepts, load_concepts
from storage import person_of
from storage.models import SettlementRow


def settled_conflicts(session: Session) -> set[str]:
    """Ids of the conflicts that were settled."""
    return set(session.scalars(select(SettlementRow.conflict)))


def open_conflicts(session: Session) -> list[Conflict]:
    """The conflicts of the termbase that nobody has settled."""
    return check(load_concepts(session), settled_conflicts(session))


def settle(session: Session, conflict: Conflict, keep: str = "", who: str = "") -> None:
    """Never report a conflict again; with `keep` (Chinese or English of one side), change the termbase so that it holds.

    Raises NotInConflictError if `keep` is no side of it.
    """
    if keep:
        change_concepts(session, "settle", lambda here: resolve(here, conflict, keep), who, conflict.sentence)
    if conflict.id not in settled_conflicts(session):
        made_by = who or person_of(session).name
        session.add(SettlementRow(conflict=conflict.id, sentence=conflict.sentence, kept=keep, who=made_by))
    session.flush()
