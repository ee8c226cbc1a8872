"""Excel workbooks: names of sheets, cells with Chinese letters, comments, words in charts and drawings."""

from __future__ import annotations

import copy
import dataclasses
import posixpath
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar

from lxml import etree

from documents.formats.base import Format, FormatError, Text, require_columns
from documents.formats.packed import Package
from documents.formats.rich_strings import RichString, local, own_text
from documents.formats.strings import HAN, one_line
from documents.formats.workbook_names import Table, rename, renamed_columns, sheet_names, tables_of
from documents.formats.xml import parse_xml, xml_bytes

_MOST_SHEETS = 2_000


@dataclasses.dataclass(slots=True)
class _Slot:
    """A string of the workbook: the part that it stands in, its root, and a place for a person."""

    part: str
    tree: Any
    string: RichString
    place: str
    # Where only some cells are read: the cell, and the words that it then has for itself.
    cell: Any = None
    own: Any = None


@dataclasses.dataclass(slots=True)
class _Sheet:
    """A sheet: its element in the list of sheets, its name and its part."""

    element: Any
    name: str
    part: str


class Xlsx(Format):
    """An Excel workbook."""

    name: ClassVar[str] = "xlsx"
    title: ClassVar[str] = "Excel workbook"
    keeps: ClassVar[str] = "formulas, numbers, formats, bold and other runs, comments, charts, tables"

    def __init__(self, columns: Sequence[str] = ()) -> None:
        self._columns = tuple(columns)

    def only(self, columns: Sequence[str]) -> Format:
        """The workbooks of which only cells below these names in the first row of a sheet are read."""
        return Xlsx(columns)

    def read(self, data: bytes) -> list[Text]:
        """The strings with Chinese letters, sheet by sheet: its name, its cells by row, its comments, its drawings."""
        book = _Workbook(data)
        texts: list[Text] = []
        for sheet in book.sheets:
            if HAN.search(sheet.name) and not self._columns:
                texts.append(Text(one_line(sheet.name), (), "name of a sheet"))
            for slot in book.slots(sheet, self._columns):
                texts += slot.string.texts(slot.place)
        require_columns(self._columns, book.headers)
        return texts

    def fill(self, data: bytes, texts: Mapping[int, Text]) -> bytes:
        """The workbook with other strings; formulas that name a sheet or a table's column follow its new name."""
        book = _Workbook(data)
        names: dict[str, str] = {}
        number = 0
        for sheet in book.sheets:
            if HAN.search(sheet.name) and not self._columns:
                new = texts.get(number)
                if new is not None and one_line(new.text) != one_line(sheet.name):
                    names[sheet.name] = new.text
                number += 1
            for slot in book.slots(sheet, self._columns):
                if slot.string.fill(texts, number):
                    if slot.cell is not None:
                        _give_own(slot.cell, slot.own)
                    book.changed[slot.part] = slot.tree
                number += len(slot.string.spans)
        if not book.changed and not names:
            return data
        book.follow(names)
        try:
            return book.package.replaced({part: xml_bytes(tree) for part, tree in book.changed.items()})
        except (ValueError, LookupError, etree.LxmlError):
            raise FormatError("cannot be written back; save it anew in Excel.") from None


