"""JSON Lines: one object a line with source, target and, if wanted, document; every other field passes through."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from documents.encoding import EncodingError, decode
from translate.pair_files.base import Pair, PairFile, PairsError


def read(data: bytes) -> PairFile:
    """The pairs; lines that are none are named. Raises PairsError."""
    try:
        text = decode(data).text.removeprefix("\ufeff")
    except EncodingError as error:
        raise PairsError(f"cannot be read ({error}).") from None
    pairs: list[Pair] = []
    problems: list[str] = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            fields = json.loads(line)
        except (ValueError, RecursionError):
            problems.append(f"line {number}: is not JSON; left out.")
            continue
        if not isinstance(fields, dict) or not all(isinstance(fields.get(name), str) for name in ("source", "target")):
            problems.append(f"line {number}: has no text in source and target; left out.")
        else:
            document = fields.get("document")
            pairs.append(Pair(fields["source"], fields["target"], "" if document is None else str(document), fields))

    def render(targets: Sequence[str]) -> bytes:
        return "".join(_line(pair.fields, target) for pair, target in zip(pairs, targets, strict=True)).encode()

    return PairFile(pairs, problems, render)


def _line(fields: dict[str, Any], target: str) -> str:
    return (
        json.dumps({**fields, "target": target}, ensure_ascii=False).encode("utf-8", "backslashreplace").decode() + "\n"
    )
