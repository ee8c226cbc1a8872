"""python -m app: who may sign in to the workbench. The workbench itself is `streamlit run app/main.py`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer
from sqlalchemy.orm import Session

from app.passwords import LEAST, Passwords
from app.users import UserError, add_user, list_users, remove_user, set_password, set_role
from documents.console import FAILED, new_app, output, run, stop, workspace_at
from storage import DEFAULT_WORKSPACE
from storage.people import ROLES

app = new_app("The review workbench: who may sign in to it, as what.")
users = new_app("Who may sign in, as what. The password is asked for on the terminal, or read from standard input.")
app.add_typer(users, name="users")

Name = Annotated[str, typer.Argument(metavar="NAME", help="A name, or the e-mail address that OpenID Connect gives.")]
Where = Annotated[
    str, typer.Option("--workspace", envvar="ZHENGMING_WORKSPACE", help="The workspace: a file or postgresql://….")
]
RoleOption = Annotated[str, typer.Option("--role", help=f"One of {', '.join(ROLES)}.")]


@app.callback()
def _group() -> None:
    """Keeps `users` a group of commands although it is the only one."""


@contextmanager
def _changing(workspace: str) -> Iterator[Session]:
    """A session to write in; what cannot be done is told in one line."""
    try:
        with workspace_at(workspace).session() as session:
            yield session
    except UserError as error:
        stop(str(error), FAILED)


@users.command("add")
def add_command(
    name: Name,
    role: RoleOption = "reviewer",
    no_password: Annotated[
        bool, typer.Option("--no-password", help="Let them in through OpenID Connect only.")
    ] = False,
    workspace: Where = DEFAULT_WORKSPACE,
) -> None:
    """Let somebody sign in.

    Example: python -m app users add li.wei@example.org --role administrator
    """
    password = "" if no_password else _ask(name)
    with _changing(workspace) as session:
        add_user(session, Passwords(), name, role, password)
    output.print(f"{name} may sign in as {role}.", markup=False, soft_wrap=True)


@users.command("list")
def list_command(workspace: Where = DEFAULT_WORKSPACE) -> None:
    """Who may sign in, as what, and how.

    Example: python -m app users list
    """
    with workspace_at(workspace).reading() as session:
        found = list_users(session)
    for user in found:
        way = "password" if user.has_password else "OpenID Connect only"
        output.print(f"{user.name}\t{user.role}\t{way}", markup=False, soft_wrap=True)
    if not found:
        output.print("Nobody yet: python -m app users add NAME --role administrator", markup=False)


@users.command("role")
def role_command(name: Name, role: RoleOption, workspace: Where = DEFAULT_WORKSPACE) -> None:
    """Give somebody another role; it holds from their next click.

    Example: python -m app users role li.wei@example.org --role terminologist
    """
    with _changing(workspace) as session:
        set_role(session, name, role)
    output.print(f"{name} is {role} now.", markup=False, soft_wrap=True)


@users.command("password")
def password_command(name: Name, workspace: Where = DEFAULT_WORKSPACE) -> None:
    """Give somebody another password, and sign them out everywhere.

    Example: python -m app users password li.wei@example.org
    """
    password = _ask(name)
    with _changing(workspace) as session:
        set_password(session, Passwords(), name, password)
    output.print(f"{name} has another password and is signed out everywhere.", markup=False, soft_wrap=True)


@users.command("remove")
def remove_command(name: Name, workspace: Where = DEFAULT_WORKSPACE) -> None:
    """Take somebody off the list, and sign them out everywhere.

    Example: python -m app users remove li.wei@example.org
    """
    with _changing(workspace) as session:
        remove_user(session, name)
    output.print(f"{name} may not sign in any more.", markup=False, soft_wrap=True)


def _ask(name: str) -> str:
    """A new password, twice from the terminal without showing it, or the first line of standard input."""
    if sys.stdin.isatty():
        return str(
            typer.prompt(
                f"Password for {name} (at least {LEAST} characters)", hide_input=True, confirmation_prompt=True
            )
        )
    password = sys.stdin.readline().rstrip("\r\n")
    if not password:
        stop("Give the password on standard input, or start this on a terminal to be asked.")
    return password


if __name__ == "__main__":
    run(app)
