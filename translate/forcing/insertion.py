"""Last resort: put the name, in brackets, at the end of the clause where its Chinese stands, for a person to place."""

from __future__ import annotations

import re
from collections.abc import Sequence

from translate.forcing.ledger import Occurrence, serve

_SOURCE_CLAUSE = re.compile(r"[，,；;。！？!?：:]")
_TARGET_CLAUSE = re.compile(r"[,;:.!?](?=\s|$|[”\"’)])")


def insert(source: str, target: str, occurrences: Sequence[Occurrence]) -> str:
    """`target` with every name that is still missing, at the end of the clause that corresponds."""
    for occurrence, span in zip(occurrences, serve(target, occurrences), strict=True):
        if span is None:
            at = _clause_end(source, target, occurrence)
            gap = " " if target[:at].strip() else ""
            target = f"{target[:at]}{gap}({occurrence.expected}){target[at:]}"
    return target


def _clause_end(source: str, target: str, occurrence: Occurrence) -> int:
    """Offset in `target` of the end of the clause that lies as far into it as the occurrence's does into the source."""
    body = source.rstrip()
    before = len(_SOURCE_CLAUSE.findall(body, 0, occurrence.start))
    clauses = max(1, len(_SOURCE_CLAUSE.findall(body[:-1])) + 1)
    ends = [hit.start() for hit in _TARGET_CLAUSE.finditer(target)]
    if not ends or ends[-1] < len(target.rstrip()) - 3:
        ends.append(len(target.rstrip()))
    return ends[min(len(ends) - 1, round(before / clauses * len(ends)))]
