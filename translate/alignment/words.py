"""Words of both languages as the alignment compares them: jieba's words in simplified script, stems of English ones."""

from __future__ import annotations

import functools
import logging
import re
import threading

import jieba

_WORD = re.compile(r"[A-Za-z]+(?:['’][a-z]+)?|\d+(?:[.,]\d+)*")
_HAN = re.compile("[\u3400-\u9fff]+")
# What carries grammar and no name: never aligned, never a reason to make a span longer.
FUNCTION_WORDS = frozenset(
    """a an the of to in on at by for from with as and or but nor so if than that which who whom whose this these those
    it its he she they them their his her him we us our you your i my me is are was were be been being am has have had
    having do does did will would shall should may might can could must not no into onto upon within without under over
    through during between among against about after before while when where there here also both such each any all
    some other more most very s t re ve ll d up out off per via""".split()
)
CHINESE_FUNCTION_WORDS = frozenset(
    "的 了 在 是 和 与 及 或 以 于 也 而 就 都 并 但 把 被 对 从 向 到 为 由 将 其 之 等 该 此 这 那 有 我 你 他 她 它 们 "
    "我们 他们 一个 以及 而且 因为 所以 如果 不 没 没有 着 过 地 得 个 中 上 下 所 则 者 各 每 又 很 更 最 还 已 会 能 可 要 说".split()
)
# One of these is taken off, the longest first, if five letters stay.
_SUFFIXES = tuple(
    sorted(
        """isational isations isation ational ations ation ators ator atory ative ated ates ate ments ment ness ially ily
        ly ial ional al ions ion ive ances ance ences ence able ible er or ory ism ist""".split(),
        key=lambda suffix: -len(suffix),
    )
)
_LONGEST = 10
_loading = threading.Lock()


@functools.lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The part of an English word that its relatives share: finance, financial, financing → financ. British = American."""
    word = word.lower().replace("’", "'").removesuffix("'s").replace("'", "")
    if not word.isalpha() or len(word) < 4:
        return word
    word = word.replace("iz", "is").replace("yz", "ys")
    word = word.replace("our", "or") if len(word) > 5 else word
    word = _singular(word)
    for ending in ("ing", "ed"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            word = word[: -len(ending)]
            if word[-1] == word[-2] and word[-1] not in "lsz":
                word = word[:-1]
            break
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 5:
            word = word[: -len(suffix)]
            break
    if word[-1] in "ey" and len(word) >= 5 and not word.endswith("ee"):
        word = word[:-1]
    return word[:_LONGEST]


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def english_words(text: str) -> list[tuple[int, int, str]]:
    """(start, end, stem) of each word and number of `text`; a hyphenated word is its parts."""
    return [(hit.start(), hit.end(), stem(hit.group())) for hit in _WORD.finditer(text)]


def english_stems(text: str) -> set[str]:
    """The stems of the words and numbers of `text`."""
    return set(map(stem, _WORD.findall(text)))


@functools.cache
def _cutter() -> jieba.Tokenizer:
    jieba.setLogLevel(logging.WARNING)
    cutter = jieba.Tokenizer()
    with _loading:
        cutter.initialize()
    return cutter


def word_counts() -> tuple[dict[str, int], int]:
    """A copy of jieba's counts of words (0 for beginnings of words that are none), and their sum; the strings are shared."""
    cutter = _cutter()
    return dict(cutter.FREQ), cutter.total


def cut(text: str) -> list[str]:
    """Words of simplified Chinese `text`, joined they are `text`."""
    return list(_cutter().cut(text, HMM=False))


@functools.lru_cache(maxsize=16384)
def parts_of(word: str) -> tuple[str, ...]:
    """The shorter words inside a long one: 金融管理 → 金融, 管理."""
    return tuple(part for part in _cutter().cut_for_search(word, HMM=False) if 1 < len(part) < len(word))


def chinese_words(text: str) -> list[tuple[int, int, str]]:
    """(start, end, word) of each Chinese word of simplified `text` that is no function word."""
    found = []
    for run in _HAN.finditer(text):
        at = run.start()
        for word in cut(run.group()):
            if word not in CHINESE_FUNCTION_WORDS:
                found.append((at, at + len(word), word))
            at += len(word)
    return found
