"""English far too short or too long for its Chinese: something is cut off, repeated or made up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from translate.checks.base import Check
from translate.forcing.ledger import LedgerRow

_HAN = re.compile("[\u3400-\u9fff]")
# English characters for a Chinese one: human translations lie between 2 and 6 (FLORES dev, 997 sentences: 1.6–6.6).
_LEAST, _MOST = 1.2, 9.0
_SHORT = 8


def _find(source: str, target: str, ledger: Sequence[LedgerRow]) -> Iterator[str]:
    han = len(_HAN.findall(source))
    names = sum(len(row.found) for row in ledger)
    named = sum(len(_HAN.findall(row.occurrence.text)) for row in ledger)
    # Names have a length of their own; the rest of the sentence is what is measured.
    han, length = han - named, len(target) - names
    if han < _SHORT or not target.strip():
        return
    if length < _LEAST * han:
        yield f"the English is very short ({len(target)} characters for {len(source)} of Chinese)"
    elif length > _MOST * han:
        yield f"the English is very long ({len(target)} characters for {len(source)} of Chinese)"


CHECK = Check(
    "length",
    "Length",
    "The English is far shorter or longer than such Chinese usually gives.",
    "warning",
    _find,
    good=(
        (
            "近年来天津海关始终高度重视实验室建设。",
            "In recent years Tianjin Customs has always attached great importance to laboratories.",
        ),
    ),
    bad=(
        ("近年来天津海关始终高度重视实验室建设。", "Recent years."),
        ("近年来天津海关始终高度重视实验室建设。", "in the years " * 20),
    ),
)
