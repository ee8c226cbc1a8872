"""How a sentence is found again after a file has been elsewhere: by a short hash of its text, blanks aside."""

from __future__ import annotations

import hashlib
import re

from documents.formats.xml import NOT_IN_XML

_LENGTH = 12
_KEY = re.compile(r"([1-9]\d{0,8})-([0-9a-f]{12})")


def holdable(text: str) -> str:
    """`text`, as long as it was, with U+FFFD for each character that XML cannot hold."""
    return NOT_IN_XML.sub("\ufffd", text)


def is_blank(text: str) -> bool:
    """Whether nothing of `text` is seen in a file. Some blanks (a form feed) are no characters of XML, so seen as U+FFFD."""
    return not holdable(text).strip()


def fingerprint(text: str) -> str:
    """12 hex digits; the same for texts that differ in blanks, or in characters that XML cannot hold, only."""
    normal = " ".join(holdable(text).split())
    return hashlib.sha256(normal.encode()).hexdigest()[:_LENGTH]


def segment_key(index: int, source: str) -> str:
    """The id of a sentence in its document: its number from 1, and the fingerprint of its Chinese."""
    return f"{index + 1}-{fingerprint(source)}"


def parse_key(key: str) -> tuple[int, str] | None:
    """(index from 0, fingerprint of the Chinese) of an id that `segment_key` made; None for others."""
    found = _KEY.fullmatch(key)
    return (int(found[1]) - 1, found[2]) if found else None
