"""What speaks for an English word being part of a term's rendering: the learnt table, the dictionary, the name itself."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence

from documents.script import to_simplified_characters
from translate.alignment.lexical import lexical_table
from translate.alignment.posterior import Unit
from translate.alignment.words import FUNCTION_WORDS, chinese_words, english_words, parts_of
from translate.engines.gloss.dictionary import shared_dictionary

_LATIN = re.compile(r"[A-Za-z]+|\d+(?:[.,]\d+)*")
_NAME_WORD = 0.6
_FORBIDDEN_WORD = 0.8
_SAME = 0.9
_DICTIONARY_WORD = 0.25
_CHARACTER = 0.5
_PART = 0.7
_RENDERS = 0.02


@functools.lru_cache(maxsize=65536)
def word_scores(word: str) -> Mapping[str, float]:
    """Stem → how well it renders a Chinese word."""
    scores = dict(lexical_table().get(word, {}))
    if len(word) > 2:
        for part in parts_of(word):
            for stem, score in lexical_table().get(part, {}).items():
                scores[stem] = max(scores.get(stem, 0.0), _PART * score)
    if not scores:
        for verb in (False, True):
            for _, _, stem in english_words(shared_dictionary().gloss(word, verb)):
                if stem not in FUNCTION_WORDS:
                    scores[stem] = _DICTIONARY_WORD
    if not scores and len(word) > 1:
        parts = [word[:2], word[2:]] if len(word) == 4 else list(word)
        for part in parts:
            for stem, score in word_scores(part).items():
                scores[stem] = max(scores.get(stem, 0.0), _CHARACTER * score)
    return scores


@functools.lru_cache(maxsize=65536)
def renderings_of(word: str) -> frozenset[str]:
    """Every stem that may render a Chinese word, by the table or the dictionary."""
    known = {stem for stem, score in word_scores(word).items() if score >= _RENDERS}
    for verb in (False, True):
        known.update(stem for _, _, stem in english_words(shared_dictionary().gloss(word, verb)))
    return frozenset(known - FUNCTION_WORDS)


@functools.lru_cache(maxsize=16384)
def term_scores(text: str, accepted: tuple[str, ...], forbidden: tuple[str, ...]) -> Mapping[str, float]:
    """Stem → how well it speaks for a term: its words' renderings, the words of its names, its Latin letters."""
    scores: dict[str, float] = {}
    for _, _, word in chinese_words(to_simplified_characters(text)):
        for stem, score in word_scores(word).items():
            scores[stem] = max(scores.get(stem, 0.0), score)
    named = [(form, _NAME_WORD) for form in accepted] + [(form, _FORBIDDEN_WORD) for form in forbidden]
    named += [(hit.group(), _SAME) for hit in _LATIN.finditer(text)]
    for form, value in named:
        for _, _, stem in english_words(form):
            if stem not in FUNCTION_WORDS:
                scores[stem] = max(scores.get(stem, 0.0), value)
    return scores


def units_of(source: str, spans: Sequence[tuple[int, int, Mapping[str, float]]]) -> list[Unit]:
    """The units of a source text: the given spans first, in their order, then every word, number and Latin run beside."""
    simple = to_simplified_characters(source)
    units = [Unit(start, end, scores) for start, end, scores in spans]
    blank = list(simple)
    for start, end, _ in spans:
        blank[start:end] = "\n" * (end - start)
    rest = "".join(blank)
    units += [Unit(start, end, word_scores(word)) for start, end, word in chinese_words(rest)]
    for hit in _LATIN.finditer(rest):
        (_, _, stem), *_ = english_words(hit.group())
        units.append(Unit(hit.start(), hit.end(), {stem: _SAME}))
    return units
