"""Restores abbreviations that the source sets in brackets behind a name and the English left out: 香港交易资料储存库（香港储存库）.

Where the name itself is missing because the abbreviation alone was written, the name takes its place first.
"""

from __future__ import annotations

import re

from translate.forcing.ledger import serve
from translate.forcing.mending import replace
from translate.forcing.steps.base import Draft, Means, Step

_BETWEEN = re.compile(r"[」』”》]?\s*[（(][「『“《]?(?:下称|下稱|简称|簡稱|即|以下简称|以下簡稱)?[「『“《]?")


def _apply(draft: Draft, means: Means) -> str:
    text = draft.text
    pairs = [
        (index - 1, index)
        for index in range(1, len(draft.occurrences))
        if _BETWEEN.fullmatch(draft.source[draft.occurrences[index - 1].end : draft.occurrences[index].start])
    ]
    for full, short in pairs:
        served = serve(text, draft.occurrences)
        first, second = served[full], served[short]
        if first is None and second is not None and text[: second[0]].rstrip()[-1:] != "(":
            name = means.names.form(draft.occurrences[full], 1, text[slice(*second)])
            name = draft.occurrences[full].expected if name == text[slice(*second)] else name
            text = replace(text, second, name, [span for span in served if span and span != second])
            served = serve(text, draft.occurrences)
            first, second = served[full], served[short]
        if first is not None and second is None:
            text = _behind(text, first[1], draft.occurrences[short].expected)
    return text


def _behind(text: str, at: int, name: str) -> str:
    """`text` with the name in brackets behind the offset, in place of other initials in brackets that stand there."""
    hit = re.match(r"\s*\(([^()]{1,24})\)", text[at:])
    if hit is not None and not re.search(r"\d", hit.group(1)):
        return f"{text[:at]} ({name}){text[at + hit.end() :]}"
    return f"{text[:at]} ({name}){text[at:]}"


STEP = Step("bracketed", "repaired", _apply)
