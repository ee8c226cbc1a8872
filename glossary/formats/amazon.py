"""Amazon Translate custom terminology: CSV under language codes, or TMX where the file is to end in .tmx.

Limits (docs.aws.amazon.com/translate, "Custom terminology", "Guidelines and quotas"): 200 UTF-8 bytes a term, 10 MB
(10,485,760 bytes) a file, one source term once.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence

from glossary.concept import Concept
from glossary.formats.base import Read, Written
from glossary.formats.deepl import comma_separated
from glossary.formats.pairs import Limits, write_pairs
from glossary.formats.term_list import read_term_list
from glossary.formats.tmx import render_pairs

LIMITS = Limits("Amazon", term_bytes=200, file_bytes=10_485_760)
_HEADER = ("zh", "en")


class Amazon:
    """The registry's entry."""

    name = "amazon"
    suffixes = (".csv", ".tmx")

    def write(self, concepts: Sequence[Concept], suffix: str = "") -> Written:
        """CSV, or TMX."""
        render = render_pairs if suffix == ".tmx" else functools.partial(comma_separated, header=_HEADER)
        return write_pairs(LIMITS, concepts, render)

    def knows(self, data: bytes, suffix: str) -> bool:
        """Never by itself: its files are term lists under language codes, or TMX."""
        return False

    def read(self, data: bytes) -> Read:
        """The pairs of a CSV."""
        return read_term_list(data)
