"""python -m translate batch."""

from __future__ import annotations

import dataclasses
import datetime
import functools
import json
import time
from collections.abc import Callable, Sequence
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
    output,
    progress_bar,
    say,
    stop,
    workspace_at,
)
from documents.files import write_text
from documents.watching import FolderWatch
from glossary import Concept, GlossaryError, load
from storage import DEFAULT_WORKSPACE, Workspace
from translate.commands import names as names_option
from translate.engines import DEFAULT_ENGINE, Engine, EngineError, engine_names, get_engine
from translate.engines.fallback import FallbackEngine
from translate.forcing.ledger import OUTCOMES
from translate.forcing.naming import Style
from translate.jobs.counts import BatchReport, Progress
from translate.jobs.planning import BatchPlan, plan_batch
from translate.jobs.report import Run, record_of, render_html, render_json
from translate.jobs.run import run_batch
from translate.jobs.runners import RUNNERS, LocalRunner, Runner
from translate.jobs.runners.cluster import DaskRunner, RunnerError
from translate.originals import SAME
from translate.outputs import WRITERS

# Seconds between two looks at a watched folder.
_LOOKS_EVERY = 1.0


def batch_command(
    inputs: Annotated[
        list[str] | None,
        typer.Argument(metavar="[INPUT...]", help="Files, directories, globs, or - for standard input."),
    ] = None,
    glossary: Annotated[Path | None, typer.Option(help="Glossary CSV; without it, the terms of the workspace.")] = None,
    engine: Annotated[
        str, typer.Option(help=f"One of {', '.join(engine_names())}; a,b asks b what a could not do; ct2:PATH.")
    ] = DEFAULT_ENGINE,
    out: Annotated[Path, typer.Option(help="Directory for the results.")] = Path("out"),
    to: Annotated[str, typer.Option(help=f"Formats, comma-separated: {', '.join((*WRITERS, SAME))}.")] = "csv,html",
    workspace: Annotated[
        str, typer.Option(help="Where documents, terms and translations are kept.")
    ] = DEFAULT_WORKSPACE,
    names: Annotated[str, typer.Option(help=names_option.HELP)] = "as-source",
    column: Annotated[
        list[str] | None,
        typer.Option(help="Of tables only the column of this name in the first row, of JSON this field; repeatable."),
    ] = None,
    runner: Annotated[
        str, typer.Option(help=f"Where the engine works, one of {', '.join(RUNNERS)}: this process, or a Dask cluster.")
    ] = "local",
    scheduler: Annotated[
        str,
        typer.Option(help="Address of the Dask scheduler (tcp://…); without it, a cluster of this machine's cores."),
    ] = "",
    watch: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Instead of INPUT: translate what is in this folder and what appears there."),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only tell how much would be sent, and the cost; keeps nothing.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the report as JSON instead of a table.")] = False,
) -> None:
    """Translate documents; started again, it goes on where it was, and asks nothing twice.

    Example: python -m translate batch seeds --glossary out/glossary.csv --out out --to csv,html
    """
    if bool(inputs) == (watch is not None):
        stop("Name documents to translate, or a folder with --watch.")
    if watch is not None and (dry_run or not watch.is_dir()):
        stop(
            f"{watch}: there is no such folder to watch."
            if not dry_run
            else "--watch and --dry-run exclude each other."
        )
    formats = _formats(to)
    style = names_option.style_of(names)
    chosen = _engine(engine) if dry_run else _ready(_engine(engine))
    concepts = _concepts(glossary) if glossary else None
    store = workspace_at(workspace)
    try:
        if dry_run:
            _show_plan(plan_batch(store, inputs or [], concepts, chosen, style, column or ()), chosen, as_json)
            return
        where = _runner(runner, engine, scheduler, workspace, chosen)
        try:

            def work(paths: list[str]) -> bool:
                report = _run(store, paths, concepts, chosen, where, out, formats, style, column or ())
                return _tell(report, chosen, out, as_json)

            well = work(inputs) if inputs else _watched(watch or Path(), work)
        finally:
            where.close()
    except KeyboardInterrupt:
        # Here and not at the end of all: the command line's own framework would only say "Aborted".
        stop("Stopped. What was done is kept; start the same command again to go on.", FAILED)
    finally:
        store.close()
    if not well:
        raise typer.Exit(FAILED)


def _watched(folder: Path, work: Callable[[list[str]], bool]) -> bool:
    """Translate what is in the folder and what appears there, until Ctrl+C; whether all went well."""
    watch, well = FolderWatch(folder), True
    say(f"Watching {folder}; Ctrl+C ends it.")
    while True:
        paths = watch.look()
        if paths:
            well = work([str(path) for path in paths]) and well
        try:
            time.sleep(_LOOKS_EVERY)
        except KeyboardInterrupt:
            say(f"No longer watching {folder}.")
            return well


