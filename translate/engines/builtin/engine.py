"""The built-in model as an engine. Its weights lie beside this file: a CTranslate2 folder like any other (training/neural)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from translate.engines.base import Readiness
from translate.engines.builtin.choice import chosen
from translate.engines.ct2 import NO_ADVICE, Advice, Ct2Engine
from translate.engines.draft import DraftEngine
from translate.engines.draft.engine import Draft
from translate.engines.tags import TAGGED

WEIGHTS = Path(__file__).with_name("weights")


class BuiltinEngine(Ct2Engine):
    """Translates offline, terms given in tags. A text that the model renders less fully than the draft gets the draft's English."""

    name = "builtin"
    title = "Built-in model (offline)"
    description = "A neural model of our own, offline: reads better than the draft, whose English stands where the model leaves something out."

    def __init__(self, folder: Path | None = None) -> None:
        super().__init__(folder or WEIGHTS)
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

    def translate_pieces(self, pieces: Sequence[str], advice: Advice = NO_ADVICE) -> list[str]:
        """The model is told the draft's phrases; what does not come out full is asked for once more without."""
        drafts = dict(zip(pieces, self._draft.drafts([TAGGED.sub(_for_draft, one) for one in pieces]), strict=True))
        told = {piece: [*draft.phrases, *advice.get(piece, ())] for piece, draft in drafts.items()}
        taken = self._taken(list(drafts), told, drafts)
        taken |= self._taken([piece for piece in drafts if taken[piece] == drafts[piece].english], advice, drafts)
        return [taken[piece] for piece in pieces]

    def _taken(self, pieces: Sequence[str], advice: Advice, drafts: Mapping[str, Draft]) -> dict[str, str]:
        fluent = super().translate_pieces(pieces, advice)
        return {
            piece: chosen(piece, [english], drafts[piece].english)
            for piece, english in zip(pieces, fluent, strict=True)
        }


def _for_draft(term: re.Match[str]) -> str:
    return DraftEngine.hint_format.format(term["english"])
