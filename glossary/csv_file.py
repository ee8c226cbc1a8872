"""The glossary CSV: one row a concept, in and out, byte-equal.

UTF-8 with BOM, so that Excel reads it right; lists inside a cell are separated by `|` (a literal `|` or `\\` escaped
with `\\`); cells that a spreadsheet would run as a formula get an apostrophe in front, which reading takes off again.
"""

from __future__ import annotations

import csv
import dataclasses
import io
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from documents.encoding import EncodingError, decode
from documents.files import write_text
from glossary.concept import CATEGORIES, ORIGINS, STATUSES, Concept

COLUMNS = tuple(field.name for field in dataclasses.fields(Concept))
_LISTS = ("source_variants", "target_variants", "forbidden")
_ALSO_KNOWN_AS = {
    "zh": "source",
    "chinese": "source",
    "term": "source",
    "en": "target",
    "english": "target",
    "translation": "target",
}
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_DEFUSED = re.compile(r"'+[=+\-@\t\r]")
_HAN = re.compile("[\u3400-\u9fff]")
_LIST_PART = re.compile(r"((?:[^|\\]|\\.|\\$)*)(\||$)", re.DOTALL)


class GlossaryError(Exception):
    """A glossary file cannot be used. The message is one sentence for a person: what, where, what to do."""


@dataclasses.dataclass(frozen=True, slots=True)
class Problem:
    """A row that was left out or mended, and why. `row` counts from 1, the header being row 1."""

    row: int
    text: str

    def __str__(self) -> str:
        return f"row {self.row}: {self.text}"


def defuse(cell: str) -> str:
    """`cell` made safe for a spreadsheet: what would run as a formula is marked as text."""
    return "'" + cell if _FORMULA.match(cell) else cell


def _restore(cell: str) -> str:
    return cell[1:] if _DEFUSED.match(cell) else cell


def join_list(parts: Iterable[str]) -> str:
    """One cell out of a list."""
    return "|".join(part.replace("\\", "\\\\").replace("|", "\\|") for part in parts)


def split_list(cell: str) -> tuple[str, ...]:
    """The list in one cell; empty parts are dropped."""
    parts = []
    at = 0
    while at <= len(cell) and (hit := _LIST_PART.match(cell, at)):
        parts.append(re.sub(r"\\(.)", r"\1", hit.group(1), flags=re.DOTALL))
        if not hit.group(2):
            break
        at = hit.end()
    return tuple(part for part in parts if part)


def write_rows(concepts: Iterable[Concept], separator: str = ",") -> str:
    """The CSV text of `concepts`, without the BOM that a file begins with."""
    return csv_text(COLUMNS, ([_cell(concept, column) for column in COLUMNS] for concept in concepts), separator)


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[object]], separator: str = ",") -> str:
    """CSV text of rows under a header, lines ended by \\n."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator, lineterminator="\n")
    # A lone carriage return ends a line for readers, but Python before 3.13 does not quote it.
    quoting = csv.writer(out, delimiter=separator, lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerow(columns)
    for row in rows:
        has_return = any(isinstance(cell, str) and "\r" in cell for cell in row)
        (quoting if has_return else writer).writerow(row)
    return out.getvalue()


def _cell(concept: Concept, column: str) -> str:
    value = getattr(concept, column)
    if column in _LISTS:
        return defuse(join_list(value))
    if column == "confidence":
        return format(round(value, 3), "g")
    return defuse(str(value))


def read_file(path: Path) -> tuple[list[Concept], list[Problem]]:
    """The concepts in a CSV or TSV file, and the rows left out. Raises GlossaryError when there is no glossary in it."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise GlossaryError(f"{path}: there is no such glossary; check the name.") from None
    except OSError as error:
        raise GlossaryError(f"{path}: cannot be read ({error.strerror}).") from None
    try:
        text = decode(data).text
    except EncodingError as error:
        raise GlossaryError(f"{path}: {error}; give the glossary as CSV or TSV in UTF-8.") from None
    try:
        return read_rows(text)
    except GlossaryError as error:
        raise GlossaryError(f"{path}: {error}") from None


def read_rows(text: str) -> tuple[list[Concept], list[Problem]]:
    """The concepts in CSV or TSV text; raises GlossaryError when it has no source column."""
    text = text.removeprefix("\ufeff")
    first = text.split("\n", 1)[0]
    separator = max("\t,;", key=first.count)
    csv.field_size_limit(10_000_000)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error as error:
        raise GlossaryError(f"is not readable as CSV ({error})") from None
    if not rows:
        raise GlossaryError("the glossary is empty; give at least the columns source and target")
    columns = [_column(name) for name in rows[0]]
    if "source" in columns:
        return _read_body(rows[1:], columns, 2)
    if len(rows[0]) >= 2 and _HAN.search(rows[0][0]):
        return _read_body(rows, ["source", "target"], 1)
    raise GlossaryError("no column is named source (or zh); name the columns source and target in the first row")


def _column(name: str) -> str:
    plain = name.strip().lower()
    return _ALSO_KNOWN_AS.get(plain, plain)


def _read_body(rows: list[list[str]], columns: list[str], first: int) -> tuple[list[Concept], list[Problem]]:
    concepts: list[Concept] = []
    problems: list[Problem] = []
    for number, row in enumerate(rows, first):
        if not any(cell.strip() for cell in row):
            continue
        cells = {name: _restore(cell) for name, cell in zip(columns, row, strict=False) if name in COLUMNS}
        if not cells.get("source", "").strip():
            problems.append(Problem(number, "has no source term and was left out."))
            continue
        try:
            concepts.append(_concept(cells))
        except ValueError as error:
            problems.append(Problem(number, f"{error}; the row was left out."))
    return concepts, problems


def _concept(cells: dict[str, str]) -> Concept:
    """A concept of the cells; raises ValueError in words a person understands."""
    values: dict[str, object] = {}
    for name, cell in cells.items():
        if name in _LISTS:
            values[name] = split_list(cell)
        elif name == "confidence":
            values[name] = _number(name, cell, 1.0)
        elif name in ("count", "documents"):
            values[name] = int(_number(name, cell, 0))
        else:
            values[name] = cell
    for name, allowed in (("category", ("", *CATEGORIES)), ("status", STATUSES), ("origin", ORIGINS)):
        if name in values and not values[name]:
            del values[name]
        elif name in values and values[name] not in allowed:
            raise ValueError(f"{name} is {str(values[name])[:40]!r}, not one of {', '.join(filter(None, allowed))}")
    return Concept(**values)  # type: ignore[arg-type]


def _number(name: str, cell: str, default: float) -> float:
    try:
        number = float(cell) if cell.strip() else default
    except ValueError:
        raise ValueError(f"{name} is {cell[:40]!r}, not a number") from None
    if not 0 <= number < 1e12:
        raise ValueError(f"{name} is {cell[:40]!r}, out of range")
    return number


def write_file(concepts: Iterable[Concept], path: Path) -> None:
    """Write the glossary CSV (tab-separated for .tsv) at `path`, whole or not at all."""
    separator = "\t" if path.suffix.lower() == ".tsv" else ","
    write_text(path, "\ufeff" + write_rows(concepts, separator))
