"""Served names in their own capitals: "international atomic energy agency" becomes International Atomic Energy Agency."""

from __future__ import annotations

from collections.abc import Sequence

from translate.forcing.ledger import Occurrence, serve
from translate.forcing.mending import capitalised, in_heading
from translate.forcing.naming import best_cased
from translate.forcing.tokens import PROTECTED


def mend_case(target: str, occurrences: Sequence[Occurrence]) -> str:
    """`target` with each served name in its own capitals; a sentence's first letter and headings keep theirs.

    A name put into small letters may leave too few capitals for a heading: looked at again until nothing changes.
    """
    while (mended := _mended(target, occurrences)) != target:
        target = mended
    return target


def _mended(target: str, occurrences: Sequence[Occurrence]) -> str:
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
        if any(hit.start() < span[1] and span[0] < hit.end() for hit in PROTECTED.finditer(target)):
            continue
        right = capitalised(target[: span[0]], forms[0])
        if forms[0].islower() and in_heading(target, span):
            continue
        target = target[: span[0]] + right + found[len(right) :] + target[span[1] :]
    return target
