"""Words of the Chinese that no word of the English seems to render.

Only words that translators render recognisably nearly always are judged (a list that training.rendered_words counts):
of the others, one that has no English is more often well translated than left out.
"""

from __future__ import annotations

import functools
import importlib.resources
import lzma
from collections.abc import Sequence

from documents.script import to_simplified_characters
from translate.alignment.renderings import renderings_of
from translate.alignment.words import chinese_words, english_stems
from translate.engines.gloss.numerals import NUMERAL_CHARS

_FILE = "rendered.txt.xz"


@functools.cache
def judged_words() -> frozenset[str]:
    """The Chinese words that are nearly always rendered by a word that we know."""
    data = (importlib.resources.files(__package__) / _FILE).read_bytes()
    return frozenset(lzma.decompress(data).decode("utf-8").split())


def unrendered(source: str, target: str, named: Sequence[tuple[int, int]] = ()) -> list[tuple[int, int]]:
    """Where the words of `source` stand that `target` seems to have left out. `named`: spans known to be rendered."""
    if not target.strip():
        return []
    stems, judged = english_stems(target), judged_words()
    return [
        (start, end)
        for start, end, word in chinese_words(to_simplified_characters(source))
        if word in judged
        and not _counted(source, start)
        and not any(start < last and first < end for first, last in named)
        and stems.isdisjoint(renderings_of(word))
    ]


def rendered_share(source: str, target: str) -> float:
    """How many of the words of `source` are rendered by `target`, 0–1, of those whose renderings we know; 1 without any.

    A good translation has less than 1, since much can be said otherwise: for comparing two translations of one text.
    """
    stems = english_stems(target)
    told = [not stems.isdisjoint(known) for _, _, known in _known_words(source)]
    return sum(told) / len(told) if told else 1.0


def left_out(source: str, target: str, beside: str) -> list[tuple[int, int]]:
    """Where the words of `source` stand that `beside`, another translation of it, renders and `target` does not."""
    stems, others = english_stems(target), english_stems(beside)
    return [
        (start, end)
        for start, end, known in _known_words(source)
        if stems.isdisjoint(known) and not others.isdisjoint(known)
    ]


@functools.lru_cache(maxsize=256)
def _known_words(source: str) -> tuple[tuple[int, int, frozenset[str]], ...]:
    """(start, end, renderings) of the words whose renderings we know. Kept, since many translations of one text are compared."""
    words = chinese_words(to_simplified_characters(source))
    return tuple((start, end, known) for start, end, word in words if (known := renderings_of(word)))


def _counted(source: str, start: int) -> bool:
    """Whether a figure stands before: 20 世纪 is 20th, 1970s or a century, as English likes."""
    before = source[max(0, start - 3) : start].rstrip()
    return bool(before) and (before[-1].isdigit() or before[-1] in NUMERAL_CHARS)
