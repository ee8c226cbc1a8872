"""The gloss as an engine."""

from __future__ import annotations

import re
import threading
from typing import ClassVar

from documents.script import to_simplified_characters
from translate.engines.base import Engine, Strategy
from translate.engines.gloss.dictionary import shared_dictionary
from translate.engines.gloss.scan import HAN
from translate.engines.gloss.segment import shared_segmenter
from translate.engines.gloss.sentence import Glosser

_LOADING = threading.Lock()
_RUN = re.compile(f"[{HAN}]+")


class GlossEngine(Engine):
    """Dictionary glosses in English word order. It reads as notes, not as a translation.

    A name between ⟦ and ⟧, and every Latin run, comes out exactly as written. Loads in about a second at the first call.
    """

    name: ClassVar[str] = "gloss"
    title: ClassVar[str] = "Word gloss (offline)"
    description: ClassVar[str] = (
        "Word-by-word gloss from CC-CEDICT in rough English order: offline and instant, to read by, not a fluent translation."
    )
    strategies: ClassVar[tuple[Strategy, ...]] = ("hint",)
    hint_format = "⟦{}⟧"
    version: ClassVar[str] = "4"

    def __init__(self) -> None:
        self._glosser: Glosser | None = None

    def translate(self, texts: list[str]) -> list[str]:
        """The gloss of each text, same length and order; an empty or blank text gives an empty one."""
        glosser = self._load()
        return [glosser.gloss(text) for text in texts]

    def settled(self, text: str) -> list[tuple[str, str]]:
        """The nouns and set phrases of `text` of which the word list (lexicon.tsv) has one reading, in order, each with its English."""
        runs = _RUN.findall(to_simplified_characters(text))
        return [word for run in runs for word in shared_segmenter().settled(run)]

    def _load(self) -> Glosser:
        if self._glosser is None:
            with _LOADING:
                if self._glosser is None:
                    self._glosser = Glosser(shared_segmenter(), shared_dictionary())
        return self._glosser
