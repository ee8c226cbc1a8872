"""Settings of a workspace, the same for everybody who works on it; a bad value in it is as good as none."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.models import SettingRow
from translate.engines import DEFAULT_ENGINE, EngineError, get_engine
from translate.forcing.naming import STYLES, Style


@dataclasses.dataclass(frozen=True, slots=True)
class Settings:
    """What the pages go by where a person does not say otherwise.

    `memory_least`: from which likeness (0.5–1) the memory's sentences are shown, `memory_most` (1–50): how many.
    """

    engine: str = DEFAULT_ENGINE
    style: Style = "as-source"
    memory_least: float = 0.75
    memory_most: int = 5


def load_settings(session: Session) -> Settings:
    """The settings as they are kept."""
    kept = {row.name: row.value for row in session.scalars(select(SettingRow))}
    good = {name: kept[name] for name, is_good in _GOOD.items() if name in kept and is_good(kept[name])}
    return dataclasses.replace(Settings(), **good)


def save_settings(session: Session, settings: Settings) -> None:
    """Keep settings; it takes an administrator. Raises ValueError for a value that would not be read back."""
    values = dataclasses.asdict(settings)
    if bad := [name for name, is_good in _GOOD.items() if not is_good(values[name])]:
        raise ValueError(f"These settings cannot be kept: {', '.join(bad)}.")
    for name, value in values.items():
        session.merge(SettingRow(name=name, value=value))


def style_of(name: str) -> Style:
    """The naming style of that name; the default for one that does not exist."""
    return next((style for style in STYLES if style == name), Settings().style)


def _is_engine(value: Any) -> bool:
    try:
        return isinstance(value, str) and bool(get_engine(value))
    except (EngineError, ImportError):
        return False


def _is_number(least: float, most: float) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, int | float) and not isinstance(value, bool) and least <= value <= most


_GOOD: Mapping[str, Callable[[Any], bool]] = {
    "engine": _is_engine,
    "style": lambda value: isinstance(value, str) and value in STYLES,
    "memory_least": _is_number(0.5, 1.0),
    "memory_most": lambda value: isinstance(value, int) and _is_number(1, 50)(value),
}
