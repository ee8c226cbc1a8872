"""What no language changes: addresses, and codes that a program fills in. They are carried through an engine as names are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from translate.forcing.ledger import Occurrence

_FIXED = re.compile(
    r"(?:https?://|ftp://|www\.)[!-~]+"
    r"|(?<![\w.+-])[\w.+-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
    r"|\{\{?[A-Za-z_][\w.]*\}?\}|\{\d+\}|\$\{[\w.]+\}"
    r"|%\([A-Za-z_]\w*\)[sdif]|(?<![\d%])%(?:\d+\$)?[sd](?![A-Za-z])"
    r"|</?[A-Za-z][A-Za-z0-9]*(?:\s[^<>]{0,200})?/?>",
    re.ASCII,
)
# What stands behind an address and is none of it.
_BEHIND = ".,;:!?)]}>\"'"


def fixed_in(text: str) -> list[tuple[int, int]]:
    """Where such a thing stands in a text, in order: a web or mail address, {name}, %s, ${x}, a tag."""
    found = []
    for hit in _FIXED.finditer(text):
        end = hit.end()
        if hit.group()[:1] not in "{$%<":
            end = hit.start() + len(hit.group().rstrip(_BEHIND))
        if end > hit.start():
            found.append((hit.start(), end))
    return found


def with_fixed(source: str, occurrences: Sequence[Occurrence]) -> tuple[Occurrence, ...]:
    """The occurrences of names, and between them those of what is fixed and stands in no name."""
    free = [
        (start, end) for start, end in fixed_in(source) if all(end <= o.start or o.end <= start for o in occurrences)
    ]
    if not free:
        return tuple(occurrences)
    fixed = [Occurrence(a, b, source[a:b], source[a:b], source[a:b], (source[a:b],)) for a, b in free]
    return tuple(sorted([*occurrences, *fixed], key=lambda occurrence: occurrence.start))


def lost(source: str, target: str) -> list[str]:
    """What is fixed in the source and does not stand in the English as often, letter for letter."""
    wanted = Counter(source[start:end] for start, end in fixed_in(source))
    return [text for text, times in wanted.items() if target.count(text) < times]


def put_back(source: str, target: str) -> str:
    """The English with what was lost in it again: for a mangled form of it, else at the end, before the full stop."""
    for text in lost(source, target):
        mangled = re.compile(r"\s?".join(map(re.escape, text)), re.IGNORECASE)
        while text in lost(source, target):
            hit = next((one for one in mangled.finditer(target) if one.group() != text), None)
            if hit is not None:
                target = target[: hit.start()] + text + target[hit.end() :]
                continue
            stop = re.search(r"[.!?]?\s*$", target)
            at = stop.start() if stop else len(target)
            target = f"{target[:at]} {text}{target[at:]}".lstrip()
    return target
