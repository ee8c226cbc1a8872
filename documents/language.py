"""In what a document is written: simplified or traditional Chinese, both mixed, mostly English, or something else."""

from __future__ import annotations

import functools
import re
from typing import Literal

from documents.script import simplified_only, traditional_only

Language = Literal["simplified", "traditional", "mixed", "english", "other", "none"]

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
# Kana and Hangul: the text is Japanese or Korean, whatever Han characters stand in it.
_NEIGHBOURS = re.compile(r"[\u3041-\u30ff\u3131-\u318e\uac00-\ud7a3]")
_LATIN_WORD = re.compile(r"[A-Za-z]{2,}")
_OTHER_WORD = re.compile(
    r"[^\W\d_A-Za-z\u3041-\u30ff\u3131-\u318e\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff]{2,}"
)
# From this share of the characters that are written in one script only, the rarer script is no slip.
_MIXED = 0.1
_NEIGHBOUR = 0.2


def language_of(text: str, raw: str = "") -> Language:
    """The language of `text`, a stretch of clean text; "none" where it has no word.

    Cleaning makes simplified characters of traditional ones: a stretch of the `raw` text tells which were written.
    """
    han, latin, other = (len(pattern.findall(text)) for pattern in (_HAN, _LATIN_WORD, _OTHER_WORD))
    neighbours = len(_NEIGHBOURS.findall(text))
    if neighbours > _NEIGHBOUR * (han + neighbours):
        return "other"
    # A word of Chinese is about two characters.
    words = han / 2
    if words >= max(latin, other) and han:
        return _script(raw or text)
    if latin or other:
        return "english" if latin >= other else "other"
    return "none"


def _script(text: str) -> Language:
    traditional = sum(map(text.count, set(text) & _traditional()))
    simplified = sum(map(text.count, set(text) & _simplified()))
    rarer = min(traditional, simplified)
    if rarer and rarer >= _MIXED * (traditional + simplified):
        return "mixed"
    return "traditional" if traditional > simplified else "simplified"


@functools.cache
def _traditional() -> frozenset[str]:
    return frozenset(traditional_only())


@functools.cache
def _simplified() -> frozenset[str]:
    return frozenset(simplified_only())
