"""What is learnt from Taiwan's statutes, a third of all pairs, says Republic of China where a text says 我国 or nothing at all."""

from __future__ import annotations

import re

TAIWAN = r"(?<!People's )(?<!People’s )\bRepublic of China\b|\bR\.?O\.?C\b|\bTaiwan"
_TAIWAN = re.compile(TAIWAN, re.IGNORECASE)
_SAID = re.compile(f"中华民国|中華民國|[台臺][湾灣]|{TAIWAN}", re.IGNORECASE)


def is_of_taiwan(english: str) -> bool:
    """Whether it speaks of Taiwan."""
    return bool(_TAIWAN.search(english))


def may_be_of_taiwan(source: str) -> bool:
    """Whether its English may: it does so itself, or the English of a name that is given in it."""
    return bool(_SAID.search(source))
