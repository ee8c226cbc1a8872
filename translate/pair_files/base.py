"""What a format of translated pairs is: bytes in, pairs out; the same pairs with new targets in, bytes out."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator
from typing import Any


class PairsError(Exception):
    """A file of pairs cannot be used. The message is one sentence for a person: what, where, what to do."""


@dataclasses.dataclass(frozen=True, slots=True)
class Pair:
    """A source text, its translation, and the document it belongs to ("" if none); `fields` is what else the row holds."""

    source: str
    target: str
    document: str = ""
    fields: dict[str, Any] = dataclasses.field(default_factory=dict)


@dataclasses.dataclass(frozen=True, slots=True)
class PairFile:
    """The pairs of a file in order, how many, in words what is wrong with the rows left out, and how to write it again.

    `pairs` may be gone through more than once, and need not be in memory at once. `render` is given the new targets, as
    many as there are pairs, and gives the new file piece by piece.
    """

    pairs: Iterable[Pair]
    count: int
    problems: list[str]
    render: Callable[[Iterable[str]], Iterator[bytes]]
