"""The engine that needs nothing: a word-by-word gloss from a dictionary, offline and without a model."""

from translate.engines.gloss.engine import GlossEngine

__all__ = ["GlossEngine"]
