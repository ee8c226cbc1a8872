"""The forum jammer of Discuz at every line break, as the page shows it before and after blanks were collapsed."""

from __future__ import annotations

import random
import re

from tests.documents.simulation.page import Article, Noisy


def run(rng: random.Random) -> str:
    """Pairs of a character 32–59 and one 63–126; the bound is drawn anew at each turn."""
    pairs: list[str] = []
    while len(pairs) < rng.randint(5, 15):
        pairs.append(f"{chr(rng.randint(32, 59))} {chr(rng.randint(63, 126))}")
    return "".join(pairs)


def _latin_edges(rng: random.Random, article: Article) -> list[str]:
    """The article with a few lines that begin or end with real Latin text, where the jammer is glued to it."""
    lines = article.lines
    for n in range(2, len(lines)):
        roll = rng.random()
        if roll < 0.08:
            lines[n] = rng.choice(("COOMET", "IAEA", "HS 8471.30", "A/B")) + lines[n]
        elif roll < 0.16:
            lines[n] += rng.choice(("contact@example.org", "(IAEA)", "COOMET", "8471.30", "RDTC/NSSC"))
    return lines


def _page(rng: random.Random, lines: list[str]) -> str:
    raw = lines[0]
    for line in lines[1:]:
        for _ in range(rng.choice((1, 1, 1, 2))):
            raw += run(rng) + "\n" if rng.random() < 0.5 else "\n" + run(rng)
        raw += line
    return raw


def jammer(rng: random.Random, article: Article) -> Noisy:
    lines = _latin_edges(rng, article)
    return Noisy(_page(rng, lines), "\n".join(lines))


def collapsed(rng: random.Random, article: Article) -> Noisy:
    """After HTML extraction: one blank for many, none at the ends of lines."""
    lines = _latin_edges(rng, article)
    raw = _page(rng, lines)
    return Noisy(re.sub(" *\n *", "\n", re.sub(" {2,}", " ", raw)).strip(" "), "\n".join(lines))


def plain(rng: random.Random, article: Article) -> Noisy:
    """The jammer, blanks collapsed, in the article as it is."""
    raw = _page(rng, article.lines)
    return Noisy(re.sub(" *\n *", "\n", re.sub(" {2,}", " ", raw)).strip(" "), article.text)
