"""DeepL glossary: two columns without a header, TSV or CSV by the file's ending.

Limits (developers.deepl.com, "Glossaries"): no source term twice, no control characters, no blanks around a term,
1,024 UTF-8 bytes a term, 10 MiB a glossary.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from glossary.concept import Concept
from glossary.formats.base import Read, Written
from glossary.formats.pairs import Limits, Pair, write_pairs
from glossary.formats.term_list import read_term_list

LIMITS = Limits("DeepL", term_bytes=1024, file_bytes=10 * 1024 * 1024)


def tab_separated(pairs: Sequence[Pair]) -> str:
    """A pair a line, a tab between; nothing is quoted, since no term holds a tab or line break."""
    return "".join(f"{pair.source}\t{pair.target}\n" for pair in pairs)


def comma_separated(pairs: Sequence[Pair], header: Sequence[str] = ()) -> str:
    """CSV with quotation marks where CSV needs them."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    if header:
        writer.writerow(header)
    writer.writerows((pair.source, pair.target) for pair in pairs)
    return out.getvalue()


class DeepL:
    """The registry's entry."""

    name = "deepl"
    suffixes = (".tsv", ".csv")

    def write(self, concepts: Sequence[Concept], suffix: str = "") -> Written:
        """TSV, or CSV where the file is to end in .csv."""
        return write_pairs(LIMITS, concepts, comma_separated if suffix == ".csv" else tab_separated)

    def knows(self, data: bytes, suffix: str) -> bool:
        """Never by itself: its files are plain term lists."""
        return False

    def read(self, data: bytes) -> Read:
        """The pairs; columns for the languages, as DeepL's own export has them, are understood."""
        return read_term_list(data)
