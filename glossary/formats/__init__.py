"""Formats that a glossary is exported to. To add one is to add one module and one line here."""

from collections.abc import Callable, Sequence

from glossary.concept import Concept
from glossary.csv_file import write_rows
from glossary.formats import workbook

WRITERS: dict[str, Callable[[Sequence[Concept]], bytes]] = {
    "csv": lambda concepts: ("\ufeff" + write_rows(concepts)).encode(),
    "tsv": lambda concepts: ("\ufeff" + write_rows(concepts, "\t")).encode(),
    "xlsx": workbook.render,
}
# Named in the design, not built yet: asked for, they say so.
PLANNED = ("tbx", "tmx", "deepl", "google", "amazon", "azure", "omegat")
