"""English that breaks off in the middle of a sentence that the source ends."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from translate.checks.base import Check
from translate.forcing.ledger import LedgerRow

_SOURCE_ENDS = re.compile(r"[。！？!?；;][”’」』）)\"]*\s*$")
_OPEN_END = re.compile(
    r"(?:[,(\[“‘\-–—/&]|\b(?:the|an?|and|or|but|of|to|for|with|by|from|at|into|as|than|which|whose|because|their|its|our|between))\s*$",
    re.IGNORECASE,
)
# The end of the English is looked at, in characters.
_END = 40
_LIST_ITEM = re.compile(r"[;,]\s*(?:and|or)\s*$")


def _find(source: str, target: str, ledger: Sequence[LedgerRow]) -> Iterator[str]:
    end = max(0, len(target) - _END)
    # "…; and" ends an item of a list.
    if _SOURCE_ENDS.search(source) and not _LIST_ITEM.search(target, end) and (hit := _OPEN_END.search(target, end)):
        yield f"the English breaks off after “{target[max(0, hit.start() - 30) :].strip()}”"


CHECK = Check(
    "truncated",
    "Truncated",
    "The English breaks off where the source has a whole sentence.",
    "error",
    _find,
    good=(("天津海关表示欢迎。", "Tianjin Customs said it was welcome."), ("天津海关的", "of the")),
    bad=(("天津海关表示欢迎。", "Tianjin Customs said that the"), ("他来了，又走了。", "He came,")),
)
