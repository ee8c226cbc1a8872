"""python -m translate engines."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from typing import Annotated

import typer

from documents.console import FAILED, output, stop, workspace_at
from storage import DEFAULT_WORKSPACE
from translate.engines import EngineError, get_engine
from translate.engines.listing import Check, State, all_states, check
from translate.forcing.profile import measure
from translate.store import keep_profile


def engines_command(
    check_name: Annotated[
        str,
        typer.Option(
            "--check", metavar="NAME", help="Make one test call with this engine (an online one sends a sentence)."
        ),
    ] = "",
    measure_name: Annotated[
        str,
        typer.Option(
            "--measure",
            metavar="NAME",
            help="Send twelve sentences each way a name can go, keep in the workspace what came back; batch then takes the best.",
        ),
    ] = "",
    workspace: Annotated[str, typer.Option(help="Where what was measured is kept.")] = DEFAULT_WORKSPACE,
    as_json: Annotated[bool, typer.Option("--json", help="Print the states as JSON.")] = False,
) -> None:
    """Each engine: ready or what is missing, what leaves the machine, limits, price, and where its key comes from.

    Example: python -m translate engines --check gloss
    """
    if check_name:
        _check(check_name, as_json)
        return
    if measure_name:
        _measure(measure_name, workspace, as_json)
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


def _measure(name: str, workspace: str, as_json: bool) -> None:
    try:
        engine = get_engine(name)
    except EngineError as error:
        stop(str(error))
    shares = []
    for member in engine.members:
        try:
            profile = measure(member)
        except EngineError as error:
            stop(f"{member.name}: {error}", FAILED)
        store = workspace_at(workspace)
        with store.session() as session:
            keep_profile(session, member.signature, profile)
        store.close()
        shares += [(member.name, share) for share in profile]
    if as_json:
        rows = [{"engine": member, **dataclasses.asdict(share)} for member, share in shares]
        output.print_json(json.dumps(rows, ensure_ascii=False))
        return
    for member_name, share in shares:
        output.print(f"{member_name}, {share.way}: {share.kept} of {share.sent} names came back right", markup=False)


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
