"""The commands that keep a glossary in order: preview, concordance, history, undo, settle."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from documents.console import FAILED, output, say, stop, workspace_at
from glossary.checking import Conflict, check
from glossary.concept import Concept
from glossary.concordance import concordance
from glossary.csv_file import GlossaryError, write_file
from glossary.merging import merge
from glossary.preview import preview
from glossary.settling import NotInConflictError, resolve, settle_beside, settled_beside
from glossary.store import history, load_concepts, open_conflicts, settle, undo
from glossary.store.search import all_sentences, segments_with
from glossary.termbase import Glossary, load
from storage import StaleError
from storage.people import this_person

_Workspace = Annotated[str, typer.Option(help="The workspace with the documents and terms.")]


def register(app: typer.Typer) -> None:
    """Add these commands to the glossary's command line."""
    for name, command in (
        ("preview", preview_command),
        ("concordance", concordance_command),
        ("history", history_command),
        ("undo", undo_command),
        ("settle", settle_command),
    ):
        app.command(name)(command)


def load_or_stop(path: str) -> Glossary:
    """The glossary in a file, its bad rows named; one clear line, and out, if there is none in it."""
    try:
        loaded = load(path)
    except GlossaryError as error:
        stop(str(error))
    for problem in loaded.problems:
        say(f"{path}, {problem}")
    return loaded


def write_glossary(concepts: list[Concept], path: Path) -> None:
    """Write a glossary file; one clear line, and out, if it cannot be written."""
    try:
        write_file(concepts, path)
    except OSError as error:
        stop(f"{path}: cannot be written ({error.strerror}).", FAILED)


def concepts_of(glossary: str, workspace: str) -> tuple[Concept, ...]:
    """The concepts of the file or workspace that was named; exactly one of them must be."""
    if bool(glossary) == bool(workspace):
        stop("Give either a glossary file or a --workspace.")
    if glossary:
        return load_or_stop(glossary).concepts
    with workspace_at(workspace).session() as session:
        return tuple(load_concepts(session))


def preview_command(
    workspace: _Workspace,
    file: Annotated[str, typer.Argument(metavar="FILE", help="The list that would be imported.")] = "",
    how: Annotated[str, typer.Option("--merge", help="How it would be: update, add or keep.")] = "update",
    term: Annotated[str, typer.Option(help="Or one Chinese name …")] = "",
    english: Annotated[str, typer.Option(help="… and the English it would get.")] = "",
    limit: Annotated[int, typer.Option(min=0, help="How many of the sentences to show.")] = 20,
) -> None:
    """Say which sentences a change of the glossary would change, without making it.

    Example: python -m glossary preview --workspace workspace.db --term 海关总署 --english "Customs"
    """
    if bool(file) == bool(term and english):
        stop("Give either a FILE, or --term and --english.")
    if how not in ("update", "add", "keep"):
        stop(f"{how} is no way to merge; there are update, add and keep.")
    theirs = load_or_stop(file).concepts if file else (Concept(term, english),)
    with workspace_at(workspace).session() as session:
        before = load_concepts(session)
        sentences = list(all_sentences(session))
    after, report = merge(before, theirs, how)
    for row in report.refused:
        say(row.why)
    found = preview(before, after, sentences)
    for changed in found.changed[:limit]:
        output.print(f"{changed.document}: {changed}", markup=False, soft_wrap=True)
        output.print(f"    {changed.sentence}", markup=False, soft_wrap=True)
    output.print(f"{file or term}: {found}", markup=False)


