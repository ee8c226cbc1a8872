"""python -m translate: batch translation, forcing terms into translations made elsewhere, and the engines."""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
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
from documents.files import writing
from glossary import Concept, Glossary, GlossaryError
from translate.commands import names as names_option
from translate.commands.batch import batch_command
from translate.commands.engines import engines_command
from translate.commands.import_review import import_review_command
from translate.commands.memory import app as memory_app
from translate.forcing.ledger import OUTCOMES
from translate.outputs.before_after import BeforeAfterPage
from translate.outputs.csv_table import LEDGER_COLUMNS, csv_lines
from translate.pair_files import PairsError, read_pairs
from translate.pairs import ForcedPair, enforce_pairs, ledger_rows
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
    counts: Counter[str] = Counter()
    wanting = 0
    page = BeforeAfterPage(pairs.name, terms.hash)

    def targets() -> Iterator[str]:
        """The new targets one by one; ledger, page and counts are made on the way."""
        nonlocal wanting
        for number, item in enumerate(enforce_pairs(file.pairs, terms, style), 1):
            counts.update(row.outcome for row in item.forced.ledger)
            if term_ledger is not None:
                rows.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in ledger_rows(number, item))
            if report is not None:
                page.add(item)
            if strict:
                wanting += _is_wanting(pairs, number, item)
            bar.advance(task)
            yield item.forced.text

    with progress_bar() as bar, tempfile.TemporaryFile("w+", encoding="utf-8", errors="surrogatepass") as rows:
        task = bar.add_task("forcing terms", total=file.count)
        _keep(out, file.render(targets()))
        if term_ledger is not None:
            rows.seek(0)
            _keep(term_ledger, csv_lines(LEDGER_COLUMNS, map(json.loads, rows)))
    if report is not None:
        try:
            with writing(report) as target:
                page.write(target)
        except OSError as error:
            stop(f"{report}: cannot be written ({error.strerror}).")
    for problem in file.problems:
        say(f"{pairs}, {problem}")
    shown = ", ".join(f"{counts[name]} {name}" for name in OUTCOMES if counts[name]) or "no term occurs"
    output.print(f"{file.count} pairs: {shown} → {out}", markup=False, soft_wrap=True)
    if file.problems or counts["unresolved"] or wanting:
        raise typer.Exit(FAILED)


def _is_wanting(pairs: Path, number: int, item: ForcedPair) -> bool:
    """Whether a pair is not as wanted; it is named with its reasons."""
    reasons = [flag.text for flag in item.flags if flag.severity == "error"]
    reasons += [f"{row.found} was inserted; place it" for row in item.forced.ledger if row.outcome == "inserted"]
    if reasons:
        say(f"{pairs}, pair {number}: {'; '.join(reasons)}")
    return bool(reasons)


def _keep(path: Path, parts: Iterable[bytes]) -> None:
    try:
        with writing(path) as file:
            file.writelines(parts)
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
app.command("import-review")(import_review_command)
app.add_typer(memory_app, name="memory")


if __name__ == "__main__":
    run(app)
