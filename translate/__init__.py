"""Segments + glossary become English with the terms forced in, and the proof."""

from __future__ import annotations

from collections.abc import Sequence

from glossary import Glossary
from translate.engines.base import Engine, EngineError
from translate.forcing.chain import Enforced, Request, evidence_of, finish, force_all
from translate.forcing.ledger import LedgerRow, Occurrence, occurrences_of
from translate.forcing.naming import Names, Style
from translate.forcing.steps import Means

__all__ = [
    "Enforced",
    "Engine",
    "EngineError",
    "LedgerRow",
    "Occurrence",
    "enforce",
    "enforce_document",
    "requests_for",
    "translate",
]


def requests_for(sources: Sequence[str], glossary: Glossary, document: str = "") -> list[Request]:
    """Each source text with the occurrences of the glossary's forced terms that hold in `document`."""
    matcher = glossary.matcher
    return [Request(source, tuple(occurrences_of(source, matcher.find(source, document)))) for source in sources]


def translate(segments: Sequence[str], engine: Engine, glossary: Glossary, document: str = "") -> list[Enforced]:
    """English of each segment, in order, with the glossary's names forced in and a ledger row for each occurrence."""
    return force_all(requests_for(segments, glossary, document), engine)


def enforce(source: str, target: str, glossary: Glossary, document: str = "") -> Enforced:
    """A translation made elsewhere, with the glossary's names forced in."""
    return finish(requests_for([source], glossary, document)[0], target, "engine", Means())


def enforce_document(
    pairs: Sequence[tuple[str, str]], glossary: Glossary, document: str = "", style: Style = "as-source"
) -> list[Enforced]:
    """The segments of one document, (source, target) in order, with the glossary's names forced in.

    Better than `enforce` for each alone: the same term is found by its rendering in other segments, and the document's
    first mention is known.
    """
    requests = requests_for([source for source, _ in pairs], glossary, document)
    targets = [target for _, target in pairs]
    means = Means(
        evidence_of(zip(requests, targets, strict=True)), Names(style, [request.occurrences for request in requests])
    )
    return [finish(request, target, "engine", means) for request, target in zip(requests, targets, strict=True)]
