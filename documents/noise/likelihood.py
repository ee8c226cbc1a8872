"""How likely a string of Chinese characters is, for telling text from what a wrong encoding makes of it."""

from __future__ import annotations

import functools
import math

from documents.noise.dictionary import word_counts
from documents.noise.dictionary import words as dictionary
from documents.script import to_simplified_characters

_LONGEST_WORD = 4
# Log-likelihood a character: running Chinese has about -5, a wrong reading below -12.
READS_WELL = -8.5
# So many characters restored for certain, and the page is damaged: then what is too short to tell is believed, too.
CERTAIN = 8
_RARE = -15.5


class Words:
    """How likely a string of Chinese characters is: the best cut into jieba's words, character by character.

    A mark is what is remembered of a string: its last three characters, the scores of its best cut before each of
    them, and its promise: the same with an unfinished word at the end.
    """

    Mark = tuple[str, tuple[float, ...], float]
    START: Mark = ("", (0.0, -math.inf, -math.inf, -math.inf), 0.0)
    UNKNOWN = -19.0
    _PUNCTUATION = dict.fromkeys("，。,.", -4.0) | dict.fromkeys("、“”：；（）《》—:;()！？!?·【】‘’", -6.0)

    def __init__(self) -> None:
        # The dictionary's own table of words and counts: a second one would cost forty megabytes.
        self._counts = dictionary()
        single = {word: count for word, count in word_counts() if len(word) == 1}
        short = {word: count for word, count in self._counts.items() if len(word) <= _LONGEST_WORD}
        self._total = math.log(sum(short.values()) + sum(single.values()))
        # Log-probabilities by count, so that equal ones share one object.
        self._logs: dict[int, float] = {}
        for count in short.values():
            self._log(count)
        self._single = {char: self._log(count) for char, count in single.items()} | self._PUNCTUATION
        begun = dict(single)
        for word, count in short.items():
            for end in range(1, len(word)):
                begun[word[:end]] = begun.get(word[:end], 0) + count
            begun[word] = begun.get(word, 0) + count
        # Log-probability of every beginning of a word, words themselves among them.
        self.begin = {word: self._log(count) for word, count in begun.items()} | self._PUNCTUATION

    def _log(self, count: int) -> float:
        return self._logs.setdefault(count, math.log(count or 1) - self._total)

    def cost(self, char: str) -> float:
        """Log-probability of the (simplified) character by itself."""
        return self._single.get(char, self.UNKNOWN)

    def add(self, mark: Mark, char: str) -> Mark:
        """The mark after one more (simplified) character."""
        tail, scores, _ = mark
        counts, begun = self._counts, self.begin
        best = scores[0] + self._single.get(char, self.UNKNOWN)
        promise = max(best, scores[0] + begun.get(char, -math.inf))
        word = char
        for back in range(1, len(tail) + 1):
            word = tail[-back] + word
            count = counts.get(word)
            if count is not None and (reached := scores[back] + self._logs[count]) > best:
                best = reached
            cost = begun.get(word)
            if cost is not None and scores[back] + cost > promise:
                promise = scores[back] + cost
        return (tail + char)[-3:], (best, *scores[:3]), max(best, promise)

    def score(self, text: str) -> float:
        """Log-likelihood of (simplified) `text`."""
        mark = self.START
        for char in text:
            mark = self.add(mark, char)
        return mark[1][0]


@functools.cache
def words() -> Words:
    """The one word table, read on first use."""
    return Words()


def likelihood(text: str) -> float:
    """Log-likelihood of `text` a character."""
    return words().score(to_simplified_characters(text)) / max(1, len(text))


@functools.cache
def is_usual(char: str) -> bool:
    """Whether running text needs `char`."""
    return words().cost(to_simplified_characters(char)) > _RARE
