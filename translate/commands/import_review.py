"""python -m translate import-review."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from documents.console import FAILED, output, progress_bar, say, stop, workspace_at
from documents.files import writing
from glossary import Glossary
from glossary.store import load_concepts
from storage import DEFAULT_WORKSPACE, Workspace
from translate.outputs.csv_table import csv_lines
from translate.review.apply import COLUMNS, Result, ReviewReport, together
from translate.review.bringing import bring_in
from translate.review.reading import read_review
from translate.review.row import ReviewError, ReviewRow

_TOLD = ("edited", "confirmed", "unchanged", "held", "conflict", "unknown")
_MOST_SHOWN = 20


def import_review_command(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE...", help="Reviewed files that batch wrote as docx, xliff, xliff2 or xlsx."),
    ],
    workspace: Annotated[str, typer.Option(help="Where the translations are kept.")] = DEFAULT_WORKSPACE,
    report: Annotated[
        Path | None, typer.Option(help="CSV with every sentence that was not left as it was: both texts, and why.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only tell what would be saved; keeps nothing.")] = False,
) -> None:
    """Take reviewers' changes into the workspace; what changed there meanwhile is listed and never overwritten.

    Example: python -m translate import-review out/a.docx --report review.csv
    """
    try:
        reviews = [(path, read_review(path)) for path in files]
    except ReviewError as error:
        stop(str(error))
    if "://" not in workspace and not Path(workspace).is_file():
        stop(f"{workspace}: there is no such workspace; name the one that batch kept the translations in.")
    store = workspace_at(workspace)
    try:
        with store.reading() as session:
            glossary = Glossary(tuple(load_concepts(session)))
        done = together([_import(store, path, rows, glossary, dry_run) for path, rows in reviews])
    finally:
        store.close()
    _tell(done, dry_run)
    if report is not None:
        try:
            with writing(report) as file:
                file.writelines(csv_lines(COLUMNS, done.rows()))
        except OSError as error:
            stop(f"{report}: cannot be written ({error.strerror}).", FAILED)
    if done.counts["conflict"] or done.counts["unknown"]:
        raise typer.Exit(FAILED)


def _import(store: Workspace, path: Path, rows: list[ReviewRow], glossary: Glossary, dry_run: bool) -> ReviewReport:
    with progress_bar() as bar:
        task = bar.add_task(path.name, total=len(rows))
        note = f"review {path.name}"
        return bring_in(store, rows, glossary, note, not dry_run, lambda done, _: bar.update(task, completed=done))


def _tell(done: ReviewReport, dry_run: bool) -> None:
    """Each sentence that a person has to look at, then the counts."""
    told = done.to_look_at
    for result in told[:_MOST_SHOWN]:
        say(_sentence(result))
    if len(told) > _MOST_SHOWN:
        say(f"{len(told) - _MOST_SHOWN:,} more; --report lists them all.")
    shown = ", ".join(f"{done.counts[name]:,} {name}" for name in _TOLD if done.counts[name]) or "nothing"
    output.print(f"{'Would be: ' if dry_run else ''}{shown}", markup=False, soft_wrap=True)


def _sentence(result: Result) -> str:
    row = result.row
    where = f"{row.document}, {row.place}: {result.outcome}"
    if result.outcome == "conflict":
        return f"{where} ({result.reason}).\n  in the file:      {row.english}\n  in the workspace: {result.now}"
    return f"{where} ({result.reason})." + (f"\n  {row.chinese}" if row.chinese else "")