def concordance_command(
    query: Annotated[str, typer.Argument(metavar="QUERY", help="A word, of one character or more.")],
    workspace: _Workspace,
    width: Annotated[int, typer.Option(min=1, max=500, help="Columns of text on either side.")] = 40,
    limit: Annotated[int, typer.Option(min=0, help="The most lines to show; 0 for all.")] = 200,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line instead.")] = False,
) -> None:
    """Show every place where a word stands in the documents, with the text around it.

    Example: python -m glossary concordance 海关 --workspace workspace.db
    """
    if not query.strip():
        stop("Give a word to look for.")
    shown = total = 0
    documents = set()
    with workspace_at(workspace).session() as session:
        for line in concordance(query, segments_with(session, query), width):
            total += 1
            documents.add(line.document)
            if limit and shown >= limit:
                continue
            shown += 1
            if as_json:
                fields = {name: getattr(line, name) for name in line.__slots__}
                output.print(json.dumps(fields, ensure_ascii=False), markup=False, soft_wrap=True)
            else:
                place = f"{line.document}:{line.segment}"
                output.print(f"{line.shown(width)}  {place}", markup=False, soft_wrap=True)
    said = f"{query}: {total:,} places in {len(documents):,} documents"
    say(f"{said}, {shown:,} shown" if shown < total else said)


def history_command(
    workspace: _Workspace,
    term: Annotated[str, typer.Argument(metavar="TERM", help="Only the changes of this Chinese name.")] = "",
    limit: Annotated[int, typer.Option(min=1, help="How many to show, the latest first.")] = 20,
) -> None:
    """Show what was changed in the termbase: who, when, before and after.

    Example: python -m glossary history --workspace workspace.db --limit 5
    """
    with workspace_at(workspace).session() as session:
        found = history(session, term, limit)
    for done in found:
        about = f" ({done.note})" if done.note else ""
        output.print(f"{done.number}  {done.made:%Y-%m-%d %H:%M} UTC  {done.who}  {done.action}{about}", markup=False)
        for change in done.changes:
            output.print(f"    {change}", markup=False, soft_wrap=True)
    if not found:
        say("Nothing was changed yet." if not term else f"{term} was not changed yet.")


def undo_command(
    workspace: _Workspace,
    number: Annotated[
        int | None,
        typer.Argument(metavar="NUMBER", help="Number of the change, as history shows it; the last if left out."),
    ] = None,
) -> None:
    """Take a change of the termbase back; undoing an undo makes it again.

    Example: python -m glossary undo 3 --workspace workspace.db
    """
    try:
        with workspace_at(workspace).session() as session:
            done = undo(session, number)
    except StaleError as error:
        stop(str(error), FAILED)
    for change in done.changes[:20]:
        output.print(f"    {change}", markup=False, soft_wrap=True)
    output.print(f"Change {done.undoes} was taken back ({len(done.changes):,} terms).", markup=False)


def settle_command(
    conflict: Annotated[str, typer.Argument(metavar="CONFLICT", help="What check shows in brackets.")],
    glossary: Annotated[str, typer.Argument(metavar="glossary.csv", help="The glossary, or name a --workspace.")] = "",
    workspace: Annotated[str, typer.Option(help="Settle it in this workspace.")] = "",
    keep: Annotated[
        str, typer.Option(help="The side that is right, by its Chinese or English; left out, all stays as it is.")
    ] = "",
) -> None:
    """Settle a conflict once: it is not reported again.

    Example: python -m glossary settle 1a2b3c4d out/glossary.csv --keep 海关总署
    """
    if bool(glossary) == bool(workspace):
        stop("Give either a glossary file or a --workspace.")
    try:
        if workspace:
            with workspace_at(workspace).session() as session:
                found = _named(conflict, open_conflicts(session))
                settle(session, found, keep)
        else:
            path, concepts = Path(glossary), load_or_stop(glossary).concepts
            found = _named(conflict, check(concepts, settled_beside(path)))
            if keep:
                write_glossary(resolve(concepts, found, keep), path)
            settle_beside(path, found, keep, this_person().name)
    except NotInConflictError as error:
        stop(str(error))
    except OSError as error:
        stop(f"{glossary}: cannot be written ({error.strerror}).", FAILED)
    output.print(f"Settled: {found}", markup=False, soft_wrap=True)


def _named(conflict: str, found: list[Conflict]) -> Conflict:
    """The conflict with this id, or one clear line, and out."""
    return next((c for c in found if c.id == conflict), None) or stop(
        f"There is no open conflict {conflict}; check lists them.", FAILED
    )
