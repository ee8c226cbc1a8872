"""python -m glossary: build, export, import and check a bilingual glossary of names."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from documents import Unreadable, clean, read_documents
from documents.console import FAILED, new_app, not_built_yet, output, progress_bar, run, say, stop, workspace_at
from documents.files import write_bytes
from glossary import Concept, Glossary, GlossaryError, load, merge
from glossary.builder import build
from glossary.checking import check
from glossary.csv_file import write_file
from glossary.formats import PLANNED, WRITERS
from glossary.store import load_concepts, sync_concepts

app = new_app("Names of agencies and programmes, with one English each: build, export, import, check.")


class Merge(StrEnum):
    """What an import does where both sides have a term."""

    update = "update"
    add = "add"
    keep = "keep"


@app.command("build")
def build_command(
    inputs: Annotated[
        list[str], typer.Argument(metavar="INPUT...", help="Files, directories, globs, or - for standard input.")
    ],
    out: Annotated[Path, typer.Option(help="The glossary CSV to write.")] = Path("glossary.csv"),
    engine: Annotated[
        str, typer.Option(help="Engine that suggests English where nothing better is known, or none.")
    ] = "none",
    workspace: Annotated[str, typer.Option(help="Also put the terms into this workspace.")] = "",
) -> None:
    """Find the names in documents and give each its English, best source first.

    Example: python -m glossary build seeds --out out/glossary.csv
    """
    suggest = _suggestions(engine)
    texts: dict[str, str] = {}
    failures = 0
    with progress_bar() as bar:
        task = bar.add_task("reading and cleaning", total=None)
        for item in read_documents(inputs):
            if isinstance(item, Unreadable):
                say(item.reason)
                failures += 1
            else:
                texts[item.name] = clean(item.text).text
            bar.advance(task)
        bar.update(task, description="finding names")
        concepts = build(texts, suggest)
    if texts:
        _write(concepts, out)
        _into_workspace(concepts, workspace)
        settled = sum(concept.is_forced for concept in concepts)
        output.print(
            f"{len(texts)} documents: {settled} names settled, {len(concepts) - settled} candidates to look at → {out}",
            markup=False,
        )
    if failures:
        raise typer.Exit(FAILED)


@app.command("export")
def export_command(
    glossary: Annotated[
        str, typer.Argument(metavar="glossary.csv", help="The glossary (or leave it out and name a --workspace).")
    ] = "",
    to: Annotated[str, typer.Option(help=f"One of {', '.join((*WRITERS, *PLANNED))}.")] = "csv",
    out: Annotated[Path, typer.Option(help="The file to write.")] = Path("glossary-export.csv"),
    workspace: Annotated[str, typer.Option(help="Export the terms of this workspace instead of a file.")] = "",
) -> None:
    """Write a glossary for another program.

    Example: python -m glossary export out/glossary.csv --to xlsx --out out/glossary.xlsx
    """
    if to in PLANNED:
        not_built_yet(f"Export to {to}")
    if to not in WRITERS:
        stop(f"{to} is no export format; the formats are {', '.join(WRITERS)}.")
    if bool(glossary) == bool(workspace):
        stop("Give either a glossary file or a --workspace to export.")
    concepts = _load(glossary).concepts if glossary else tuple(_from_workspace(workspace))
    try:
        write_bytes(out, WRITERS[to](concepts))
    except OSError as error:
        stop(f"{out}: cannot be written ({error.strerror}).", FAILED)
    output.print(f"{len(concepts)} terms → {out}", markup=False)


@app.command("import")
def import_command(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="CSV or TSV; two columns (Chinese, English) are enough.")
    ],
    out: Annotated[Path, typer.Option(help="The glossary to bring it into; made if missing.")] = Path("glossary.csv"),
    how: Annotated[
        Merge, typer.Option("--merge", help="update: theirs win; add: only new ones; keep: only fill gaps.")
    ] = Merge.update,
) -> None:
    """Bring a list of terms into a glossary, and say what happened.

    Example: python -m glossary import terms.csv --out out/glossary.csv --merge add
    """
    theirs = _load(str(file))
    mine = _load(str(out)).concepts if out.exists() else ()
    merged, report = merge(mine, theirs.concepts, how.value)
    _write(merged, out)
    counts = ", ".join(f"{count} {what}" for what, count in report.items())
    output.print(f"{file}: {counts}, {len(theirs.problems)} left out → {out}", markup=False)
    if theirs.problems:
        raise typer.Exit(FAILED)


@app.command("check")
def check_command(
    glossary: Annotated[Path, typer.Argument(metavar="glossary.csv", help="The glossary to look at.")],
) -> None:
    """Name conflicts and duplicates; exit status 1 if there are any.

    Example: python -m glossary check out/glossary.csv
    """
    loaded = _load(str(glossary))
    found = check(loaded.concepts)
    for line in found:
        output.print(line, markup=False, soft_wrap=True)
    output.print(
        f"{glossary}: {len(loaded.concepts)} terms, {len(found)} conflicts, {len(loaded.problems)} rows left out",
        markup=False,
    )
    if found or loaded.problems:
        raise typer.Exit(FAILED)


def _load(path: str) -> Glossary:
    try:
        loaded = load(path)
    except GlossaryError as error:
        stop(str(error))
    for problem in loaded.problems:
        say(f"{path}, {problem}")
    return loaded


def _write(concepts: list[Concept], path: Path) -> None:
    try:
        write_file(concepts, path)
    except OSError as error:
        stop(f"{path}: cannot be written ({error.strerror}).", FAILED)


def _from_workspace(location: str) -> list[Concept]:
    with workspace_at(location).session() as session:
        return load_concepts(session)


def _into_workspace(concepts: list[Concept], location: str) -> None:
    if not location:
        return
    with workspace_at(location).session() as session:
        synced = sync_concepts(session, concepts)
    for line in synced.notes(location):
        say(line)


def _suggestions(name: str) -> Callable[[str], str] | None:
    """English of a name by an engine. The engines live further down the house, so they are looked up by name."""
    if name == "none":
        return None
    from importlib import import_module

    engines = import_module("translate.engines")
    try:
        engine = engines.get_engine(name)
    except engines.EngineError as error:
        stop(str(error))

    def suggest(term: str) -> str:
        try:
            return str(engine.translate([term])[0])
        except engines.EngineError as error:
            say(f"{term}: {error}")
            return ""

    return suggest


if __name__ == "__main__":
    run(app)
