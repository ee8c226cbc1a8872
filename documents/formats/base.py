"""What a document format is: a way from the bytes of a file to its texts, and back into the same file.

A file is a list of texts in reading order: paragraphs, cells, subtitles. Cleaning, segmentation and translation see them
as the lines of one raw text; `fill` puts other texts in their places and leaves everything else as it was.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from typing import ClassVar, Protocol

# Every character that ends a line for some program; none stands in a text of a document.
LINE_ENDS = "\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"


class FormatError(Exception):
    """The bytes are no document of the format. The message ends a sentence about the file: "is not …; do …"."""


_MOST_NAMED = 30


def require_columns(wanted: Sequence[str], present: Iterable[str], what: str = "column") -> None:
    """Raise FormatError where a column of that name is not among those present, whose names it lists."""
    names = list(dict.fromkeys(name for name in present if name))
    missing = next((name for name in wanted if name not in names), None)
    if missing is not None:
        told = ", ".join(names[:_MOST_NAMED]) + (" …" if len(names) > _MOST_NAMED else "")
        raise FormatError(f"has no {what} {missing}; it has {told or 'none with a name'}.")


@dataclasses.dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a text, in characters from `start` up to `end`, that is set in a way of its own: bold, a link.

    `code` means something to the format that made it, and is unique among the codes of its text: it goes back to `fill`.
    An empty stretch (start == end) is a thing between characters: a picture, a footnote's sign.
    """

    start: int
    end: int
    code: int


@dataclasses.dataclass(frozen=True, slots=True)
class Text:
    """One text of a document, without line ends, and the marks in it. `place` says for a person where it stands."""

    text: str
    marks: tuple[Mark, ...] = ()
    place: str = ""


class Format(Protocol):
    """A document format. `read` and `fill` raise FormatError only, whatever the bytes are, in bounded time and memory."""

    name: ClassVar[str]
    title: ClassVar[str]
    # What `fill` keeps, in a few words for the README; "" where the format cannot be written.
    keeps: ClassVar[str]

    def read(self, data: bytes) -> list[Text]:
        """The texts in reading order; none of them empty or blank, none with a line end in it."""
        ...

    def only(self, columns: Sequence[str]) -> Format:
        """The format that reads and fills nothing but the columns, or fields, of these names; itself where it has none.

        A file that lacks one of them is refused with the names that are there.
        """
        return self

    def notes(self, data: bytes) -> list[str]:
        """What `read` has to leave out, each as the end of a sentence about the file: "page 3 is a picture without text"."""
        return []

    def fill(self, data: bytes, texts: Mapping[int, Text]) -> bytes:
        """The same file with other texts, by their number in `read`; all others, and everything else, stay as they are.

        With no texts, or those that `read` gave, the result is an equal document.
        """
        ...
