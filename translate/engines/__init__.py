"""The engines, by name. To add one is to add one module and one line here."""

from __future__ import annotations

import importlib

from translate.engines.base import Engine, EngineError, Readiness

# Name → where its class is; imported only when asked for.
_REGISTRY = {
    "gloss": "translate.engines.gloss:GlossEngine",
    "google": "translate.engines.google:GoogleEngine",
}
DEFAULT_ENGINE = "gloss"


def engine_names() -> tuple[str, ...]:
    """The engines there are, the default first."""
    return tuple(_REGISTRY)


def get_engine(name: str) -> Engine:
    """A new engine of that name. Raises EngineError for a name that does not exist."""
    if name not in _REGISTRY:
        raise EngineError(f"there is no engine {name!r}; the engines are {', '.join(_REGISTRY)}.")
    module, _, attribute = _REGISTRY[name].partition(":")
    made: Engine = getattr(importlib.import_module(module), attribute)()
    return made


__all__ = ["DEFAULT_ENGINE", "Engine", "EngineError", "Readiness", "engine_names", "get_engine"]
