"""What the three command lines share: how they speak to a person, and how they end.

Exit status: 0 done · 1 finished, with failures named · 2 wrong use.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NoReturn

import typer
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    SpinnerColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from storage import Workspace, WorkspaceError, open_workspace

# Data goes to standard output, everything said to a person on the way to standard error.
errors = Console(stderr=True, highlight=False, soft_wrap=True)
output = Console(highlight=False)

FAILED = 1
WRONG_USE = 2


def new_app(help_text: str) -> typer.Typer:
    """A command line; locals are never shown in a traceback, since they may hold keys."""
    return typer.Typer(
        help=help_text,
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_show_locals=False,
        rich_markup_mode=None,
    )


def say(text: str) -> None:
    """One line to a person, as it is (document text in it is never markup)."""
    errors.print(text, markup=False)


def stop(text: str, status: int = WRONG_USE) -> NoReturn:
    """One clear line, and out."""
    say(text)
    raise typer.Exit(status)


def workspace_at(location: str) -> Workspace:
    """The workspace that the person named, or one clear line, and out."""
    try:
        return open_workspace(location)
    except WorkspaceError as error:
        stop(str(error))


def by_kind(removed: Mapping[str, int]) -> str:
    """Characters removed by kind of noise in words, most first."""
    ordered = sorted(removed.items(), key=lambda item: -item[1])
    return ", ".join(f"{kind} {count:,}" for kind, count in ordered if count)


class _Rate(ProgressColumn):
    """Steps a second."""

    def render(self, task: Task) -> Text:
        speed = task.finished_speed or task.speed
        return Text(f"{speed:,.0f}/s" if speed else "")


class _Told(ProgressColumn):
    """What the work has to tell beside its numbers."""

    def render(self, task: Task) -> Text:
        return Text(task.fields.get("told", ""), style="dim")


def progress_bar() -> Progress:
    """A progress bar on standard error; silent where that is no terminal."""
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        _Rate(),
        TimeRemainingColumn(),
        _Told(),
    )
    return Progress(*columns, console=errors, transient=True, disable=not errors.is_terminal)


def run(app: Callable[[], None]) -> None:
    """Run a command line; Ctrl+C, or a workspace that fails on the way, ends it with one line instead of a traceback."""
    try:
        app()
    except WorkspaceError as error:
        say(str(error))
        raise SystemExit(FAILED) from None
    except KeyboardInterrupt:
        say("Stopped. What was done is kept; start the same command again to go on.")
        raise SystemExit(FAILED) from None
