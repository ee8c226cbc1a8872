"""The built-in model: a neural model of our own, watched by the draft."""

from translate.engines.builtin.engine import BuiltinEngine

__all__ = ["BuiltinEngine"]
