"""The draft as an engine."""

from __future__ import annotations

import dataclasses
import functools
import json
import re
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from translate.engines.base import Engine, EngineError, Readiness, Strategy
from translate.engines.draft.choices import Unit, offered, units_of
from translate.engines.draft.decode import Search, Weights
from translate.engines.draft.tables import KINDS, load
from translate.engines.draft.words import chinese, within, written
from translate.engines.gloss.dictionary import shared_dictionary
from translate.engines.gloss.segment import shared_segmenter

MODEL = Path(__file__).parent / "model"
_LOADING = threading.Lock()
_ENDS = re.compile(r"(?<=[。！？；!?;])(?![”’」』）)])")
# Units of a stretch that is searched at once; longer sentences are cut at a comma.
_MOST = 70


@dataclasses.dataclass(frozen=True, slots=True)
class Draft:
    """The English of a text, and the phrases that it is put together from: Chinese and English of each, without those that
    hold a figure or a name, stand around others, or are a single character."""

    english: str
    phrases: tuple[tuple[str, str], ...]


class Drafter:
    """Drafts texts with the model of a folder. Immutable once made, safe in threads."""

    def __init__(self, folder: Path = MODEL) -> None:
        self._model = load(folder)
        weights = json.loads((folder / "weights.json").read_text(encoding="utf-8"))
        known = [field.name for field in dataclasses.fields(Weights)]
        self._search = {
            kind: Search(self._model.language, Weights(**{name: weights[kind][name] for name in known}))
            for kind in KINDS
        }
        self._dictionary = shared_dictionary()
        self._segmenter = shared_segmenter()

    @functools.cached_property
    def small(self) -> frozenset[str]:
        """The words that are mostly written in small letters."""
        # Words stand by how often they are seen.
        place = {word: number for number, word in enumerate(self._model.words)}
        return frozenset(
            word for word, at in place.items() if word.islower() and at < place.get(word.capitalize(), len(place))
        )

    def draft(self, text: str) -> Draft:
        """The draft of `text`, line for line."""
        phrases: list[tuple[str, str]] = []
        lines = [self._line(line, phrases) for line in self._dictionary.simplify(text).split("\n")]
        return Draft("\n".join(lines), tuple(phrases))

    def _line(self, line: str, phrases: list[tuple[str, str]]) -> str:
        return " ".join(self._sentence(part, phrases) for part in _ENDS.split(line) if part.strip())

    def _sentence(self, text: str, phrases: list[tuple[str, str]]) -> str:
        words: list[str] = []
        kind = self._model.register.kind(text)
        for stretch in _stretches(units_of(chinese(text))):
            found = offered(stretch, self._model, kind, self._segmenter)
            for number in self._search[kind].best(found.choices):
                words += found.english[number]
                units = stretch[found.choices.start[number] : found.choices.end[number]]
                is_whole = found.choices.hole[number] == found.choices.end[number]
                if is_whole and len(units) > 1 and all(unit.source is None for unit in units):
                    phrases.append(("".join(unit.literal for unit in units), within(found.english[number])))
        return written(words)


def _stretches(units: list[Unit]) -> list[list[Unit]]:
    """The units in parts that are not too long, cut after a comma, else anywhere."""
    parts = []
    while len(units) > _MOST:
        commas = [at + 1 for at in range(_MOST // 3, _MOST) if units[at].text in "，、：,"]
        cut = commas[-1] if commas else _MOST
        parts.append(units[:cut])
        units = units[cut:]
    return [*parts, units] if units else parts


class DraftEngine(Engine):
    """A phrase-based draft: whole phrases learned from a million pairs, put together by a language model.

    A name between ⟦ and ⟧, a date and a figure come out exactly as written.
    """

    name: ClassVar[str] = "draft"
    title: ClassVar[str] = "Draft (offline)"
    description: ClassVar[str] = (
        "Phrases learned from a million sentence pairs, put together on this machine: a rough draft to revise, not a finished translation."
    )
    strategies: ClassVar[tuple[Strategy, ...]] = ("hint",)
    hint_format = "⟦{}⟧"
    version: ClassVar[str] = "5"

    def __init__(self, folder: Path = MODEL) -> None:
        self._folder = folder
        self._drafter: Drafter | None = None

    def readiness(self) -> Readiness:
        if not (self._folder / "words.txt").is_file():
            return Readiness(False, f"its model is missing in {self._folder}; fetch the project again")
        return Readiness(True, "ready")

    def translate(self, texts: list[str]) -> list[str]:
        """The draft of each text, same length and order; an empty or blank text gives an empty one."""
        return [draft.english for draft in self.drafts(texts)]

    def drafts(self, texts: Sequence[str]) -> list[Draft]:
        """The same, with the phrases that each is put together from."""
        drafter = self._load()
        return [drafter.draft(text) for text in texts]

    def is_small(self, word: str) -> bool:
        """Whether `word`, in small letters, is a word that is mostly written so."""
        return word in self._load().small

    def _load(self) -> Drafter:
        if self._drafter is None:
            with _LOADING:
                if self._drafter is None:
                    try:
                        self._drafter = Drafter(self._folder)
                    except (OSError, ValueError, KeyError) as error:
                        raise EngineError(f"{self.title}: its model cannot be read ({error}).", fatal=True) from None
        return self._drafter
