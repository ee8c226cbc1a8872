"""Injected pinyin: after every occurrence of the characters in a site's table, after every character, or as lines."""

from __future__ import annotations

import functools
import random

import opencc
from pypinyin import Style
from pypinyin import pinyin as readings

from tests.documents.simulation.page import Article, Noisy, with_lines

_HAN = ("\u4e00", "\u9fff")


@functools.cache
def _to_traditional() -> opencc.OpenCC:
    return opencc.OpenCC("s2t")


@functools.cache
def reading(char: str, toned: bool = True) -> str:
    return str(readings(char, style=Style.TONE if toned else Style.NORMAL)[0][0])


def is_han(char: str) -> bool:
    return _HAN[0] <= char <= _HAN[1]


def one_to_one(text: str) -> str:
    """`text` in traditional characters, each by itself, as the sites' plain tables do."""
    return "".join(_character(char) for char in text)


@functools.cache
def _character(char: str) -> str:
    made = str(_to_traditional().convert(char)) if is_han(char) else char
    return made if len(made) == 1 else char


def _table(rng: random.Random, text: str, most: int) -> dict[str, str]:
    """Traditional characters that the site marks; the page holds some of them."""
    present = sorted({c for c in text if is_han(c) and _character(c) == c and not c.isascii() and _is_traditional(c)})
    return dict.fromkeys(rng.sample(present, min(len(present), rng.randint(6, most))), "")


@functools.cache
def _simplify() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


@functools.cache
def _is_traditional(char: str) -> bool:
    return str(_simplify().convert(char)) != char


def _injected(rng: random.Random, article: Article, with_tone: bool) -> Noisy:
    page = one_to_one(article.text)
    table = {char: reading(char, with_tone) for char in _table(rng, page, 60)}
    left, right = rng.choice(("()", "()", "（）"))
    raw = "".join(f"{char}{left}{table[char]}{right}" if char in table else char for char in page)
    return Noisy(raw, article.text)


def toned(rng: random.Random, article: Article) -> Noisy:
    return _injected(rng, article, True)


def toneless(rng: random.Random, article: Article) -> Noisy:
    return _injected(rng, article, False)


def every_character(rng: random.Random, article: Article) -> Noisy:
    """Whole paragraphs in which every Chinese character, simplified ones too, has its reading behind it."""
    with_tone = rng.random() < 0.7

    def marked(line: str) -> str:
        return "".join(f"{char}({reading(char, with_tone)})" if is_han(char) else char for char in line)

    return Noisy(with_lines(article, marked, 0.5, rng), article.text)


def ruby_lines(rng: random.Random, article: Article) -> Noisy:
    """Under (or over) a paragraph the reading of the whole paragraph as a line of its own."""
    over = rng.random() < 0.5
    lines = []
    for line in article.lines:
        letters = [reading(char) for char in line if is_han(char)]
        spoken = " ".join(letters)
        if len(letters) > 8 and rng.random() < 0.4:
            lines += [spoken, line] if over else [line, spoken]
        else:
            lines.append(line)
    return Noisy("\n".join(lines), article.text)


def misaligned(rng: random.Random, article: Article) -> Noisy:
    """The replacement runs over GBK bytes and falls inside characters now and then."""
    page = one_to_one(article.text)
    # A page is in GBK before the damage, or it would not have happened.
    page = page.encode("gbk", "ignore").decode("gbk")
    table = {char: reading(char) for char in _table(rng, page, 60)}
    data = page.encode("gbk")
    for char, spelling in table.items():
        data = data.replace(char.encode("gbk"), f"{char}({spelling})".encode("gbk"))
    return Noisy(lenient_gbk(data), "".join(c for c in article.text if _in_gbk(c)))


@functools.cache
def _in_gbk(char: str) -> bool:
    try:
        _character(char).encode("gbk")
    except UnicodeEncodeError:
        return False
    return True


def lenient_gbk(data: bytes) -> str:
    """As the damaging sites decode: a lead byte eats an ASCII byte and shows "?", codes without a mapping vanish."""
    shown, at = [], 0
    while at < len(data):
        if data[at] < 0x80:
            shown.append(chr(data[at]))
            at += 1
            continue
        pair = data[at : at + 2]
        in_range = len(pair) == 2 and pair[1] >= 0x40 and pair[1] not in (0x7F, 0xFF)
        shown.append(pair.decode("gbk", "ignore") if in_range else "?")
        at += 2
    return "".join(shown)
