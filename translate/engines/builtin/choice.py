"""Which translation of a text is taken: the model's, which reads well, or the draft's, which leaves nothing out."""

from __future__ import annotations

import collections
import re
from collections.abc import Sequence

from translate.alignment.unrendered import rendered_share
from translate.alignment.words import FUNCTION_WORDS
from translate.checks import negation, numbers
from translate.engines.tags import TAGGED, names_in

# Of the words that the draft renders the model must render this share: more gives fewer of its sentences, less leaves out
# more than the draft does (benchmarks/builtin_choice.py).
_AS_FULL = 0.9
# So many words that stand twice running are looked for; what may stand between a word and itself.
_MOST_DOUBLED = 6
_PAIRING = (["by"], ["to"], ["after"], ["for"], ["in"])
_WORD = re.compile("[a-z]+")
# A third of what the model has learnt from are Taiwan's statutes, so that it says this of its own accord.
TAIWAN = r"(?<!People's )(?<!People’s )\bRepublic of China\b|\bR\.?O\.?C\b|\bTaiwan"
_TAIWAN = re.compile(TAIWAN, re.IGNORECASE)
_SAYS_TAIWAN = re.compile("中华民国|中華民國|[台臺][湾灣]")


def chosen(source: str, fluent: Sequence[str], literal: str, as_full: float = _AS_FULL) -> str:
    """The first of `fluent` that leaves out no tagged name, number, negation and not too many words that `literal` has, says
    nothing twice running, and does not speak of Taiwan where `source` does not; else `literal`. `source` may hold tagged
    terms."""
    given = collections.Counter(names_in(source))
    # What is tagged is rendered by its name, whatever its words mean.
    rest = TAGGED.sub("\n", source)
    may_say_taiwan = _SAYS_TAIWAN.search(source) or _TAIWAN.search(literal)
    for text in fluent:
        if (
            text.strip()
            and all(text.count(name) >= min(times, literal.count(name)) for name, times in given.items())
            and (may_say_taiwan or not _TAIWAN.search(text))
            and _doubled(text) <= _doubled(literal)
            and _wrong(rest, text) <= _wrong(rest, literal)
            and rendered_share(rest, text) >= as_full * rendered_share(rest, literal)
        ):
            return text
    return literal


def _doubled(text: str) -> int:
    """How often words stand again right behind themselves, but for small words between: China and China's, part of the field
    of part of the field. Step by step is good English."""
    words = _WORD.findall(text.lower())
    content = [at for at, word in enumerate(words) if word not in FUNCTION_WORDS]
    said = [words[at] for at in content]
    return sum(
        said[at : at + size] == said[at + size : at + 2 * size]
        for size in range(1, _MOST_DOUBLED + 1)
        for at in range(len(said) - 2 * size + 1)
        if size > 1 or words[content[at] + 1 : content[at + 1]] not in _PAIRING
    )


def _wrong(source: str, target: str) -> int:
    return sum(1 for check in (numbers.CHECK, negation.CHECK) for _ in check.find(source, target, ()))
