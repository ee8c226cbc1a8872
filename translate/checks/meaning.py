"""English that has little to do with its Chinese: another segment's answer, or made up.

Measured with the learnt word table: the share of the source's words that some English word renders, and the other way
round. A sentence encoder sees the same and costs 32 MB and ten times the time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from documents.script import to_simplified_characters
from translate.alignment.renderings import word_scores
from translate.alignment.words import FUNCTION_WORDS, chinese_words, english_words
from translate.checks.base import Check
from translate.forcing.ledger import LedgerRow

_RENDERS = 0.02
_LEAST_WORDS = 6
_LEAST_SHARE = 0.12
_NUMBER_OR_LATIN = re.compile(r"[A-Za-z0-9]+")


def _find(source: str, target: str, ledger: Sequence[LedgerRow]) -> Iterator[str]:
    words = [word for _, _, word in chinese_words(to_simplified_characters(source))]
    stems = {stem for _, _, stem in english_words(target)} - FUNCTION_WORDS
    if len(words) < _LEAST_WORDS or not stems:
        return
    named = "".join(row.occurrence.text for row in ledger if row.found)
    rendered = sum(
        word in named or any(score >= _RENDERS and stem in stems for stem, score in word_scores(word).items())
        for word in words
    )
    shared = len({*_NUMBER_OR_LATIN.findall(source.lower())} & stems)
    if (rendered + shared) / len(words) < _LEAST_SHARE:
        yield f"only {rendered} of {len(words)} words of the Chinese have a counterpart in the English"


CHECK = Check(
    "meaning",
    "Meaning",
    "Hardly a word of the Chinese has a counterpart in the English.",
    "warning",
    _find,
    good=(
        (
            "海关总署发布公告，禁止进口该国水果和蔬菜。",
            "The customs administration issued a notice banning imports of fruit and vegetables from the country.",
        ),
    ),
    bad=(("海关总署发布公告，禁止进口该国水果和蔬菜。", "The weather was lovely, so the children went swimming."),),
)
