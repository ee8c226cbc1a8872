"""Users of a workspace and the browsers that are signed in. Sessions here must be those of nobody in particular, or of an
administrator: who may do this is decided where the session was made."""

from __future__ import annotations

import dataclasses
import datetime
import hashlib
import secrets
import unicodedata

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from app.passwords import Passwords, why_not
from storage import Person, Role, Workspace
from storage.models import DraftRow, SignInRow, UserRow
from storage.people import ROLES

LASTS = datetime.timedelta(hours=12)
# A sign-in is written anew when this much of it is gone: not at every click.
_RENEWED_AFTER = datetime.timedelta(hours=1)
_LONGEST_NAME = 200


class UserError(Exception):
    """A change of users that cannot be made. The message is one sentence for a person."""


@dataclasses.dataclass(frozen=True, slots=True)
class User:
    """Somebody who may sign in; `has_password` False: through OpenID Connect only. `made`: UTC."""

    number: int
    name: str
    role: Role
    has_password: bool
    made: datetime.datetime


def list_users(session: Session) -> list[User]:
    """All users by name."""
    rows = session.scalars(select(UserRow).order_by(UserRow.name))
    return [User(row.id, row.name, role_of(row.role), bool(row.password), row.made) for row in rows]


def role_of(kept: str) -> Role:
    """The role that a row names; one that does not exist is the least."""
    return next((role for role in ROLES if role == kept), "reader")


def add_user(session: Session, passwords: Passwords, name: str, role: str, password: str = "") -> None:
    """Let somebody sign in; without a password only through OpenID Connect. Raises UserError."""
    name = unicodedata.normalize("NFC", " ".join(name.split()))
    if not name or len(name) > _LONGEST_NAME or not name.isprintable():
        raise UserError(f"A name has 1 to {_LONGEST_NAME} characters that can be seen.")
    _require_role(role)
    if _row(session, name) is not None:
        raise UserError(f"There is a user {name} already.")
    session.add(UserRow(name=name, role=role, password=_hashed(passwords, password) if password else ""))


def set_role(session: Session, name: str, role: str) -> None:
    """Give a user another role; it holds from their next click. Raises UserError."""
    _require_role(role)
    row = _known(session, name)
    if role != "administrator":
        _require_another_administrator(session, row)
    row.role = role


def set_password(session: Session, passwords: Passwords, name: str, password: str, keep: str = "") -> None:
    """Give a user another password, and sign them out everywhere but where the secret `keep` is. Raises UserError."""
    row = _known(session, name)
    row.password = _hashed(passwords, password)
    session.execute(delete(SignInRow).where(SignInRow.user_id == row.id, SignInRow.key != _key(keep)))


def remove_user(session: Session, name: str) -> None:
    """Take somebody off the list, and sign them out everywhere. What they typed and did not save goes too, so that nobody
    of the same name finds it. Raises UserError."""
    row = _known(session, name)
    _require_another_administrator(session, row)
    session.execute(delete(DraftRow).where(DraftRow.who == row.name))
    session.execute(delete(SignInRow).where(SignInRow.user_id == row.id))
    session.delete(row)


def anybody(session: Session) -> bool:
    """Whether there are users at all."""
    return session.scalar(select(UserRow.id).limit(1)) is not None


def administrators(session: Session) -> list[str]:
    """Whom to ask for access, by name."""
    return list(session.scalars(select(UserRow.name).where(UserRow.role == "administrator").order_by(UserRow.name)))


def sign_in(workspace: Workspace, passwords: Passwords, name: str, password: str) -> str | None:
    """The secret of a new sign-in, for the browser to keep; None where name and password do not fit."""
    with workspace.reading() as session:
        row = _row(session, name)
        number, kept = (row.id, row.password) if row is not None else (0, "")
    # Outside of any session: nobody waits for the database while the hash is made.
    if not passwords.is_right(kept, password):
        return None
    renewed = passwords.hash(password) if passwords.is_old(kept) else kept
    with workspace.session() as session:
        row = session.get(UserRow, number)
        if row is None or row.password != kept:
            return None
        row.password = renewed
        return _begin(session, number)


def change_own_password(
    workspace: Workspace, passwords: Passwords, name: str, present: str, wanted: str, secret: str
) -> None:
    """Give oneself another password; other browsers are signed out, that of `secret` is not. Raises UserError."""
    with workspace.reading() as session:
        kept = _known(session, name).password
    if not passwords.is_right(kept, present):
        raise UserError("This is not your present password.")
    with workspace.session() as session:
        set_password(session, passwords, name, wanted, keep=secret)


def sign_in_by_address(workspace: Workspace, address: str) -> str | None:
    """The secret of a new sign-in for somebody whom the OpenID Connect provider vouches for; None for a stranger."""
    with workspace.session() as session:
        row = _row(session, address)
        return None if row is None else _begin(session, row.id)


def holder(session: Session, secret: str) -> tuple[Person, bool] | None:
    """Who is signed in with a secret, and whether the sign-in is to be renewed; None where nobody is any more."""
    query = select(UserRow.name, UserRow.role, SignInRow.expires).join(SignInRow, SignInRow.user_id == UserRow.id)
    row = session.execute(query.where(SignInRow.key == _key(secret))).first()
    if row is None or row.expires <= _now():
        return None
    return Person(row.name, role_of(row.role)), row.expires - _now() < LASTS - _RENEWED_AFTER


def renew(session: Session, secret: str) -> None:
    """Let a sign-in that holds last for another 12 hours."""
    row = session.get(SignInRow, _key(secret))
    if row is not None and row.expires > _now():
        row.expires = _now() + LASTS


def sign_out(session: Session, secret: str) -> None:
    """End a sign-in."""
    session.execute(delete(SignInRow).where(SignInRow.key == _key(secret)))


def _begin(session: Session, user_id: int) -> str:
    secret = secrets.token_urlsafe(32)
    session.execute(delete(SignInRow).where(SignInRow.expires <= _now()))
    session.add(SignInRow(key=_key(secret), user_id=user_id, expires=_now() + LASTS))
    return secret


def _key(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC).replace(tzinfo=None)


def _row(session: Session, name: str) -> UserRow | None:
    """A user by name, large and small letters the same in every script (databases know only those of English)."""
    wanted = unicodedata.normalize("NFC", " ".join(name.split())).casefold()
    found = next((n for n in session.scalars(select(UserRow.name)) if n.casefold() == wanted), None)
    return None if found is None else session.scalars(select(UserRow).where(UserRow.name == found)).one()


def _known(session: Session, name: str) -> UserRow:
    row = _row(session, name)
    if row is None:
        raise UserError(f"There is no user {name}.")
    return row


def _hashed(passwords: Passwords, password: str) -> str:
    if problem := why_not(password):
        raise UserError(problem)
    return passwords.hash(password)


def _require_role(role: str) -> None:
    if role not in ROLES:
        raise UserError(f"There is no role {role}; the roles are {', '.join(ROLES)}.")


def _require_another_administrator(session: Session, row: UserRow) -> None:
    others = select(func.count(UserRow.id)).where(UserRow.role == "administrator", UserRow.id != row.id)
    if row.role == "administrator" and not session.scalar(others):
        raise UserError(f"{row.name} is the last administrator; make somebody else one first.")
