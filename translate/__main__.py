"""python -m translate: batch translation, forcing terms into translations made elsewhere, and the engines."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.box import SIMPLE_HEAD
from rich.progress import TaskID
from rich.table import Table

from documents.console import (
    FAILED,
    by_kind,
    errors,
    new_app,
    not_built_yet,
    output,
    progress_bar,
    run,
    say,
    stop,
    workspace_at,
)
from documents.files import write_bytes
from glossary import Concept, Glossary, GlossaryError, load
from storage import DEFAULT_WORKSPACE
from translate.batch import BatchReport, Progress, run_batch
from translate.commands.engines import engines_command
from translate.commands.memory import app as memory_app
from translate.engines import DEFAULT_ENGINE, Engine, EngineError, engine_names, get_engine
from translate.forcing.ledger import OUTCOMES
from translate.forcing.naming import STYLES, Style
from translate.outputs import PLANNED, WRITERS
from translate.outputs.before_after import render_report
from translate.pair_files import PairsError, read_pairs
from translate.pairs import ForcedPair, enforce_pairs, ledger_csv
from translate.termlist import read_terms_file

app = new_app("Chinese → English with the glossary's names forced in, and the proof.")


@app.command("batch")
def batch_command(
    inputs: Annotated[
        list[str], typer.Argument(metavar="INPUT...", help="Files, directories, globs, or - for standard input.")
    ],
    glossary: Annotated[Path | None, typer.Option(help="Glossary CSV; without it, the terms of the workspace.")] = None,
    engine: Annotated[str, typer.Option(help=f"One of {', '.join(engine_names())}.")] = DEFAULT_ENGINE,
    out: Annotated[Path, typer.Option(help="Directory for the results.")] = Path("out"),
    to: Annotated[str, typer.Option(help=f"Formats, comma-separated: {', '.join((*WRITERS, *PLANNED))}.")] = "csv,html",
    workspace: Annotated[
        str, typer.Option(help="Where documents, terms and translations are kept.")
    ] = DEFAULT_WORKSPACE,
    as_json: Annotated[bool, typer.Option("--json", help="Print the report as JSON instead of a table.")] = False,
) -> None:
    """Translate documents; started again, it goes on where it was, and asks nothing twice.

    Example: python -m translate batch seeds --glossary out/glossary.csv --engine gloss --out out --to csv,html
    """
    formats = _formats(to)
    chosen = _engine(engine)
    concepts = _concepts(glossary) if glossary else None
    store = workspace_at(workspace)
    try:
        with progress_bar() as bar:
            tasks: dict[str, TaskID] = {}

            def tell(step: Progress) -> None:
                if step.document not in tasks:
                    tasks[step.document] = bar.add_task(step.document, total=step.total)
                bar.update(tasks[step.document], completed=step.done)
                if not errors.is_terminal and step.done == step.total:
                    say(f"{step.document}: {step.total} segments")

            report = run_batch(store, inputs, concepts, chosen, out, formats, tell)
    finally:
        store.close()
    for line in (*report.notes, *report.failures):
        say(line)
    if as_json:
        output.print_json(json.dumps({**report.as_dict(), "outcomes": report.outcomes}, ensure_ascii=False))
    else:
        _show(report, chosen, out)
    if report.failures or report.outcomes["unresolved"]:
        raise typer.Exit(FAILED)


@app.command("enforce")
def enforce_command(
    pairs: Annotated[
        Path, typer.Argument(metavar="PAIRS", help="JSON Lines or CSV with source, target, document; TMX; XLIFF.")
    ],
    glossary: Annotated[
        Path, typer.Option(help="Glossary CSV; its column scope (or document) ties a row to one document.")
    ],
    out: Annotated[Path, typer.Option(help="The pairs with their new targets, in the format of PAIRS.")],
    term_ledger: Annotated[Path | None, typer.Option(help="CSV with one row for each occurrence of a term.")] = None,
    report: Annotated[Path | None, typer.Option(help="HTML page with each changed text before and after.")] = None,
    names: Annotated[
        str,
        typer.Option(
            help=f"Full names or acronyms, one of {', '.join(STYLES)}; as-source leaves right names as they are."
        ),
    ] = "as-source",
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit 1 if a name had to be inserted or a check finds an error.")
    ] = False,
) -> None:
    """Force the glossary's names into translations that already exist.

    Example: python -m translate enforce pairs.jsonl --glossary glossary.csv --out forced.jsonl --term-ledger ledger.csv
    """
    if names not in STYLES:
        stop(f"{names} is no style of names; the styles are {', '.join(STYLES)}.")
    style: Style = next(known for known in STYLES if known == names)
    terms = Glossary(tuple(_terms(glossary)))
    try:
        file = read_pairs(pairs)
    except PairsError as error:
        stop(str(error))
    with progress_bar() as bar:
        task = bar.add_task("forcing terms", total=len(file.pairs))
        done = enforce_pairs(file.pairs, terms, style, lambda count: bar.advance(task, count))
    _keep(out, file.render([item.forced.text for item in done]))
    if term_ledger is not None:
        _keep(term_ledger, ledger_csv(done).encode())
    if report is not None:
        _keep(report, render_report(pairs.name, done, terms.hash).encode())
    for problem in file.problems:
        say(f"{pairs}, {problem}")
    counts = {name: sum(row.outcome == name for item in done for row in item.forced.ledger) for name in OUTCOMES}
    shown = ", ".join(f"{count} {outcome}" for outcome, count in counts.items() if count) or "no term occurs"
    output.print(f"{len(done)} pairs: {shown} → {out}", markup=False, soft_wrap=True)
    wanting = _wanting(pairs, done) if strict else 0
    if file.problems or counts["unresolved"] or wanting:
        raise typer.Exit(FAILED)


def _wanting(pairs: Path, done: Sequence[ForcedPair]) -> int:
    """How many pairs are not as wanted; each is named with its reasons."""
    wanting = 0
    for number, item in enumerate(done, 1):
        reasons = [flag.text for flag in item.flags if flag.severity == "error"]
        reasons += [f"{row.found} was inserted; place it" for row in item.forced.ledger if row.outcome == "inserted"]
        if reasons:
            wanting += 1
            say(f"{pairs}, pair {number}: {'; '.join(reasons)}")
    return wanting


def _keep(path: Path, data: bytes) -> None:
    try:
        write_bytes(path, data)
    except OSError as error:
        stop(f"{path}: cannot be written ({error.strerror}).")


def _terms(path: Path) -> list[Concept]:
    try:
        concepts, problems = read_terms_file(path)
    except GlossaryError as error:
        stop(str(error))
    for problem in problems:
        say(problem)
    return concepts


app.command("engines")(engines_command)
app.add_typer(memory_app, name="memory")


def _formats(to: str) -> list[str]:
    names = list(dict.fromkeys(name.strip() for name in to.split(",") if name.strip()))
    for name in names:
        if name in PLANNED:
            not_built_yet(f"Output as {name}")
        if name not in WRITERS:
            stop(f"{name} is no output format; the formats are {', '.join(WRITERS)}.")
    return names or stop("Name at least one output format with --to.")


def _engine(name: str) -> Engine:
    try:
        return get_engine(name)
    except EngineError as error:
        stop(str(error))


def _concepts(path: Path) -> list[Concept]:
    try:
        loaded = load(path)
    except GlossaryError as error:
        stop(str(error))
    for problem in loaded.problems:
        say(f"{path}, {problem}")
    return list(loaded.concepts)


def _show(report: BatchReport, engine: Engine, out: Path) -> None:
    """The tables a person reads at the end; they fit 80 columns."""
    output.print(f"\n{engine.title}: {engine.description}\n", markup=False, soft_wrap=True)
    removed = [[d.kept, d.restored, sum(d.removed.values())] for d in report.documents]
    kinds = [by_kind(d.removed) for d in report.documents]
    _table("Characters", ("kept", "restored", "removed"), report, removed, ("by kind", kinds))
    outcomes = [name for name in OUTCOMES if name == "unresolved" or report.outcomes[name]]
    counts = [
        [d.segments, sum(d.outcomes.values()), *(d.outcomes.get(name, 0) for name in outcomes), d.errors, d.warnings]
        for d in report.documents
    ]
    columns = ("segments", "terms", *outcomes, "errors", "warnings")
    _table("Occurrences of terms, by how their English came to stand; quality flags", columns, report, counts)
    output.print(
        f"{report.terms} terms in force; {report.translated} segments translated, {report.reused} taken from before.\n"
        f"{len(report.files)} files written in {out}:",
        markup=False,
    )
    for file in report.files:
        output.print(f"  {file}", markup=False, soft_wrap=True)


def _table(
    title: str,
    columns: Sequence[str],
    report: BatchReport,
    rows: list[list[int]],
    last: tuple[str, list[str]] | None = None,
) -> None:
    """One row a document, numbers to the right, sums below, and perhaps a last column of words."""
    table = Table(
        title=title, title_justify="left", title_style="bold", box=SIMPLE_HEAD, padding=(0, 1, 0, 0), show_footer=True
    )
    table.add_column("document", footer="all", no_wrap=True, max_width=22)
    for at, column in enumerate(columns):
        table.add_column(column, footer=f"{sum(row[at] for row in rows):,}", justify="right", no_wrap=True)
    if last is not None:
        table.add_column(last[0])
    for number, (document, row) in enumerate(zip(report.documents, rows, strict=True)):
        words = [last[1][number]] if last is not None else []
        table.add_row(document.name, *(f"{value:,}" for value in row), *words)
    output.print(table)


if __name__ == "__main__":
    run(app)