def _tell(report: BatchReport, engine: Engine, out: Path, as_json: bool) -> bool:
    """Say what a batch did; whether all went well."""
    for line in (*report.notes, *report.failures):
        say(line)
    if as_json:
        output.print_json(json.dumps({**report.as_dict(), "outcomes": report.outcomes}, ensure_ascii=False))
    else:
        _show(report, engine, out)
    return not report.failures and not report.outcomes["unresolved"]


def _run(
    store: Workspace,
    inputs: list[str],
    concepts: Sequence[Concept] | None,
    engine: Engine,
    runner: Runner,
    out: Path,
    formats: Sequence[str],
    style: Style,
    columns: Sequence[str],
) -> BatchReport:
    started = datetime.datetime.now(datetime.UTC)
    with progress_bar() as bar:
        tasks: dict[str, TaskID] = {}

        def tell(step: Progress) -> None:
            if step.document not in tasks:
                tasks[step.document] = bar.add_task(step.document, total=step.total, told="")
            told = ", ".join(f"{count:,} {outcome}" for outcome, count in step.outcomes)
            bar.update(tasks[step.document], completed=step.done, told=told)
            if not errors.is_terminal and step.done == step.total:
                say(f"{step.document}: {step.total} segments")

        report = run_batch(store, inputs, concepts, engine, out, formats, tell, style, runner, columns)
    record = record_of(Run(inputs, formats, engine, runner.usage, started, datetime.datetime.now(datetime.UTC)), report)
    renderers: dict[str, Callable[..., str]] = {"run_report.json": render_json, "run_report.html": render_html}
    for name, render in renderers.items():
        try:
            write_text(out / name, render(record))
            report.files.append(str(out / name))
        except OSError as error:
            report.failures.append(f"{out / name}: cannot be written ({error.strerror}).")
    return report


def _runner(name: str, engine: str, scheduler: str, workspace: str, chosen: Engine) -> Runner:
    """Where chunks are asked; one clear line, and out, where that cannot be."""
    if name == "local" and not scheduler:
        return LocalRunner(chosen)
    if name not in RUNNERS or name == "local":
        stop(f"--runner is one of {', '.join(RUNNERS)}, and --scheduler is for dask.")
    location = workspace if "://" in workspace else str(Path(workspace).absolute())
    try:
        return DaskRunner(functools.partial(get_engine, engine), location, scheduler=scheduler)
    except RunnerError as error:
        stop(str(error))


def _formats(to: str) -> list[str]:
    names = list(dict.fromkeys(name.strip() for name in to.split(",") if name.strip()))
    for name in names:
        if name not in WRITERS and name != SAME:
            stop(f"{name} is no output format; the formats are {', '.join((*WRITERS, SAME))}.")
    return names or stop("Name at least one output format with --to.")


def _engine(name: str) -> Engine:
    try:
        return get_engine(name)
    except EngineError as error:
        stop(str(error))


def _ready(engine: Engine) -> Engine:
    """The engine, without those members that cannot run here; each is told. Out, where none is left."""
    left = []
    for member in engine.members:
        state = member.readiness()
        if state.ready:
            left.append(member)
        else:
            say(f"{member.name} is not ready: {state.text}.")
    if not left:
        stop("No engine is ready; python -m translate engines tells what each one wants.")
    if len(left) == len(engine.members):
        return engine
    return left[0] if len(left) == 1 else FallbackEngine(left)


def _concepts(path: Path) -> list[Concept]:
    try:
        loaded = load(path)
    except GlossaryError as error:
        stop(str(error))
    for problem in loaded.problems:
        say(f"{path}, {problem}")
    return list(loaded.concepts)


def _show_plan(plan: BatchPlan, engine: Engine, as_json: bool) -> None:
    """What a dry run found; exit status 1 where an input cannot be read."""
    for problem in plan.problems:
        say(problem)
    if as_json:
        output.print_json(json.dumps(dataclasses.asdict(plan), ensure_ascii=False))
    else:
        output.print(
            f"{plan.segments:,} segments: {plan.current:,} have their English, {plan.memory:,} are in the memory, "
            f"{plan.repeated:,} repeat another.\n"
            f"{engine.title} would be asked {plan.send:,} texts, {plan.characters:,} characters "
            f"(somewhat more where a name is lost on the way): {plan.cost}.\n"
            f"Leaves the machine: {engine.sends}.",
            markup=False,
            soft_wrap=True,
        )
    if plan.problems:
        raise typer.Exit(FAILED)


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
