"""Formats of glossary files, out and in. To add one is to add one module and one line here."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from glossary.csv_file import GlossaryError
from glossary.formats.amazon import Amazon
from glossary.formats.azure import Azure
from glossary.formats.base import Format, Read, Written
from glossary.formats.deepl import DeepL
from glossary.formats.delimited import CSV, TSV
from glossary.formats.google import Google
from glossary.formats.omegat import OmegaT
from glossary.formats.tbx import TBX
from glossary.formats.tmx import TMX
from glossary.formats.workbook import XLSX

__all__ = ["FORMATS", "Format", "GlossaryError", "Read", "Written", "read_bytes", "read_path"]

# A file is read by the first that knows it.
_ALL: Sequence[Format] = (XLSX(), TBX(), TMX(), CSV, TSV, DeepL(), Google(), Amazon(), Azure(), OmegaT())
FORMATS: dict[str, Format] = {format.name: format for format in _ALL}


def read_bytes(data: bytes, suffix: str = "") -> Read:
    """The concepts in the bytes of a glossary file of any format, told by content and ending. Raises GlossaryError."""
    return next(format for format in _ALL if format.knows(data, suffix.lower())).read(data)


def read_path(path: Path) -> Read:
    """The concepts in a glossary file (- is standard input) of any format.

    Raises GlossaryError with one sentence that begins with the path.
    """
    try:
        data = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
    except FileNotFoundError:
        raise GlossaryError(f"{path}: there is no such glossary; check the name.") from None
    except OSError as error:
        raise GlossaryError(f"{path}: cannot be read ({error.strerror}).") from None
    try:
        return read_bytes(data, path.suffix)
    except GlossaryError as error:
        raise GlossaryError(f"{path}: {error}".rstrip(".") + ".") from None
