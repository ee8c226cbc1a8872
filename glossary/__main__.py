"""python -m glossary: build, export, import and check a bilingual glossary of names."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy.orm import Session

from documents import Unreadable, clean, read_documents
from documents.console import FAILED, new_app, output, progress_bar, run, say, stop, workspace_at
from documents.files import write_bytes, write_text
from glossary import Concept, Glossary, GlossaryError, MergeReport, merge
from glossary.builder import build
from glossary.checking import Conflict, beyond_limits, check
from glossary.csv_file import csv_text, defuse
from glossary.formats import FORMATS
from glossary.keeping import concepts_of, load_or_stop, write_glossary
from glossary.keeping import register as register_keeping
from glossary.settling import settled_beside
from glossary.store import change_concepts, settled_conflicts, sync_concepts
from glossary.store.search import segments_with

app = new_app("Names of agencies and programmes, with one English each: build, keep, bring in and hand out.")


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
        write_glossary(concepts, out)
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
    to: Annotated[str, typer.Option(help=f"One of {', '.join(FORMATS)}.")] = "csv",
    out: Annotated[Path, typer.Option(help="The file to write.")] = Path("glossary-export.csv"),
    workspace: Annotated[str, typer.Option(help="Export the terms of this workspace instead of a file.")] = "",
) -> None:
    """Write a glossary for another program, within the limits of that program.

    Example: python -m glossary export out/glossary.csv --to xlsx --out out/glossary.xlsx
    """
    if to not in FORMATS:
        stop(f"{to} is no export format; the formats are {', '.join(FORMATS)}.")
    concepts = concepts_of(glossary, workspace)
    try:
        written = FORMATS[to].write(concepts, out.suffix.lower())
        write_bytes(out, written.data)
    except GlossaryError as error:
        stop(str(error), FAILED)
    except OSError as error:
        stop(f"{out}: cannot be written ({error.strerror}).", FAILED)
    for line in (*written.notes, *written.left_out):
        say(line)
    output.print(f"{written.rows} terms → {out}", markup=False)
    if written.left_out:
        raise typer.Exit(FAILED)


@app.command("import")
def import_command(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE", help="CSV, TSV, XLSX, TBX, TMX or a glossary of another system; two columns do."
        ),
    ],
    out: Annotated[
        Path | None, typer.Option(help="The glossary to bring it into; made if missing. Default glossary.csv.")
    ] = None,
    how: Annotated[
        Merge, typer.Option("--merge", help="update: theirs win; add: only new ones; keep: only fill gaps.")
    ] = Merge.update,
    workspace: Annotated[str, typer.Option(help="Bring it into this workspace instead of a file.")] = "",
    report: Annotated[
        Path | None, typer.Option(help="Also write a CSV that says of each term what happened to it.")
    ] = None,
) -> None:
    """Bring a list of terms into a glossary, and say what happened.

    Example: python -m glossary import terms.csv --out out/glossary.csv --merge add
    """
    if out is not None and workspace:
        stop("Give either --out or --workspace, not both.")
    theirs = load_or_stop(str(file))
    if workspace:
        where, done = workspace, _import_into_workspace(theirs, how, workspace, str(file))
    else:
        path = out or Path("glossary.csv")
        mine = load_or_stop(str(path)).concepts if path.exists() else ()
        merged, done = merge(mine, theirs.concepts, how.value)
        write_glossary(merged, path)
        where = str(path)
    for row in done.refused:
        say(row.why)
    if report is not None:
        _write_report(done, report)
    output.print(f"{file}: {done}, {len(theirs.problems)} rows left out → {where}", markup=False, soft_wrap=True)
    if theirs.problems or done.refused:
        raise typer.Exit(FAILED)


def _import_into_workspace(theirs: Glossary, how: Merge, location: str, name: str) -> MergeReport:
    found = MergeReport()

    def merged(here: list[Concept]) -> list[Concept]:
        nonlocal found
        concepts, found = merge(here, theirs.concepts, how.value)
        return concepts

    with workspace_at(location).session() as session:
        change_concepts(session, "import", merged, note=name)
    return found


def _write_report(done: MergeReport, path: Path) -> None:
    columns = ("source", "scope", "what", "before", "after", "why")
    rows = (
        (
            defuse(row.theirs.source),
            defuse(row.theirs.scope),
            row.what,
            defuse(row.before.target if row.before else ""),
            defuse(row.after.target if row.after else ""),
            defuse(row.why),
        )
        for row in done.rows
    )
    try:
        write_text(path, "\ufeff" + csv_text(columns, rows))
    except OSError as error:
        stop(f"{path}: cannot be written ({error.strerror}).", FAILED)


@app.command("check")
def check_command(
    glossary: Annotated[
        str, typer.Argument(metavar="glossary.csv", help="The glossary (or leave it out and name a --workspace).")
    ] = "",
    workspace: Annotated[str, typer.Option(help="Look at the terms of this workspace instead of a file.")] = "",
) -> None:
    """Name conflicts and duplicates that are not settled, and what other systems would refuse.

    Exit status 1 if there is a conflict. Example: python -m glossary check out/glossary.csv
    """
    problems = 0
    if workspace:
        concepts = concepts_of(glossary, workspace)
        with workspace_at(workspace).session() as session:
            found = check(concepts, settled_conflicts(session))
            sentences = _sentences(session, found)
    else:
        loaded = load_or_stop(glossary) if glossary else stop("Give either a glossary file or a --workspace.")
        concepts, problems, sentences = loaded.concepts, len(loaded.problems), {}
        found = check(concepts, settled_beside(Path(glossary)))
    for conflict in found:
        output.print(f"[{conflict.id}] {conflict}", markup=False, soft_wrap=True)
        for concept in conflict.concepts if len(conflict.concepts) > 1 else ():
            sentence = concept.context or sentences.get(concept.source, "")
            shown = f"    {concept.source} → {concept.target or '?'}{': ' if sentence else ''}{sentence}"
            output.print(shown, markup=False, soft_wrap=True)
    for system, sentence in beyond_limits(concepts):
        output.print(f"({system}) {sentence}", markup=False, soft_wrap=True)
    output.print(
        f"{glossary or workspace}: {len(concepts)} terms, {len(found)} conflicts, {problems} rows left out",
        markup=False,
    )
    if found or problems:
        raise typer.Exit(FAILED)


def _sentences(session: Session, conflicts: list[Conflict]) -> dict[str, str]:
    """A sentence of the documents for each concept in conflict that has none with it."""
    bare = {concept.source for conflict in conflicts for concept in conflict.concepts if not concept.context}
    places = {source: next(segments_with(session, source, 1), None) for source in bare}
    return {source: place[2] for source, place in places.items() if place is not None}


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


register_keeping(app)


if __name__ == "__main__":
    run(app)
