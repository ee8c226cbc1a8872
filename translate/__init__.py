"""Segments + glossary become English with the terms forced in, and the proof."""

from __future__ import annotations

from collections.abc import Sequence

from glossary import Glossary
from translate.engines.base import Engine, EngineError
from translate.forcing.borders import with_cut_names
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


def requests_for(
    sources: Sequence[str],
    glossary: Glossary,
    document: str = "",
    style: Style = "as-source",
    targets: Sequence[str] = (),
) -> list[Request]:
    """The segments of a document, in order, each with the occurrences of the glossary's forced terms that hold there.

    `targets`, where there are any, tell in which of two segments a name that their border cuts should stand.
    """
    matcher = glossary.matcher
    found = [tuple(occurrences_of(source, matcher.find(source, document))) for source in sources]
    found = with_cut_names(sources, found, matcher, document, targets)
    names = Names(style, found)
    return [
        Request(source, occurrences, names.mentions(number), names)
        for number, (source, occurrences) in enumerate(zip(sources, found, strict=True))
    ]


def translate(
    segments: Sequence[str],
    engine: Engine,
    glossary: Glossary,
    document: str = "",
    style: Style = "as-source",
) -> list[Enforced]:
    """English of a document's segments, in order, with the glossary's names forced in and a ledger row an occurrence."""
    return force_all(requests_for(segments, glossary, document, style), engine)


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
    targets = [target for _, target in pairs]
    requests = requests_for([source for source, _ in pairs], glossary, document, style, targets)
    means = Means(evidence_of(zip(requests, targets, strict=True)))
    return [finish(request, target, "engine", means) for request, target in zip(requests, targets, strict=True)]
