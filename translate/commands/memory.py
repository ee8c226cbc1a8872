"""python -m translate memory: the translation memory in and out, and what it holds for a text."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from documents.console import new_app, output, progress_bar, stop, workspace_at
from documents.files import writing
from storage import DEFAULT_WORKSPACE
from storage.people import this_person
from translate.memory.fuzzy import FuzzyIndex, differences
from translate.memory.store import count_units, distinct_sources, every_unit, remember, same_sources
from translate.memory.tmx import MemoryFileError, lines_of, read_units
from translate.memory.unit import STATES, Unit

app = new_app(
    "The translation memory: import, export, find. Example: python -m translate memory find 海关总署表示欢迎。"
)

_Workspace = Annotated[str, typer.Option(help="Where the memory is kept.")]


@app.command("import")
def import_command(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A TMX file with Chinese and English.")],
    workspace: _Workspace = DEFAULT_WORKSPACE,
) -> None:
    """Bring in a TMX file; pairs that are there already are not doubled.

    Example: python -m translate memory import memory.tmx
    """
    store = workspace_at(workspace)
    read = 0

    def counted(units: Iterator[Unit]) -> Iterator[Unit]:
        nonlocal read
        for unit in units:
            read += 1
            yield unit if unit.who else dataclasses.replace(unit, who=this_person().name)

    try:
        with progress_bar() as bar, store.session() as session:
            bar.add_task("units", total=None)
            new = remember(session, counted(read_units(file)))
    except MemoryFileError as error:
        stop(str(error))
    finally:
        store.close()
    output.print(f"{read:,} units read, {new:,} of them new.", markup=False)


@app.command("export")
def export_command(
    out: Annotated[Path, typer.Option(help="The TMX file to write.")],
    state: Annotated[str, typer.Option(help=f"Only these, comma-separated: {', '.join(STATES)}.")] = ",".join(STATES),
    workspace: _Workspace = DEFAULT_WORKSPACE,
) -> None:
    """Write the memory as TMX 1.4b.

    Example: python -m translate memory export --out memory.tmx --state confirmed
    """
    states = [name.strip() for name in state.split(",") if name.strip()]
    wrong = [name for name in states if name not in STATES]
    if wrong or not states:
        stop(f"{', '.join(wrong) or 'nothing'} is no state; the states are {', '.join(STATES)}.")
    store = workspace_at(workspace)
    try:
        with store.session() as session:
            counts = count_units(session)
            with writing(out) as file:
                file.writelines(line.encode() for line in lines_of(every_unit(session, states)))
    except OSError as error:
        stop(f"{out}: cannot be written ({error.strerror}).")
    finally:
        store.close()
    output.print(f"{sum(counts.get(name, 0) for name in states):,} units → {out}", markup=False)


@app.command("find")
def find_command(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="A Chinese sentence.")],
    least: Annotated[int, typer.Option(min=50, max=100, help="How alike a source must be, in percent.")] = 75,
    limit: Annotated[int, typer.Option(min=1, help="At most so many.")] = 5,
    as_json: Annotated[bool, typer.Option("--json", help="Print the matches with their differences as JSON.")] = False,
    workspace: _Workspace = DEFAULT_WORKSPACE,
) -> None:
    """What the memory holds for a sentence: the same, or nearly the same, with the difference shown.

    Example: python -m translate memory find 海关总署表示欢迎。 --least 80
    """
    store = workspace_at(workspace)
    try:
        with store.session() as session:
            sources = distinct_sources(session)
            found = FuzzyIndex(sources).find(text, least / 100, limit)
            units = same_sources(session, {sources[match.number]: "" for match in found})
    finally:
        store.close()
    matches = [(match.score, units[sources[match.number]][0]) for match in found]
    if as_json:
        output.print_json(json.dumps([_as_dict(text, *match) for match in matches], ensure_ascii=False, default=str))
        return
    for score, unit in matches:
        about = " · ".join(part for part in (unit.state, unit.engine, unit.who, unit.document) if part)
        shown = f"{score:.0%}  {_shown(unit.source, text)}\n      {unit.target}\n      {about}"
        output.print(shown, markup=False, soft_wrap=True)
    if not matches:
        output.print(f"Nothing at least {least} % alike.", markup=False)


def _as_dict(text: str, score: float, unit: Unit) -> dict[str, object]:
    steps = [dataclasses.asdict(step) for step in differences(unit.source, text)]
    return {"score": round(score, 4), **dataclasses.asdict(unit), "differences": steps}


def _shown(old: str, new: str) -> str:
    """The old text with what is new in it: 海关[-总署-]{+总局+}表示欢迎。"""
    parts = []
    for step in differences(old, new):
        if step.kind == "equal":
            parts.append(step.old)
            continue
        parts.append(f"[-{step.old}-]" if step.old else "")
        parts.append(f"{{+{step.new}+}}" if step.new else "")
    return "".join(parts)
