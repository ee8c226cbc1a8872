"""The offline engine that needs no download: a phrase-based draft learned from a million pairs (training/draft)."""

from translate.engines.draft.engine import DraftEngine

__all__ = ["DraftEngine"]
