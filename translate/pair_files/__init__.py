"""Formats of translated pairs, by file name. To add one is to add one module and one line here."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from translate.pair_files import csv_rows, json_lines, tmx, xliff
from translate.pair_files.base import Pair, PairFile, PairsError

FORMATS: dict[str, Callable[[bytes], PairFile]] = {
    ".jsonl": json_lines.read,
    ".json": json_lines.read,
    ".ndjson": json_lines.read,
    ".csv": csv_rows.read,
    ".tmx": tmx.read,
    ".xlf": xliff.read,
    ".xliff": xliff.read,
}


def read_pairs(path: Path) -> PairFile:
    """The pairs in a file. Raises PairsError."""
    reader = FORMATS.get(path.suffix.lower())
    try:
        if reader is json_lines.read:
            file = json_lines.read_file(path)
        else:
            data = path.read_bytes()
            if reader is None:
                reader = json_lines.read if data.lstrip(b"\xef\xbb\xbf \r\n").startswith(b"{") else csv_rows.read
            file = reader(data)
    except OSError as error:
        raise PairsError(f"{path}: cannot be read ({error.strerror}).") from None
    except PairsError as error:
        raise PairsError(f"{path}: {error}") from None
    if not file.count:
        raise PairsError(
            f"{path}: holds no pairs; give JSON Lines or CSV with the fields source and target, TMX or XLIFF."
        )
    return file


__all__ = ["FORMATS", "Pair", "PairFile", "PairsError", "read_pairs"]
