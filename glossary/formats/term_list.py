"""Reading whatever is text: our own table, lists of two columns, and the glossary files of DeepL, Google, Amazon, Azure
and OmegaT, which are such lists too."""

from __future__ import annotations

from documents.encoding import EncodingError, decode
from glossary.csv_file import GlossaryError, read_rows
from glossary.formats.base import Read


def read_term_list(data: bytes) -> Read:
    """The concepts of CSV or TSV bytes in any encoding that documents may have. Raises GlossaryError."""
    try:
        text = decode(data).text
    except EncodingError as error:
        raise GlossaryError(f"{error}; give the glossary as CSV, TSV, XLSX, TBX or TMX") from None
    return Read(*read_rows(text))
