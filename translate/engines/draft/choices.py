"""What the phrase table, the dictionary and the classes offer for a sentence, as choices for the search."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Iterator, Sequence, Set
from typing import NamedTuple

import numpy as np

from translate.alignment.words import english_stems
from translate.engines.draft.decode import Choices
from translate.engines.draft.tables import AROUND, UNKNOWN, USUAL_TURNS, Floats, Ids, Model
from translate.engines.draft.vocabulary import FIRST_CLASS, FIRST_WORD, RANKS
from translate.engines.draft.words import CLASSES, NAME, NUMBER, Word
from translate.engines.gloss.segment import Segmenter
from translate.engines.taiwan import is_of_taiwan, may_be_of_taiwan

# Of a phrase: units (a character or a class), and words.
LONGEST, LONGEST_WORDS = 18, 8
# Of a phrase around others (在 … 时): most words of each part, and between.
AROUND_PART, AROUND_GAP = 3, 12
_MARKS = sorted(CLASSES)
# Log10 scores of what the table does not know: the dictionary's word, the reading of a character, a person's name, one of
# which the table knows a part (由约翰), a class as it stands.
_DICTIONARY, _READING, _PERSON, _DOUBTFUL_PERSON, _AS_GIVEN = -4.0, -6.0, -0.5, -3.0, -1.0
# A noun or set phrase of the word list, made by hand, that is so long that it means one thing.
_LISTED, _LEAST_LISTED = -1.0, 4
# The pairs hold next to no titles; what the table has for their marks is from a few manuals.
_TITLE_MARKS = {"《": "“", "》": "”", "〈": "“", "〉": "”"}
# 第 3 条 is Article 3 only as a whole; what cuts it loses so much.
_COUNTED, _CUT = frozenset("条项款目章节编届"), -3.0


class _Row(NamedTuple):
    """Units `start` to `end`, but for those from `hole` to `resume`; words for the model and as written; `option`: place among
    what the table offers, or -1; `listed`: whether it is from the word list that was made by hand."""

    start: int
    end: int
    hole: int
    resume: int
    words: tuple[int, ...]
    score: float
    written: tuple[str, ...]
    option: int = -1
    listed: bool = False


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
    # First unit, unit after the last, a gap that is not of the phrase.
    spans: list[tuple[int, int, int, int]] = []
    phrases: list[str] = []
    for start, first in enumerate(units):
        text = literal = ""
        for end in range(start, min(len(units), start + LONGEST)):
            unit = units[end]
            if unit.word - first.word >= LONGEST_WORDS or unit.text in _TITLE_MARKS:
                break
            text, literal = text + unit.text, literal + unit.literal
            # A phrase is whole words, or a part of one.
            if (first.first and unit.last) or unit.word == first.word:
                spans.append((start, end + 1, end + 1, end + 1))
                phrases.append(text)
                if literal != text and end - start < 3:
                    spans.append((start, end + 1, end + 1, end + 1))
                    phrases.append(literal)
    for span, text in _around(units):
        spans.append(span)
        phrases.append(text)
    found = model.phrases.look_up(phrases, kind)
    of_taiwan = may_be_of_taiwan("".join(unit.literal for unit in units))
    rows: list[_Row] = []
    for option, words in enumerate(found.words.tolist()):
        start, end, hole, resume = spans[int(found.owner[option])]
        ids = tuple(words[: int(found.lengths[option])])
        written = _surface(ids, [*units[start:hole], *units[resume:end]], model.words)
        if written is not None and (of_taiwan or not is_of_taiwan(" ".join(written))):
            said_as = tuple(map(_for_model, ids))
            rows.append(_Row(start, end, hole, resume, said_as, float(found.scores[option]), written, option))
    whole = {(row.start, row.hole) for row in rows if row.hole == row.end > row.start + 1}
    otherwise = _known_otherwise(units, segmenter, model, whole)
    listed = [(row.start, row.end, _stems(row)) for row in otherwise if row.listed]
    rows = [row for row in rows if _says_all(row, listed)] + otherwise
    said = {(row.start, row.written) for row in rows if row.end == row.start + 1}
    covered = {at for at, _ in said}
    for at, unit in enumerate(units):
        if unit.source is not None:
            as_given = (unit.source.english[unit.text],)
            if (at, as_given) not in said:
                word = FIRST_CLASS + _MARKS.index(unit.text) * RANKS
                rows.append(_row(at, at + 1, (word,), _AS_GIVEN, as_given))
        elif at not in covered:
            reading = _TITLE_MARKS.get(unit.text) or segmenter.name(unit.text) or unit.text
            rows.append(_row(at, at + 1, (UNKNOWN,), _READING, (reading,)))
    rows.sort(key=lambda row: row.start)
    turns, entries = np.full((len(rows), 3), USUAL_TURNS), np.full(len(rows), -1)
    options = np.array([row.option for row in rows])
    known = options >= 0
    turns[known], entries[known] = found.turns[options[known]], found.entries[options[known]]
    solid = [at for at in range(2, len(units)) if _is_counted(units[at - 2 : at + 1])]
    within = {border for at in solid for border in (at - 1, at)}
    cut = np.array([_CUT * len(within & {*row[:4]}) for row in rows], np.float32)
    own = np.array([row.score for row in rows], np.float32)
    wide = max((len(row.words) for row in rows), default=1)
    choices = Choices(
        units=len(units),
        start=np.array([row.start for row in rows]),
        end=np.array([row.end for row in rows]),
        hole=np.array([row.hole for row in rows]),
        resume=np.array([row.resume for row in rows]),
        words=np.array([[*row.words, *[-1] * (wide - len(row.words))] for row in rows]),
        lengths=np.array([len(row.words) for row in rows]),
        scores=own + cut,
        breaks=np.array([(not units[row.start].first) + (not units[row.end - 1].last) for row in rows]),
        turns=turns,
        walls=np.cumsum([0, *(unit.source is None and not unit.text.isalnum() for unit in units)]),
    )
    return Offered(choices, [row.written for row in rows], entries, cut + np.where(known, np.float32(0), own))


def _around(units: Sequence[Unit]) -> Iterator[tuple[tuple[int, int, int, int], str]]:
    """(first unit, unit after the last, gap from, gap to), text of all that could be a phrase around others: 在 … 时."""
    begins = [at for at, unit in enumerate(units) if at == 0 or unit.word != units[at - 1].word]
    begins.append(len(units))
    texts = ["".join(unit.text for unit in units[one:two]) for one, two in itertools.pairwise(begins)]
    walls = [units[at].source is None and not units[at].text.isalnum() for at in begins[:-1]]
    count = len(texts)
    for first in range(count):
        for gap in range(first + 1, min(count, first + AROUND_PART + 1)):
            if walls[gap - 1]:
                break
            head = "".join(texts[first:gap]) + AROUND
            for last in range(gap + 1, min(count, gap + AROUND_GAP + 1)):
                if walls[last - 1]:
                    break
                for end in range(last + 1, min(count, last + AROUND_PART) + 1):
                    if walls[end - 1]:
                        break
                    yield (begins[first], begins[end], begins[gap], begins[last]), head + "".join(texts[last:end])


def _row(
    start: int, end: int, words: tuple[int, ...], score: float, written: tuple[str, ...], listed: bool = False
) -> _Row:
    """One that is not from the table and has no gap."""
    return _Row(start, end, end, end, words, score, written, listed=listed)


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


def _says_all(row: _Row, listed: Sequence[tuple[int, int, frozenset[str]]]) -> bool:
    """Whether what renders a listed noun, it alone or with words around it, says what the list says."""
    within = [stems for start, end, stems in listed if row.start <= start and end <= row.hole]
    return not within or frozenset.union(*within) <= _stems(row)


def _stems(row: _Row) -> frozenset[str]:
    return frozenset(english_stems(" ".join(row.written)))


def _known_otherwise(
    units: Sequence[Unit], segmenter: Segmenter, model: Model, known: Set[tuple[int, int]]
) -> list[_Row]:
    """What the word list and the dictionary say of each word, and how a person's name reads that no dictionary has. `known`:
    the stretches of two and more units that the table has."""
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
                    rows.append(_row(at, stop, (name,), _DOUBTFUL_PERSON if inside else _PERSON, (token.en,)))
            elif token.en and len(token.en) < 60:
                words = tuple(token.en.split())
                if len(token.zh) >= _LEAST_LISTED and segmenter.is_settled(token):
                    numbers = tuple(model.numbers.get(word, UNKNOWN) for word in words)
                    rows.append(_row(at, stop, numbers, _LISTED, words, listed=True))
                else:
                    rows.append(_row(at, stop, (UNKNOWN,) * len(words), _DICTIONARY, words))
            at = stop
        start = max(end, start + 1)
    return rows
