"""The glossary's own table with every field, as CSV or TSV: UTF-8 with BOM, so that Excel reads it right."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from glossary.concept import Concept
from glossary.csv_file import write_rows
from glossary.formats.base import Read, Written
from glossary.formats.term_list import read_term_list


@dataclasses.dataclass(frozen=True, slots=True)
class Delimited:
    """The registry's entries: one for each separator."""

    name: str
    suffixes: tuple[str, ...]
    separator: str

    def write(self, concepts: Sequence[Concept], suffix: str = "") -> Written:
        """All concepts with all fields."""
        text = "\ufeff" + write_rows(concepts, self.separator)
        return Written(text.encode("utf-8", "surrogatepass"), len(concepts))

    def knows(self, data: bytes, suffix: str) -> bool:
        """Whatever no other format knows is read as a table; the reader says what is wrong with it."""
        return True

    def read(self, data: bytes) -> Read:
        """The rows, whichever separator they have."""
        return read_term_list(data)


CSV = Delimited("csv", (".csv",), ",")
TSV = Delimited("tsv", (".tsv", ".tab"), "\t")
