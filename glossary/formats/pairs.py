"""Term pairs for systems that know nothing of concepts, within the limits of each.

A concept gives one pair for each of its Chinese forms, all with its preferred English. Only names that are settled go
out, and only those that hold in every document: an engine's glossary has no scopes.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Sequence

from glossary.concept import Concept
from glossary.csv_file import GlossaryError
from glossary.formats.base import Written, left_out_sentence, number_of

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")


@dataclasses.dataclass(frozen=True, slots=True)
class Pair:
    """One line of an engine's glossary; `row` is the concept's row in ours."""

    row: int
    source: str
    target: str
    concept: Concept


@dataclasses.dataclass(frozen=True, slots=True)
class Limits:
    """What a system takes. Bytes are UTF-8; `forbidden` is what a term must not hold, said in `forbidden_words`."""

    system: str
    term_bytes: int = 0
    file_bytes: int = 0
    forbidden: re.Pattern[str] = _CONTROL
    forbidden_words: str = "control characters, tabs or line breaks"
    unique_sources: bool = True


def pairs_of(concepts: Sequence[Concept]) -> tuple[list[Pair], tuple[str, ...]]:
    """The pairs of the settled names, and what was passed over, in words."""
    pairs: list[Pair] = []
    unsettled = scoped = 0
    for position, concept in enumerate(concepts):
        if not concept.is_forced:
            unsettled += 1
        elif concept.scope:
            scoped += 1
        else:
            row = number_of(position)
            pairs.extend(Pair(row, form, concept.target, concept) for form in dict.fromkeys(concept.sources))
    notes = []
    if unsettled:
        notes.append(
            f"{_counted(unsettled, 'name')} not settled (candidates, rejected or without English) stayed here."
        )
    if scoped:
        notes.append(f"{_counted(scoped, 'short form')} that hold in one document only stayed here.")
    return pairs, tuple(notes)


def within(limits: Limits, pairs: Sequence[Pair]) -> tuple[list[Pair], tuple[str, ...]]:
    """The pairs that the system takes, and one sentence for each of its rules that others break."""
    broken: dict[str, list[tuple[int, str]]] = {}
    kept: list[Pair] = []
    seen: dict[str, str] = {}
    for pair in pairs:
        reason = _refusal(limits, pair) or _repeats(limits, pair, seen)
        if reason is None:
            kept.append(pair)
            seen[pair.source] = pair.target
        elif reason:
            broken.setdefault(reason, []).append((pair.row, pair.source))
    return kept, tuple(left_out_sentence(reason, found) for reason, found in broken.items())


def _refusal(limits: Limits, pair: Pair) -> str | None:
    """Which rule the terms of a pair break, None if none."""
    for term in (pair.source, pair.target):
        if not term.strip():
            return f"{limits.system} takes no empty term"
        if term != term.strip():
            return f"{limits.system} takes no blanks at the beginning or end of a term"
        if limits.forbidden.search(term):
            return f"{limits.system} takes no {limits.forbidden_words}"
        try:
            length = len(term.encode())
        except UnicodeEncodeError:
            return f"{limits.system} takes no broken characters"
        if limits.term_bytes and length > limits.term_bytes:
            return f"{limits.system} takes terms of at most {limits.term_bytes:,} bytes"
    return None


def _repeats(limits: Limits, pair: Pair, seen: dict[str, str]) -> str | None:
    """Why a second pair for the same Chinese stays out; "" where it says the same and nothing is lost."""
    if not limits.unique_sources or pair.source not in seen:
        return None
    if seen[pair.source] == pair.target:
        return ""
    return f"{limits.system} takes one English for a term and an earlier row gives it another"


def write_pairs(limits: Limits, concepts: Sequence[Concept], render: Callable[[Sequence[Pair]], str]) -> Written:
    """The file of the pairs that fit. Raises GlossaryError if the whole is more than the system takes."""
    pairs, notes = pairs_of(concepts)
    kept, left_out = within(limits, pairs)
    data = render(kept).encode()
    if limits.file_bytes and len(data) > limits.file_bytes:
        raise GlossaryError(
            f"{limits.system} takes files of at most {limits.file_bytes:,} bytes and this one would have {len(data):,}; "
            "nothing was written: export fewer names."
        )
    return Written(data, len(kept), left_out, notes)


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
