"""Google Cloud Translation glossary: CSV of equivalent term sets, the first row naming the languages.

Limits (cloud.google.com/translate/docs/advanced/glossary, /quotas): terms shorter than 1,024 UTF-8 bytes, 10,485,760
bytes a file.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence

from glossary.concept import Concept
from glossary.formats.base import Read, Written
from glossary.formats.deepl import comma_separated
from glossary.formats.pairs import Limits, write_pairs
from glossary.formats.term_list import read_term_list

LIMITS = Limits("Google", term_bytes=1023, file_bytes=10_485_760)
_HEADER = ("zh-CN", "en")


class Google:
    """The registry's entry."""

    name = "google"
    suffixes = (".csv",)

    def write(self, concepts: Sequence[Concept], suffix: str = "") -> Written:
        """A term set a line under the language codes."""
        return write_pairs(LIMITS, concepts, functools.partial(comma_separated, header=_HEADER))

    def knows(self, data: bytes, suffix: str) -> bool:
        """Never by itself: its files are term lists under language codes."""
        return False

    def read(self, data: bytes) -> Read:
        """The pairs of the Chinese and English columns; others (pos, other languages) are passed over."""
        return read_term_list(data)
