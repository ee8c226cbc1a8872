"""Reading the workbook back. Its hidden columns say what its English was when it was written; without them (in a file of
an earlier version, or where somebody has taken them out) only the sheet that tells what made it does."""

from __future__ import annotations

import io
import itertools
from collections.abc import Iterator
from typing import Any

from openpyxl import load_workbook

from documents.formats.packed import Package
from translate.outputs.workbook import WRITTEN
from translate.review.key import fingerprint
from translate.review.row import ReviewError, ReviewRow, one_line, says_confirmed

_MOST_ROWS = 1_048_576
_NEEDED = ("document", "segment", "source", "target", "state")


def read(data: bytes, package: Package) -> list[ReviewRow]:
    """The sentences of a workbook, given as its bytes and opened. Raises ReviewError or FormatError."""
    for name in package.names:
        # Read within limits first, since openpyxl has none.
        if name.lower().endswith((".xml", ".rels")) and b"<!DOCTYPE" in package.read(name):
            raise ReviewError("declares a document type, which a workbook never does; it is not read.")
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=False)
        if "translation" not in book.sheetnames:
            raise ReviewError("has no sheet named translation; take the file that batch wrote.")
        about = dict(_pairs(book["about"])) if "about" in book.sheetnames else {}
        return list(_rows(book["translation"], about))
    except ReviewError:
        raise
    except Exception:
        # Whatever openpyxl meets in a damaged file: it has no error of its own for it.
        raise ReviewError("is damaged or cut short; get it again.") from None


def _pairs(sheet: Any) -> Iterator[tuple[str, str]]:
    for cells in sheet.iter_rows(max_col=2, values_only=True):
        if len(cells) == 2:
            yield str(cells[0]), str(cells[1] or "")


def _rows(sheet: Any, about: dict[str, str]) -> Iterator[ReviewRow]:
    # A row that claims an absurd number would bring as many empty ones before it.
    lines = itertools.islice(sheet.iter_rows(values_only=True, max_col=64), _MOST_ROWS)
    header = [str(cell or "").strip().lower() for cell in next(lines, ())]
    missing = [name for name in _NEEDED if name not in header]
    if missing:
        raise ReviewError(f"lacks the column {missing[0]}; take the file that batch wrote.")
    tells = all(name in header for name in WRITTEN)
    at = {name: header.index(name) for name in (*_NEEDED, *(WRITTEN if tells else ()))}
    for number, cells in enumerate(lines, 2):
        values = {name: cells[where] if where < len(cells) else None for name, where in at.items()}
        if not isinstance(values["segment"], int | float) or values["source"] is None:
            continue
        source = str(values["source"])
        english, confirmed = one_line(str(values["target"] or "")), says_confirmed(str(values["state"] or ""))
        yield ReviewRow(
            str(values["document"] or ""),
            max(0, int(values["segment"]) - 1),
            fingerprint(source),
            english,
            confirmed,
            f"row {number}",
            source,
            fingerprint(str(values["written"] or "")) if tells else None,
            str(values["written state"] or "") if tells else "",
            glossary=about.get("glossary", ""),
            engine=about.get("engine", ""),
        )
