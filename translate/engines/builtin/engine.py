"""The built-in model as an engine. Its weights lie beside this file: a CTranslate2 folder like any other (training/neural)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from translate.engines.base import Readiness
from translate.engines.builtin.choice import chosen
from translate.engines.builtin.insistence import insisted
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
        """The model is told the draft's phrases; for what does not come out full it is asked again with those that it left out
        in tags, and at last told nothing of the draft's."""
        drafts = dict(zip(pieces, self._draft.drafts([TAGGED.sub(_for_draft, one) for one in pieces]), strict=True))
        told = {piece: [*draft.phrases, *advice.get(piece, ())] for piece, draft in drafts.items()}
        as_it_is = {piece: piece for piece in drafts}
        taken: dict[str, str] = {}
        first = self._ask(as_it_is, told, drafts, taken)
        tags = {piece: insisted(piece, first[piece], drafts[piece]) for piece in drafts if piece not in taken}
        self._ask({piece: text for piece, text in tags.items() if text != piece}, told, drafts, taken)
        self._ask(as_it_is, advice, drafts, taken)
        return [taken.get(piece, drafts[piece].english) for piece in pieces]

    def _ask(
        self, sent: Mapping[str, str], advice: Advice, drafts: Mapping[str, Draft], taken: dict[str, str]
    ) -> dict[str, str]:
        """The model's English of the pieces that nothing is taken for yet, each as it is sent; what is full is taken."""
        left = {piece: text for piece, text in sent.items() if piece not in taken}
        known = {text: advice.get(piece, ()) for piece, text in left.items()}
        answers = dict(zip(left, super().translate_pieces(list(left.values()), known), strict=True))
        for piece, english in answers.items():
            literal = drafts[piece].english
            if chosen(piece, [english], literal) != literal:
                taken[piece] = english
        return answers


def _for_draft(term: re.Match[str]) -> str:
    return DraftEngine.hint_format.format(term["english"])
