"""Runs of one character that vanished: 第 before digits, quotes and brackets, single marks and prepositions.

What is lost stays lost: the page must come out as it is, with proposals, and never be damaged further. 年 and 月 are
in `dates`.
"""

from __future__ import annotations

import random
import re

from tests.documents.simulation.page import Article, Noisy

_RUN = re.compile(
    "第(?=[0-9])|[“”]|[(（](?=[A-Z])|(?<=[A-Z])[)）]|(?<=[\u4e00-\u9fff])[，、。](?=[\u4e00-\u9fff])|[在以带]"
)


def lost_runs(rng: random.Random, article: Article) -> Noisy:
    share = rng.choice((0.1, 0.3, 0.5))

    def lose(hit: re.Match[str]) -> str:
        return "" if rng.random() < share else hit.group()

    raw = "\n".join(_RUN.sub(lose, line) or line for line in article.lines)
    return Noisy(raw, raw)
