"""What a noise process is given and what it gives back."""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Callable


@dataclasses.dataclass(frozen=True, slots=True)
class Article:
    """Clean text: a title, by-lines (author, source, date) that must stay, and paragraphs."""

    title: str
    by_lines: tuple[str, ...]
    paragraphs: tuple[str, ...]

    @property
    def lines(self) -> list[str]:
        return [self.title, *self.by_lines, *self.paragraphs]

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


@dataclasses.dataclass(frozen=True, slots=True)
class Noisy:
    """A damaged page and the text that cleaning it must give; `proposed` are texts that a person should be offered."""

    raw: str
    clean: str
    proposed: tuple[str, ...] = ()


Process = Callable[[random.Random, Article], Noisy]


def untouched(rng: random.Random, article: Article) -> Noisy:
    """No noise at all: nothing may be lost."""
    return Noisy(article.text, article.text)


def with_lines(article: Article, change: Callable[[str], str], share: float, rng: random.Random) -> str:
    """The article's text with `change` done to that share of its lines, to one at least."""
    lines = article.lines
    chosen = [n for n in range(len(lines)) if rng.random() < share] or [rng.randrange(len(lines))]
    for n in chosen:
        lines[n] = change(lines[n])
    return "\n".join(lines)


def some(rng: random.Random, items: list[str] | tuple[str, ...], least: int, most: int) -> list[str]:
    """Between `least` and `most` different items, in random order."""
    return rng.sample(list(items), min(len(items), rng.randint(least, most)))
