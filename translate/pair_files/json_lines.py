"""JSON Lines: one object a line with source, target and, if wanted, document; every other field passes through.

A file in UTF-8 is read line by line, as often as needed, and never in memory as a whole.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from documents.encoding import EncodingError, decode
from translate.pair_files.base import Pair, PairFile, PairsError

_BUFFER = 1 << 20


def read(data: bytes) -> PairFile:
    """The pairs; lines that are none are named. Raises PairsError."""
    try:
        text = decode(data).text.removeprefix("\ufeff")
    except EncodingError as error:
        raise PairsError(f"cannot be read ({error}).") from None
    return _file(lambda: io.StringIO(text, newline="\n"))


def read_file(path: Path) -> PairFile:
    """The same, a file in UTF-8 without taking it into memory. Raises PairsError, OSError."""
    try:
        return _file(lambda: path.open(encoding="utf-8-sig", newline="\n", buffering=_BUFFER))
    except UnicodeDecodeError:
        return read(path.read_bytes())


def _file(opened: Callable[[], Iterable[str]]) -> PairFile:
    pairs = _Pairs(opened)
    # Once through: how many there are, and what is wrong with the others.
    problems = [found for found in pairs.rows() if isinstance(found, str)]
    count = sum(1 for _ in pairs)

    def render(targets: Iterable[str]) -> Iterator[bytes]:
        return (_line(pair.fields, target) for pair, target in zip(pairs, targets, strict=True))

    return PairFile(pairs, count, problems, render)


class _Pairs:
    """The pairs of the lines that `opened` gives anew each time."""

    def __init__(self, opened: Callable[[], Iterable[str]]) -> None:
        self._opened = opened

    def __iter__(self) -> Iterator[Pair]:
        return (found for found in self.rows() if isinstance(found, Pair))

    def rows(self) -> Iterator[Pair | str]:
        """Each line's pair, or what is wrong with it."""
        lines = self._opened()
        try:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield _pair(number, line)
        finally:
            if isinstance(lines, io.IOBase):
                lines.close()


def _pair(number: int, line: str) -> Pair | str:
    try:
        fields = json.loads(line)
    except (ValueError, RecursionError):
        return f"line {number}: is not JSON; left out."
    if not isinstance(fields, dict) or not all(isinstance(fields.get(name), str) for name in ("source", "target")):
        return f"line {number}: has no text in source and target; left out."
    document = fields.get("document")
    return Pair(fields["source"], fields["target"], "" if document is None else str(document), fields)


def _line(fields: dict[str, Any], target: str) -> bytes:
    return json.dumps({**fields, "target": target}, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n"
