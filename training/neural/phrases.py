"""Phrases of a few Chinese words that texts have often."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from translate.alignment.words import CHINESE_FUNCTION_WORDS, cut

_HAN = re.compile("[\u3400-\u9fff]+")
# No text has so many different words.
_MOST_WORDS = 2**24


def frequent(texts: Iterable[str], least: int, longest: int) -> Iterator[str]:
    """Runs of two to `longest` words that stand `least` times in the texts, and neither begin nor end in a function word."""
    numbers: dict[str, int] = {}
    cuts: list[int] = []
    for text in texts:
        for run in _HAN.findall(text):
            cuts += [numbers.setdefault(word, len(numbers)) for word in cut(run)]
            cuts.append(-1)
    words, is_light = list(numbers), [word in CHINESE_FUNCTION_WORDS for word in numbers]
    # Which run begins at a place (-1: none that is frequent), and the words of each.
    here: NDArray[np.int64] = np.array(cuts, np.int64)
    runs = [(number,) for number in range(len(words))]
    last = here
    for _ in range(2, longest + 1):
        here, last = here[:-1], last[1:]
        key = np.where((here >= 0) & (last >= 0), here * _MOST_WORDS + last, -1)
        different, back, counts = np.unique(key, return_inverse=True, return_counts=True)
        kept = (counts >= least) & (different >= 0)
        runs = [(*runs[first], word) for first, word in zip(*np.divmod(different[kept], _MOST_WORDS), strict=True)]
        here = np.where(kept, np.cumsum(kept) - 1, -1)[back]
        yield from ("".join(words[at] for at in run) for run in runs if not (is_light[run[0]] or is_light[run[-1]]))
