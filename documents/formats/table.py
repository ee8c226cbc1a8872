"""Tables as text, CSV and TSV: the cells with Chinese letters; delimiter, quotes, line ends and encoding stay."""

from __future__ import annotations

import collections
import dataclasses
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar

from documents.formats.base import Format, Text, require_columns
from documents.formats.strings import chinese_lines, line_texts, one_line, read_source, spliced, with_lines

_DELIMITERS = "\t,;|"
_SEPARATOR_LINE = re.compile("sep=([,;|\t:^~])\r?\n")
_SAMPLE_ROWS, _SAMPLE = 30, 200_000
_FORMULA = re.compile(r"[=+\-@\t\r]")
_LONGEST_NAME = 40


@dataclasses.dataclass(frozen=True, slots=True)
class _Cell:
    start: int
    end: int
    row: int
    column: int
    value: str
    quoted: bool


class Csv(Format):
    """A table as comma-, tab-, semicolon- or bar-separated text."""

    name: ClassVar[str] = "csv"
    title: ClassVar[str] = "CSV or TSV table"
    keeps: ClassVar[str] = "rows, columns, delimiter, quotes, encoding, all cells without Chinese"

    def __init__(self, columns: Sequence[str] = ()) -> None:
        self._columns = tuple(columns)

    def only(self, columns: Sequence[str]) -> Format:
        """The tables of which only these columns, by the names in the first row, are read; that row stays as it is."""
        return Csv(columns)

    def read(self, data: bytes) -> list[Text]:
        """The lines with Chinese letters of each cell, row by row."""
        texts: list[Text] = []
        header: dict[int, str] = {}
        source = read_source(data).text
        for cell in _cells(source):
            if cell.row > 1:
                break
            header[cell.column] = _name_of(cell)[:_LONGEST_NAME]
        for cell in self._chosen(source):
            spans = chinese_lines(cell.value)
            if spans:
                column = header.get(cell.column) or f"column {cell.column}"
                texts += line_texts(cell.value, spans, f"row {cell.row}, {column}")
        return texts

    def fill(self, data: bytes, texts: Mapping[int, Text]) -> bytes:
        """The table with other lines in its cells; what a spreadsheet would run as a formula gets an apostrophe."""
        source = read_source(data)
        delimiter = _delimiter(source.text)
        edits: list[tuple[int, int, str]] = []
        number = 0
        for cell in self._chosen(source.text):
            spans = chinese_lines(cell.value)
            new = with_lines(cell.value, spans, texts, number)
            number += len(spans)
            if new is not None:
                new = "'" + new if _FORMULA.match(new) else new
                if cell.quoted or any(char in new for char in (delimiter, '"', "\n", "\r")):
                    new = '"' + new.replace('"', '""') + '"'
                edits.append((cell.start, cell.end, new))
        return source.encoded(spliced(source.text, edits)) if edits else data

    def _chosen(self, text: str) -> Iterator[_Cell]:
        """The cells that are read: all, or those below the chosen names. Raises FormatError."""
        if not self._columns:
            yield from _cells(text)
            return
        names: dict[int, str] = {}
        chosen: set[int] | None = None
        for cell in _cells(text):
            if cell.row == 1:
                names[cell.column] = _name_of(cell)
                continue
            if chosen is None:
                require_columns(self._columns, names.values())
                chosen = {number for number, name in names.items() if name in self._columns}
            if cell.column in chosen:
                yield cell
        require_columns(self._columns, names.values())


def _name_of(cell: _Cell) -> str:
    return " ".join(one_line(cell.value).split())


def _cells(text: str) -> Iterator[_Cell]:
    first = _SEPARATOR_LINE.match(text)
    return _cells_by(text, _delimiter(text), first.end() if first else 0)


def _cells_by(text: str, delimiter: str, at: int) -> Iterator[_Cell]:
    """The cells of `text` from `at` on; a quote that is not closed before a delimiter is a character like others."""
    ends = re.escape(delimiter) + "\r\n"
    pattern = re.compile(f'"((?:[^"]|"")*+)"(?=[{ends}]|\\Z)|([^{ends}]*+)')
    row = column = 1
    while at < len(text):
        hit = pattern.match(text, at)
        assert hit is not None, "the second way matches anything"
        quoted = hit.group(1) is not None
        value = hit.group(1).replace('""', '"') if quoted else hit.group(2)
        yield _Cell(hit.start(), hit.end(), row, column, value, quoted)
        at = hit.end()
        if text.startswith("\r\n", at):
            at += 1
        if text[at : at + 1] == delimiter:
            column += 1
        else:
            row, column = row + 1, 1
        at += 1


def _delimiter(text: str) -> str:
    """The delimiter that cuts the header, and the rows behind it most evenly, and leaves no quote open."""
    named = _SEPARATOR_LINE.match(text)
    if named:
        return named.group(1)
    best, found = (False, False, 0.0, 0), ","
    for delimiter in _DELIMITERS:
        widths: dict[int, int] = {}
        is_whole = True
        for cell in _cells_by(text[:_SAMPLE], delimiter, 0):
            if cell.row > _SAMPLE_ROWS:
                break
            widths[cell.row] = cell.column
            is_whole = is_whole and (cell.quoted or not cell.value.startswith('"'))
        if not widths:
            continue
        width, rows = collections.Counter(widths.values()).most_common(1)[0]
        score = (is_whole, widths[1] > 1, rows / len(widths), width)
        if max(widths.values()) > 1 and score > best:
            best, found = score, delimiter
    return found
