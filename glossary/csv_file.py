"""The glossary CSV: one row a concept, in and out, byte-equal.

UTF-8 with BOM, so that Excel reads it right; lists inside a cell are separated by `|` (a literal `|` or `\\` escaped
with `\\`); cells that a spreadsheet would run as a formula get an apostrophe in front, which reading takes off again.
"""

from __future__ import annotations

import csv
import dataclasses
import functools
import io
import itertools
import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from documents.files import write_text
from glossary.bulk import collector_paused
from glossary.concept import CATEGORIES, ORIGINS, STATUSES, Concept

COLUMNS = tuple(field.name for field in dataclasses.fields(Concept))
_LISTS = ("source_variants", "target_variants", "forbidden")
_ALSO_KNOWN_AS = {
    "source": "zh zh-cn zh-hans zh-sg cn chs chinese simplified term 中文 汉语 汉语名称 中文名称 原文 术语".split(),
    "target": "en en-us en-gb eng english translation 英文 英语 英文名称 译文".split(),
    "note": "description comment comments notes remark remarks 备注 说明".split(),
}
# Only where no other column holds the Chinese.
_TRADITIONAL = ("zh-tw", "zh-hk", "zh-hant", "zh-mo")
_MEANING = {other: name for name, others in _ALSO_KNOWN_AS.items() for other in others}
_LANGUAGE = re.compile(r"[A-Za-z]{2}(-[A-Za-z]{2,4})?")
# Rows of a list without a header that are looked at to tell which column is the Chinese one.
_SAMPLE = 200
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_DEFUSED = re.compile(r"'+[=+\-@\t\r]")
_HAN = re.compile("[\u3400-\u9fff]")
_QUOTED = re.compile(r'"[^\t]*"(\t|$)')
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
    return cell[1:] if cell[:1] == "'" and _DEFUSED.match(cell) else cell


def join_list(parts: Iterable[str]) -> str:
    """One cell out of a list."""
    return "|".join(part.replace("\\", "\\\\").replace("|", "\\|") for part in parts)


def split_list(cell: str) -> tuple[str, ...]:
    """The list in one cell; empty parts are dropped."""
    if "\\" not in cell:
        return tuple(part for part in cell.split("|") if part)
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
    return csv_row(columns, separator) + "".join(csv_row(row, separator) for row in rows)


def csv_row(row: Sequence[object], separator: str = ",") -> str:
    """One row as CSV, ended by \\n."""
    out = io.StringIO()
    # A lone carriage return ends a line for readers, but Python before 3.13 does not quote it.
    has_return = any(isinstance(cell, str) and "\r" in cell for cell in row)
    csv.writer(
        out,
        delimiter=separator,
        lineterminator="\n",
        quoting=csv.QUOTE_ALL if has_return else csv.QUOTE_MINIMAL,
    ).writerow(row)
    return out.getvalue()


def _cell(concept: Concept, column: str) -> str:
    value = getattr(concept, column)
    if column in _LISTS:
        return defuse(join_list(value))
    if column == "confidence":
        return format(round(value, 3), "g")
    return defuse(str(value))


def read_rows(text: str) -> tuple[list[Concept], list[Problem]]:
    """The concepts in CSV or TSV text, with a header or without; raises GlossaryError when no column is Chinese."""
    text = text.removeprefix("\ufeff")
    first = next((line for line in text.split("\n", 50) if line.strip() and not line.startswith("#")), "")
    separator = "\t" if "\t" in first else max(",;", key=first.count)
    # A tab-separated list without a header quotes nothing, unless it quotes everything.
    bare = separator == "\t" and "source" not in _header(_split(first, separator)) and not _QUOTED.match(first)
    csv.field_size_limit(10_000_000)
    lines = io.StringIO(text, newline="")
    try:
        with collector_paused():
            rows = list(csv.reader(lines, delimiter=separator, quoting=csv.QUOTE_NONE if bare else csv.QUOTE_MINIMAL))
    except csv.Error as error:
        raise GlossaryError(f"is not readable as CSV ({error})") from None
    return read_table(rows, comments=separator == "\t")


def read_table(rows: Iterable[list[str]], comments: bool = False) -> tuple[list[Concept], list[Problem]]:
    """The concepts in rows of cells, with a header or without; `comments`: rows of a bare list that begin with # are none."""
    numbered = [(number, row) for number, row in enumerate(rows, 1) if any(cell.strip() for cell in row)]
    first = next((at for at, (_, row) in enumerate(numbered) if not (comments and row[0].startswith("#"))), None)
    if first is None:
        raise GlossaryError("the glossary is empty; give at least the columns source and target")
    columns = _header(numbered[first][1])
    if "source" in columns:
        return _read_body(numbered[first + 1 :], columns)
    if comments:
        numbered = [(number, row) for number, row in numbered if not row[0].startswith("#")]
    return _read_body(numbered, _columns_without_header([row for _, row in numbered[:_SAMPLE]]))


def _split(line: str, separator: str) -> list[str]:
    return next(csv.reader([line.rstrip("\r")], delimiter=separator), [])


