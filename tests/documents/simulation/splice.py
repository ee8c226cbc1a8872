"""The title cut into pieces of two or three characters, one spliced in after each comma of the text."""

from __future__ import annotations

import random
import re

from tests.documents.simulation.page import Article, Noisy


def spliced(rng: random.Random, article: Article) -> Noisy:
    han = re.sub("[^\u4e00-\u9fff]+", "", article.title)
    pieces = [han[at : at + 2] for at in range(0, len(han) - 1, 2)]
    body = "\n".join(article.lines[1:])
    own_comma = rng.random() < 0.5
    share = rng.choice((1.0, 1.0, 0.7))
    place = [rng.randrange(len(pieces)) if rng.random() < 0.2 else 0]

    def with_piece(hit: re.Match[str]) -> str:
        if rng.random() > share:
            return hit.group()
        piece = pieces[place[0] % len(pieces)]
        place[0] += 1
        return "，" + piece + ("，" if own_comma else "")

    return Noisy(article.title + "\n" + re.sub("，", with_piece, body), article.text)
