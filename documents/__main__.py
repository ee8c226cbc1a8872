"""python -m documents: clean noisy documents, with a ledger of every edit."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from documents import CleanText, Unreadable, clean, read_documents, split_segments
from documents.console import FAILED, new_app, output, run, say, stop
from documents.edits import write_ledger
from documents.files import write_text
from documents.store import save_document, with_free_name
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
    workspace: Annotated[str, typer.Option(help="Also keep the documents in this workspace.")] = "",
) -> None:
    """Clean documents: jammer, injected pinyin, traditional script, adverts and page chrome go; the text stays.

    Example: python -m documents clean seeds --out out/clean --ledger
    """
    store = _open(workspace) if workspace else None
    failures = 0
    table = Table("document", "kept", "removed", "by kind", title="Characters", title_justify="left")
    for item in read_documents(inputs):
        if isinstance(item, Unreadable):
            say(item.reason)
            failures += 1
            continue
        cleaned = clean(item.text)
        try:
            write_text(out / f"{item.name}.txt", cleaned.text + "\n")
            if ledger:
                write_text(out / f"{item.name}.edits.jsonl", write_ledger(cleaned))
        except OSError as error:
            stop(f"{out}: cannot be written ({error.strerror}); check the directory and the space on the disk.", FAILED)
        if store is not None:
            with store.session() as session:
                save_document(session, with_free_name(session, item), cleaned, split_segments(cleaned.text))
        table.add_row(item.name, f"{cleaned.kept:,}", f"{len(cleaned.raw) - cleaned.kept:,}", _by_kind(cleaned))
    if table.row_count:
        output.print(table)
    if failures:
        raise typer.Exit(FAILED)


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
