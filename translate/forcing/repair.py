"""Repair: find what stands in the English instead of the name, and put the right name there.

What may stand there, surest first: a form the glossary forbids, and the engine's own rendering of the term alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from translate.forcing.ledger import Occurrence, find_form, serve

# English of a term by itself, as the engine at hand renders it ("" if it has none).
OwnRendering = Callable[[str], str]

_ARTICLE = re.compile(r"\b(an?)(\s+)$", re.IGNORECASE)
_TITLE_WORD = re.compile(r"^(?:the\s+)", re.IGNORECASE)


def repair(target: str, occurrences: Sequence[Occurrence], own_rendering: OwnRendering) -> str:
    """`target` with the right name in place of each wrong rendering that can be found; each serves one occurrence."""
    right = {form.lower() for o in occurrences for form in o.accepted}
    for index in range(len(occurrences)):
        served = serve(target, occurrences)
        if served[index] is not None:
            continue
        span = _wrong_rendering(target, occurrences[index], [s for s in served if s], right, own_rendering)
        if span is not None:
            target = put(target, span, occurrences[index].expected)
    return _without_doubles(target)


def mend_case(target: str, occurrences: Sequence[Occurrence]) -> str:
    """`target` with each served name in its own capitals, a sentence's first letter aside."""
    spans = zip(serve(target, occurrences), occurrences, strict=True)
    for span, occurrence in sorted((s, o) for s, o in spans if s is not None):
        found = target[span[0] : span[1]]
        right = next((form for form in occurrence.accepted if found.lower().startswith(form.lower())), None)
        if right is None or found.startswith(right) or len(" ".join(found.split())) != len(found):
            continue
        if found[:1].isupper() and found[1:].startswith(right[1:]) and not right[:1].isupper():
            continue
        target = target[: span[0]] + right + found[len(right) :] + target[span[1] :]
    return target


def _wrong_rendering(
    target: str,
    occurrence: Occurrence,
    taken: list[tuple[int, int]],
    right_elsewhere: set[str],
    own_rendering: OwnRendering,
) -> tuple[int, int] | None:
    own = _TITLE_WORD.sub("", own_rendering(occurrence.text).strip().rstrip(".")).strip()
    # One short word alone is no evidence: it may be any word of the sentence.
    forms = [*occurrence.forbidden, *([own] if len(own) >= 4 else [])]
    # What is forbidden for this term may be right for another one that stands here.
    forms = [form for form in forms if form.lower() not in right_elsewhere]
    for form in sorted(forms, key=len, reverse=True):
        for start, end in find_form(target, form):
            if all(end <= left or right <= start for left, right in taken):
                return start, end
    return None


def put(target: str, span: tuple[int, int], name: str) -> str:
    """`target` with `name` in place of the span, the article before it mended."""
    before, after = target[: span[0]], target[span[1] :]
    article = _ARTICLE.search(before)
    if article:
        right = "an" if name[:1].lower() in "aeiou" or re.match(r"[AEFHILMNORSX][A-Z]", name) else "a"
        if article.group(1)[0].isupper():
            right = right.capitalize()
        before = before[: article.start()] + right + article.group(2)
    at_start = not before.strip() or before.rstrip().endswith((".", "!", "?"))
    if at_start and name[:1].islower():
        name = name[0].upper() + name[1:]
    return before + name + after


def _without_doubles(target: str) -> str:
    return re.sub(r"\b(the|a|an)(\s+\1)+\b", r"\1", target, flags=re.IGNORECASE)
