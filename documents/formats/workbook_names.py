"""Names in a workbook that other parts repeat: of sheets, and of the columns of tables; formulas follow new ones."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping, Sequence
from typing import Any

from lxml import etree

from documents.formats.rich_strings import RichString
from documents.formats.strings import HAN, one_line

# Excel's limits for a sheet's name and for a formula.
_LONGEST_NAME, _LONGEST_FORMULA = 31, 10_000
_WIDEST = 16_384
_NOT_IN_NAME = re.compile(r"[\[\]:*?/\\]+")
_AREA = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Z]{1,3})\$?[0-9]{1,7})?")
_FORMULAS = frozenset("f formula formula1 formula2 definedName calculatedColumnFormula totalsRowFormula".split())
_SHEET = re.compile(r"'((?:[^']++|'')++)'!|(?<![\w.\]])(?:([\w.]++):)?([\w.]++)!")
_COLUMN = re.compile(r"\[([^\[\]]++)\]")


@dataclasses.dataclass(slots=True)
class Table:
    """A table of a sheet: its columns, the cells of its header, and of those with a string the cell and the string."""

    part: str
    tree: Any
    sheet_part: str
    sheet_tree: Any
    columns: list[Any]
    cells: list[str]
    headers: dict[int, tuple[Any, Any]]


def tables_of(part: str, tree: Any, sheet_part: str, sheet_tree: Any) -> list[Table]:
    """The table that a part describes, if it has a header in the sheet."""
    root = tree.getroot()
    area = _AREA.fullmatch(root.get("ref", ""))
    columns = root.findall("{*}tableColumns/{*}tableColumn")
    if area is None or root.get("headerRowCount") == "0" or len(columns) > _WIDEST:
        return []
    first = _number(area.group(1))
    cells = [f"{_letters(first + at)}{area.group(2)}" for at in range(len(columns))]
    return [Table(part, tree, sheet_part, sheet_tree, columns, cells, {})]


def renamed_columns(table: Table, changed: dict[str, Any]) -> dict[str, str]:
    """Give the columns the names that now stand in the header, each another one; what was renamed, and into what."""
    renamed: dict[str, str] = {}
    names = [column.get("name", "") for column in table.columns]
    headers = {at: cell for at, cell in table.headers.items() if at < len(names) and HAN.search(names[at])}
    taken = {name.lower(): 2 for at, name in enumerate(names) if at not in headers}
    for at, (cell, element) in headers.items():
        was = names[at]
        words = RichString(element).value
        name = _unique(one_line(words), taken, 255)
        if name == one_line(was) or one_line(words) == one_line(_unescaped(was)):
            continue
        if name != one_line(words):
            _set_inline(cell, name)
            changed[table.sheet_part] = table.sheet_tree
        table.columns[at].set("name", words.replace("\n", "_x000a_") if name == one_line(words) else name)
        changed[table.part] = table.tree
        renamed[was] = name
    return renamed


def _unescaped(name: str) -> str:
    return re.sub("_x000[aAdD]_", "\n", name)


def _set_inline(cell: Any, words: str) -> None:
    namespace = etree.QName(cell).namespace
    prefix = f"{{{namespace}}}" if namespace else ""
    for child in list(cell):
        cell.remove(child)
    cell.set("t", "inlineStr")
    etree.SubElement(etree.SubElement(cell, f"{prefix}is"), f"{prefix}t").text = words


def sheet_names(before: Sequence[str], wanted: Mapping[str, str]) -> dict[str, str]:
    """The new names of sheets, as Excel allows them: short, without some signs, each another one."""
    taken = {name.lower(): 2 for name in (*before, "history") if name not in wanted}
    found: dict[str, str] = {}
    for name, words in wanted.items():
        plain = " ".join(_NOT_IN_NAME.sub(" ", one_line(words)).split()).strip("' ")
        found[name] = _unique(plain or name, taken, _LONGEST_NAME)
    return {was: name for was, name in found.items() if was != name}


def _unique(name: str, taken: dict[str, int], longest: int) -> str:
    """`name`, cut at a word where it is too long, with a number behind it where it is taken; it then is taken, too."""
    short = name if len(name) <= longest else _cut(name, longest)
    result = short
    while result.lower() in taken:
        number = taken[short.lower()]
        taken[short.lower()] = number + 1
        result = f"{short[: longest - len(str(number)) - 1].rstrip()} {number}"
    taken[result.lower()] = 2
    return result


def _cut(name: str, longest: int) -> str:
    words = name[: longest + 1].rpartition(" ")[0]
    return (words if len(words) > longest // 2 else name[:longest]).strip("' ")


def rename(tree: Any, sheets: Mapping[str, str], columns: Mapping[str, str]) -> bool:
    """Let the formulas and links of a part follow new names; whether any did."""
    changed = False
    for element in tree.getroot().iter(etree.Element):
        name = etree.QName(element).localname
        if name in _FORMULAS and element.text and len(element.text) <= _LONGEST_FORMULA:
            new = _followed(element.text, sheets, columns)
            if new != element.text:
                element.text, changed = new, True
        elif name == "hyperlink" and element.get("location"):
            new = _followed(element.get("location")[:_LONGEST_FORMULA], sheets, {})
            if new != element.get("location"):
                element.set("location", new)
                changed = True
        elif name == "worksheetSource" and element.get("sheet") in sheets:
            element.set("sheet", sheets[element.get("sheet")])
            changed = True
    return changed


def _followed(formula: str, sheets: Mapping[str, str], columns: Mapping[str, str]) -> str:
    def sheet(hit: re.Match[str]) -> str:
        if hit.group(1) is not None:
            names = hit.group(1).replace("''", "'").split(":")
        else:
            names = [name for name in (hit.group(2), hit.group(3)) if name]
        if not any(name in sheets for name in names):
            return hit.group()
        first = ""
        # A1:name!B2 is an area, not the sheets from A1 on.
        if hit.group(2) and hit.group(2) not in sheets:
            first, names = f"{hit.group(2)}:", names[1:]
        return first + "'" + ":".join(sheets.get(name, name) for name in names).replace("'", "''") + "'!"

    def column(hit: re.Match[str]) -> str:
        new = columns.get(hit.group(1))
        return hit.group() if new is None else "[" + re.sub(r"(['\[\]#@])", r"'\1", new) + "]"

    followed = _SHEET.sub(sheet, formula) if sheets else formula
    return _COLUMN.sub(column, followed) if columns else followed


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - 64
    return number


def _letters(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
