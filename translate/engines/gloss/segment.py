"""Runs of Chinese characters → tokens, with a private jieba segmenter and the two dictionaries."""

from __future__ import annotations

import functools
import logging
import sys
from types import MappingProxyType
from typing import Any

from glossary.english.pinyin import readings, spelt, surname
from translate.alignment.words import word_counts
from translate.engines.gloss import lexicon as listed
from translate.engines.gloss.dictionary import Dictionary, shared_dictionary
from translate.engines.gloss.inflect import gerund
from translate.engines.gloss.lexicon import Lexicon
from translate.engines.gloss.numerals import DIGITS, chinese_value, small
from translate.engines.gloss.spelling import SPELLING, SURNAMES
from translate.engines.gloss.tokens import NO_READINGS, Token

# jieba's tag (first letters) → ours; longest prefix wins.
_TAGS = {
    "nr": "nr", "nrt": "ns", "nrfg": "nr", "ns": "ns", "nt": "n", "n": "n", "vn": "vn", "v": "v", "ad": "d", "an": "n", "a": "a",
    "b": "a", "z": "a", "d": "d", "p": "p", "c": "k", "m": "m", "q": "q", "r": "r", "u": "u", "f": "n", "s": "n", "t": "t",
    "i": "n", "l": "n", "j": "n", "y": "u", "e": "u", "o": "n", "g": "n",
}  # fmt: skip
_NAME_TAGS = ("nr", "ns", "nz", "nt")
# A verb, adjective or adverb of so many characters means one thing.
_SET_PHRASE = 4


class Segmenter:
    """Segments and glosses runs of Chinese characters. Immutable after construction, safe in threads."""

    def __init__(self, dictionary: Dictionary, lexicon: Lexicon) -> None:
        self._dictionary = dictionary
        self._lexicon = lexicon
        self._cutter = _private_cutter(dictionary, lexicon)
        self._cache: dict[tuple[str, str], Token] = {}

    def known(self, word: str) -> bool:
        """Whether either dictionary has `word`."""
        return word in self._lexicon or word in self._dictionary

    def in_idiom(self, text: str, start: int, end: int) -> bool:
        """Whether the numeral text[start:end] begins a longer dictionary word that is no number."""
        return any(
            text[start : end + extra] in self._lexicon
            or (end - start + extra >= 4 and text[start : end + extra] in self._dictionary)
            for extra in range(4)
        )

    def tokens(self, run: str) -> list[Token]:
        """Tokens of one run of Chinese characters."""
        found: list[Token] = []
        for pair in self._cutter.cut(run):
            word, tag = pair.word, pair.flag
            if self.known(word) or len(word) == 1 or self._is_name(word, tag):
                found.append(self._token(word, tag))
            else:
                found.extend(self._token(piece, "") for piece in self._pieces(word))
        return self._merge_spelt(found)

    def settled(self, run: str) -> list[tuple[str, str]]:
        """The nouns and set phrases of a run of Chinese characters (`is_settled`), each with its English."""
        return [(token.zh, token.en) for token in self.tokens(run) if self.is_settled(token)]

    def is_settled(self, token: Token) -> bool:
        """Whether the word list has `token` as a noun only, or as a set phrase with one reading (久久为功)."""
        if token.zh not in self._lexicon or token.readings:
            return False
        return token.pos in ("n", "ns") or (token.pos in ("v", "a", "d") and len(token.zh) >= _SET_PHRASE)

    def name(self, word: str) -> str:
        """English of one part of a foreign name: the dictionary's where it has one, else pinyin."""
        listed = self._dictionary.gloss(word, False) if len(word) > 1 else ""
        return listed if listed[:1].isupper() else self._dictionary.pinyin(word)

    def _merge_spelt(self, tokens: list[Token]) -> list[Token]:
        """Joins neighbours that together spell a foreign name which the segmenter cut into characters."""
        merged: list[Token] = []
        index = 0
        while index < len(tokens):
            end = index
            while end < len(tokens) and (
                self._spells(tokens[end]) or (end > index and self._trails(tokens[end], tokens[end - 1]))
            ):
                end += 1
            word = "".join(token.zh for token in tokens[index:end])
            if end - index > 1 and len(word) > 2:
                merged.append(Token(word, "ns", self.name(word)))
                index = end
            else:
                merged.append(tokens[index])
                index += 1
        return merged

    def _trails(self, token: Token, before: Token) -> bool:
        """格罗 + 西: a listed character that can end a name after an unknown part of it."""
        return (
            len(token.zh) == 1 and token.zh in SPELLING and token.pos in ("a", "n", "ns") and not self.known(before.zh)
        )

    def _spells(self, token: Token) -> bool:
        word = token.zh
        if not all(char in SPELLING for char in word):
            return False
        if len(word) == 1:
            return word not in self._lexicon
        return not self.known(word) and token.pos in ("nr", "ns")

    def _is_name(self, word: str, tag: str) -> bool:
        if tag.startswith(_NAME_TAGS):
            if tag.startswith("nr") and (word[0] in SURNAMES or all(char in SPELLING for char in word)):
                return len(word) < 4 or not self._compound(word)
            return (len(word) < 3 and tag[:2] != "nr") or not self._compound(word)
        return len(word) > 2 and all(char in SPELLING for char in word)

    def _compound(self, word: str) -> bool:
        """Whether a name that no dictionary has is put together from words that they have (加拿大 人, 中国 海关)."""
        pieces = self._pieces(word)
        *first, last = pieces
        return bool(first) and all(len(piece) > 1 for piece in first) and (len(last) > 1 or last in _SUFFIXES)

    def _pieces(self, word: str) -> list[str]:
        """`word` cut into the longest words that a dictionary has, left to right."""
        pieces, start = [], 0
        while start < len(word):
            end = next(
                (stop for stop in range(min(len(word), start + 6), start + 1, -1) if self.known(word[start:stop])),
                start + 1,
            )
            pieces.append(word[start:end])
            start = end
        return pieces

    def _token(self, word: str, tag: str) -> Token:
        key = (word, tag)
        token = self._cache.get(key)
        if token is None:
            token = self._listed(word, tag) if word in self._lexicon else self._glossed(word, tag)
            if len(self._cache) < 60_000:
                self._cache[key] = token
        return token

    def _listed(self, word: str, tag: str) -> Token:
        readings = self._lexicon[word]
        if tag.startswith("vn") and "n" in readings and "v" in readings:
            readings = {"n": readings["n"], **readings}
        pos, english = next(iter(readings.items()))
        return Token(word, pos, english, readings=readings if len(readings) > 1 else NO_READINGS)

    def _glossed(self, word: str, tag: str) -> Token:
        value = chinese_value(word)
        if value is not None and (tag == "m" or len(word) > 1 or word in DIGITS):
            return Token(word, "m", small(value), number="s" if value == 1 else "p")
        pos = next((_TAGS[tag[:size]] for size in (4, 3, 2, 1) if tag[:size] in _TAGS), "n")
        if pos == "nr" and ((len(word) > 1 and word not in self._dictionary) or (tag == "nr" and 2 <= len(word) <= 3)):
            english = self._dictionary.gloss(word, False) if word in self._dictionary else ""
            if not english or english.islower():
                return Token(word, "nr", self._person(word))
        gloss = self._dictionary.gloss(word, pos == "v")
        if not gloss:
            return Token(word, "ns", self._dictionary.pinyin(word))
        if gloss.startswith("to "):
            base = gloss[3:]
            if pos == "vn":
                return _noun_or_verb(word, gerund(base), base)
            return Token(word, "v", base)
        if pos == "vn":
            verb = self._dictionary.gloss(word, True)
            return _noun_or_verb(word, gloss, verb[3:]) if verb.startswith("to ") else Token(word, "n", gloss)
        if pos == "v":
            pos = "a" if gloss.endswith(("ed", "ful", "ive", "able", "ous")) else "n"
        if pos in ("n", "ns", "nr", "t", "q", "r", "m", "p", "k", "u") and gloss[0].isupper() and pos != "nr":
            pos = "ns"
        if pos in ("p", "k", "u", "r", "q", "m"):
            pos = {"k": "d", "u": "d", "r": "n", "q": "n", "m": "a", "p": "d"}[pos]
        return Token(word, pos, gloss)

    def _person(self, word: str) -> str:
        """A Chinese name of two to four characters as surname and given name, a foreign one in one piece."""
        if len(word) > 3 or (len(word) > 2 and all(char in SPELLING for char in word)) or len(word) == 1:
            return self._dictionary.pinyin(word)
        return f"{surname(word[0])} {spelt(readings(word)[1:]).capitalize()}"


