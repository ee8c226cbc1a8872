"""CSV with columns source, target and, if wanted, document; every other column passes through."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator

from documents.encoding import EncodingError, decode
from translate.outputs.csv_table import csv_lines
from translate.pair_files.base import Pair, PairFile, PairsError

# What writing put before a cell that a spreadsheet would run.
_DEFUSED = re.compile(r"'+[=+\-@\t\r]")


def read(data: bytes) -> PairFile:
    """The pairs. Raises PairsError."""
    csv.field_size_limit(10_000_000)
    try:
        text = decode(data).text.removeprefix("\ufeff")
        reader = csv.DictReader(io.StringIO(text, newline=""), restval="", restkey="_more")
        if not {"source", "target"} <= set(reader.fieldnames or ()):
            raise PairsError("has no columns named source and target.")
        rows = [{name: _plain(value) for name, value in row.items() if name != "_more"} for row in reader]
    except EncodingError as error:
        raise PairsError(f"cannot be read ({error}).") from None
    except csv.Error as error:
        raise PairsError(f"is not readable as CSV ({error}).") from None
    pairs = [Pair(row["source"], row["target"], row.get("document", ""), row) for row in rows]

    def render(targets: Iterable[str]) -> Iterator[bytes]:
        columns = list(dict.fromkeys(name for pair in pairs for name in pair.fields))
        filled = (
            [target if name == "target" else pair.fields.get(name, "") for name in columns]
            for pair, target in zip(pairs, targets, strict=True)
        )
        return csv_lines(columns, filled)

    return PairFile(pairs, len(pairs), [], render)


def _plain(cell: str) -> str:
    return cell[1:] if _DEFUSED.match(cell) else cell
