"""Blocks that a page prints twice: the title, a lead paragraph, a stretch of the article, the whole of it."""

from __future__ import annotations

import random

from tests.documents.simulation.page import Article, Noisy


def repeats(rng: random.Random, article: Article) -> Noisy:
    lines = article.lines
    body = 1 + len(article.by_lines)
    long = [n for n in range(body, len(lines)) if len(lines[n]) > 30 and lines[n][-1] in "。！？”"]
    roll = rng.random() if long else 0.0
    if roll < 0.2:
        lines.insert(1, article.title)
    elif roll < 0.4:
        lines += lines[body:]
    elif roll < 0.6:
        n = rng.choice(long)
        lines.insert(n + 1, lines[n])
    elif roll < 0.8:
        n = rng.choice(long)
        lines.insert(rng.randint(n + 1, len(lines)), lines[n] + rng.choice(("", " ", "　")))
    else:
        first = rng.choice(long)
        last = rng.randint(first + 1, len(lines))
        lines[last:last] = lines[first:last]
    return Noisy("\n".join(lines), article.text)
