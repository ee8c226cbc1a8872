"""Output formats of the batch command, by name. To add one is to add one module and one line here."""

from collections.abc import Callable

from translate.bilingual import BilingualDocument
from translate.outputs import csv_table, html_page, markdown, plain, tmx, workbook

WRITERS: dict[str, Callable[[BilingualDocument], bytes]] = {
    "csv": csv_table.render,
    "xlsx": workbook.render,
    "html": html_page.render,
    "md": markdown.render,
    "jsonl": plain.render_jsonl,
    "txt": plain.render_text,
    "tmx": tmx.render,
}
# Named in the design, not built yet: asked for, they say so.
PLANNED = ("docx", "xliff")
