"""The lexicon: what the draft's phrases and CC-CEDICT say of words that the pairs do not have often, and of phrases.

    python -m training.neural.lexicon DATA

adds it to the packs of DATA: the English of each word, and where the words stand in the pairs. `convert` writes it beside
the weights. A word of one pair or two gets the dictionary's English, not the draft's: the draft has learnt that from the
very pair, and would always be right.
"""

from __future__ import annotations

import argparse
import collections
import dataclasses
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import numpy as np
import sentencepiece
from jieba import dt as segmenter
from numpy.typing import NDArray

from training.neural import vocabulary
from training.neural.packing import Texts, Word, read, write
from training.neural.phrases import frequent
from training.neural.spans import BRACKETS, dictionary_terms
from translate.engines.draft.engine import MODEL
from translate.engines.draft.tables import KINDS, Model, load
from translate.engines.draft.vocabulary import FIRST_WORD
from translate.engines.draft.words import within
from translate.engines.lexicon import BLANK, LEXICON, by_pieces, entries, found, longest, pieces_within
from translate.engines.online.pieces import HAN
from translate.engines.tags import SAYS

# A word that is seen so often needs no lexicon; one that is seen less than SELDOM has the dictionary's English only.
OFTEN, SELDOM = 2_000, 3
_LONGEST_WORD, _MOST_ENGLISH, _MEANINGS = 8, 4, 2
# Of a phrase: words, characters, words of its English; how often it is seen, and how sure the draft is of it.
_PHRASE_WORDS, _PHRASE, _PHRASE_ENGLISH, _PHRASE_SEEN, _PHRASE_SURE = 4, 10, 7, 6, -1.25
# Log10 score from which the draft's best phrase needs no second opinion.
_SURE = -0.8
_NUMBER = re.compile("[〇零一二两三四五六七八九十百千万亿第]+")


@dataclasses.dataclass(slots=True)
class Known:
    """What is known of a word: the draft's English, best as general text and as law; whether the draft is unsure of it; the
    dictionary's meanings."""

    drafted: list[str] = dataclasses.field(default_factory=list)
    unsure: bool = False
    glossed: list[str] = dataclasses.field(default_factory=list)

    def english(self, seen: int) -> list[str]:
        """What is told of the word when the pairs have it so often: at most two renderings, the better first."""
        if seen >= OFTEN:
            return []
        drafted = self.drafted if seen >= SELDOM else []
        glossed = self.glossed if self.unsure or not drafted else []
        return list(dict.fromkeys([*drafted, *glossed]))[:_MEANINGS]


def known_words() -> dict[str, Known]:
    """All words of jieba and CC-CEDICT of which anything is known."""
    words: dict[str, Known] = collections.defaultdict(Known)
    for name, meaning in dictionary_terms():
        english = BRACKETS.sub("", meaning).strip()
        if english[:1].isupper():
            # Zurich, Switzerland
            english = english.partition(",")[0]
        if english and len(english.split()) <= _MOST_ENGLISH and not set(english) & set("(),;") and _is_word(name):
            words[name].glossed.append(english)
    names = sorted({*words, *filter(_is_word, segmenter.FREQ)})
    for name, english, score in _drafted(names, _MOST_ENGLISH):
        word = words[name]
        word.drafted += [english] if english not in word.drafted else []
        word.unsure |= score < _SURE
    return dict(words)


def _is_word(name: str) -> bool:
    return 1 < len(name) <= _LONGEST_WORD and all(map(HAN.match, name)) and not _NUMBER.fullmatch(name)


def known_phrases(texts: Iterable[str]) -> dict[str, list[str]]:
    """What the draft says, best as general text and as law, of phrases that texts have often, where it is sure."""
    names = [name for name in frequent(texts, _PHRASE_SEEN, _PHRASE_WORDS) if len(name) <= _PHRASE]
    said: dict[str, list[str]] = collections.defaultdict(list)
    for name, english, score in _drafted(names, _PHRASE_ENGLISH):
        if score >= _PHRASE_SURE and english not in said[name]:
            said[name].append(english)
    return said


def _drafted(names: list[str], most: int) -> Iterator[tuple[str, str, float]]:
    """(name, the draft's best English of at most `most` words, its score) of those that it has, for each kind of text."""
    model = load(MODEL)
    for kind in KINDS:
        for start in range(0, len(names), 20_000):
            yield from _drafted_as(model, names[start : start + 20_000], kind, most)


