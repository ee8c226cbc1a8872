"""Characters put inside names: invisible, private-use, symbols, letters and digits, rare characters, stray commas."""

from __future__ import annotations

import random
import re

from tests.documents.simulation.page import Article, Noisy
from tests.documents.simulation.sentences import names

_ZERO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e"
_FEW = 6
_RARE = "龘靐齉麤爨龖厵猋骉淼焱垚鱻羴犇芔惢囍嚞氼彧叒叕孖"


def _into_words(rng: random.Random, text: str, mark: str, share: float) -> str:
    """`text` with a character of `mark` inside that share of its names; inside other words where it has few."""
    known = sorted({n for c in ("agency", "domain_term", "international_org", "law_agreement") for n in names(c)})
    held = [name for name in known if len(name) >= 4 and name in text]

    def split(hit: re.Match[str]) -> str:
        name = hit.group()
        if rng.random() > share:
            return name
        at = rng.randint(1, len(name) - 1)
        return name[:at] + rng.choice(mark) + name[at:]

    if sum(map(text.count, held)) < _FEW:
        return _anywhere(rng, text, mark, 0.02)
    held.sort(key=len, reverse=True)
    return re.sub("|".join(map(re.escape, held)), split, text)


def _anywhere(rng: random.Random, text: str, marks: str, share: float) -> str:
    """`text` with a character of `marks` between that share of its pairs of Chinese characters."""
    parts = []
    for at, char in enumerate(text):
        parts.append(char)
        both = "\u4e00" <= char <= "\u9fff" and "\u4e00" <= text[at + 1 : at + 2] <= "\u9fff"
        if both and rng.random() < share:
            parts.append(rng.choice(marks))
    return "".join(parts)


def zero_width(rng: random.Random, article: Article) -> Noisy:
    return Noisy(_anywhere(rng, article.text, _ZERO_WIDTH, 0.1), article.text)


def private_use(rng: random.Random, article: Article) -> Noisy:
    marks = "".join(chr(rng.randint(0xE000, 0xF8FF)) for _ in range(6))
    return Noisy(_anywhere(rng, article.text, marks, 0.05), article.text)


def symbols(rng: random.Random, article: Article) -> Noisy:
    marks = "".join(rng.sample("@#~%^&*", rng.randint(1, 4)))
    return Noisy(_into_words(rng, article.text, marks, 0.7), article.text)


def letters(rng: random.Random, article: Article) -> Noisy:
    marks = "".join(rng.sample("abcdefghijkmnpqrstuvwxyzQWERTYUJKLZ2345678", 12))
    return Noisy(_into_words(rng, article.text, marks, 0.7), article.text)


def rare_characters(rng: random.Random, article: Article) -> Noisy:
    marks = "".join(rng.sample(_RARE, 8))
    return Noisy(_into_words(rng, article.text, marks, 0.7), article.text)


def stray_commas(rng: random.Random, article: Article) -> Noisy:
    def doubled(hit: re.Match[str]) -> str:
        return ("，" if rng.random() < 0.4 else "") + hit.group()

    return Noisy(re.sub("(?<=[\u4e00-\u9fff])[。；，](?![”’）)])", doubled, article.text), article.text)
