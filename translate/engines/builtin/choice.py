"""Which of two translations of a text is taken: the model's, which reads well, or the draft's, which leaves nothing out."""

from __future__ import annotations

import collections
import re

from translate.alignment.unrendered import rendered_share
from translate.checks import negation, numbers
from translate.engines.tags import TAGGED, names_in

# Of the words that the draft renders the model must render this share: more gives fewer of its sentences, less leaves out
# more than the draft does (benchmarks/builtin_choice.py).
_AS_FULL = 0.9
# A third of what the model has learnt from are Taiwan's statutes, so that it says this of its own accord.
_TAIWAN = re.compile(r"(?<!People's )(?<!People’s )\bRepublic of China\b|\bR\.?O\.?C\b|\bTaiwan", re.IGNORECASE)
_SAYS_TAIWAN = re.compile("中华民国|中華民國|[台臺][湾灣]")


def chosen(source: str, fluent: str, literal: str, as_full: float = _AS_FULL) -> str:
    """`fluent`, or `literal` where the fluent one leaves out a tagged name, a number, a negation or too many words that the
    literal one has, or speaks of Taiwan where `source` does not. `source` may hold tagged terms."""
    given = collections.Counter(names_in(source))
    if not fluent.strip() or any(fluent.count(name) < min(times, literal.count(name)) for name, times in given.items()):
        return literal
    if _TAIWAN.search(fluent) and not _SAYS_TAIWAN.search(source) and not _TAIWAN.search(literal):
        return literal
    # What is tagged is rendered by its name, whatever its words mean.
    rest = TAGGED.sub("\n", source)
    if _wrong(rest, fluent) > _wrong(rest, literal):
        return literal
    return fluent if rendered_share(rest, fluent) >= as_full * rendered_share(rest, literal) else literal


def _wrong(source: str, target: str) -> int:
    return sum(1 for check in (numbers.CHECK, negation.CHECK) for _ in check.find(source, target, ()))
