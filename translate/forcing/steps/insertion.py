"""Last resort: put the name, in brackets, at the end of the clause where its Chinese stands, for a person to place."""

from __future__ import annotations

import re
from collections.abc import Sequence

from translate.forcing.ledger import Occurrence, serve
from translate.forcing.steps.base import Draft, Means, Step

_SOURCE_CLAUSE = re.compile(r"[，,；;。！？!?：:]")
_TARGET_CLAUSE = re.compile(r"(?<!\d)[,;:](?=\s|$|[”\"’)])|[.!?](?=\s|$|[”\"’)])")


def _apply(draft: Draft, means: Means) -> str:
    text = draft.text
    # One name put in can take a word that served another one: look again after all.
    for _ in range(2 * len(draft.occurrences)):
        served = serve(text, draft.occurrences)
        taken = [span for span in served if span]
        places: dict[int, list[str]] = {}
        for occurrence, span in zip(draft.occurrences, served, strict=True):
            if span is None:
                at = _clause_end(draft.source, text, occurrence, taken)
                places.setdefault(at, []).append(f"({means.names.form(occurrence, 1)})")
        if not places:
            break
        for at, names in sorted(places.items(), reverse=True):
            gap = " " if text[:at].strip() else ""
            text = f"{text[:at]}{gap}{' '.join(names)}{text[at:]}"
    return text


def _clause_end(source: str, target: str, occurrence: Occurrence, taken: Sequence[tuple[int, int]]) -> int:
    """Offset in `target` of the end of the clause that lies as far into it as the occurrence's does into the source.

    Never inside a `taken` span.
    """
    body = source.rstrip()
    before = len(_SOURCE_CLAUSE.findall(body, 0, occurrence.start))
    clauses = max(1, len(_SOURCE_CLAUSE.findall(body[:-1])) + 1)
    ends = [hit.start() for hit in _TARGET_CLAUSE.finditer(target)]
    ends = [at for at in ends if not any(start < at < end for start, end in taken)]
    if not ends or ends[-1] < len(target.rstrip()) - 3:
        ends.append(len(target.rstrip()))
    return ends[min(len(ends) - 1, round(before / clauses * len(ends)))]


STEP = Step("insertion", "inserted", _apply)
