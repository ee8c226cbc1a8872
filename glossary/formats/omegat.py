"""OmegaT glossary: source, target, comment, separated by tabs, UTF-8 (save it as .txt or .utf8 in a project's glossary/).

A line that begins with # is a comment to OmegaT. A third column may say anything: here, the other English forms, those
never to use, and the note.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from glossary.concept import Concept
from glossary.formats.base import Read, Written
from glossary.formats.pairs import Limits, Pair, write_pairs
from glossary.formats.term_list import read_term_list

# Two rows for one term are two suggestions in OmegaT.
LIMITS = Limits(
    "OmegaT",
    forbidden=re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]|^#"),
    forbidden_words="control characters, tabs or line breaks, nor a # at the beginning of a term",
    unique_sources=False,
)


def _comment(concept: Concept) -> str:
    """One line of what else is known of a concept."""
    parts = []
    if others := [form for form in concept.accepted if form != concept.target]:
        parts.append(f"also: {' | '.join(others)}")
    if concept.forbidden:
        parts.append(f"never: {' | '.join(concept.forbidden)}")
    if concept.note:
        parts.append(concept.note)
    return " ".join("; ".join(parts).split())


def _line(pair: Pair) -> str:
    return f"{pair.source}\t{pair.target}\t{_comment(pair.concept)}\n"


class OmegaT:
    """The registry's entry."""

    name = "omegat"
    suffixes = (".txt", ".utf8", ".tab")

    def write(self, concepts: Sequence[Concept], suffix: str = "") -> Written:
        """A pair and its comment a line, under a line that says what the file is."""
        heading = "# Glossary in tab-separated format -*- coding: utf-8 -*-\n"
        return write_pairs(LIMITS, concepts, lambda pairs: heading + "".join(map(_line, pairs)))

    def knows(self, data: bytes, suffix: str) -> bool:
        """Never by itself: its files are plain term lists with a comment."""
        return False

    def read(self, data: bytes) -> Read:
        """The pairs; the comment becomes the note."""
        return read_term_list(data)
