"""What every format of a glossary file is to the rest: something that writes concepts, knows its own files and reads them.

A format checks concepts against the limits of the program that will read the file *before* it writes: what that
program would refuse is left out and named, and a file that it would refuse as a whole is not written at all.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from typing import NamedTuple, Protocol

from documents.formats.xml import NOT_IN_XML
from glossary.concept import Concept
from glossary.csv_file import Problem

_MOST_NAMED = 12


@dataclasses.dataclass(frozen=True, slots=True)
class Written:
    """A file ready to be saved. `left_out`: one sentence for each rule that rows broke; `notes`: what it never carries."""

    data: bytes
    rows: int
    left_out: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class Read(NamedTuple):
    """What was read: concepts, and the rows that were left out."""

    concepts: list[Concept]
    problems: list[Problem]


class Format(Protocol):
    """One file format. `suffixes` are those it is usually saved under, the first one by default."""

    @property
    def name(self) -> str:
        """What `--to` calls it."""

    @property
    def suffixes(self) -> tuple[str, ...]:
        """Endings of its files, with the dot."""

    def write(self, concepts: Sequence[Concept], suffix: str = "") -> Written:
        """The file. Raises GlossaryError if the other program would refuse it as a whole."""

    def knows(self, data: bytes, suffix: str) -> bool:
        """Whether `data`, from a file with this ending, is of this format."""

    def read(self, data: bytes) -> Read:
        """The concepts in a file. Raises GlossaryError with one sentence if there are none to be had."""


def number_of(position: int) -> int:
    """The row of a concept in a glossary table: the header is row 1."""
    return position + 2


def rows_named(rows: Iterable[int]) -> str:
    """`row 3`, `rows 3, 7 and 9`, or the first dozen of many and how many more."""
    numbers = list(dict.fromkeys(rows))
    if len(numbers) == 1:
        return f"row {numbers[0]}"
    shown = [str(number) for number in numbers[:_MOST_NAMED]]
    if len(numbers) > _MOST_NAMED:
        return f"rows {', '.join(shown)} and {len(numbers) - _MOST_NAMED} more"
    return f"rows {', '.join(shown[:-1])} and {shown[-1]}"


def left_out_sentence(reason: str, found: Sequence[tuple[int, str]]) -> str:
    """One sentence on the rows (number, term) that were left out for `reason`."""
    were = "was" if len({row for row, _ in found}) == 1 else "were"
    example = found[0][1] if len(found[0][1]) <= 40 else found[0][1][:39] + "…"
    example = NOT_IN_XML.sub("\ufffd", " ".join(example.split()))
    sentence = f"{rows_named(row for row, _ in found)} {were} left out, {reason} ({example})."
    return sentence[0].upper() + sentence[1:]


def without_unwritable(concepts: Sequence[Concept]) -> tuple[list[tuple[int, Concept]], tuple[str, ...]]:
    """Concepts with their positions that XML can hold, and a sentence on those that it cannot."""
    kept, lost = [], []
    for position, concept in enumerate(concepts):
        texts = (*concept.sources, *concept.accepted, *concept.forbidden, concept.scope, concept.context, concept.note)
        if any(NOT_IN_XML.search(text) for text in texts):
            lost.append((number_of(position), concept.source))
        else:
            kept.append((position, concept))
    return kept, (left_out_sentence("XML cannot hold their control characters", lost),) if lost else ()
