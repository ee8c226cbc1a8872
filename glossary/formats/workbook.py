"""Excel workbook: every cell text except numbers, header frozen, filters on; no cell can be a formula.

Limits of Excel: 1,048,576 rows a sheet, 32,767 characters a cell, no control characters.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from glossary.concept import Concept
from glossary.csv_file import COLUMNS, GlossaryError, defuse, join_list, read_table
from glossary.formats.base import Read, Written, left_out_sentence, number_of

_MOST_CELL = 32_767
_MOST_ROWS = 1_048_576
_MOST_UNPACKED = 512 * 1024 * 1024
# What a workbook's XML cannot hold as it is. openpyxl writes _x000D_ for a carriage return, which few programs undo.
_ILLEGAL = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_WIDTHS = {
    "source": 34,
    "target": 44,
    "context": 60,
    "note": 30,
    "source_variants": 26,
    "target_variants": 26,
    "forbidden": 26,
}


class XLSX:
    """The registry's entry."""

    name = "xlsx"
    suffixes = (".xlsx",)

    def write(self, concepts: Sequence[Concept], suffix: str = "") -> Written:
        """All concepts with all fields."""
        if len(concepts) >= _MOST_ROWS:
            raise GlossaryError(f"Excel takes {_MOST_ROWS - 1:,} names a sheet and these are {len(concepts):,}.")
        rows, long, illegal = [], [], []
        for position, concept in enumerate(concepts):
            cells = [_cell(getattr(concept, column)) for column in COLUMNS]
            texts = [cell for cell in cells if isinstance(cell, str)]
            if any(_ILLEGAL.search(text) for text in texts):
                illegal.append((number_of(position), concept.source))
            elif any(len(text) > _MOST_CELL for text in texts):
                long.append((number_of(position), concept.source))
            else:
                rows.append(cells)
        left_out = []
        if illegal:
            left_out.append(left_out_sentence("Excel takes no control characters", illegal))
        if long:
            left_out.append(left_out_sentence(f"Excel takes cells of at most {_MOST_CELL:,} characters", long))
        return Written(_render(rows), len(rows), tuple(left_out))

    def knows(self, data: bytes, suffix: str) -> bool:
        """Any ZIP archive; whether it is a workbook, reading says."""
        return data.startswith(b"PK\x03\x04")

    def read(self, data: bytes) -> Read:
        """The concepts of the first sheet that holds anything."""
        try:
            rows = list(_rows(data))
        except GlossaryError:
            raise
        # A damaged archive breaks in openpyxl in as many ways as there are parts of it.
        except Exception as error:
            raise GlossaryError(f"is no readable Excel workbook ({type(error).__name__})") from None
        return Read(*read_table(rows))


def _cell(value: object) -> str | float:
    if isinstance(value, tuple):
        return join_list(value)
    return value if isinstance(value, int | float) else str(value)


def _render(rows: Sequence[Sequence[str | float]]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("glossary")
    sheet.freeze_panes = "A2"
    for number, column in enumerate(COLUMNS):
        sheet.column_dimensions[chr(ord("A") + number)].width = _WIDTHS.get(column, 14)
    header = []
    for column in COLUMNS:
        cell = WriteOnlyCell(sheet, value=column)
        cell.font = Font(bold=True)
        header.append(cell)
    sheet.append(header)
    for row in rows:
        # Only what begins like a formula needs a cell of its own to be marked as text.
        sheet.append([_text_cell(sheet, value) if str(value)[:1] == "=" else value for value in row])
    sheet.auto_filter.ref = f"A1:{chr(ord('A') + len(COLUMNS) - 1)}{len(rows) + 1}"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _text_cell(sheet: object, value: object) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value=str(value))
    cell.data_type = "s"
    return cell


def _rows(data: bytes) -> Iterator[list[str]]:
    """The cells of the first sheet that has any, as text."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if sum(part.file_size for part in archive.infolist()) > _MOST_UNPACKED:
            raise GlossaryError(f"unpacks to more than {_MOST_UNPACKED // 1024 // 1024} MiB; it was not read")
        for part in archive.infolist():
            with archive.open(part) as file:
                if b"<!DOCTYPE" in file.read(4096):
                    raise GlossaryError("holds a document type, which no Excel workbook does; it was not read")
    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    for sheet in book.worksheets:
        found = False
        for row in sheet.iter_rows(values_only=True):
            cells = ["" if value is None else defuse(str(value)) for value in row]
            if any(cells):
                found = True
                yield cells
        if found:
            return