def _drafted_as(model: Model, names: list[str], kind: str, most: int) -> Iterator[tuple[str, str, float]]:
    options = model.phrases.look_up(names, kind)
    best: dict[int, tuple[float, list[int]]] = {}
    columns = (options.owner, options.words, options.lengths, options.scores)
    for owner, ids, length, score in zip(*(column.tolist() for column in columns), strict=True):
        if length <= most and min(ids[:length]) >= FIRST_WORD and score > best.get(owner, (-99.0,))[0]:
            best[owner] = (score, ids[:length])
    for owner, (score, ids) in best.items():
        english = within([model.words[number] for number in ids])
        if english[-1].isalnum() and not HAN.search(english):
            yield names[owner], english, score


def lexicon(
    pieces: sentencepiece.SentencePieceProcessor,
    source: Texts,
    known: Mapping[str, Known],
    phrases: Mapping[str, list[str]],
) -> dict[Word, Word]:
    """English pieces by Chinese pieces of words and phrases, ⟦=⟧ between two renderings; none for words that `source` has
    often, which are only passed over."""
    blank = pieces.piece_to_id(BLANK)
    words = dict(by_pieces(pieces.encode, blank, known))
    seen = collections.Counter(word for _, word in _standing(source, words))
    says = pieces.piece_to_id(SAYS)
    english = {word: known[name].english(seen[word]) for word, name in words.items()}
    english |= {word: phrases[name] for word, name in by_pieces(pieces.encode, blank, phrases)}
    return {
        word: _joined(filter(None, (pieces_within(pieces.encode, one) for one in meanings)), says)
        for word, meanings in english.items()
    }


def _joined(meanings: Iterable[Word], between: int) -> Word:
    ids: list[int] = []
    for meaning in meanings:
        ids += [*([between] if ids else []), *meaning]
    return tuple(ids)


def _standing(source: Texts, words: Mapping[Word, object]) -> Iterator[tuple[int, Word]]:
    """(place among all ids, word) of every word in the texts."""
    most = longest(words)
    ids = source.ids.tolist()
    begin = 0
    for stop in source.ends.tolist():
        text = ids[begin:stop]
        for start, end in found(text, words, most):
            word = tuple(text[start:end])
            if word in words:
                yield begin + start, word
        begin = stop


def marks(source: Texts, told: Mapping[Word, Word]) -> NDArray[np.uint8]:
    """Where words with English stand: 1 where one begins, 2 where it goes on, 0 elsewhere."""
    where = np.zeros(len(source.ids), np.uint8)
    for at, word in _standing(source, told):
        if told[word]:
            where[at], where[at + 1 : at + len(word)] = 1, 2
    return where


def of_model(folder: Path, pieces: sentencepiece.SentencePieceProcessor) -> dict[Word, Word]:
    """The lexicon of a converted model, by the ids of its vocabulary."""
    return {
        tuple(map(pieces.piece_to_id, chinese)): tuple(map(pieces.piece_to_id, english))
        for chinese, english in entries(folder / LEXICON)
    }


def add(data: Path, model: Path | None = None) -> None:
    """Put the lexicon into the packs of a folder: a new one, or that of a converted model."""
    packed, held = read(data / "train.pack"), read(data / "held_out.pack")
    pieces = vocabulary.load(data / "vocabulary.model")
    if model is None:
        texts = (pieces.decode(packed.source[at]) for at in range(len(packed)))
        told = lexicon(pieces, packed.source, known_words(), known_phrases(texts))
    else:
        told = of_model(model, pieces)
    where = marks(packed.source, told)
    size = write(dataclasses.replace(packed, lexicon=told, marks=where), data / "train.pack")
    write(dataclasses.replace(held, lexicon=told, marks=marks(held.source, told)), data / "held_out.pack")
    count, often = sum(map(bool, told.values())), np.count_nonzero(where == 1) / max(1, len(packed))
    print(f"{count:,} words and phrases with English, {often:.1f} in a pair; {size / 2**20:.1f} MiB", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    add(parser.parse_args().data)


if __name__ == "__main__":
    main()
