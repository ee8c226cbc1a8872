"""Document formats besides plain text, by the suffix of a file's name. To add one is to add one module and one line here."""

from __future__ import annotations

import functools
import importlib
from pathlib import PurePath

from documents.formats.base import LINE_ENDS, Format, FormatError, Mark, Text

__all__ = ["KINDS", "Format", "FormatError", "Mark", "Text", "format_of", "joined"]

# Class by its module, and suffixes. A module is loaded when a file of its kind is met: together they take longer to load
# than many commands take to run.
KINDS: dict[str, tuple[str, ...]] = {
    "docx.Docx": (".docx", ".docm"),
    "pptx.Pptx": (".pptx", ".pptm", ".ppsx"),
    "xlsx.Xlsx": (".xlsx", ".xlsm"),
    "odt.Odt": (".odt", ".odp", ".ods"),
    "pdf.Pdf": (".pdf",),
    "html.Html": (".html", ".htm", ".xhtml"),
    "mhtml.Mhtml": (".mht", ".mhtml"),
    "epub.Epub": (".epub",),
    "markdown.Markdown": (".md", ".markdown"),
    "table.Csv": (".csv", ".tsv"),
    "subtitles.Srt": (".srt",),
    "subtitles.Vtt": (".vtt",),
    "po.Po": (".po", ".pot"),
    "xliff.Xliff": (".xlf", ".xliff"),
    "tmx.Tmx": (".tmx",),
    "json_lines.Json": (".json", ".jsonl", ".ndjson"),
    "eml.Eml": (".eml",),
}
_BY_SUFFIX = {suffix: kind for kind, suffixes in KINDS.items() for suffix in suffixes}
# What ends a line somewhere: a text that held one would be two lines of the raw text.
_ONE_LINE = dict.fromkeys(map(ord, LINE_ENDS), " ")


def format_of(path: str | PurePath) -> Format | None:
    """The format that a file's name tells; None for plain text."""
    kind = _BY_SUFFIX.get(PurePath(path).suffix.lower())
    return _loaded(kind) if kind else None


@functools.cache
def _loaded(kind: str) -> Format:
    module, name = kind.split(".")
    made: Format = getattr(importlib.import_module(f"documents.formats.{module}"), name)()
    return made


def joined(texts: list[Text]) -> str:
    """The texts of a document as the lines of one raw text: line n is text n."""
    return "\n".join(text.text.translate(_ONE_LINE) for text in texts)
