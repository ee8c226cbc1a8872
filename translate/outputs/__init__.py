"""Output formats of the batch command, by name. To add one is to add one module and one line here."""

from collections.abc import Callable

from translate.bilingual import BilingualDocument
from translate.outputs import csv_table, html_page, markdown, plain, tmx, word_table, workbook, xliff, xliff2

WRITERS: dict[str, Callable[[BilingualDocument], bytes]] = {
    "csv": csv_table.render,
    "xlsx": workbook.render,
    "html": html_page.render,
    "md": markdown.render,
    "jsonl": plain.render_jsonl,
    "txt": plain.render_text,
    "tmx": tmx.render,
    "docx": word_table.render,
    "xliff": xliff.render,
    "xliff2": xliff2.render,
}
# What a file's name ends in, where that is not the format's own name: translation tools know .xlf for every XLIFF.
SUFFIXES = {"xliff2": "xliff2.xlf"}
