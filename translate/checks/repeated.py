"""English that goes round in circles: the same words again and again, or a sentence twice."""

from __future__ import annotations

import operator
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from translate.checks.base import Check
from translate.forcing.ledger import LedgerRow

_WORD = re.compile(r"[a-z0-9’']+")
_SENTENCE = re.compile(r"[^.!?。！？]+")
_LOOP = 3
_LONG_SENTENCE = 5


def _find(source: str, target: str, ledger: Sequence[LedgerRow]) -> Iterator[str]:
    words = _WORD.findall(target.lower())
    for size in range(1, 9):
        # Three times the same words on end; of a single word four times, since "very, very, very" is English.
        times = _LOOP + (size == 1)
        same = bytes(map(operator.eq, words[size:], words))
        at = same.find(b"\x01" * (size * (times - 1)))
        if at >= 0:
            said = " ".join(words[at : at + size])
            if not said.replace(" ", "").isdigit():
                yield f"“{said}” is said {times} times on end"
            return
    parts = _SENTENCE.findall(target.lower())
    if len(parts) < 2:
        return
    sentences = Counter(" ".join(_WORD.findall(part)) for part in parts)
    sources = Counter(part.strip() for part in _SENTENCE.findall(source))
    again = [s for s, count in sentences.items() if count > 1 and s.count(" ") >= _LONG_SENTENCE]
    if again and max(sources.values(), default=0) < 2:
        yield f"a sentence stands twice: “{again[0][:60]}”"


CHECK = Check(
    "repeated",
    "Repeated",
    "The English says the same words again and again.",
    "error",
    _find,
    good=(("很好，很好", "Very, very good"), ("他来了。他来了。", "He came. He came.")),
    bad=(
        ("近年来发展很快。", "in the years in the years in the years of development"),
        ("海关很重要。他们在努力工作。", "The customs are at work here today. The customs are at work here today."),
    ),
)