def _noun_or_verb(word: str, noun: str, verb: str) -> Token:
    return Token(word, "n", noun, readings=MappingProxyType({"n": noun, "v": verb}))


def _private_cutter(dictionary: Dictionary, lexicon: Lexicon) -> Any:
    """A part-of-speech segmenter of its own, built from jieba's word list in memory: no cache file, no shared state."""
    logger = logging.getLogger("jieba")
    logger.setLevel(logging.WARNING)
    import jieba
    import jieba.posseg

    logger.setLevel(logging.WARNING)

    tokenizer = jieba.Tokenizer()
    frequencies, total = word_counts()
    # jieba keeps its words once more with their tags, and each tag as often as it stands: 30 MB.
    held = {word: word for word in frequencies}
    tags = {held.get(word, word): sys.intern(tag) for word, tag in jieba.posseg.dt.word_tag_tab.items()}
    jieba.posseg.dt.word_tag_tab = tags
    for word in dictionary.words():
        if 2 <= len(word) <= 8 and not frequencies.get(word):
            _add(frequencies, word, 3)
    for word in lexicon:
        if len(word) > 1:
            _add(
                frequencies,
                word,
                max(frequencies.get(word, 0), 10 ** (6 - min(len(word), 4)) if len(word) > 2 else 300),
            )
    tokenizer.FREQ, tokenizer.total, tokenizer.initialized = frequencies, total, True
    cutter = jieba.posseg.POSTokenizer.__new__(jieba.posseg.POSTokenizer)
    cutter.tokenizer, cutter.word_tag_tab = tokenizer, tags
    return cutter


@functools.cache
def shared_segmenter() -> Segmenter:
    """The one segmenter of the process, loaded at first use."""
    return Segmenter(shared_dictionary(), listed.load())


_SUFFIXES = frozenset("人队市县区省州岛河湖山海港湾镇村街路桥寺城国族语军党报社局部院会所站")


def _add(frequencies: dict[str, int], word: str, count: int) -> None:
    frequencies[word] = count
    for end in range(1, len(word)):
        frequencies.setdefault(word[:end], 0)
