"""The built-in model as an engine. Its weights lie beside this file: a CTranslate2 folder like any other (training/neural)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from translate.engines.base import Limits, Readiness
from translate.engines.builtin.choice import chosen
from translate.engines.builtin.insistence import insisted
from translate.engines.ct2 import NO_ADVICE, Advice, Ct2Engine
from translate.engines.draft import DraftEngine
from translate.engines.tags import TAGGED

WEIGHTS = Path(__file__).with_name("weights")


class BuiltinEngine(Ct2Engine):
    """Translates offline, terms given in tags: of what model and draft say of a text it takes what they agree on most."""

    name = "builtin"
    title = "Built-in model (offline)"
    description = "A neural model of our own, offline: of its translations and the draft's the one stands that they agree with most; reads better than the draft alone."
    version = "2"
    # The more there is to choose from, the better, up to about twelve (training/neural/README.md); fewer texts at a time, for memory.
    beam = 8
    limits = Limits(size=1_500, texts=8, at_once=1)

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
        """The model is asked three times, for several translations each: told the draft's phrases; with those that it left out
        in tags; told nothing of the draft's."""
        drafts = dict(zip(pieces, self._draft.drafts([TAGGED.sub(_for_draft, one) for one in pieces]), strict=True))
        asked = list(drafts)
        told = {piece: [*draft.phrases, *advice.get(piece, ())] for piece, draft in drafts.items()}
        answers = dict(zip(asked, self.best_few(asked, told), strict=True))
        tags = {piece: insisted(piece, few[0] if few else "", drafts[piece]) for piece, few in answers.items()}
        again = [piece for piece in asked if tags[piece] != piece]
        sent = [tags[piece] for piece in again]
        tagged = dict(zip(again, self.best_few(sent, {tags[piece]: told[piece] for piece in again}), strict=True))
        plain = dict(zip(asked, self.best_few(asked, advice), strict=True))
        taken = {
            piece: chosen(piece, [few, tagged.get(piece, few), plain[piece]], drafts[piece].english)
            for piece, few in answers.items()
        }
        return [taken[piece] for piece in pieces]


def _for_draft(term: re.Match[str]) -> str:
    return DraftEngine.hint_format.format(term["english"])
