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
_SUFFIXES = tuple(
    sorted(
        """izations isations ization isation ational ations ation ators ator atory ative ating ated ates ate ments ment
        ings ing ied ies ier ed es s ily ly ially ial ical ic al ionally ional ions ion iveness ives ive ities ity ness
        ance ances ence ences ant ants ent ents able ible ers er ors or ory ories ary aries ist ists ism e y ization""".split(),
        key=lambda suffix: -len(suffix),
    )
)
_LEAST = 4
_LONGEST = 9
_loading = threading.Lock()


@functools.lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The part of an English word that its relatives share: finance, financial, financing → financ."""
    word = word.lower().replace("’", "'")
    word = word.removesuffix("'s").replace("'", "")
    if not word.isalpha():
        return word
    word = word.replace("our", "or") if len(word) > 4 else word
    cut = True
    while cut and len(word) > _LEAST:
        cut = False
        for suffix in _SUFFIXES:
            if word.endswith(suffix) and len(word) - len(suffix) >= _LEAST:
                if suffix == "s" and word.endswith("ss"):
                    continue
                word, cut = word[: -len(suffix)], True
                break
    if word.endswith("s") and not word.endswith("ss") and len(word) == _LEAST:
        word = word[:-1]
    return word[:_LONGEST]


def english_words(text: str) -> list[tuple[int, int, str]]:
    """(start, end, stem) of each word and number of `text`; a hyphenated word is its parts."""
    return [(hit.start(), hit.end(), stem(hit.group())) for hit in _WORD.finditer(text)]


@functools.cache
def _cutter() -> jieba.Tokenizer:
    jieba.setLogLevel(logging.WARNING)
    cutter = jieba.Tokenizer()
    with _loading:
        cutter.initialize()
    return cutter


def cut(text: str) -> list[str]:
    """Words of simplified Chinese `text`, joined they are `text`."""
    return list(_cutter().cut(text, HMM=False))


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
