"""A sentence of a reviewed file, whatever the file's format."""

from __future__ import annotations

import dataclasses

from translate.review.key import fingerprint, holdable

# In the workbook and the Word table a person writes one of these; everything else says nothing.
_CONFIRMED = frozenset("confirmed confirm approved final reviewed signed-off locked ok 已确认 确认".split())


class ReviewError(Exception):
    """The file is no review that can be read. The message ends a sentence that begins with its name."""


@dataclasses.dataclass(frozen=True, slots=True)
class ReviewRow:
    """What a file says of one sentence.

    `index` counts from 0; `source` is the fingerprint of the Chinese. `written` and `written_state` are the fingerprint and
    the state of the English that the file was made with, None and "" where it does not say; `glossary` and `engine` tell
    then what made it. `confirmed` is where the file says that the English is right. `place` is for a person.
    """

    document: str
    index: int
    source: str
    english: str
    confirmed: bool
    place: str
    chinese: str = ""
    written: str | None = None
    written_state: str = ""
    glossary: str = ""
    engine: str = ""

    @property
    def seen(self) -> str:
        """The fingerprint of the English in the file."""
        return fingerprint(self.english)

    @property
    def approves(self) -> bool:
        """Whether somebody has confirmed the sentence since the file was made."""
        return self.confirmed and self.written_state not in ("confirmed", "locked")


def says_confirmed(word: str) -> bool:
    """Whether the word under State means that the English is right."""
    return word.strip().lower().rstrip(".!。！") in _CONFIRMED


def one_line(text: str) -> str:
    """English as it is kept: no line ends, no blanks at its ends, U+FFFD for what XML cannot hold."""
    return " ".join(part.strip() for part in holdable(text).splitlines()).strip()
