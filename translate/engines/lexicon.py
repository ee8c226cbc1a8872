"""What a dictionary says of rare words, put behind them in the source of a model that has learnt to use it.

    她买了一台打印机 ⟦=⟧ printer ⟦/t⟧ 。

Unlike a tagged term (translate/engines/tags.py), which has to stand as it is told, the English of a word is advice: the
model bends it, or says something else. Words are found by their pieces, as training does (training/neural/lexicon.py).
"""

from __future__ import annotations

import collections
import sys
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

import numpy as np

from translate.engines.tags import CLOSE, OPEN, SAYS

# What SentencePiece writes for a blank.
BLANK = "▁"
# The file of a model folder that holds one.
LEXICON = "lexicon.tsv"

Piece = TypeVar("Piece", bound=Hashable)


class Lexicon:
    """`renderings`: English pieces by Chinese pieces; of a word that is known well enough there are none."""

    def __init__(self, renderings: Mapping[tuple[str, ...], tuple[str, ...]]) -> None:
        self._renderings = renderings
        self._longest = longest(renderings)

    @classmethod
    def read(cls, path: Path) -> Lexicon:
        """The lexicon of a file. Raises OSError, ValueError."""
        return cls(_Listed(path.read_text(encoding="utf-8").encode()))

    def told(
        self, tokens: Sequence[str], also: dict[tuple[str, ...], tuple[str, ...]] | None = None, most: int = 10_000
    ) -> list[str]:
        """The tokens of a source text with the English of its words behind them, outside of tagged terms.

        `also`: renderings for this text only; they go before the lexicon's. `most`: there are no more tokens than that unless
        the text itself has more; English that finds no room is left out.
        """
        room = most - len(tokens)
        result: list[str] = []
        for start, end, english in self.renderings(tokens, also):
            behind = (SAYS, *english, CLOSE) if english else ()
            behind = behind if len(behind) <= room else ()
            room -= len(behind)
            result += [*tokens[start:end], *behind]
        return result

    def renderings(
        self, tokens: Sequence[str], also: dict[tuple[str, ...], tuple[str, ...]] | None = None
    ) -> Iterator[tuple[int, int, tuple[str, ...]]]:
        """(start, end, English) of the words of a text and of the pieces between, which have none, as `told` has them."""
        words: Mapping[tuple[str, ...], tuple[str, ...]] = self._renderings
        most: Mapping[str, int] = self._longest
        if also:
            # Only read.
            words = collections.ChainMap(also, self._renderings)  # type: ignore[arg-type]
            longer = {first: max(size, most.get(first, 1)) for first, size in longest(also).items()}
            most = collections.ChainMap(longer, self._longest)
        tagged = False
        for start, end in found(tokens, words, most):
            word = tuple(tokens[start:end])
            tagged = word == (OPEN,) or (tagged and word != (CLOSE,))
            yield start, end, () if tagged else words.get(word, ())


class _Listed(Mapping[tuple[str, ...], tuple[str, ...]]):
    """The words of a file as it is, found by their hashes: as a dict 190,000 words take six times the memory."""

    def __init__(self, data: bytes) -> None:
        lines = data.splitlines(keepends=True)
        hashes = np.fromiter((hash(_both(line)[0]) for line in lines), np.int64, len(lines))
        order = np.argsort(hashes)
        sizes = np.fromiter(map(len, lines), np.int64, len(lines))
        ends = np.cumsum(sizes)
        self._data, self._hashes = data, hashes[order]
        self._starts, self._ends = (ends - sizes)[order], ends[order]

    def __getitem__(self, word: tuple[str, ...]) -> tuple[str, ...]:
        english = self._find(word)
        if english is None:
            raise KeyError(word)
        return _cut(english.decode())

    def __contains__(self, word: object) -> bool:
        return isinstance(word, tuple) and self._find(word) is not None

    def _find(self, word: tuple[str, ...]) -> bytes | None:
        chinese = " ".join(word).encode()
        number = hash(chinese)
        at = int(self._hashes.searchsorted(number))
        while at < len(self) and self._hashes[at] == number:
            known, english = _both(self._data[self._starts[at] : self._ends[at]])
            if known == chinese:
                return english
            at += 1
        return None

    def __iter__(self) -> Iterator[tuple[str, ...]]:
        return (_cut(_both(line)[0].decode()) for line in self._data.splitlines())

    def __len__(self) -> int:
        return len(self._hashes)


def _both(line: bytes) -> tuple[bytes, bytes]:
    chinese, english = line.rstrip(b"\r\n").split(b"\t")
    return chinese, english


def entries(path: Path) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """(Chinese pieces, English pieces) of each word of a file, a tab between them. Raises OSError, ValueError."""
    for line in path.read_bytes().splitlines():
        chinese, english = _both(line)
        yield _cut(chinese.decode()), _cut(english.decode())


def by_pieces(
    cut: Callable[[str], list[Piece]], blank: Piece, words: Iterable[str]
) -> Iterator[tuple[tuple[Piece, ...], str]]:
    """Chinese words as they are cut within a text, without the few that cannot be told from the blank that begins a text."""
    for word in words:
        pieces = cut(word)
        if len(pieces) > 1 and pieces[0] == blank:
            yield tuple(pieces[1:]), word


def pieces_within(cut: Callable[[str], list[Piece]], english: str) -> tuple[Piece, ...]:
    """English as it is cut within a text."""
    return tuple(cut(f"a {english}")[1:])


def in_pieces(cut: Callable[[str], list[str]], words: Mapping[str, str]) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Words and their English, both as they are cut within a text."""
    return {pieces: pieces_within(cut, words[word]) for pieces, word in by_pieces(cut, BLANK, words)}


def _cut(pieces: str) -> tuple[str, ...]:
    """Each piece once in memory: 200,000 words consist of far fewer."""
    return tuple(map(sys.intern, pieces.split(" "))) if pieces else ()


def longest(words: Mapping[tuple[Piece, ...], object]) -> dict[Piece, int]:
    """How many pieces the longest word has that begins with a piece."""
    most: dict[Piece, int] = collections.defaultdict(int)
    for word in words:
        most[word[0]] = max(most[word[0]], len(word))
    return dict(most)


def found(
    tokens: Sequence[Piece], words: Mapping[tuple[Piece, ...], object], most: Mapping[Piece, int]
) -> Iterator[tuple[int, int]]:
    """(start, end) of the words of a text and of the pieces between, one after the other; the longest word first."""
    at = 0
    while at < len(tokens):
        end = at + min(most.get(tokens[at], 1), len(tokens) - at)
        while end > at + 1 and tuple(tokens[at:end]) not in words:
            end -= 1
        yield at, end
        at = end
