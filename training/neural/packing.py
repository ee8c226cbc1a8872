"""Packed training data: token ids of pairs, where terms stand in them, and a bank of names; one compressed file.

Reading needs numpy only, so that a machine with nothing but PyTorch can train from it. The file: xz of a JSON header
line (`meta`, and name, dtype and shape of each array), then the arrays' bytes in that order.
"""

from __future__ import annotations

import dataclasses
import json
import lzma
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Word = tuple[int, ...]
# First token of a word, token after its last, its English.
Told = tuple[int, int, Word]


def _part(ends: NDArray[np.int64], at: int) -> slice:
    """Where number `at` lies of several that stand one after the other."""
    return slice(int(ends[at - 1]) if at else 0, int(ends[at]))


@dataclasses.dataclass(frozen=True, slots=True)
class Texts:
    """Token ids of many texts, one after the other: text i is ids[ends[i - 1]:ends[i]]."""

    ids: NDArray[np.uint16]
    ends: NDArray[np.int64]

    @classmethod
    def of(cls, texts: Sequence[Sequence[int]]) -> Texts:
        """The texts, packed."""
        ids = np.fromiter((i for text in texts for i in text), np.uint16)
        return cls(ids, np.cumsum([len(text) for text in texts], dtype=np.int64))

    def __len__(self) -> int:
        return len(self.ends)

    def __getitem__(self, at: int) -> list[int]:
        found: list[int] = self.ids[_part(self.ends, at)].tolist()
        return found


@dataclasses.dataclass(frozen=True, slots=True)
class Meta:
    """What a trainer must know of the vocabulary and of the pairs' domains.

    `blank`: id of the piece that is a blank. `tags`: ids of ⟦t⟧, ⟦=⟧ and ⟦/t⟧. `weights[domain]`: how often a pair of it is seen in an epoch. `true_names`: so many
    names at the front of the bank are real translations, the rest are made up.
    """

    vocabulary: int
    pad: int
    begin: int
    end: int
    blank: int
    tags: tuple[int, int, int]
    domains: tuple[str, ...]
    weights: tuple[float, ...]
    true_names: int = 0


@dataclasses.dataclass(frozen=True, slots=True)
class Advice:
    """What is told of some pairs when the draft's phrases of each go before the lexicon (training/neural/advice.py).

    `pairs`: which, in order; words ends[i - 1] to ends[i] - 1 are told of pairs[i]; `places` (words, 2): first token of each,
    token after its last; `english`: of each word.
    """

    pairs: NDArray[np.int64]
    ends: NDArray[np.int64]
    places: NDArray[np.uint8]
    english: Texts

    def of(self, pair: int) -> list[Told]:
        """What is told of a pair; [] of one that nothing is known of."""
        at = int(np.searchsorted(self.pairs, pair))
        if at == len(self.pairs) or self.pairs[at] != pair:
            return []
        its = _part(self.ends, at)
        places = self.places[its].tolist()
        return [(start, end, tuple(self.english[its.start + n])) for n, (start, end) in enumerate(places)]

    @classmethod
    def of_pairs(cls, told: Mapping[int, Sequence[Told]]) -> Advice:
        """What is told of each pair, packed."""
        words = [word for pair in sorted(told) for word in told[pair]]
        return cls(
            np.array(sorted(told), np.int64),
            np.cumsum([len(told[pair]) for pair in sorted(told)], dtype=np.int64),
            np.array([word[:2] for word in words], np.uint8).reshape(-1, 2),
            Texts.of([word[2] for word in words]),
        )

    def write(self, path: Path) -> None:
        """Write the file, which needs numpy only to be read."""
        with path.open("wb") as file:
            np.savez_compressed(
                file,
                pairs=self.pairs,
                ends=self.ends,
                places=self.places,
                ids=self.english.ids,
                id_ends=self.english.ends,
            )

    @classmethod
    def read(cls, path: Path) -> Advice:
        """What a file holds. Raises OSError, ValueError."""
        with np.load(path) as held:
            return cls(held["pairs"], held["ends"], held["places"], Texts(held["ids"], held["id_ends"]))


