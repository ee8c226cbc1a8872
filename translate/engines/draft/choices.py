"""What the phrase table, the dictionary and the classes offer for a sentence, as choices for the search."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import numpy as np

from translate.engines.draft.decode import Choices
from translate.engines.draft.tables import UNKNOWN, PhraseTable
from translate.engines.draft.vocabulary import FIRST_CLASS, FIRST_WORD, RANKS
from translate.engines.draft.words import CLASSES, NAME, NUMBER, Word
from translate.engines.gloss.segment import Segmenter

# Of a phrase: units (a character or a class), and words.
LONGEST, LONGEST_WORDS = 14, 6
_MARKS = sorted(CLASSES)
# Log10 scores of what the table does not know: the dictionary's word, the reading of a character, a person's name, a
# class as it stands.
_DICTIONARY, _READING, _PERSON, _AS_GIVEN = -4.0, -6.0, -0.5, -1.0
# 第 3 条 is Article 3 only as a whole; what cuts it loses so much.
_COUNTED, _CUT = frozenset("条项款目章节编届"), -3.0
# First unit, unit after the last, words for the model, score, words as written, place in the table or -1.
_Row = tuple[int, int, tuple[int, ...], float, tuple[str, ...], int]


@dataclasses.dataclass(frozen=True, slots=True)
class Unit:
    """A character of a word, or a class with its word; `first` and `last` of its word."""

    text: str
    literal: str
    word: int
    first: bool
    last: bool
    source: Word | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Offered:
    """The choices, the English of each, and `entries`: where each stands in the phrase table (-1: not from it)."""

    choices: Choices
    english: list[tuple[str, ...]]
    entries: np.ndarray


def units_of(words: Sequence[Word]) -> list[Unit]:
    """The units of a sentence."""
    units: list[Unit] = []
    for number, word in enumerate(words):
        if word.key in CLASSES:
            units.append(Unit(word.key, word.literal, number, True, True, word))
        else:
            last = len(word.key) - 1
            units += [Unit(char, char, number, at == 0, at == last) for at, char in enumerate(word.key)]
    return units


def offered(units: Sequence[Unit], table: PhraseTable, english: Sequence[str], segmenter: Segmenter) -> Offered:
    """Everything that could stand for a part of the sentence. `english`: the words of the table by number."""
    spans: list[tuple[int, int]] = []
    phrases: list[str] = []
    for start, first in enumerate(units):
        text = literal = ""
        for end in range(start, min(len(units), start + LONGEST)):
            unit = units[end]
            if unit.word - first.word >= LONGEST_WORDS:
                break
            text, literal = text + unit.text, literal + unit.literal
            # A phrase is whole words, or a part of one.
            if (first.first and unit.last) or unit.word == first.word:
                spans.append((start, end + 1))
                phrases.append(text)
                if literal != text and end - start < 3:
                    spans.append((start, end + 1))
                    phrases.append(literal)
    found = table.look_up(phrases)
    rows: list[_Row] = []
    for option, words in enumerate(found.words.tolist()):
        number = int(found.owner[option])
        start, end = spans[number]
        ids = tuple(words[: int(found.lengths[option])])
        written = _surface(ids, units[start:end], english)
        if written is not None:
            rows.append(
                (
                    start,
                    end,
                    tuple(map(_for_model, ids)),
                    float(found.scores[option]),
                    written,
                    int(found.entries[option]),
                )
            )
    rows += _known_otherwise(units, segmenter)
    said = {(row[0], row[4]) for row in rows if row[1] == row[0] + 1}
    covered = {at for at, _ in said}
    for at, unit in enumerate(units):
        if unit.source is not None:
            as_given = (unit.source.english[unit.text],)
            if (at, as_given) not in said:
                word = FIRST_CLASS + _MARKS.index(unit.text) * RANKS
                rows.append((at, at + 1, (word,), _AS_GIVEN, as_given, -1))
        elif at not in covered:
            rows.append((at, at + 1, (UNKNOWN,), _READING, (segmenter.name(unit.text) or unit.text,), -1))
    rows.sort(key=lambda row: row[0])
    solid = [at for at in range(2, len(units)) if _is_counted(units[at - 2 : at + 1])]
    within = {border for at in solid for border in (at - 1, at)}
    wide = max((len(row[2]) for row in rows), default=1)
    choices = Choices(
        units=len(units),
        start=np.array([row[0] for row in rows]),
        end=np.array([row[1] for row in rows]),
        words=np.array([[*row[2], *[-1] * (wide - len(row[2]))] for row in rows]),
        lengths=np.array([len(row[2]) for row in rows]),
        scores=np.array([row[3] + _CUT * ((row[0] in within) + (row[1] in within)) for row in rows], np.float32),
        breaks=np.array([(not units[row[0]].first) + (not units[row[1] - 1].last) for row in rows]),
        walls=np.cumsum([0, *(unit.source is None and not unit.text.isalnum() for unit in units)]),
    )
    return Offered(choices, [row[4] for row in rows], np.array([row[5] for row in rows]))


def _is_counted(units: Sequence[Unit]) -> bool:
    return units[0].text == "第" and units[1].text == NUMBER and units[2].text in _COUNTED


def _for_model(word: int) -> int:
    """The language model does not tell the first number of a phrase from the second."""
    return word if word >= FIRST_WORD or word < FIRST_CLASS else word - (word - FIRST_CLASS) % RANKS


def _surface(ids: tuple[int, ...], units: Sequence[Unit], english: Sequence[str]) -> tuple[str, ...] | None:
    """English of a phrase with its classes written out; None where one cannot be written so."""
    sources = [unit.source for unit in units if unit.source is not None]
    result: list[str] = []
    for word in ids:
        if FIRST_CLASS <= word < FIRST_WORD:
            mark, rank = _MARKS[(word - FIRST_CLASS) // RANKS], (word - FIRST_CLASS) % RANKS
            text = sources[rank].english.get(mark) if rank < len(sources) else None
            if text is None:
                return None
            result.append(text)
        else:
            result.append(english[word])
    return tuple(result)


def _known_otherwise(units: Sequence[Unit], segmenter: Segmenter) -> list[_Row]:
    """What the dictionary says of each word, and how a person's name reads that no dictionary has."""
    rows: list[_Row] = []
    name = FIRST_CLASS + _MARKS.index(NAME) * RANKS
    start = 0
    while start < len(units):
        end = start
        while end < len(units) and units[end].source is None and "\u3400" <= units[end].text <= "\u9fff":
            end += 1
        at = start
        for token in segmenter.tokens("".join(unit.text for unit in units[start:end])) if end > start else ():
            stop = at + len(token.zh)
            if token.pos in ("nr", "ns") and len(token.zh) > 1 and not segmenter.known(token.zh) and token.en:
                rows.append((at, stop, (name,), _PERSON, (token.en,), -1))
            elif token.en and len(token.en) < 60:
                words = tuple(token.en.split())
                rows.append((at, stop, (UNKNOWN,) * len(words), _DICTIONARY, words, -1))
            at = stop
        start = max(end, start + 1)
    return rows
