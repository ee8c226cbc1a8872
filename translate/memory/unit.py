"""A unit of the translation memory, and how equal sources and equal surroundings are known."""

from __future__ import annotations

import dataclasses
import datetime
import hashlib
import unicodedata

# Best first: what a person confirmed, wrote, brought along; what a machine made.
STATES = ("confirmed", "edited", "imported", "machine")


@dataclasses.dataclass(frozen=True, slots=True)
class Unit:
    """A source text with its English: made by which engine under which glossary, by whom, when, in which document.

    `state`: one of STATES. `context`: `context_key` of the sentences around, "" if not known. `request`: what a machine
    was asked (translate.jobs.chunk.request_key), "" for a person's. `outcomes`: how each term came to stand, in order.
    """

    source: str
    target: str
    state: str = "imported"
    context: str = ""
    engine: str = ""
    glossary: str = ""
    request: str = ""
    who: str = ""
    document: str = ""
    made: datetime.datetime | None = None
    outcomes: tuple[str, ...] = ()

    @property
    def identity(self) -> str:
        """What a later unit must share to take this one's place.

        A machine's: the request. A person's: the text and its surroundings. Brought along: the pair itself.
        """
        if self.state == "machine":
            return _hash("machine", self.request or self.target, self.source, self.engine)
        if self.state == "imported":
            return _hash("imported", self.source, self.target)
        return _hash("person", self.source, self.context)


def source_key(source: str) -> str:
    """Equal for texts that differ only in width, composition and blanks."""
    return _hash(" ".join(unicodedata.normalize("NFKC", source).split()))


def context_key(before: str, after: str) -> str:
    """Of the sentences before and after a segment; "" at either end of a document."""
    return _hash("context", before, after)


def _hash(*parts: str) -> str:
    return hashlib.blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
