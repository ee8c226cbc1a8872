"""The built-in model as an engine. Its weights lie beside this file: a CTranslate2 folder like any other (training/neural)."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from translate.engines.base import Readiness
from translate.engines.builtin.amounts import with_amounts
from translate.engines.builtin.choice import chosen
from translate.engines.builtin.clauses import by_sentence, clauses_of, joined
from translate.engines.builtin.insistence import insisted
from translate.engines.builtin.leads import led, parts_of
from translate.engines.builtin.persons import with_persons
from translate.engines.builtin.telling import corrected
from translate.engines.ct2 import NO_ADVICE, Advice, Ct2Engine, best_of
from translate.engines.draft import DraftEngine
from translate.engines.draft.engine import Draft
from translate.engines.gloss import GlossEngine
from translate.engines.online.crew import Crew
from translate.engines.quotes import closed_quotes
from translate.engines.tags import TAGGED

WEIGHTS = Path(__file__).with_name("weights")
# Sentences, of all that is said of them.
_AT_ONCE = 64


class Said(NamedTuple):
    """English of a text: the draft's, the gloss, and the few best of the model's for each time that it was asked."""

    draft: str
    gloss: str
    answers: list[list[str]]

    def taken(self, text: str, *others: str) -> str:
        """What stands of it, of `others` too."""
        return chosen(text, [*self.answers, *([other] for other in others)], self.draft, self.gloss)


class BuiltinEngine(Ct2Engine):
    """Translates offline, terms given in tags: of what model, draft and gloss say of a sentence it takes what they agree on most."""

    name = "builtin"
    title = "Built-in model (offline)"
    description = (
        "A small neural model of our own and phrases learned from a million sentence pairs, on this machine: of their translations "
        "the one stands that they agree on most. A draft to revise, not a finished translation."
    )
    version = "7"
    # The more there is to choose from, the better, up to about twelve (training/neural/README.md); fewer texts at a time, for memory.
    beam = 8
    limits = dataclasses.replace(Ct2Engine.limits, texts=4)

    def __init__(self, folder: Path | None = None) -> None:
        super().__init__(folder or WEIGHTS)
        self._draft = DraftEngine()
        self._gloss = GlossEngine()
        self._beside = Crew(2)

    @property
    def signature(self) -> str:
        return f"{super().signature}+{self._draft.signature}+{self._gloss.signature}"

    def readiness(self) -> Readiness:
        if not (self._folder / "model.bin").is_file():
            return Readiness(
                False, "its weights are not part of this copy; training/neural/README.md says how to make them"
            )
        state = super().readiness()
        return Readiness(True, "ready") if state.ready else state

    def joined(self, pieces: Sequence[tuple[str, str]]) -> str:
        """Pieces that a long sentence was cut into are one sentence again."""
        return " ".join(
            joined([chinese for chinese, _ in some], [english for _, english in some], self._draft.is_small)
            for some in by_sentence(pieces)
        )

    def translate_pieces(self, pieces: Sequence[str], advice: Advice = NO_ADVICE) -> list[str]:
        """What all translations of each sentence agree on most, one made of its clauses among them if it is long."""
        sentences = {piece: parts_of(with_persons(piece)) for piece in pieces}
        told = {one: advice.get(piece, ()) for piece, parts in sentences.items() for _, one in parts}
        english: dict[str, str] = {}
        for some in _in_groups(told):
            english |= self._taken(some)
        return [
            closed_quotes(
                " ".join(led(lead, one, english[one], self._draft.is_small) for lead, one in sentences[piece])
            )
            for piece in pieces
        ]

    def _taken(self, sentences: Advice) -> dict[str, str]:
        clauses = {sentence: clauses_of(sentence) for sentence in sentences}
        told = {one: sentences[sentence] for sentence, parts in clauses.items() for one in parts}
        said = self.asked(list(sentences), {**told, **sentences}, list(told))
        taken = {one: said[one].taken(one) for one in told}
        for sentence, parts in clauses.items():
            if len(parts) > 1:
                whole = joined(parts, [taken[one] for one in parts], self._draft.is_small)
                taken[sentence] = said[sentence].taken(sentence, whole)
        return taken

    def asked(self, sentences: Sequence[str], advice: Advice, clauses: Sequence[str] = ()) -> dict[str, Said]:
        """What is said of different texts. The model is told the draft's phrases; of `sentences` it is asked again, with those
        that it left out in tags, and told nothing of the draft's."""
        texts = list(dict.fromkeys([*sentences, *clauses]))
        hinted = list(map(_with_hints, texts))
        shown = {text: with_amounts(text) for text in texts}
        # What needs no draft goes on beside the drafts: these are one thread's work.
        both: list[Callable[[], Any]] = [
            lambda: self._drafts(texts, hinted),
            lambda: self._few({one: shown[one] for one in sentences}, advice),
        ]
        drafts: dict[str, Draft]
        plain: dict[str, list[str]]
        drafts, plain = self._beside.map(lambda work: work(), both)
        told = {text: [*draft.phrases, *advice.get(text, ())] for text, draft in drafts.items()}
        first = self._few(shown, told)
        tags = {one: _insisted(shown[one], best_of(first[one]), drafts[one]) for one in sentences}
        tagged = self._few({one: tags[one] for one in sentences if tags[one] != shown[one]}, told)
        answers = {text: [few] for text, few in first.items()}
        for one in sentences:
            answers[one] += [tagged.get(one, first[one]), plain[one]]
        glosses = self._gloss.translate(hinted)
        return {
            text: Said(drafts[text].english, gloss, answers[text]) for text, gloss in zip(texts, glosses, strict=True)
        }

    def _drafts(self, texts: Sequence[str], hinted: Sequence[str]) -> dict[str, Draft]:
        drafts = self._draft.drafts(hinted)
        settled = (self._gloss.settled(TAGGED.sub("\n", text)) for text in texts)
        return {
            text: dataclasses.replace(draft, phrases=corrected(draft.phrases, known))
            for text, draft, known in zip(texts, drafts, settled, strict=True)
        }

    def _few(self, shown: Mapping[str, str], advice: Advice) -> dict[str, list[str]]:
        """The few best of texts, each shown to the model as is said."""
        few = self.best_few(list(shown.values()), {shown[text]: advice.get(text, ()) for text in shown})
        return dict(zip(shown, few, strict=True))


def _insisted(shown: str, english: str, draft: Draft) -> str:
    return insisted(with_amounts(shown, english), english, draft)


def _in_groups(sentences: Advice) -> Iterator[Advice]:
    """The sentences, so many at a time that what is said of them takes little memory."""
    known = list(sentences.items())
    return (dict(known[at : at + _AT_ONCE]) for at in range(0, len(known), _AT_ONCE))


def _with_hints(text: str) -> str:
    """A text with its tagged terms as draft and gloss take them."""
    return TAGGED.sub(lambda term: DraftEngine.hint_format.format(term["english"]), text)
