"""Words with their parts of speech, from jieba's dictionary: evidence for where a name begins, never the matcher of names."""

from __future__ import annotations

import dataclasses
import functools
import logging
from collections.abc import Sequence

import jieba

OTHER = "x"


@dataclasses.dataclass(frozen=True, slots=True)
class Token:
    """A word at text[start:end] and the tag that jieba's dictionary gives it, `x` for what is not in it."""

    start: int
    end: int
    word: str
    tag: str


@functools.cache
def _tokenizer() -> jieba.Tokenizer:
    jieba.setLogLevel(logging.WARNING)
    tokenizer = jieba.Tokenizer()
    # The prefix dictionary is made in memory: a cache in the shared temporary directory is not ours to trust.
    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    tokenizer.initialized = True
    return tokenizer


@functools.cache
def word_tags() -> dict[str, str]:
    """The tag of every word of the dictionary."""
    tags: dict[str, str] = {}
    with _tokenizer().get_dict_file() as lines:
        for line in lines:
            word, _, tag = line.decode("utf-8").split()
            tags[word] = tag
    return tags


def frequency(word: str) -> int:
    """How often `word` stands in the general Chinese that jieba's dictionary was counted on, 0 if it is not listed."""
    return int(_tokenizer().FREQ.get(word, 0))


def words(text: str) -> list[str]:
    """`text` cut into words of the dictionary; what is not in it falls into characters."""
    return list(_tokenizer().cut(text, HMM=False))


def tokens_of(text: str, cut: Sequence[str] | None = None) -> list[Token]:
    """The words of `text` in order, covering it; `cut` is its words, if they are known."""
    tags = word_tags()
    tokens = []
    at = 0
    for word in words(text) if cut is None else cut:
        tokens.append(Token(at, at + len(word), word, tags.get(word, OTHER)))
        at += len(word)
    return tokens
