"""python -m documents: clean noisy documents, with a ledger of every edit."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from documents import CleanText, DocumentError, RawDocument, Unreadable, clean
from documents.console import FAILED, by_kind, new_app, output, run, say, stop, workspace_at
from documents.damage import DamageMap
from documents.decisions import Decisions
from documents.edits import write_ledger
from documents.encoding import EncodingError
from documents.files import write_text, writing
from documents.noise import PROPOSED
from documents.reader import MAX_BYTES, LargeFile, not_text, read_or_stream
from documents.show import shown
from documents.store import keep_document
from documents.streaming import STREAM_FROM_BYTES, clean_stream
from storage import Workspace

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
    store = workspace_at(workspace) if workspace else None
    kinds = frozenset(filter(None, (name.strip() for name in apply.split(","))))
    if not kinds <= set(PROPOSED):
        stop(f"{', '.join(sorted(kinds - set(PROPOSED)))}: no such kind of proposal; there are {', '.join(PROPOSED)}.")
    large_from = MAX_BYTES + 1 if store is not None or show or kinds else STREAM_FROM_BYTES
    failures = 0
    table = Table(
        "document", "kept", "removed", "by kind", "proposals", "damage", title="Characters", title_justify="left"
    )
    for item in read_or_stream(inputs, large_from):
        try:
            if isinstance(item, Unreadable):
                raise DocumentError(item.reason)
            if isinstance(item, LargeFile):
                table.add_row(item.name, *_stream(item, out, ledger))
                continue
        except DocumentError as error:
            say(str(error))
            failures += 1
            continue
        cleaned = _cleaned(item, store, kinds)
        _write(cleaned, out / item.name, ledger)
        if show:
            output.print(shown(cleaned, output.is_terminal), soft_wrap=True)
        damage = f"{DamageMap(cleaned).of().score:.1%}"
        table.add_row(item.name, *_counts(cleaned.kept, cleaned.removed_by_kind(), len(cleaned.proposals)), damage)
    if table.row_count:
        output.print(table)
    if failures:
        raise typer.Exit(FAILED)


def _stream(file: LargeFile, out: Path, ledger: bool) -> list[str]:
    """Clean a large file block by block; its row of the table."""
    say(f"{file.name}: large, cleaned block by block")
    try:
        with ExitStack() as stack:
            text = stack.enter_context(writing(out / f"{file.name}.txt"))
            edits = stack.enter_context(writing(out / f"{file.name}.edits.jsonl")) if ledger else None
            report = clean_stream(file.path, text, edits)
    except EncodingError as error:
        raise DocumentError(not_text(str(file.path), error)) from None
    except OSError as error:
        raise DocumentError(f"{file.path}: could not be read or written ({error.strerror}).") from None
    return [*_counts(report.kept, report.removed, report.proposals), ""]


def _write(cleaned: CleanText, stem: Path, ledger: bool) -> None:
    try:
        write_text(stem.with_name(f"{stem.name}.txt"), cleaned.text + "\n")
        if ledger:
            write_text(stem.with_name(f"{stem.name}.edits.jsonl"), write_ledger(cleaned))
    except OSError as error:
        stop(f"{stem.parent}: cannot be written ({error.strerror}); check the directory and the disk.", FAILED)


def _counts(kept: int, removed: Mapping[str, int], proposals: int) -> list[str]:
    return [f"{kept:,}", f"{sum(removed.values()):,}", by_kind(removed), str(proposals)]


def _cleaned(item: RawDocument, store: Workspace | None, kinds: frozenset[str]) -> CleanText:
    if store is None:
        return clean(item.text, Decisions(kinds=kinds))
    with store.session() as session:
        return keep_document(session, item, kinds)[1]


if __name__ == "__main__":
    run(app)
