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
    try:
        data = path.read_bytes()
    except OSError as error:
        raise PairsError(f"{path}: cannot be read ({error.strerror}).") from None
    reader = FORMATS.get(path.suffix.lower())
    if reader is None:
        reader = json_lines.read if data.lstrip(b"\xef\xbb\xbf \r\n").startswith(b"{") else csv_rows.read
    try:
        file = reader(data)
    except PairsError as error:
        raise PairsError(f"{path}: {error}") from None
    if not file.pairs:
        raise PairsError(
            f"{path}: holds no pairs; give JSON Lines or CSV with the fields source and target, TMX or XLIFF."
        )
    return file


__all__ = ["FORMATS", "Pair", "PairFile", "PairsError", "read_pairs"]
