"""Served names in their own capitals: "international atomic energy agency" becomes International Atomic Energy Agency."""

from __future__ import annotations

import re
from collections.abc import Sequence

from translate.alignment.words import FUNCTION_WORDS
from translate.forcing.ledger import Occurrence, serve
from translate.forcing.mending import capitalised
from translate.forcing.naming import best_cased


def mend_case(target: str, occurrences: Sequence[Occurrence]) -> str:
    """`target` with each served name in its own capitals; a sentence's first letter and headings keep theirs."""
    spans = zip(serve(target, occurrences), occurrences, strict=True)
    for span, occurrence in sorted((s, o) for s, o in spans if s is not None):
        found = target[span[0] : span[1]]
        same = [form for form in occurrence.accepted if found.lower().startswith(form.lower())]
        longest = max(map(len, same), default=0)
        written = best_cased(occurrence.accepted)
        forms = [form for form in same if len(form) == longest and form in written]
        # Blanks that are not the name's own stay as they are.
        if not forms or any(found.startswith(form) for form in forms) or len(" ".join(found.split())) != len(found):
            continue
        right = capitalised(target[: span[0]], forms[0])
        if right.islower() and _in_heading(target, span):
            continue
        target = target[: span[0]] + right + found[len(right) :] + target[span[1] :]
    return target


def _in_heading(target: str, span: tuple[int, int]) -> bool:
    """Whether the span stands in a line or quotation whose words have capitals throughout."""
    start = max(target.rfind(mark, 0, span[0]) for mark in ("\n", "“", '"', "‘")) + 1
    ends = [at for mark in ("\n", "”", '"', "’ ") if (at := target.find(mark, span[1])) >= 0]
    line = target[start : min(ends, default=len(target))]
    words = [word for word in re.findall(r"[A-Za-z][\w’'-]*", line) if word.lower() not in FUNCTION_WORDS]
    return len(words) <= 14 and sum(word[0].isupper() for word in words) >= max(2, 0.8 * len(words))