class _Workbook:
    """The parts of a workbook that hold strings."""

    def __init__(self, data: bytes) -> None:
        self.package = Package(data)
        self.changed: dict[str, Any] = {}
        self.part = next((part for kind, part, _ in self._relations("") if kind == "officeDocument"), "xl/workbook.xml")
        self.tree = parse_xml(self.package.read(self.part))
        if local(self.tree.getroot()) != "workbook":
            raise FormatError("is no Excel workbook (.xlsx); save it as one.")
        relations = {key: (kind, part) for kind, part, key in self._relations(self.part)}
        self.sheets = []
        for element in self.tree.getroot().iterfind("{*}sheets/{*}sheet"):
            key = next((value for name, value in element.items() if name.endswith("}id")), "")
            kind, part = relations.get(key, ("", ""))
            if kind in ("worksheet", "chartsheet", "dialogsheet"):
                self.sheets.append(_Sheet(element, element.get("name", ""), part))
        if len(self.sheets) > _MOST_SHEETS:
            raise FormatError(f"has more than {_MOST_SHEETS:,} sheets; split it.")
        shared = next((part for kind, part in relations.values() if kind == "sharedStrings"), "")
        self._shared_part = shared
        self._shared_tree = parse_xml(self.package.read(shared)) if shared else None
        self._shared = self._shared_tree.getroot().findall("{*}si") if self._shared_tree is not None else []
        # What stands in a part that several sheets name is one text.
        self._used: set[int] = set()
        self._seen: set[str] = set()
        self.tables: list[Table] = []
        # The names in the first rows, where columns were asked for.
        self.headers: list[str] = []

    def _relations(self, part: str) -> list[tuple[str, str, str]]:
        """Where a part points to in the package: the last word of the kind, the part, the key."""
        folder, name = posixpath.split(part)
        path = posixpath.join(folder, "_rels", f"{name}.rels")
        if not self.package.has(path):
            return []
        found = []
        for relation in parse_xml(self.package.read(path)).getroot().iterfind("{*}Relationship"):
            target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", ""))).lstrip("/")
            if relation.get("TargetMode") != "External" and self.package.has(target):
                found.append((posixpath.basename(relation.get("Type", "")), target, relation.get("Id", "")))
        return found

    def slots(self, sheet: _Sheet, columns: Sequence[str] = ()) -> Iterator[_Slot]:
        """The strings of a sheet, each part of it only once; with `columns`, those of the cells below these names."""
        if sheet.part in self._seen:
            return
        self._seen.add(sheet.part)
        tree = parse_xml(self.package.read(sheet.part))
        if columns:
            yield from self._below(sheet, tree, columns)
            return
        relations = self._relations(sheet.part)
        tables = [
            table
            for kind, part, _ in relations
            if kind == "table"
            for table in tables_of(part, parse_xml(self.package.read(part)), sheet.part, tree)
        ]
        self.tables += tables
        headers = {cell: (table, at) for table in tables for at, cell in enumerate(table.cells)}
        for cell in tree.getroot().iterfind("{*}sheetData/{*}row/{*}c"):
            yield from self._cell(sheet, tree, cell, headers)
        for kind, part, _ in relations:
            if kind in ("comments", "threadedComment"):
                yield from self._comments(sheet, part)
            elif kind == "drawing":
                yield from self._drawing(sheet, part)

    def _below(self, sheet: _Sheet, tree: Any, columns: Sequence[str]) -> Iterator[_Slot]:
        """The cells below these names in the first row. What several cells share is each one's own: others may not be read."""
        rows = tree.getroot().findall("{*}sheetData/{*}row")
        names: dict[str, str] = {}
        for cell in rows[0].iterfind("{*}c") if rows else ():
            element = self._element(cell)[0]
            words = " ".join(one_line(RichString(element).value).split()) if element is not None else ""
            names[cell.get("r", "").rstrip("0123456789")] = words
        self.headers += names.values()
        for row in rows[1:]:
            for cell in row.iterfind("{*}c"):
                place = cell.get("r", "")
                if names.get(place.rstrip("0123456789"), "") not in columns or cell.find("{*}f") is not None:
                    continue
                element = self._element(cell)[0]
                if element is not None:
                    own = copy.deepcopy(element)
                    own.tail = None
                    string = RichString(own)
                    if string.spans:
                        yield _Slot(sheet.part, tree, string, one_line(f"{sheet.name}!{place}"), cell, own)

    def _element(self, cell: Any) -> tuple[Any, int]:
        """The element that holds a cell's string, None where it has none, and its number if it is shared, else -1."""
        if cell.get("t") == "inlineStr":
            return cell.find("{*}is"), -1
        if cell.get("t") != "s":
            return None, -1
        value = next((child for child in cell if local(child) == "v"), None)
        digits = own_text(value).strip() if value is not None else ""
        number = int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 10 else -1
        return (self._shared[number], number) if 0 <= number < len(self._shared) else (None, -1)

    def _cell(self, sheet: _Sheet, tree: Any, cell: Any, headers: Mapping[str, tuple[Table, int]]) -> Iterator[_Slot]:
        kind, place = cell.get("t"), cell.get("r", "")
        if kind not in ("s", "inlineStr") or any(local(child) == "f" for child in cell):
            return
        element, number = self._element(cell)
        part, owner = (self._shared_part, self._shared_tree) if number >= 0 else (sheet.part, tree)
        if element is None:
            return
        if place in headers:
            table, at = headers[place]
            table.headers[at] = (cell, element)
        if number in self._used:
            return
        if number >= 0:
            self._used.add(number)
        string = RichString(element)
        if string.spans:
            yield _Slot(part, owner, string, one_line(f"{sheet.name}!{place}"))

    def _comments(self, sheet: _Sheet, part: str) -> Iterator[_Slot]:
        if part in self._seen:
            return
        self._seen.add(part)
        tree = parse_xml(self.package.read(part))
        for comment in tree.getroot().iter("{*}comment", "{*}threadedComment"):
            words = comment.find("{*}text")
            if words is not None:
                string = RichString(words)
                if string.spans:
                    yield _Slot(part, tree, string, one_line(f"{sheet.name}!{comment.get('ref', '')}, comment"))

    def _drawing(self, sheet: _Sheet, part: str) -> Iterator[_Slot]:
        """The paragraphs in a drawing, then those in its charts."""
        if part in self._seen:
            return
        self._seen.add(part)
        tree = parse_xml(self.package.read(part))
        what = "chart" if local(tree.getroot()) == "chartSpace" else "drawing"
        for paragraph in tree.getroot().iter("{http://schemas.openxmlformats.org/drawingml/2006/main}p"):
            string = RichString(paragraph)
            if string.spans:
                yield _Slot(part, tree, string, one_line(f"{sheet.name}, {what}"))
        if what == "drawing":
            for kind, chart, _ in self._relations(part):
                if kind == "chart":
                    yield from self._drawing(sheet, chart)

    def follow(self, names: Mapping[str, str]) -> None:
        """Give sheets their new names and tables the new titles of their columns, and let formulas follow."""
        columns: dict[str, str] = {}
        for table in self.tables:
            columns.update(renamed_columns(table, self.changed))
        sheets = sheet_names([sheet.name for sheet in self.sheets], names)
        if sheets:
            for sheet in self.sheets:
                if sheet.name in sheets:
                    sheet.element.set("name", sheets[sheet.name])
            self.changed[self.part] = self.tree
        if not sheets and not columns:
            return
        marks = [name.encode() for name in (*sheets, *columns)]
        for part in self.package.names:
            if part.startswith("xl/") and part.endswith(".xml") and part != self._shared_part:
                tree = self.changed.get(part)
                if tree is None:
                    data = self.package.read(part)
                    if not any(mark in data for mark in marks):
                        continue
                    tree = parse_xml(data)
                if rename(tree, sheets, columns):
                    self.changed[part] = tree


def _give_own(cell: Any, words: Any) -> None:
    """Let a cell have the words of an element that was copied for it."""
    for child in list(cell):
        cell.remove(child)
    cell.set("t", "inlineStr")
    words.tag = words.tag.rpartition("}")[0] + "}is" if "}" in words.tag else "is"
    cell.append(words)
