"""The built-in model as an engine. Its weights lie beside this file: a CTranslate2 folder like any other (training/neural)."""

from __future__ import annotations

import re
from pathlib import Path

from translate.engines.base import Readiness
from translate.engines.builtin.choice import chosen
from translate.engines.ct2 import Ct2Engine
from translate.engines.draft import DraftEngine
from translate.engines.tags import TAGGED

WEIGHTS = Path(__file__).with_name("weights")


class BuiltinEngine(Ct2Engine):
    """Translates offline, terms given in tags. A text that the model renders less fully than the draft gets the draft's English."""

    name = "builtin"
    title = "Built-in model (offline)"
    description = "A neural model of our own, offline: reads better than the draft, whose English stands where the model leaves something out."

    def __init__(self) -> None:
        super().__init__(WEIGHTS)
        self._draft = DraftEngine()

    @property
    def signature(self) -> str:
        return f"{super().signature}+{self._draft.signature}"

    def readiness(self) -> Readiness:
        if not (self._folder / "model.bin").is_file():
            return Readiness(
                False, "its weights are not part of this copy; training/neural/README.md says how to make them"
            )
        state = super().readiness()
        return Readiness(True, "ready") if state.ready else state

    def translate(self, texts: list[str]) -> list[str]:
        fluent = super().translate(texts)
        literal = self._draft.translate([TAGGED.sub(_for_draft, text) for text in texts])
        return [*map(chosen, texts, fluent, literal)]


def _for_draft(term: re.Match[str]) -> str:
    return DraftEngine.hint_format.format(term["english"])
