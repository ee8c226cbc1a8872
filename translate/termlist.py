"""The glossary as `enforce` takes it: a column `document` is the scope, and several rows of one term are one concept.

Term lists of shared tasks and customers repeat a term for every English name that is accepted, the preferred one first.
"""

from __future__ import annotations

import csv
import dataclasses
import io
from collections.abc import Sequence
from pathlib import Path

from documents.encoding import EncodingError, decode
from glossary import Concept, GlossaryError, load
from glossary.csv_file import csv_text, read_rows


def read_terms_file(path: Path) -> tuple[list[Concept], list[str]]:
    """The concepts in a glossary file, and in words what is wrong with rows left out. Raises GlossaryError."""
    try:
        text = decode(path.read_bytes()).text.removeprefix("\ufeff")
    except (OSError, EncodingError):
        text = ""
    header = text.split("\n", 1)[0]
    separator = max("\t,;", key=header.count)
    names = [name.strip().strip('"').lower() for name in header.split(separator)]
    if "document" not in names or "scope" in names:
        loaded = load(path)
        return joined(loaded.concepts), [f"{path}, {problem}" for problem in loaded.problems]
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
        concepts, problems = read_rows(csv_text(["scope" if n == "document" else n for n in names], rows[1:]))
    except (csv.Error, GlossaryError) as error:
        raise GlossaryError(f"{path}: {error}") from None
    return joined(concepts), [f"{path}, {problem}" for problem in problems]


def joined(concepts: Sequence[Concept]) -> list[Concept]:
    """The concepts with those of the same source and scope made one: the first row's English is the preferred one."""
    merged: dict[tuple[str, str], Concept] = {}
    for concept in concepts:
        first = merged.get(concept.key)
        if first is None or not (first.is_forced and concept.is_forced):
            merged.setdefault(concept.key, concept)
            if first is not None and not first.is_forced and concept.is_forced:
                merged[concept.key] = concept
            continue
        further = [form for form in concept.accepted if form not in first.accepted]
        merged[concept.key] = dataclasses.replace(
            first,
            target_variants=(*first.target_variants, *further),
            source_variants=tuple(dict.fromkeys((*first.source_variants, *concept.source_variants))),
            forbidden=tuple(dict.fromkeys((*first.forbidden, *concept.forbidden))),
        )
    return list(merged.values())
