"""Reading the Word table back: its rows are found by the signs under their numbers; tracked changes count as accepted."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from documents.formats.packed import Package
from documents.formats.xml import parse_xml
from translate.outputs.word_table import COLUMNS, PROPERTY
from translate.review.key import fingerprint
from translate.review.row import ReviewError, ReviewRow, one_line, says_confirmed

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SIGNS = re.compile(r"\s*([1-9]\d{0,8})\s+([0-9a-f]{12})\s+([0-9a-f]{12}|-)\s+([a-z-])\s*")
_STATES = {"m": "machine", "e": "edited", "c": "confirmed", "l": "locked"}
# What a reviewer has taken out, and what is there twice for older programs.
_GONE = frozenset(
    (f"{_W}del", f"{_W}moveFrom", "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback")
)
_BLANKS = frozenset((f"{_W}tab", f"{_W}br", f"{_W}cr"))


def read(package: Package) -> list[ReviewRow]:
    """The sentences. Raises ReviewError or FormatError."""
    root = parse_xml(package.read("word/document.xml")).getroot()
    name = _name(package) or _title(root)
    rows = []
    for row in root.iter(f"{_W}tr"):
        cells = [cell for cell in row.iter(f"{_W}tc") if next(cell.iterancestors(f"{_W}tr")) is row]
        found = _SIGNS.fullmatch(_text(cells[0])) if cells else None
        if found is None or row.find(f"{_W}trPr/{_W}del") is not None:
            continue
        if len(cells) < len(COLUMNS) - 1:
            raise ReviewError(f"lacks columns in the row of sentence {found[1]}; take the file as it was written.")
        written = fingerprint("") if found[3] == "-" else found[3]
        english, confirmed = one_line(_text(cells[2])), says_confirmed(_text(cells[3]))
        place, chinese = f"row {found[1]}", one_line(_text(cells[1]))
        rows.append(
            ReviewRow(
                name,
                int(found[1]) - 1,
                found[2],
                english,
                confirmed,
                place,
                chinese,
                written,
                _STATES.get(found[4], ""),
            )
        )
    return rows


def _name(package: Package) -> str:
    if not package.has("docProps/custom.xml"):
        return ""
    for one in parse_xml(package.read("docProps/custom.xml")).getroot():
        if one.get("name") == PROPERTY:
            return "".join(str(part) for part in one.itertext()).strip()
    return ""


def _title(root: etree._Element) -> str:
    """The first line of the document, where a word processor has dropped the property."""
    texts = (_text(paragraph).strip() for paragraph in root.iterfind(f"{_W}body/{_W}p"))
    return next((text for text in texts if text), "")


def _text(element: etree._Element) -> str:
    return "".join(_parts(element))


def _parts(element: etree._Element) -> Iterator[str]:
    gone = 0
    for event, node in etree.iterwalk(element, events=("start", "end")):
        if node.tag in _GONE:
            gone += 1 if event == "start" else -1
        elif gone:
            continue
        elif event == "start" and node.tag == f"{_W}t":
            yield node.text or ""
        elif event == "start" and node.tag in _BLANKS:
            yield " "
        elif event == "end" and node.tag == f"{_W}p":
            yield "\n"
