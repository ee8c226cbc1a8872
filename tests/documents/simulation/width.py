"""Full-width forms folded to ASCII, the ideographic blank to a blank: nothing of it may be lost."""

from __future__ import annotations

import random

from tests.documents.simulation.page import Article, Noisy

_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}


def folded(rng: random.Random, article: Article) -> Noisy:
    """Punctuation and digits made narrow, or digits and letters made wide."""
    if rng.random() < 0.8:
        text = article.text.translate(_NARROW)
    else:
        text = "".join(c.translate(_WIDE) if c.isalnum() else c for c in article.text)
    return Noisy(text, text)
