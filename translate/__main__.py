"""python -m translate: batch translation, forcing terms into translations made elsewhere, and the engines."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from documents.console import (
    FAILED,
    new_app,
    output,
    progress_bar,
    run,
    say,
    stop,
)
from documents.files import write_bytes
from glossary import Concept, Glossary, GlossaryError
from translate.commands import names as names_option
from translate.commands.batch import batch_command
from translate.commands.engines import engines_command
from translate.commands.memory import app as memory_app
from translate.forcing.ledger import OUTCOMES
from translate.outputs.before_after import render_report
from translate.pair_files import PairsError, read_pairs
from translate.pairs import ForcedPair, enforce_pairs, ledger_csv
from translate.termlist import read_terms_file

app = new_app("Chinese → English with the glossary's names forced in, and the proof.")


app.command("batch")(batch_command)


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
    names: Annotated[str, typer.Option(help=names_option.HELP)] = "as-source",
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit 1 if a name had to be inserted or a check finds an error.")
    ] = False,
) -> None:
    """Force the glossary's names into translations that already exist.

    Example: python -m translate enforce pairs.jsonl --glossary glossary.csv --out forced.jsonl --term-ledger ledger.csv
    """
    style = names_option.style_of(names)
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


if __name__ == "__main__":
    run(app)
