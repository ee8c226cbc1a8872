"""Text read in the wrong encoding, for the whole page or for some lines; what bytes are lost is in no reading."""

from __future__ import annotations

import random
from collections.abc import Callable

import opencc

from tests.documents.simulation.page import Article, Noisy, with_lines


def utf8_as_latin(rng: random.Random, article: Article) -> Noisy:
    codec = rng.choice(("latin-1", "cp1252"))

    def wrong(line: str) -> str:
        data = line.encode()
        if codec == "latin-1":
            return data.decode("latin-1")
        return "".join(bytes((b,)).decode("cp1252", "ignore") or chr(b) for b in data)

    twice = rng.random() < 0.15 and codec == "latin-1"
    share = rng.choice((0.5, 1.0))
    return Noisy(
        with_lines(article, lambda line: wrong(wrong(line)) if twice else wrong(line), share, rng), article.text
    )


def gbk_as_latin(rng: random.Random, article: Article) -> Noisy:
    def wrong(line: str) -> str:
        return line.encode("gbk", "ignore").decode("latin-1")

    kept = "\n".join(line.encode("gbk", "ignore").decode("gbk") for line in article.lines)
    return Noisy(with_lines(article, wrong, rng.choice((0.5, 1.0)), rng), kept)


def utf8_as_gbk(rng: random.Random, article: Article) -> Noisy:
    """Read as GB18030, which loses no byte that stands in a whole code."""

    def wrong(line: str) -> str:
        return line.encode().decode("gb18030", "replace")

    return Noisy(with_lines(article, wrong, 0.4, rng), article.text)


def big5_and_gbk(rng: random.Random, article: Article) -> Noisy:
    to_traditional: Callable[[str], str] = opencc.OpenCC("s2t").convert
    big5 = rng.random() < 0.5

    def wrong(line: str) -> str:
        if big5:
            return to_traditional(line).encode("big5", "ignore").decode("gb18030", "replace")
        return line.encode("gbk", "ignore").decode("big5", "replace")

    def kept(line: str) -> str:
        if big5:
            back = to_traditional(line).encode("big5", "ignore").decode("big5")
            return str(opencc.OpenCC("t2s").convert(back))
        return line.encode("gbk", "ignore").decode("gbk")

    lines = article.lines
    made = [(wrong(line), kept(line)) if rng.random() < 0.4 else (line, line) for line in lines]
    return Noisy("\n".join(raw for raw, _ in made), "\n".join(clean for _, clean in made))


def entities(rng: random.Random, article: Article) -> Noisy:
    named = {
        "“": "&ldquo;",
        "”": "&rdquo;",
        "·": "&middot;",
        "—": "&mdash;",
        " ": "&nbsp;",
        "<": "&lt;",
        ">": "&gt;",
        "&": "&amp;",
        "…": "&hellip;",
        "%": "&#37;",
    }
    numbered = rng.choice((0.0, 0.02, 0.3, 1.0))

    def written(char: str) -> str:
        if char in named and rng.random() < 0.8:
            return named[char]
        if "\u4e00" <= char <= "\u9fff" and rng.random() < numbered:
            return rng.choice((f"&#{ord(char)};", f"&#x{ord(char):X};"))
        return char

    return Noisy("".join(map(written, article.text)), article.text)
