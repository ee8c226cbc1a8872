"""Chinese characters left in the English."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from translate.checks.base import Check
from translate.forcing.ledger import LedgerRow

_HAN = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]+")


def _find(source: str, target: str, ledger: Sequence[LedgerRow]) -> Iterator[str]:
    left = _HAN.findall(target)
    if left:
        yield f"Chinese is left in the English: {' '.join(left)[:60]}"


CHECK = Check(
    "leftover_chinese",
    "Left-over Chinese",
    "Chinese characters stand in the English.",
    "error",
    _find,
    good=(("海关总署", "General Administration of Customs"),),
    bad=(("海关总署", "General Administration of 海关"),),
)
