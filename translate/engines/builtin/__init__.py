"""The model of our own (training/neural), where its weights lie beside this file: a CTranslate2 folder like any other."""

from __future__ import annotations

from pathlib import Path

from translate.engines.base import Readiness
from translate.engines.ct2 import Ct2Engine

WEIGHTS = Path(__file__).with_name("weights")


class BuiltinEngine(Ct2Engine):
    """Translates offline with the model that comes with the program, terms given in tags."""

    name = "builtin"
    title = "Built-in model (offline)"
    description = "The neural model of our own, offline; takes the glossary's English with the text."

    def __init__(self) -> None:
        super().__init__(WEIGHTS)

    def readiness(self) -> Readiness:
        if not (WEIGHTS / "model.bin").is_file():
            return Readiness(
                False, "its weights are not part of this copy; training/neural/README.md says how to make them"
            )
        return super().readiness()
