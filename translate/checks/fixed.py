"""Addresses and codes of the source that do not stand in the English as they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from translate.checks.base import Check
from translate.forcing.fixed import lost
from translate.forcing.ledger import LedgerRow


def _find(source: str, target: str, ledger: Sequence[LedgerRow]) -> Iterator[str]:
    for text in lost(source, target) if target.strip() else ():
        yield f"{text} is missing or changed"


CHECK = Check(
    "fixed",
    "Links and placeholders",
    "A web or mail address, a placeholder or a tag of the Chinese does not stand in the English letter for letter.",
    "error",
    _find,
    good=(
        ("详见https://www.iaea.org/zh。", "See https://www.iaea.org/zh."),
        ("共{count}份文件", "{count} documents in all"),
        ("增长5%", "Growth of 5 percent"),
    ),
    bad=(
        ("详见https://www.iaea.org/zh。", "See https://www.iaea.org/en."),
        ("共{count}份文件", "{Count} documents in all"),
        ("联系info@customs.gov.cn。", "Contact customs."),
    ),
)
