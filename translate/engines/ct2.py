"""A CTranslate2 model folder, such as Argos, OPUS-MT and our own models are converted to: `ct2:PATH`.

What a folder's model can do beside translating stands in its metadata.json: {"terms": "tags"} for one that was trained
with tagged terms (translate/engines/tags.py), {"lexicon": true} for one that is told what a dictionary says of rare words
(lexicon.py), {"size": N} for the longest text in bytes, {"length_penalty": X}, {"target_prefix": TOKEN}.
"""

from __future__ import annotations

import functools
import importlib
import importlib.util
import itertools
import json
import os
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any, ClassVar, NamedTuple

from translate.engines.base import Engine, EngineError, Limits, Readiness, Strategy
from translate.engines.lexicon import LEXICON, Lexicon, in_pieces
from translate.engines.online.crew import Crew
from translate.engines.online.pieces import HAN, cut_anywhere, pieces_of
from translate.engines.tags import names_in, without_tags

_INSTALL = "install them with: python -m pip install -r requirements.txt"
_NEEDED = ("ctranslate2", "sentencepiece")
_SOURCE = ("source.spm", "spm.source.model", "sentencepiece.model", "spm.model", "sentencepiece.bpe.model")
# Short texts go through several at once: a thread each is faster than several for one.
_THREADS = min(4, os.cpu_count() or 1)
# Models have 512 positions. A text within the limits has so many tokens only where nobody knows its characters.
_TOKENS = 500
# A run of so many pieces that comes so often in a row runs in circles.
_LONGEST_LOOP, _LOOPS = 8, 4
_TARGET = ("target.spm", "spm.target.model", "sentencepiece.model", "spm.model", "sentencepiece.bpe.model")


# Of a piece of text: Chinese words in it with English for each.
Advice = Mapping[str, Sequence[tuple[str, str]]]
NO_ADVICE: Advice = MappingProxyType({})


class _Loaded(NamedTuple):
    translator: Any
    source: Any
    target: Any
    prefix: list[str]
    lexicon: Lexicon | None


class Ct2Engine(Engine):
    """The folder holds model.bin (itself or in model/) and one SentencePiece model for both languages, or one for each."""

    name = "ct2"
    title = "CTranslate2 model"
    description = "A model folder of yours (ct2:PATH), offline: as good as the model."
    settings = ()
    limits = Limits(size=1_500, texts=16, at_once=1)
    strategies: ClassVar[tuple[Strategy, ...]] = ("hint", "placeholder")
    # So many translations of a text are pursued at a time.
    beam: ClassVar[int] = 4

    def __init__(self, folder: str | Path = "") -> None:
        self._folder = Path(folder)
        self._named = bool(folder)
        self._told = _told(self._folder) if folder else {}
        self._loading = threading.Lock()
        self._crew = Crew(_THREADS)
        self._loaded: _Loaded | None = None
        # What a class says of an engine, this object says of its model.
        self._tagged = self._told.get("terms") == "tags"
        if self._tagged:
            self.strategies = ("native", *type(self).strategies)  # type: ignore[misc]
        if isinstance(self._told.get("size"), int):
            self.limits = Limits(size=self._told["size"], texts=self.limits.texts, at_once=1)  # type: ignore[misc]

    @property
    def signature(self) -> str:
        version = self._told.get("version")
        return ":".join([self.name, self.version, self._folder.name, *([str(version)] if version else [])])

    def readiness(self) -> Readiness:
        missing = [name for name in _NEEDED if importlib.util.find_spec(name) is None]
        if missing:
            return Readiness(False, f"the packages {' and '.join(missing)} are missing; {_INSTALL}")
        if not self._named:
            return Readiness(False, "name a model folder: ct2:PATH")
        try:
            _files(self._folder)
        except EngineError as error:
            return Readiness(False, str(error))
        return Readiness(True, f"ready; model {self._folder.name}")

    def translate(self, texts: list[str]) -> list[str]:
        cut = [self._cut(text) for text in texts]
        sent = list(dict.fromkeys(piece for pieces in cut for piece, is_sent in pieces if is_sent))
        english = dict(zip(sent, self.translate_pieces(sent), strict=True)) if sent else {}
        return [self._put_together(text, pieces, english) for text, pieces in zip(texts, cut, strict=True)]

    def _put_together(self, text: str, pieces: Sequence[tuple[str, bool]], english: Mapping[str, str]) -> str:
        parts = []
        for is_sent, run in itertools.groupby(pieces, lambda both: both[1]):
            these = [piece for piece, _ in run]
            parts.append(self.joined([(piece, english[piece]) for piece in these]) if is_sent else "".join(these))
        if "\n" in text or not HAN.search(text):
            return "".join(parts)
        return " ".join(part.strip() for part in parts if part.strip())

    def joined(self, pieces: Sequence[tuple[str, str]]) -> str:
        """One text of neighbouring pieces, Chinese and English of each."""
        return " ".join(english for _, english in pieces)

    def _cut(self, text: str) -> list[tuple[str, bool]]:
        return [
            (part, is_sent)
            for piece, is_sent in pieces_of(text, self.limits)
            for part in (cut_anywhere(piece, self.limits) if is_sent else [piece])
        ]

    def translate_pieces(self, pieces: Sequence[str], advice: Advice = NO_ADVICE) -> list[str]:
        """The English of pieces that are within the limits, in order.

        `advice`: of some pieces the English of words in them, which a model with a lexicon may take or leave.
        """
        return list(map(best_of, self.best_few(pieces, advice)))

    def best_few(self, pieces: Sequence[str], advice: Advice = NO_ADVICE) -> list[list[str]]:
        """The few best translations of each piece, the best first: those before that hold most of its tagged names; none where
        all of them run in circles."""
        size = self.limits.texts
        # Pieces of about one length go together, so that none waits for a longer one.
        order = sorted(range(len(pieces)), key=lambda at: len(pieces[at]))
        groups = [[pieces[i] for i in order[at : at + size]] for at in range(0, len(order), size)]
        # In threads that are not waited for at Ctrl+C: the runtime does not hear it before a batch is done.
        answers = [few for some in self._crew.map(functools.partial(self._batch, advice), groups) for few in some]
        return [few for _, few in sorted(zip(order, answers, strict=True))]

    def _batch(self, advice: Advice, pieces: Sequence[str]) -> list[list[str]]:
        answers = self._decoded(pieces, advice, repetition_penalty=1.0 if self._tagged else 1.1)
        stuck = [at for at, few in enumerate(answers) if not few]
        if stuck:
            again = self._decoded([pieces[at] for at in stuck], advice, repetition_penalty=1.2, no_repeat_ngram_size=4)
            for at, few in zip(stuck, again, strict=True):
                answers[at] = few
        return answers

    def _decoded(self, pieces: Sequence[str], advice: Advice, **options: float) -> list[list[str]]:
        translator, source, target, prefix, lexicon = self._load()
        tokens = [source.encode_as_pieces(piece) for piece in pieces]
        known = [in_pieces(source.encode_as_pieces, dict(advice.get(piece, ()))) for piece in pieces]
        # English has up to about three pieces for a Chinese one; what is longer runs in circles.
        most = min(250, 20 + 4 * max(map(len, tokens)))
        if lexicon is not None:
            tokens = [lexicon.told(text, also, _TOKENS) for text, also in zip(tokens, known, strict=True)]
        results = translator.translate_batch(
            tokens,
            max_input_length=_TOKENS,
            target_prefix=[prefix] * len(pieces) if prefix else None,
            beam_size=self.beam,
            num_hypotheses=self.beam,
            max_decoding_length=most,
            length_penalty=_number(self._told, "length_penalty", 1.0),
            **options,
        )
        found: list[list[str]] = []
        for piece, result in zip(pieces, results, strict=True):
            straight = [one for one in result.hypotheses if len(one) < most and not _runs_in_circles(one)]
            texts = [without_tags(target.decode([t for t in one if t not in prefix]).strip()) for one in straight]
            found.append(_by_names(texts, names_in(piece)))
        return found

    def _load(self) -> _Loaded:
        with self._loading:
            if self._loaded is None:
                state = self.readiness()
                if not state.ready:
                    raise EngineError(f"{self.title}: {state.text.rstrip('.')}.", fatal=True)
                self._loaded = self._open()
            return self._loaded

    def _open(self) -> _Loaded:
        model, source, target = _files(self._folder)
        runtime = importlib.import_module("ctranslate2")
        pieces = importlib.import_module("sentencepiece")
        try:
            translator = runtime.Translator(str(model), device="cpu", inter_threads=_THREADS, intra_threads=1)
            models = [pieces.SentencePieceProcessor(model_file=str(path)) for path in (source, target)]
            lexicon = Lexicon.read(self._folder / LEXICON) if self._told.get("lexicon") is True else None
        except Exception as error:
            reason = str(error).splitlines()[0] if str(error) else type(error).__name__
            raise EngineError(f"{self.title}: {self._folder} cannot be loaded ({reason}).", fatal=True) from None
        return _Loaded(translator, models[0], models[1], _prefix(self._told), lexicon)


