"""python -m translate engines."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from typing import Annotated

import typer

from documents.console import FAILED, output, stop
from translate.engines import EngineError
from translate.engines.listing import Check, State, all_states, check


def engines_command(
    check_name: Annotated[
        str,
        typer.Option(
            "--check", metavar="NAME", help="Make one test call with this engine (an online one sends a sentence)."
        ),
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print the states as JSON.")] = False,
) -> None:
    """Each engine: ready or what is missing, what leaves the machine, limits, price, and where its key comes from.

    Example: python -m translate engines --check gloss
    """
    if check_name:
        _check(check_name, as_json)
        return
    states = all_states()
    if as_json:
        output.print_json(json.dumps([dataclasses.asdict(state) for state in states], ensure_ascii=False))
        return
    for state in states:
        _show(state)


def _check(name: str, as_json: bool) -> None:
    try:
        done = check(name)
    except EngineError as error:
        stop(str(error))
    if as_json:
        output.print_json(json.dumps(dataclasses.asdict(done), ensure_ascii=False))
    else:
        output.print(_sentence(done), markup=False, soft_wrap=True)
    if not done.ok:
        raise typer.Exit(FAILED)


def _sentence(done: Check) -> str:
    return f"{done.name}: {'works' if done.ok else 'does not work'} ({done.seconds:.2f} s): {done.text}"


def _show(state: State) -> None:
    mark = "" if state.ready else "not ready: "
    lines = [f"{state.name}{' (default)' if state.default else ''}: {mark}{state.state}"]
    lines += [f"  {state.description}", f"  leaves the machine: {state.sends}"]
    if state.online:
        lines += [f"  limits: {state.limits} · price: {state.price}"]
    lines += [f"  {words}" for words in (_variables("key", state.keys), _variables("setting", state.settings)) if words]
    output.print("\n".join(lines) + "\n", markup=False, soft_wrap=True)


def _variables(what: str, names: Mapping[str, bool]) -> str:
    if not names:
        return ""
    shown = ", ".join(f"{name} ({'set' if is_set else 'not set'})" for name, is_set in names.items())
    return f"{what} from the environment: {shown}"
