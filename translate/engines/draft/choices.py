"""What the phrase table, the dictionary and the classes offer for a sentence, as choices for the search."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence, Set

import numpy as np

from translate.engines.draft.decode import Choices
from translate.engines.draft.tables import UNKNOWN, USUAL_TURNS, Floats, Ids, Model
from translate.engines.draft.vocabulary import FIRST_CLASS, FIRST_WORD, RANKS
from translate.engines.draft.words import CLASSES, NAME, NUMBER, Word
from translate.engines.gloss.segment import Segmenter

# Of a phrase: units (a character or a class), and words.
LONGEST, LONGEST_WORDS = 18, 8
_MARKS = sorted(CLASSES)
# Log10 scores of what the table does not know: the dictionary's word, the reading of a character, a person's name, one of
# which the table knows a part (由约翰), a class as it stands.
_DICTIONARY, _READING, _PERSON, _DOUBTFUL_PERSON, _AS_GIVEN = -4.0, -6.0, -0.5, -3.0, -1.0
# 第 3 条 is Article 3 only as a whole; what cuts it loses so much.
_COUNTED, _CUT = frozenset("条项款目章节编届"), -3.0
# First unit, unit after the last, words for the model, score, words as written, place among what the table has or -1.
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
    """The choices, the English of each, `entries`: where each stands in the phrase table (-1: not from it), and `fixed`: the
    part of its score that is not from the table."""

    choices: Choices
    english: list[tuple[str, ...]]
    entries: Ids
    fixed: Floats


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


def offered(units: Sequence[Unit], model: Model, kind: str, segmenter: Segmenter) -> Offered:
    """Everything that could stand for a part of a sentence of this kind of text."""
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
    found = model.phrases.look_up(phrases, kind)
    rows: list[_Row] = []
    for option, words in enumerate(found.words.tolist()):
        number = int(found.owner[option])
        start, end = spans[number]
        ids = tuple(words[: int(found.lengths[option])])
        written = _surface(ids, units[start:end], model.words)
        if written is not None:
            rows.append(
                (
                    start,
                    end,
                    tuple(map(_for_model, ids)),
                    float(found.scores[option]),
                    written,
                    option,
                )
            )
    rows += _known_otherwise(units, segmenter, {(row[0], row[1]) for row in rows if row[1] - row[0] > 1})
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
    turns, entries = np.full((len(rows), 3), USUAL_TURNS), np.full(len(rows), -1)
    options = np.array([row[5] for row in rows])
    known = options >= 0
    turns[known], entries[known] = found.turns[options[known]], found.entries[options[known]]
    solid = [at for at in range(2, len(units)) if _is_counted(units[at - 2 : at + 1])]
    within = {border for at in solid for border in (at - 1, at)}
    cut = np.array([_CUT * ((row[0] in within) + (row[1] in within)) for row in rows], np.float32)
    own = np.array([row[3] for row in rows], np.float32)
    wide = max((len(row[2]) for row in rows), default=1)
    choices = Choices(
        units=len(units),
        start=np.array([row[0] for row in rows]),
        end=np.array([row[1] for row in rows]),
        words=np.array([[*row[2], *[-1] * (wide - len(row[2]))] for row in rows]),
        lengths=np.array([len(row[2]) for row in rows]),
        scores=own + cut,
        breaks=np.array([(not units[row[0]].first) + (not units[row[1] - 1].last) for row in rows]),
        turns=turns,
        walls=np.cumsum([0, *(unit.source is None and not unit.text.isalnum() for unit in units)]),
    )
    return Offered(choices, [row[4] for row in rows], entries, cut + np.where(known, np.float32(0), own))


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


def _known_otherwise(units: Sequence[Unit], segmenter: Segmenter, known: Set[tuple[int, int]]) -> list[_Row]:
    """What the dictionary says of each word, and how a person's name reads that no dictionary has. `known`: the stretches of
    two and more units that the table has."""
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
                inside = any((first, last) in known for first in range(at, stop) for last in range(first + 2, stop + 1))
                if (at, stop) not in known:
                    rows.append((at, stop, (name,), _DOUBTFUL_PERSON if inside else _PERSON, (token.en,), -1))
            elif token.en and len(token.en) < 60:
                words = tuple(token.en.split())
                rows.append((at, stop, (UNKNOWN,) * len(words), _DICTIONARY, words, -1))
            at = stop
        start = max(end, start + 1)
    return rows
