"""Who works on a workspace, and what each role may write: enforced in the session, whichever code does the writing."""

from __future__ import annotations

import dataclasses
import getpass
from typing import Literal, get_args

from sqlalchemy import event
from sqlalchemy.orm import ORMExecuteState, Session, UOWTransaction

from storage import models

Role = Literal["reader", "reviewer", "terminologist", "administrator"]
ROLES: tuple[Role, ...] = get_args(Role)
# Under this name a session knows its person.
PERSON = "person"

# What each role may write besides what the roles before it may.
_TABLES: dict[Role, tuple[type[models.Base], ...]] = {
    "reader": (),
    "reviewer": (
        models.TranslationRow,
        models.OccurrenceRow,
        models.RevisionRow,
        models.CommentRow,
        models.DraftRow,
        models.DecisionRow,
        models.DocumentRow,
        models.SegmentRow,
        models.MemoryRow,
        models.AnswerRow,
        models.AttemptRow,
        models.FinishedRow,
        models.JobRow,
        models.ProfileRow,
    ),
    "terminologist": (
        models.ConceptRow,
        models.NameRow,
        models.EvidenceRow,
        models.ChangeSetRow,
        models.ChangeRow,
        models.SettlementRow,
    ),
    "administrator": (models.UserRow, models.SignInRow, models.SettingRow),
}


class NotAllowedError(Exception):
    """A person's role does not let them write this. The message is one sentence for them."""


@dataclasses.dataclass(frozen=True, slots=True)
class Person:
    """Who is at work, as what."""

    name: str
    role: Role

    def may(self, role: Role) -> bool:
        """Whether they have at least this role."""
        return ROLES.index(self.role) >= ROLES.index(role)


def this_person() -> Person:
    """Who works on this machine: whoever can read the file may do everything with it."""
    try:
        name = getpass.getuser()
    except (KeyError, OSError):
        name = "unknown"
    return Person(name, "administrator")


def person_of(session: Session) -> Person:
    """Who a session acts for."""
    return session.info.get(PERSON) or this_person()


def needed_role(table: str) -> Role:
    """The least role that may write to a table; a table that is not listed is the administrator's."""
    for role, rows in _TABLES.items():
        if any(row.__tablename__ == table for row in rows):
            return role
    return "administrator"


def _require(session: Session, table: str) -> None:
    person = session.info.get(PERSON)
    if person is not None and not person.may(needed_role(table)):
        raise NotAllowedError(
            f"As {person.role} you cannot change this; it takes a {needed_role(table)}. Ask an administrator for the role."
        )


@event.listens_for(Session, "before_flush")
def _before_flush(session: Session, _context: UOWTransaction, _instances: object) -> None:
    if session.info.get(PERSON) is None:
        return
    changed = [row for row in session.dirty if session.is_modified(row)]
    for row in (*session.new, *session.deleted, *changed):
        _require(session, row.__tablename__)


@event.listens_for(Session, "do_orm_execute")
def _before_statement(state: ORMExecuteState) -> None:
    if state.is_insert or state.is_update or state.is_delete:
        _require(state.session, str(state.statement.table.name))  # type: ignore[attr-defined]
