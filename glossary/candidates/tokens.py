"""Words with their parts of speech, from jieba: evidence for where a name begins, never the matcher of names."""

from __future__ import annotations

import dataclasses
import functools
import logging
import threading
from collections.abc import Sequence

import jieba
import jieba.posseg

_lock = threading.Lock()


@dataclasses.dataclass(frozen=True, slots=True)
class Token:
    """A word at text[start:end] and jieba's part-of-speech tag for it."""

    start: int
    end: int
    word: str
    tag: str


@functools.cache
def _tagger() -> jieba.posseg.POSTokenizer:
    jieba.setLogLevel(logging.WARNING)
    tokenizer = jieba.Tokenizer()
    # The prefix dictionary is made in memory: a cache in the shared temporary directory is not ours to trust.
    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    tokenizer.initialized = True
    return jieba.posseg.POSTokenizer(tokenizer)


KNOWN = "known"


def tokens_of(text: str, known: Sequence[tuple[int, int]] = ()) -> list[Token]:
    """The words of `text`, in order, covering it; each span of `known` (sorted, no overlaps) is one word tagged `known`."""
    tokens: list[Token] = []
    at = 0
    for start, end in [*known, (len(text), len(text))]:
        tokens.extend(_cut(text, at, start))
        if start < end:
            tokens.append(Token(start, end, text[start:end], KNOWN))
        at = end
    return tokens


def _cut(text: str, start: int, end: int) -> list[Token]:
    if start >= end:
        return []
    with _lock:
        pairs = list(_tagger().cut(text[start:end], HMM=True))
    tokens = []
    at = start
    for pair in pairs:
        tokens.append(Token(at, at + len(pair.word), pair.word, pair.flag))
        at += len(pair.word)
    return tokens
