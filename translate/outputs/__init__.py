"""Output formats of the batch command, by name. To add one is to add one module and one line here."""

from collections.abc import Callable

from translate.bilingual import BilingualDocument
from translate.outputs import csv_table, html_page, plain

WRITERS: dict[str, Callable[[BilingualDocument], str]] = {
    "csv": csv_table.render,
    "html": html_page.render,
    "jsonl": plain.render_jsonl,
    "txt": plain.render_text,
}
# Named in the design, not built yet: asked for, they say so.
PLANNED = ("xlsx", "docx", "md", "tmx", "xliff")
