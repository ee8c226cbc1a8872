"""Names in a single sentence with their spans, for measuring and for highlighting."""

from __future__ import annotations

import functools

from glossary.authority import authority
from glossary.candidates import short_names
from glossary.candidates.base import BODIES, NAMES, CandidateText, category_of
from glossary.candidates.boundary import trimmed
from glossary.candidates.survey import known_names
from glossary.matching import Matcher


@functools.cache
def _names() -> Matcher:
    return Matcher(authority())


def find_mentions(text: str) -> list[tuple[int, int, str]]:
    """(start, end, category) of the names in `text`, in order, free of overlaps; nothing is asked of their repeats."""
    candidate_text = CandidateText(text, known_names(_names(), text))
    found: list[tuple[int, int, str]] = []
    for name in candidate_text.tagged:
        start, end = trimmed(candidate_text, name.start, name.end)
        if end - start < 2:
            continue
        if name.kind in ("LOC", "PER"):
            found.append((start, end, "place" if name.kind == "LOC" else "person"))
            continue
        category = category_of(candidate_text.folded[start:end])
        default = "agency" if name.kind == "ORG" else "programme_initiative"
        wanted = BODIES if name.kind == "ORG" else NAMES
        found.append((start, end, category if category in wanted else default))
    return sorted(short_names.settled(candidate_text, found))
