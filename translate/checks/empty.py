"""No English at all, or the source copied."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from translate.checks.base import Check
from translate.forcing.ledger import LedgerRow


def _find(source: str, target: str, ledger: Sequence[LedgerRow]) -> Iterator[str]:
    if source.strip() and not target.strip():
        yield "there is no English"
    elif target.strip() == source.strip() and not source.isascii():
        yield "the English is a copy of the source"


CHECK = Check(
    "empty",
    "Empty or copied",
    "The segment has no English, or a copy of the Chinese.",
    "error",
    _find,
    good=(("海关。", "Customs."), ("IAEA", "IAEA")),
    bad=(("海关。", " "), ("海关。", "海关。")),
)
