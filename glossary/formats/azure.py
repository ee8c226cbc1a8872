"""Azure Translator glossary for document translation: two columns, tab-separated, no header, UTF-8.

Limits (learn.microsoft.com, "Use glossaries with Document Translation", "Service limits"): a glossary file of at most
10 MB; a term cannot hold the separator or a line break.
"""

from __future__ import annotations

from collections.abc import Sequence

from glossary.concept import Concept
from glossary.formats.base import Read, Written
from glossary.formats.deepl import tab_separated
from glossary.formats.pairs import Limits, write_pairs
from glossary.formats.term_list import read_term_list

LIMITS = Limits("Azure", file_bytes=10_000_000)


class Azure:
    """The registry's entry."""

    name = "azure"
    suffixes = (".tsv",)

    def write(self, concepts: Sequence[Concept], suffix: str = "") -> Written:
        """Tab-separated pairs."""
        return write_pairs(LIMITS, concepts, tab_separated)

    def knows(self, data: bytes, suffix: str) -> bool:
        """Never by itself: its files are plain term lists."""
        return False

    def read(self, data: bytes) -> Read:
        """The pairs."""
        return read_term_list(data)
