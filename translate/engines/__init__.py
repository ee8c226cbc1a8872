"""The engines, by name. To add one is to add one module and one line here."""

from __future__ import annotations

import importlib

from translate.engines.base import Context, Engine, EngineError, PartialError, Readiness
from translate.engines.fallback import FallbackEngine

# Name → where its class is; imported only when asked for.
_REGISTRY = {
    "builtin": "translate.engines.builtin:BuiltinEngine",
    "draft": "translate.engines.draft:DraftEngine",
    "gloss": "translate.engines.gloss:GlossEngine",
    "ct2": "translate.engines.ct2:Ct2Engine",
    "google": "translate.engines.google:GoogleEngine",
    "mymemory": "translate.engines.mymemory:MyMemoryEngine",
    "libretranslate": "translate.engines.libretranslate:LibreTranslateEngine",
    "microsoft": "translate.engines.microsoft:MicrosoftEngine",
    "baidu": "translate.engines.baidu:BaiduEngine",
    "deepl": "translate.engines.deepl:DeepLEngine",
    "chat": "translate.engines.chat:ChatEngine",
}
DEFAULT_ENGINE = "builtin"


def engine_names() -> tuple[str, ...]:
    """The engines there are, the default first."""
    return tuple(_REGISTRY)


def get_engine(name: str) -> Engine:
    """A new engine of that name; `a,b` falls back from a to b, `ct2:PATH` opens a model folder.

    Raises EngineError for a name that does not exist.
    """
    names = [part.strip() for part in name.split(",") if part.strip()]
    made = [_one(part) for part in dict.fromkeys(names or [name])]
    return made[0] if len(made) == 1 else FallbackEngine(made)


def engine_title(signature: str) -> str:
    """The title of the engine that a signature (or name) is of; an unknown one is its own title."""
    kind = signature.partition(":")[0]
    return str(_class(kind).title) if kind in _REGISTRY else signature


def _one(name: str) -> Engine:
    kind, colon, argument = name.partition(":")
    if kind not in _REGISTRY or (colon and kind != "ct2"):
        raise EngineError(f"there is no engine {name!r}; the engines are {', '.join(_REGISTRY)}.")
    return _class(kind)(*([argument] if colon else []))


def _class(kind: str) -> type[Engine]:
    module, _, attribute = _REGISTRY[kind].partition(":")
    made: type[Engine] = getattr(importlib.import_module(module), attribute)
    return made


__all__ = [
    "DEFAULT_ENGINE",
    "Context",
    "Engine",
    "EngineError",
    "PartialError",
    "Readiness",
    "engine_names",
    "engine_title",
    "get_engine",
]