def _header(names: Sequence[str]) -> list[str]:
    """The field that each column of a header means, "" for none; the first of two that mean the same holds it."""
    plain = [re.sub("[ _]", "-", name.strip().lower()) for name in names]
    meant = [name.replace("-", "_") if name.replace("-", "_") in COLUMNS else _MEANING.get(name, "") for name in plain]
    if "source" not in plain and any(_HAN.search(name) and not was for name, was in zip(plain, meant, strict=True)):
        # A row of a list that ends in language codes, not a header.
        return [""] * len(meant)
    if "source" not in meant:
        meant = ["source" if name in _TRADITIONAL else was for name, was in zip(plain, meant, strict=True)]
    return [name if name not in meant[:at] else "" for at, name in enumerate(meant)]


def _columns_without_header(sample: Sequence[Sequence[str]]) -> list[str]:
    """What the columns of a list without a header hold: the Chinese, the English, then languages or a note."""
    pairs = [row for row in sample if len(row) >= 2]
    chinese = [sum(bool(_HAN.search(row[at])) for row in pairs) for at in (0, 1)]
    if not any(chinese):
        raise GlossaryError("no column is named source (or zh); name the columns source and target in the first row")
    first_two = ["source", "target"] if chinese[0] >= chinese[1] else ["target", "source"]
    rest = pairs[0][2:]
    languages = len(rest) >= 2 and all(_LANGUAGE.fullmatch(cell.strip()) for cell in rest[:2])
    return [*first_two, "" if languages else "note"]


def _read_body(rows: Sequence[tuple[int, list[str]]], columns: Sequence[str]) -> tuple[list[Concept], list[Problem]]:
    with collector_paused():
        concepts = _read_columns([row for _, row in rows], columns)
        return (concepts, []) if concepts is not None else _read_one_by_one(rows, columns)


def _read_columns(rows: Sequence[Sequence[str]], columns: Sequence[str]) -> list[Concept] | None:
    """The concepts of a table without any fault, column by column (three times as fast); None if there is a fault."""
    if not rows or set(map(len, rows)) != {len(columns)}:
        return None
    cells = {name: column for name, column in zip(columns, zip(*rows, strict=True), strict=True) if name}
    if not all(map(str.strip, cells["source"])):
        return None
    try:
        values = [
            map(_READ_CELL.get(name, _restore), cells[name]) if name in cells else itertools.repeat(default)
            for name, default in _DEFAULTS.items()
        ]
        return list(map(Concept, *values))
    except ValueError:
        return None


def _read_one_by_one(
    rows: Iterable[tuple[int, list[str]]], columns: Sequence[str]
) -> tuple[list[Concept], list[Problem]]:
    """The concepts of the rows that are without fault, and what is wrong with the others."""
    concepts: list[Concept] = []
    problems: list[Problem] = []
    places = [(at, name, _READ_CELL.get(name, _restore)) for at, name in enumerate(columns) if name]
    for number, row in rows:
        try:
            values = {name: read(row[at]) for at, name, read in places if at < len(row)}
            if not values.get("source", "").strip():
                problems.append(Problem(number, "has no source term and was left out."))
                continue
            concepts.append(Concept(**values))
        except ValueError as error:
            problems.append(Problem(number, f"{error}; the row was left out."))
    return concepts, problems


def _list_cell(cell: str) -> tuple[str, ...]:
    return split_list(_restore(cell)) if cell else ()


def _one_of(name: str, allowed: Sequence[str]) -> Callable[[str], str]:
    @functools.lru_cache(64)
    def read(cell: str) -> str:
        value = _restore(cell) or str(_DEFAULTS[name])
        if value and value not in allowed:
            raise ValueError(f"{name} is {value[:40]!r}, not one of {', '.join(allowed)}")
        return value

    return read


def _number(name: str) -> Callable[[str], float]:
    @functools.lru_cache(4096)
    def read(cell: str) -> float:
        try:
            number = float(cell) if cell.strip() else _DEFAULTS[name]
        except ValueError:
            raise ValueError(f"{name} is {cell[:40]!r}, not a number") from None
        if not 0 <= number < 1e12:
            raise ValueError(f"{name} is {cell[:40]!r}, out of range")
        return number if name == "confidence" else int(number)

    return read


_DEFAULTS: dict[str, Any] = {
    field.name: "" if field.default is dataclasses.MISSING else field.default for field in dataclasses.fields(Concept)
}
_READ_CELL: dict[str, Callable[[str], Any]] = {
    **dict.fromkeys(_LISTS, _list_cell),
    "category": _one_of("category", CATEGORIES),
    "status": _one_of("status", STATUSES),
    "origin": _one_of("origin", ORIGINS),
    **{name: _number(name) for name in ("confidence", "count", "documents")},
}


def write_file(concepts: Iterable[Concept], path: Path) -> None:
    """Write the glossary CSV (tab-separated for .tsv) at `path`, whole or not at all."""
    separator = "\t" if path.suffix.lower() == ".tsv" else ","
    write_text(path, "\ufeff" + write_rows(concepts, separator))
