"""Who works on a workspace, and what each role may write: enforced in the session, whichever code does the writing."""

from __future__ import annotations

import dataclasses
import functools
import getpass
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal, get_args

from sqlalchemy import Connection, event
from sqlalchemy.orm import Session, UOWTransaction

from storage import models

Role = Literal["reader", "reviewer", "terminologist", "administrator"]
ROLES: tuple[Role, ...] = get_args(Role)
# Under this name a session and its connections know their person.
PERSON = "person"

# Statements as the database gets them: values are bound, so that no text of a person stands in them.
_COMMENTS = re.compile(r"/\*.*?\*/|--[^\n]*", re.DOTALL)
_WRITES = re.compile(
    r"(?:\bINSERT(?:\s+OR\s+\w+)?\s+INTO|\bREPLACE\s+INTO|\bMERGE\s+INTO|\bDELETE\s+FROM"
    # Not FOR UPDATE, FOR NO KEY UPDATE, ON CONFLICT DO UPDATE.
    r"|(?<!FOR )(?<!KEY )(?<!DO )\bUPDATE(?:\s+OR\s+\w+)?)\s+(?:ONLY\s+)?([^\s(;]+)",
    re.IGNORECASE,
)
_HARMLESS = re.compile(
    r"\s*(?:(?:SELECT|WITH|VALUES|EXPLAIN|INSERT|REPLACE|MERGE|UPDATE|DELETE|BEGIN|COMMIT|ROLLBACK|SAVEPOINT|RELEASE|SHOW)\b"
    r"|SET\s+(?:LOCAL\s+lock_timeout|TRANSACTION)\b|PRAGMA\s+\w+\s*$|$)",
    re.IGNORECASE,
)

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
        models.OriginalRow,
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
        """Whether they have at least this role. A role that does not exist is none."""
        return self.role in ROLES and ROLES.index(self.role) >= ROLES.index(role)


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


def _require(person: Person | None, table: str) -> None:
    if person is not None and not person.may(needed_role(table)):
        raise NotAllowedError(
            f"As {person.role} you cannot change this; it takes a {needed_role(table)}. Ask an administrator for the role."
        )


@event.listens_for(Session, "before_flush")
def _before_flush(session: Session, _context: UOWTransaction, _instances: object) -> None:
    """Refuse before anything is sent; `guard` would only stop at the first statement that goes too far."""
    if session.info.get(PERSON) is None:
        return
    changed = [row for row in session.dirty if session.is_modified(row)]
    for row in (*session.new, *session.deleted, *changed):
        _require(session.info[PERSON], row.__tablename__)


@contextmanager
def for_nobody(session: Session) -> Iterator[Connection]:
    """The connection of a session for what the program does by itself, whoever is at work: an index that it looks up in."""
    connection = session.connection()
    person = connection.get_execution_options().get(PERSON)
    connection.execution_options(**{PERSON: None})
    try:
        yield connection
    finally:
        connection.execution_options(**{PERSON: person})


def guard(
    connection: Connection, _cursor: object, statement: str, _parameters: object, _context: object, _many: bool
) -> Any:
    """Listener of an engine's `before_cursor_execute`: whichever way a statement came, ORM, bulk, Core or plain SQL,
    it may write only to tables that the role of the connection's person covers. Raises NotAllowedError."""
    person = connection.get_execution_options().get(PERSON)
    if person is not None:
        for table in _written(statement):
            _require(person, table)


@functools.lru_cache(maxsize=512)
def _written(statement: str) -> frozenset[str]:
    """The tables that a statement writes to; "" among them where it does something else than read and write rows."""
    bare = " ".join(_COMMENTS.sub(" ", statement).split())
    tables = {name.rpartition(".")[2].strip('"`[]').lower() for name in _WRITES.findall(bare)}
    if not all(_HARMLESS.match(part) for part in bare.split(";")):
        tables.add("")
    return frozenset(tables)
