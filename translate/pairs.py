"""Translations made elsewhere, as pairs in JSON Lines or CSV: read, terms forced in, written back with all their fields."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from documents.encoding import EncodingError, decode
from documents.files import write_text
from glossary import Glossary
from translate import enforce
from translate.forcing.ledger import LedgerRow
from translate.outputs.csv_table import LEDGER_COLUMNS, to_csv

_FIELDS = ("source", "target")


class PairsError(Exception):
    """A file of pairs cannot be used. The message is one sentence for a person: what, where, what to do."""


@dataclasses.dataclass(frozen=True, slots=True)
class Pair:
    """One row of the file: all its fields as they were, the new target, and its ledger."""

    fields: dict[str, Any]
    ledger: tuple[LedgerRow, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class PairFile:
    """The pairs of a file, what is wrong with the rows left out, and whether it is JSON Lines (else CSV)."""

    pairs: list[Pair]
    problems: list[str]
    is_json: bool


def read_pairs(path: Path) -> PairFile:
    """The pairs in a JSON Lines or CSV file. Raises PairsError."""
    try:
        text = decode(path.read_bytes()).text.removeprefix("\ufeff")
    except (OSError, EncodingError) as error:
        raise PairsError(f"{path}: cannot be read ({getattr(error, 'strerror', None) or error}).") from None
    is_json = path.suffix.lower() in (".jsonl", ".json", ".ndjson") or text.lstrip().startswith("{")
    rows, problems = _json_rows(text) if is_json else _csv_rows(text)
    if not rows:
        raise PairsError(f"{path}: holds no pairs; give JSON Lines or CSV with the fields source and target.")
    return PairFile(rows, problems, is_json)


def _json_rows(text: str) -> tuple[list[Pair], list[str]]:
    rows: list[Pair] = []
    problems: list[str] = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            fields = json.loads(line)
        except (ValueError, RecursionError):
            problems.append(f"line {number}: is not JSON; left out.")
            continue
        if not isinstance(fields, dict) or not all(isinstance(fields.get(name), str) for name in _FIELDS):
            problems.append(f"line {number}: has no text in source and target; left out.")
        else:
            rows.append(Pair(fields))
    return rows, problems


def _csv_rows(text: str) -> tuple[list[Pair], list[str]]:
    csv.field_size_limit(10_000_000)
    try:
        reader = csv.DictReader(io.StringIO(text, newline=""), restval="", restkey="_more")
        if not set(_FIELDS) <= set(reader.fieldnames or ()):
            return [], []
        return [Pair(dict(row)) for row in reader], []
    except csv.Error as error:
        return [], [f"not readable as CSV ({error})."]


def enforce_pairs(pairs: Sequence[Pair], glossary: Glossary, tell: Callable[[], None] = lambda: None) -> list[Pair]:
    """Each pair with the glossary's names forced into its target."""
    done = []
    for pair in pairs:
        forced = enforce(pair.fields["source"], pair.fields["target"], glossary, str(pair.fields.get("document", "")))
        done.append(Pair({**pair.fields, "target": forced.text}, forced.ledger))
        tell()
    return done


def write_pairs(pairs: Sequence[Pair], is_json: bool, out: Path, term_ledger: Path | None) -> None:
    """Write the pairs as JSON Lines or CSV, and the term ledger. Raises PairsError."""
    if is_json:
        text = "".join(json.dumps(pair.fields, ensure_ascii=False) + "\n" for pair in pairs)
    else:
        columns = list(dict.fromkeys(name for pair in pairs for name in pair.fields))
        text = to_csv(columns, [[pair.fields.get(name, "") for name in columns] for pair in pairs])
    try:
        write_text(out, text)
        if term_ledger is not None:
            write_text(term_ledger, to_csv(LEDGER_COLUMNS, _ledger_rows(pairs)))
    except OSError as error:
        raise PairsError(f"{out}: cannot be written ({error.strerror}).") from None


def _ledger_rows(pairs: Sequence[Pair]) -> list[Sequence[object]]:
    rows: list[Sequence[object]] = []
    for number, pair in enumerate(pairs, 1):
        for row in pair.ledger:
            o = row.occurrence
            where = (str(pair.fields.get("document", "")), number, o.concept, o.text, o.start, o.end, o.expected)
            rows.append((*where, row.found, row.target_start, row.target_end, row.outcome))
    return rows
