"""Which of two translations of a text is taken: the model's, which reads well, or the draft's, which leaves nothing out."""

from __future__ import annotations

import collections

from translate.alignment.unrendered import rendered_share
from translate.checks import negation, numbers
from translate.engines.tags import TAGGED, names_in

# Of the words that the draft renders the model must render this share: more gives fewer of its sentences, less leaves out
# more than the draft does (benchmarks/builtin_choice.py).
_AS_FULL = 0.9


def chosen(source: str, fluent: str, literal: str, as_full: float = _AS_FULL) -> str:
    """`fluent`, or `literal` where the fluent one leaves out a tagged name, a number, a negation or too many words that the
    literal one has. `source` may hold tagged terms."""
    given = collections.Counter(names_in(source))
    if not fluent.strip() or any(fluent.count(name) < min(times, literal.count(name)) for name, times in given.items()):
        return literal
    # What is tagged is rendered by its name, whatever its words mean.
    rest = TAGGED.sub("\n", source)
    if _wrong(rest, fluent) > _wrong(rest, literal):
        return literal
    return fluent if rendered_share(rest, fluent) >= as_full * rendered_share(rest, literal) else literal


def _wrong(source: str, target: str) -> int:
    return sum(1 for check in (numbers.CHECK, negation.CHECK) for _ in check.find(source, target, ()))
