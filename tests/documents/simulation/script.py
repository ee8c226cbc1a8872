"""Traditional script of several regions, for the whole page or for some lines, beside lines in other languages."""

from __future__ import annotations

import functools
import random

import opencc

from tests.documents.simulation.page import Article, Noisy

_FOREIGN = (
    "税関の國際協力について、機構を強化する必要があると関係者は述べた。",
    "国際原子力機関（IAEA）の會議は来月ウィーンで開催される予定です。",
    "대한민국 관세청은 國際協力을 강화한다고 밝혔다.",
    "The International Atomic Energy Agency supports the network of training centres.",
)


@functools.cache
def converter(name: str) -> opencc.OpenCC:
    return opencc.OpenCC(name)


def there_and_back(line: str, config: str) -> tuple[str, str]:
    """`line` in traditional script, and the same line as simplifying it must give (OpenCC is not lossless)."""
    made = str(converter(config).convert(line))
    return made, line


def traditional(rng: random.Random, article: Article) -> Noisy:
    config = rng.choice(("s2t", "s2tw", "s2hk"))
    raw, clean = [], []
    for line in article.lines:
        made, back = there_and_back(line, config)
        raw.append(made)
        clean.append(back)
        if rng.random() < 0.1:
            foreign = rng.choice(_FOREIGN)
            if foreign not in raw:
                raw.append(foreign)
                clean.append(foreign)
    return Noisy("\n".join(raw), "\n".join(clean))


def mixed_lines(rng: random.Random, article: Article) -> Noisy:
    raw = [
        str(converter(rng.choice(("s2t", "s2tw"))).convert(line)) if rng.random() < 0.5 else line
        for line in article.lines
    ]
    return Noisy("\n".join(raw), article.text)