def best_of(few: Sequence[str]) -> str:
    """The best of a text's translations, "" where it has none."""
    return few[0] if few else ""


def _files(folder: Path) -> tuple[Path, Path, Path]:
    """The folder of model.bin and the SentencePiece models of source and target. Raises EngineError."""
    if not folder.is_dir():
        raise EngineError(f"{folder}: is no directory; name a CTranslate2 model folder.")
    model = next((place for place in (folder, folder / "model") if (place / "model.bin").is_file()), None)
    if model is None:
        raise EngineError(f"{folder}: holds no model.bin; it is no CTranslate2 model folder.")
    found = [
        next((place / name for name in names for place in (folder, model) if (place / name).is_file()), None)
        for names in (_SOURCE, _TARGET)
    ]
    if found[0] is None or found[1] is None:
        raise EngineError(f"{folder}: holds no SentencePiece model ({_SOURCE[2]}, or {_SOURCE[0]} and {_TARGET[0]}).")
    return model, found[0], found[1]


def _told(folder: Path) -> dict[str, Any]:
    """What a folder says of its model."""
    try:
        value = json.loads((folder / "metadata.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return value if isinstance(value, dict) else {}


def _number(told: Mapping[str, Any], name: str, otherwise: float) -> float:
    value = told.get(name)
    return float(value) if isinstance(value, (int, float)) else otherwise


def _prefix(told: Mapping[str, Any]) -> list[str]:
    """The token that some models want before the English (Argos writes it into metadata.json)."""
    value = told.get("target_prefix", "")
    return [str(value)] if value else []


def _by_names(texts: Sequence[str], names: Sequence[str]) -> list[str]:
    return sorted(texts, key=lambda text: (-sum(name in text for name in names), not text))


def _runs_in_circles(tokens: list[str]) -> bool:
    """Whether a few tokens come again and again, one time right behind the other."""
    return any(
        tokens[at : at + size] * _LOOPS == tokens[at : at + size * _LOOPS]
        for size in range(1, _LONGEST_LOOP + 1)
        for at in range(len(tokens) - size * _LOOPS + 1)
    )
