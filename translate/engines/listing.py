"""What `python -m translate engines` tells, as data; no key in it, only whether its variable is set."""

from __future__ import annotations

import dataclasses
import os
import time
from collections.abc import Mapping

from translate.engines import DEFAULT_ENGINE, Engine, EngineError, engine_names, get_engine

_SAMPLE = "海关总署表示欢迎。"


@dataclasses.dataclass(frozen=True, slots=True)
class State:
    """One engine: what it is, whether it is ready, what leaves the machine, its limits, price and variables.

    `keys` and `settings`: variable → whether it is set.
    """

    name: str
    default: bool
    title: str
    description: str
    online: bool
    ready: bool
    state: str
    sends: str
    limits: str
    price: str
    keys: Mapping[str, bool]
    settings: Mapping[str, bool]


@dataclasses.dataclass(frozen=True, slots=True)
class Check:
    """One test call: what came back, or in a sentence why nothing did."""

    name: str
    ok: bool
    seconds: float
    text: str


def state_of(name: str) -> State:
    """An engine's state; nothing is sent."""
    engine = get_engine(name)
    readiness = engine.readiness()
    return State(
        name=name,
        default=name == DEFAULT_ENGINE,
        title=engine.title,
        description=engine.description,
        online=engine.online,
        ready=readiness.ready,
        state=readiness.text,
        sends=engine.sends,
        limits=str(engine.limits),
        price=_price(engine),
        keys=_set(engine.keys),
        settings=_set(engine.settings),
    )


def all_states() -> list[State]:
    """Every engine's state, the default first."""
    return [state_of(name) for name in engine_names()]


def check(name: str) -> Check:
    """Translate one short sentence with an engine. Raises EngineError for a name that does not exist."""
    engine = get_engine(name)
    started = time.perf_counter()
    try:
        answer, ok = engine.translate([_SAMPLE])[0], True
    except EngineError as error:
        answer, ok = str(error), False
    return Check(name, ok, time.perf_counter() - started, answer)


def _price(engine: Engine) -> str:
    if engine.price is None:
        return "your provider's"
    if not engine.price.per_million:
        return engine.price.note or "free"
    note = f"; {engine.price.note}" if engine.price.note else ""
    return f"{engine.price.per_million:g} {engine.price.currency} a million characters (list price){note}"


def _set(names: tuple[str, ...]) -> dict[str, bool]:
    return {name: bool(os.environ.get(name)) for name in names}
