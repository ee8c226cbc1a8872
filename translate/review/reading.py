"""A reviewed file of any of the formats, told apart by what is in it."""

from __future__ import annotations

from pathlib import Path

from documents.formats.base import FormatError
from documents.formats.packed import Package
from translate.review import word_table, workbook, xliff
from translate.review.row import ReviewError, ReviewRow

MOST_BYTES = 256 * 1024 * 1024


def read_review(path: Path) -> list[ReviewRow]:
    """The sentences of a reviewed XLIFF 1.2 or 2.x, Word table or workbook. Raises ReviewError: a whole sentence."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise ReviewError(f"is larger than {MOST_BYTES // 1024**2} MB; split it.")
        return read_review_bytes(path.read_bytes())
    except OSError as error:
        raise ReviewError(f"{path}: cannot be read ({error.strerror}).") from None
    except ReviewError as error:
        raise ReviewError(f"{path}: {error}") from None


def read_review_bytes(data: bytes) -> list[ReviewRow]:
    """The same, given the bytes of the file. Raises ReviewError; its message ends a sentence that begins with its name."""
    try:
        rows = _read(data)
    except FormatError as error:
        raise ReviewError(str(error)) from None
    if not rows:
        raise ReviewError("holds no sentence under review; take a docx, xliff, xliff2 or xlsx that batch wrote.")
    return rows


def _read(data: bytes) -> list[ReviewRow]:
    if not data.startswith(b"PK"):
        if (
            data[:1].isspace()
            or data[:3] == b"\xef\xbb\xbf"
            or data[:2] in (b"\xff\xfe", b"\xfe\xff")
            or data[:1] == b"<"
        ):
            return xliff.read(data)
        raise ReviewError("is neither XLIFF, nor a Word document, nor a workbook.")
    package = Package(data)
    if package.has("word/document.xml"):
        return word_table.read(package)
    if package.has("xl/workbook.xml"):
        return workbook.read(data, package)
    raise ReviewError("is neither XLIFF, nor a Word document, nor a workbook.")
