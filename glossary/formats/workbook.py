"""Excel workbook: every cell text except numbers, header frozen, filters on."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from glossary.concept import Concept
from glossary.csv_file import COLUMNS, join_list

# Control characters that XML 1.0 does not allow.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_MOST_CELL = 32_767
_WIDTHS = {
    "source": 34,
    "target": 44,
    "context": 60,
    "note": 30,
    "source_variants": 26,
    "target_variants": 26,
    "forbidden": 26,
}


def render(concepts: Sequence[Concept]) -> bytes:
    """The workbook's bytes; a cell longer than Excel holds is cut there."""
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
    for concept in concepts:
        row = []
        for column in COLUMNS:
            value = getattr(concept, column)
            if isinstance(value, int | float):
                row.append(WriteOnlyCell(sheet, value=value))
                continue
            text = join_list(value) if isinstance(value, tuple) else value
            cell = WriteOnlyCell(sheet, value=_ILLEGAL.sub("", text)[:_MOST_CELL])
            # Text, also where it begins like a formula.
            cell.data_type = "s"
            row.append(cell)
        sheet.append(row)
    sheet.auto_filter.ref = f"A1:{chr(ord('A') + len(COLUMNS) - 1)}{len(concepts) + 1}"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
