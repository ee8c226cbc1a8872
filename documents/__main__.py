"""python -m documents: clean noisy documents, with a ledger of every edit."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from documents import CleanText, RawDocument, Unreadable, clean, read_documents
from documents.console import FAILED, new_app, output, run, say, stop
from documents.damage import DamageMap
from documents.decisions import Decisions
from documents.edits import write_ledger
from documents.files import write_text
from documents.noise import PROPOSED
from documents.show import shown
from documents.store import keep_document
from storage import Workspace, WorkspaceError, open_workspace

app = new_app("Noisy documents become clean text; every edit is on record.")


@app.callback()
def main() -> None:
    """Noisy documents become clean text; every edit is on record."""


@app.command("clean")
def clean_command(
    inputs: Annotated[
        list[str], typer.Argument(metavar="INPUT...", help="Files, directories, globs, or - for standard input.")
    ],
    out: Annotated[Path, typer.Option(help="Directory for <stem>.txt, one paragraph a line.")],
    ledger: Annotated[
        bool, typer.Option("--ledger", help="Also write <stem>.edits.jsonl, every edit with its reason.")
    ] = False,
    show: Annotated[bool, typer.Option("--show", help="Print the raw text in colour, removals struck out.")] = False,
    apply: Annotated[str, typer.Option(help=f"Accept proposals of these kinds: {', '.join(PROPOSED)}.")] = "",
    workspace: Annotated[str, typer.Option(help="Also keep the documents in this workspace, with its decisions.")] = "",
) -> None:
    """Clean documents: jammer, injected pinyin, traditional script, adverts and page chrome go; the text stays.

    Example: python -m documents clean seeds --out out/clean --ledger
    """
    store = _open(workspace) if workspace else None
    kinds = frozenset(filter(None, (name.strip() for name in apply.split(","))))
    if not kinds <= set(PROPOSED):
        stop(f"{', '.join(sorted(kinds - set(PROPOSED)))}: no such kind of proposal; there are {', '.join(PROPOSED)}.")
    failures = 0
    table = Table(
        "document", "kept", "removed", "by kind", "proposals", "damage", title="Characters", title_justify="left"
    )
    for item in read_documents(inputs):
        if isinstance(item, Unreadable):
            say(item.reason)
            failures += 1
            continue
        cleaned = _cleaned(item, store, kinds)
        try:
            write_text(out / f"{item.name}.txt", cleaned.text + "\n")
            if ledger:
                write_text(out / f"{item.name}.edits.jsonl", write_ledger(cleaned))
        except OSError as error:
            stop(f"{out}: cannot be written ({error.strerror}); check the directory and the space on the disk.", FAILED)
        if show:
            output.print(shown(cleaned, output.is_terminal), soft_wrap=True)
        damage = DamageMap(cleaned).of()
        gone = len(cleaned.raw) - cleaned.kept
        counts = (
            f"{cleaned.kept:,}",
            f"{gone:,}",
            _by_kind(cleaned),
            str(len(cleaned.proposals)),
            f"{damage.score:.1%}",
        )
        table.add_row(item.name, *counts)
    if table.row_count:
        output.print(table)
    if failures:
        raise typer.Exit(FAILED)


def _cleaned(item: RawDocument, store: Workspace | None, kinds: frozenset[str]) -> CleanText:
    if store is None:
        return clean(item.text, Decisions(kinds=kinds))
    with store.session() as session:
        return keep_document(session, item, kinds)[1]


def _by_kind(cleaned: CleanText) -> str:
    counts = sorted(cleaned.removed_by_kind().items(), key=lambda item: -item[1])
    return ", ".join(f"{kind} {count:,}" for kind, count in counts)


def _open(location: str) -> Workspace:
    try:
        return open_workspace(location)
    except WorkspaceError as error:
        stop(str(error))


if __name__ == "__main__":
    run(app)
