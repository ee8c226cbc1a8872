"""A CTranslate2 model folder, such as Argos and OPUS-MT models are converted to: `ct2:PATH`."""

from __future__ import annotations

import importlib
import importlib.util
import json
import os
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from translate.engines.base import Engine, EngineError, Limits, Readiness
from translate.engines.online.crew import Crew
from translate.engines.online.pieces import HAN, pieces_of

_INSTALL = "install them with: python -m pip install -r requirements-engines.txt"
_NEEDED = ("ctranslate2", "sentencepiece")
_SOURCE = ("source.spm", "spm.source.model", "sentencepiece.model", "spm.model", "sentencepiece.bpe.model")
_TARGET = ("target.spm", "spm.target.model", "sentencepiece.model", "spm.model", "sentencepiece.bpe.model")


class Ct2Engine(Engine):
    """The folder holds model.bin (itself or in model/) and one SentencePiece model for both languages, or one for each."""

    name = "ct2"
    title = "CTranslate2 model"
    description = "A model folder of yours (ct2:PATH), offline: as good as the model."
    settings = ()
    limits = Limits(size=1_500, texts=16, at_once=1)
    strategies = ("hint", "placeholder")

    def __init__(self, folder: str = "") -> None:
        self._folder = Path(folder)
        self._named = bool(folder)
        self._loading = threading.Lock()
        self._crew = Crew(1)
        self._loaded: tuple[Any, Any, Any, list[str]] | None = None

    @property
    def signature(self) -> str:
        return f"{self.name}:{self.version}:{self._folder.name}"

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
        cut = [pieces_of(text, self.limits) for text in texts]
        sent = list(dict.fromkeys(piece for pieces in cut for piece, is_sent in pieces if is_sent))
        english = dict(zip(sent, self._translate(sent), strict=True)) if sent else {}
        return [
            " ".join(english[piece] for piece, is_sent in pieces if is_sent)
            if "\n" not in text and HAN.search(text)
            else "".join(english[piece] if is_sent else piece for piece, is_sent in pieces)
            for text, pieces in zip(texts, cut, strict=True)
        ]

    def _translate(self, pieces: Sequence[str]) -> list[str]:
        """In a thread that is not waited for at Ctrl+C: the runtime does not hear it before a batch is done."""
        size = self.limits.texts
        groups = [pieces[at : at + size] for at in range(0, len(pieces), size)]
        return [english for some in self._crew.map(self._batch, groups) for english in some]

    def _batch(self, pieces: Sequence[str]) -> list[str]:
        translator, source, target, prefix = self._load()
        tokens = [[*source.encode(piece, out_type=str)] for piece in pieces]
        results = translator.translate_batch(
            tokens,
            target_prefix=[prefix] * len(tokens) if prefix else None,
            max_batch_size=self.limits.texts,
            beam_size=4,
            # English has up to about three pieces for a Chinese one; what is longer runs in circles.
            max_decoding_length=min(250, 20 + 4 * max(map(len, tokens))),
            repetition_penalty=1.1,
        )
        return [target.decode([t for t in result.hypotheses[0] if t not in prefix]).strip() for result in results]

    def _load(self) -> tuple[Any, Any, Any, list[str]]:
        with self._loading:
            if self._loaded is None:
                state = self.readiness()
                if not state.ready:
                    raise EngineError(f"{self.title}: {state.text.rstrip('.')}.", fatal=True)
                self._loaded = self._open()
            return self._loaded

    def _open(self) -> tuple[Any, Any, Any, list[str]]:
        model, source, target = _files(self._folder)
        runtime = importlib.import_module("ctranslate2")
        pieces = importlib.import_module("sentencepiece")
        try:
            translator = runtime.Translator(
                str(model), device="cpu", inter_threads=1, intra_threads=min(4, os.cpu_count() or 1)
            )
            models = [pieces.SentencePieceProcessor(model_file=str(path)) for path in (source, target)]
        except Exception as error:
            reason = str(error).splitlines()[0] if str(error) else type(error).__name__
            raise EngineError(f"{self.title}: {self._folder} cannot be loaded ({reason}).", fatal=True) from None
        return translator, models[0], models[1], _prefix(self._folder)


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


def _prefix(folder: Path) -> list[str]:
    """The token that some models want before the English (Argos writes it into metadata.json)."""
    try:
        value = json.loads((folder / "metadata.json").read_text(encoding="utf-8")).get("target_prefix", "")
    except (OSError, ValueError):
        return []
    return [str(value)] if value else []
