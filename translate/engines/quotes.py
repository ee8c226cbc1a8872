"""Quotation marks of English that a machine wrote or will learn from."""

from __future__ import annotations

import re

_QUOTED = re.compile('"[^"]*"')


def closed_quotes(english: str) -> str:
    """Without blanks just within straight quotation marks, where every mark has its partner."""
    return _QUOTED.sub(lambda hit: f'"{hit[0][1:-1].strip()}"', english) if english.count('"') % 2 == 0 else english
