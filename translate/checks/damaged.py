"""A source that lost characters: what stands in the English there is a guess."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from translate.checks.base import Check
from translate.forcing.ledger import LedgerRow

_LOST = re.compile(r"[\ufffd\ue000-\uf8ff□]+|锟斤拷|烫烫烫|屯屯屯|[À-ÿ]{4,}|\?{3,}")


def _find(source: str, target: str, ledger: Sequence[LedgerRow]) -> Iterator[str]:
    lost = _LOST.findall(source)
    if lost:
        yield f"the source is damaged in {len(lost)} {'place' if len(lost) == 1 else 'places'}: {' '.join(lost)[:40]}"


CHECK = Check(
    "damaged_source",
    "Damaged source",
    "Characters of the source are lost, so the English there is a guess.",
    "warning",
    _find,
    good=(("天津海关表示欢迎。", "Tianjin Customs said it was welcome."), ("真的吗？", "Really?")),
    bad=(("天津海\ufffd表示欢迎。", "Tianjin said it was welcome."), ("锟斤拷海关", "Customs")),
)
