"""The built-in model as an engine. Its weights lie beside this file: a CTranslate2 folder like any other (training/neural)."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence
from pathlib import Path

from translate.engines.base import Readiness
from translate.engines.builtin.choice import chosen
from translate.engines.builtin.clauses import clauses_of, joined, sentences_of
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
    version = "4"
    # The more there is to choose from, the better, up to about twelve (training/neural/README.md); fewer texts at a time, for memory.
    beam = 8
    limits = dataclasses.replace(Ct2Engine.limits, texts=4)

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
        """What all translations of each sentence agree on most, one made of its clauses among them if it is long."""
        sentences = {piece: sentences_of(piece) for piece in pieces}
        told = {one: advice.get(piece, ()) for piece, parts in sentences.items() for one in parts}
        english = self._taken(told)
        return [" ".join(english[one] for one in sentences[piece]) for piece in pieces]

    def _taken(self, sentences: Advice) -> dict[str, str]:
        clauses = {sentence: clauses_of(sentence) for sentence in sentences}
        told = {one: sentences[sentence] for sentence, parts in clauses.items() for one in parts}
        drafts, answers = self.asked(list(dict.fromkeys([*sentences, *told])), {**told, **sentences})
        taken = {one: chosen(one, answers[one], drafts[one]) for one in told}
        for sentence, parts in clauses.items():
            if len(parts) > 1:
                whole = joined(parts, [taken[one] for one in parts], drafts[sentence])
                taken[sentence] = chosen(sentence, [*answers[sentence], [whole]], drafts[sentence])
        return taken

    def asked(self, pieces: Sequence[str], advice: Advice) -> tuple[dict[str, str], dict[str, list[list[str]]]]:
        """The draft's English of different pieces, and what the model says each of three times: told the draft's phrases; with
        those that it left out in tags; told nothing of the draft's."""
        drafts = dict(zip(pieces, self._draft.drafts([TAGGED.sub(_for_draft, one) for one in pieces]), strict=True))
        told = {piece: [*draft.phrases, *advice.get(piece, ())] for piece, draft in drafts.items()}
        first = dict(zip(pieces, self.best_few(pieces, told), strict=True))
        tags = {piece: insisted(piece, few[0] if few else "", drafts[piece]) for piece, few in first.items()}
        again = [piece for piece in pieces if tags[piece] != piece]
        sent = [tags[piece] for piece in again]
        tagged = dict(zip(again, self.best_few(sent, {tags[piece]: told[piece] for piece in again}), strict=True))
        plain = dict(zip(pieces, self.best_few(pieces, advice), strict=True))
        answers = {piece: [few, tagged.get(piece, few), plain[piece]] for piece, few in first.items()}
        return {piece: draft.english for piece, draft in drafts.items()}, answers


def _for_draft(term: re.Match[str]) -> str:
    return DraftEngine.hint_format.format(term["english"])
