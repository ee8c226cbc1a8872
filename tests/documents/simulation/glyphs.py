"""Kangxi radicals and compatibility forms for characters, byte-order marks, NULs, line ends of other systems."""

from __future__ import annotations

import functools
import random
import unicodedata

from tests.documents.simulation.page import Article, Noisy


@functools.cache
def _look_alikes() -> dict[str, str]:
    """Usual characters by the radical or compatibility form that a PDF shows for them."""
    codes = (*range(0x2F00, 0x2FD6), *range(0xF900, 0xFA6E))
    pairs = ((unicodedata.normalize("NFKC", chr(code)), chr(code)) for code in codes)
    return {plain: strange for plain, strange in pairs if len(plain) == 1 and plain != strange}


def radicals_and_marks(rng: random.Random, article: Article) -> Noisy:
    table = _look_alikes()
    share = rng.choice((0.3, 1.0))
    raw = "".join(table[c] if c in table and rng.random() < share else c for c in article.text)
    for mark in rng.sample(("\ufeff", "\x00", "\ufffe", "\x1f"), 2):
        at = 0 if mark == "\ufeff" else rng.randint(0, len(raw))
        raw = raw[:at] + mark + raw[at:]
    return Noisy(raw.replace("\n", rng.choice(("\n", "\r\n", "\r", "\u2028"))), article.text)
