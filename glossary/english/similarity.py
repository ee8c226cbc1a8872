"""Whether an engine's rendering can be English of a name: it is Latin, of a likely length, and says some of the known words."""

from __future__ import annotations

import re

from glossary.english.parts import part

_LETTER = re.compile(r"[A-Za-z]")
_HAN = re.compile("[\u4e00-\u9fff]")


def resembles(chinese: str, english: str) -> bool:
    """Whether `english` is plausible for `chinese`: letters, 1–12 letters a character, and the words that we know of it."""
    letters = len(_LETTER.findall(english))
    characters = max(1, len(_HAN.findall(chinese)))
    if _HAN.search(english) or not characters <= letters <= 14 * characters:
        return False
    wanted = _known_words(chinese)
    said = {word[:5] for word in re.findall("[a-z]+", english.lower())}
    return not wanted or len(wanted & said) * 3 >= len(wanted)


def _known_words(chinese: str) -> set[str]:
    """The first letters of the English words of those parts of `chinese` that are known (places have many spellings)."""
    found: set[str] = set()
    at = 0
    while at < len(chinese):
        size = next((size for size in range(min(8, len(chinese) - at), 1, -1) if part(chinese[at : at + size])), 0)
        if size and (known := part(chinese[at : at + size])) and known.role != "place":
            found |= {word[:5] for word in re.findall("[a-z]{4,}", known.english.lower())}
        at += size or 1
    return found
