"""Segments + glossary become English with the terms forced in, and the proof."""

from __future__ import annotations

from collections.abc import Sequence

from glossary import Glossary
from translate.engines.base import Engine, EngineError
from translate.forcing.chain import Enforced, Request, finish, force_all
from translate.forcing.ledger import LedgerRow, Occurrence, occurrences_of

__all__ = ["Enforced", "Engine", "EngineError", "LedgerRow", "Occurrence", "enforce", "requests_for", "translate"]


def requests_for(sources: Sequence[str], glossary: Glossary, document: str = "") -> list[Request]:
    """Each source text with the occurrences of the glossary's forced terms that hold in `document`."""
    matcher = glossary.matcher
    return [Request(source, tuple(occurrences_of(source, matcher.find(source, document)))) for source in sources]


def translate(segments: Sequence[str], engine: Engine, glossary: Glossary, document: str = "") -> list[Enforced]:
    """English of each segment, in order, with the glossary's names forced in and a ledger row for each occurrence."""
    return force_all(requests_for(segments, glossary, document), engine)


def enforce(source: str, target: str, glossary: Glossary, document: str = "") -> Enforced:
    """A translation made elsewhere, with the glossary's names forced in."""
    request = requests_for([source], glossary, document)[0]
    return finish(request, target, "engine", lambda term: "")