@dataclasses.dataclass(frozen=True, slots=True)
class Packed:
    """Pairs as token ids.

    `spans` (n, 4): source start and end, target start and end, in tokens, of what renders each other in a pair; those of
    pair i are spans[span_ends[i - 1]:span_ends[i]], in source order, disjoint on both sides. `domain[i]` numbers
    `meta.domains`. `spaced[id]`: the id of the piece that is the same with a blank before it, -1 where there is none
    (0 for pieces that begin with a blank already). `marks` (one for each id of `source`): 1 where a word of the lexicon
    begins, 2 where it goes on, 0 elsewhere; `lexicon`: its English pieces by Chinese pieces, none for words that are only
    to be passed over.
    """

    meta: Meta
    source: Texts
    target: Texts
    spans: NDArray[np.uint8]
    span_ends: NDArray[np.int64]
    domain: NDArray[np.uint8]
    names_chinese: Texts
    names_english: Texts
    spaced: NDArray[np.int32]
    marks: NDArray[np.uint8]
    lexicon: Mapping[Word, Word]
    advice: Advice | None = None

    def __len__(self) -> int:
        return len(self.source)

    def words_of(self, at: int) -> list[Told]:
        """The words of the lexicon in the source of a pair, in order."""
        where = self.marks[_part(self.source.ends, at)].tolist()
        found: list[tuple[int, int]] = []
        for token, mark in enumerate(where):
            if mark == 1:
                found.append((token, token + 1))
            elif mark:
                found[-1] = (found[-1][0], token + 1)
        source = self.source[at]
        return [(start, end, self.lexicon[tuple(source[start:end])]) for start, end in found]

    def advice_of(self, at: int) -> list[Told]:
        """What the draft advises of a pair, in order; [] for most pairs."""
        return self.advice.of(at) if self.advice else []

    def spans_of(self, at: int) -> list[list[int]]:
        """The spans of a pair."""
        found: list[list[int]] = self.spans[_part(self.span_ends, at)].tolist()
        return found


_TEXTS = ("source", "target", "names_chinese", "names_english")
_ARRAYS = ("spans", "span_ends", "domain", "spaced", "marks")


def write(packed: Packed, path: Path, preset: int = 6) -> int:
    """Write the file; its size in bytes. Ends are stored as lengths, and ids as two planes of bytes: both pack better."""
    arrays: dict[str, NDArray[Any]] = {name: getattr(packed, name) for name in _ARRAYS}
    arrays["span_ends"] = np.diff(packed.span_ends, prepend=0).astype(np.uint8)
    texts_by_name: dict[str, Texts] = {name: getattr(packed, name) for name in _TEXTS}
    texts_by_name |= {"words": Texts.of(list(packed.lexicon)), "meanings": Texts.of(list(packed.lexicon.values()))}
    for name, texts in texts_by_name.items():
        arrays[f"{name}.ids"] = texts.ids
        arrays[f"{name}.lengths"] = np.diff(texts.ends, prepend=0).astype(np.uint16)
    head = {
        "meta": dataclasses.asdict(packed.meta),
        "arrays": [[name, array.dtype.str, list(array.shape)] for name, array in arrays.items()],
    }
    with lzma.open(path, "wb", preset=preset) as file:
        file.write(json.dumps(head, ensure_ascii=False).encode() + b"\n")
        for array in arrays.values():
            file.write(np.ascontiguousarray(array).tobytes())
    return path.stat().st_size


def read(path: Path) -> Packed:
    """The pairs in a file. Raises ValueError when it is no such file."""
    try:
        raw = lzma.decompress(path.read_bytes())
        first = raw.index(b"\n")
        head = json.loads(raw[:first])
        arrays: dict[str, NDArray[Any]] = {}
        at = first + 1
        for name, dtype, shape in head["arrays"]:
            count = int(np.prod(shape))
            arrays[name] = np.frombuffer(raw, dtype, count, at).reshape(shape)
            at += arrays[name].nbytes
    except (lzma.LZMAError, KeyError, ValueError) as error:
        raise ValueError(f"{path}: is no packed training data ({error})") from None
    meta = head["meta"]
    for name in ("tags", "domains", "weights"):
        meta[name] = tuple(meta[name])
    texts = {
        name: Texts(arrays[f"{name}.ids"], np.cumsum(arrays[f"{name}.lengths"], dtype=np.int64))
        for name in (*_TEXTS, "words", "meanings")
    }
    words, meanings = texts.pop("words"), texts.pop("meanings")
    return Packed(
        Meta(**meta),
        spans=arrays["spans"],
        span_ends=np.cumsum(arrays["span_ends"], dtype=np.int64),
        domain=arrays["domain"],
        spaced=arrays["spaced"],
        marks=arrays["marks"],
        lexicon={tuple(words[at]): tuple(meanings[at]) for at in range(len(words))},
        **texts,
    )
