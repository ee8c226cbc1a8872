"""Names that are right already, in the style that was asked for: full, acronym, or full with the acronym and then that alone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from translate.forcing.ledger import Occurrence, serve
from translate.forcing.mending import capitalised
from translate.forcing.naming import Names, is_acronym


def restyled(text: str, occurrences: Sequence[Occurrence], mentions: Sequence[int], names: Names) -> str:
    """`text` with each served name in the form that the document's style gives it; nothing changes `as-source`."""
    if names.style == "as-source":
        return text
    served = [(span, index) for index, span in enumerate(serve(text, occurrences)) if span is not None]
    for (start, end), index in sorted(served, reverse=True):
        found = text[start:end]
        wanted = names.form(occurrences[index], mentions[index], found)
        bare = wanted.partition(" (")[0] if wanted.endswith(")") and "(" not in found else wanted
        behind = re.match(r"\s*\(([^()]*)\)", text[end:])
        if wanted != bare and behind and is_acronym(behind.group(1)):
            wanted = bare
        elif (
            is_acronym(wanted)
            and behind
            and behind.group(1).lower() in (f.lower() for f in occurrences[index].accepted)
        ):
            # "International Atomic Energy Agency (IAEA)" at a later mention becomes IAEA.
            end += behind.end()
        if found.lower() != wanted.lower() and not _same(found, wanted, text[:start]):
            text = text[:start] + capitalised(text[:start], wanted) + text[end:]
    return text


def _same(found: str, wanted: str, before: str) -> bool:
    """Whether a name is already in the style: an acronym in brackets behind its full name is what introduces it."""
    if before.endswith("(") and is_acronym(found):
        return True
    return is_acronym(found) == is_acronym(wanted) and "(" not in wanted
