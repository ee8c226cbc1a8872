"""Side by side as an Excel workbook: text is text, never a formula; header frozen, filters on; equal bytes for equal content.

Two hidden columns hold the English and the state as they are written: `translate.review` tells by them what has changed
where.
"""

from __future__ import annotations

import datetime
import io
import re
import zipfile

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font

from translate.bilingual import BilingualDocument
from translate.outputs.csv_table import COLUMNS, table_of

# Behind those of the CSV table.
WRITTEN = ("written", "written state")
_ALL = (*COLUMNS, *WRITTEN)
_WIDTHS = {"source": 60, "target": 70, "terms": 40, "flags": 40, "document": 24}
_MOST_CELL = 32_767
# What a workbook's XML cannot hold.
_ILLEGAL = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_MADE = datetime.datetime(2000, 1, 1)  # noqa: DTZ001 - the format has no time zone


def render(document: BilingualDocument) -> bytes:
    """One row a segment under the columns of the CSV table and the hidden ones; a second sheet says what made it."""
    book = Workbook(write_only=True)
    book.properties.created = book.properties.modified = _MADE
    sheet = book.create_sheet("translation")
    sheet.freeze_panes = "A2"
    for number, column in enumerate(_ALL):
        shape = sheet.column_dimensions[chr(ord("A") + number)]
        shape.width, shape.hidden = _WIDTHS.get(column, 11), column in WRITTEN
    header = [WriteOnlyCell(sheet, value=column) for column in _ALL]
    for cell in header:
        cell.font = Font(bold=True)
    sheet.append(header)
    for row, segment in zip(table_of(document), document.segments, strict=True):
        sheet.append([_cell(sheet, value) for value in (*row, segment.target, segment.state)])
    sheet.auto_filter.ref = f"A1:{chr(ord('A') + len(_ALL) - 1)}{len(document.segments) + 1}"
    about = book.create_sheet("about")
    for name, value in (
        ("made by", document.engine_note),
        ("engine", document.engine),
        ("glossary", document.glossary_hash),
    ):
        about.append([name, _cell(about, value)])
    out = io.BytesIO()
    book.save(out)
    return _timeless(out.getvalue())


def _cell(sheet: object, value: str | int | float) -> WriteOnlyCell | int | float:
    if not isinstance(value, str):
        return value
    cell = WriteOnlyCell(sheet, value=_ILLEGAL.sub("\ufffd", value)[:_MOST_CELL])
    cell.data_type = "s"
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _timeless(data: bytes) -> bytes:
    """The archive with its parts dated alike, whenever it is made."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            content = old.read(part)
            if part.filename == "docProps/core.xml":
                content = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>2000-01-01T00:00:00Z", content)
            new.writestr(zipfile.ZipInfo(part.filename), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()
