"""How likely a string of Chinese characters is, for telling text from what a wrong encoding makes of it."""

from __future__ import annotations

import functools
import math

import jieba

from documents.script import to_simplified_characters


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
        counts: dict[str, int] = {}
        begun: dict[str, int] = {}
        with jieba.get_dict_file() as lines:
            for line in lines:
                word, number, *_ = line.decode("utf-8").split(" ")
                if len(word) <= 4:
                    count = int(number)
                    counts[word] = count
                    for end in range(1, len(word)):
                        begun[word[:end]] = begun.get(word[:end], 0) + count
        total = math.log(sum(counts.values()))
        self._costs = {word: math.log(count or 1) - total for word, count in counts.items()} | self._PUNCTUATION
        # Log-probability of every beginning of a word, words themselves among them.
        self.begin = {
            word: math.log(counts.get(word, 0) + begun.get(word, 0) or 1) - total
            for word in counts.keys() | begun.keys()
        } | self._PUNCTUATION

    def cost(self, char: str) -> float:
        """Log-probability of the (simplified) character by itself."""
        return self._costs.get(char, self.UNKNOWN)

    def add(self, mark: Mark, char: str) -> Mark:
        """The mark after one more (simplified) character."""
        tail, scores, _ = mark
        costs, begun = self._costs, self.begin
        best = scores[0] + costs.get(char, self.UNKNOWN)
        promise = max(best, scores[0] + begun.get(char, -math.inf))
        word = char
        for back in range(1, len(tail) + 1):
            word = tail[-back] + word
            cost = costs.get(word)
            if cost is not None and scores[back] + cost > best:
                best = scores[back] + cost
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
