"""Which translation of a text is taken: of the model's several, the draft's and the gloss the one that all of them agree with
most, if it is sound and leaves little out."""

from __future__ import annotations

import collections
import re
from collections.abc import Callable, Sequence

from translate.alignment.unrendered import rendered_share
from translate.alignment.words import FUNCTION_WORDS
from translate.checks import measures, negation, numbers
from translate.engines.builtin.consensus import agreement
from translate.engines.tags import TAGGED, names_in
from translate.engines.taiwan import is_of_taiwan, may_be_of_taiwan

# What draft and gloss count beside what the model answers to one question; what is lost with all the words that the draft
# renders (benchmarks/builtin_choice.py).
_DRAFT, _GLOSS = 0.6, 0.6
_FULLNESS = 0.6
# So many words that stand twice running are looked for; what may stand between a word and itself.
_MOST_DOUBLED = 6
_PAIRING = (["by"], ["to"], ["after"], ["for"], ["in"])
_WORD = re.compile("[a-z]+")


def chosen(source: str, fluent: Sequence[Sequence[str]], literal: str, gloss: str = "", draft: float = _DRAFT) -> str:
    """One of `fluent`, several translations for each time that the model was asked, of `literal`, the draft's, or `gloss`.

    `source` may hold tagged terms. None is taken that leaves out a tagged name, number, unit or negation that `literal` has, says
    something twice running or speaks of Taiwan where `source` does not."""
    evidence: dict[str, float] = {literal: draft}
    for answers in fluent:
        for text in answers:
            if text.strip():
                evidence[text] = evidence.get(text, 0.0) + 1 / len(answers)
    if len(evidence) == 1:
        return literal
    if gloss.strip():
        evidence[gloss] = evidence.get(gloss, 0.0) + _GLOSS
    # What is tagged is rendered by its name, whatever its words mean.
    rest = TAGGED.sub("\n", source)
    sound, full = _sound(source, rest, literal), rendered_share(rest, literal)
    scores = agreement(list(evidence), list(evidence.values()))
    worth = {
        text: float(score) - _FULLNESS * max(0.0, full - rendered_share(rest, text))
        for text, score in zip(evidence, scores, strict=True)
    }
    best_first = sorted(worth, key=worth.__getitem__, reverse=True)
    return next(text for text in best_first if text == literal or sound(text))


def _sound(source: str, rest: str, literal: str) -> Callable[[str], bool]:
    """Tells of a translation whether nothing in it is plainly wrong that is right in `literal`."""
    given = collections.Counter(names_in(source))
    of_taiwan = may_be_of_taiwan(source)
    doubled, wrong = _doubled(literal), _wrong(rest, literal)

    def is_sound(text: str) -> bool:
        return (
            all(text.count(name) >= min(times, literal.count(name)) for name, times in given.items())
            and (of_taiwan or not is_of_taiwan(text))
            and _doubled(text) <= doubled
            and _wrong(rest, text) <= wrong
        )

    return is_sound


def _doubled(text: str) -> int:
    """How often words stand again right behind themselves, but for small words between: China and China's, part of the field
    of part of the field. Step by step is good English, step by step by step is none."""
    words = _WORD.findall(text.lower())
    content = [at for at, word in enumerate(words) if word not in FUNCTION_WORDS]
    said = [words[at] for at in content]
    return sum(
        said[at : at + size] == said[at + size : at + 2 * size]
        for size in range(1, _MOST_DOUBLED + 1)
        for at in range(len(said) - 2 * size + 1)
        if size > 1
        or words[content[at] + 1 : content[at + 1]] not in _PAIRING
        or said[at : at + 3].count(said[at]) == 3
    )


def _wrong(source: str, target: str) -> int:
    return sum(1 for check in (numbers.CHECK, measures.CHECK, negation.CHECK) for _ in check.find(source, target, ()))
