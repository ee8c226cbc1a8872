"""Learns which English stems render which Chinese words, for repair by alignment (translate/alignment).

    python -m training.lexical_table CORPUS_DIR [--pairs N] [--out translate/alignment/lexical.bin.xz]

IBM model 2 with the fixed diagonal prior of fast_align (Dyer, Chahuneau & Smith 2013), trained in both directions over
the same links; kept is the geometric mean of the two probabilities, quantised. About 15 minutes and 4 GB on one core.
"""

from __future__ import annotations

import argparse
import collections
import lzma
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from translate.alignment.lexical import pack
from translate.alignment.words import FUNCTION_WORDS, chinese_words, english_words

ITERATIONS = 5
DIAGONAL = 4.0
# The weight of "comes from nothing" beside the words of the sentence.
NULL = 0.05
MOST_WORDS = 40
LEAST_COUNT = 4
LEAST_SCORE = 0.025
MOST_FOR_ONE = 12
_CHUNK = 8_000_000

Ints = NDArray[np.int32]


def read_corpus(folder: Path, most: int) -> Iterator[tuple[str, str]]:
    """Pairs of the corpus: all of the small files, every n-th of the largest, so that there are about `most`."""
    sizes = {path: path.stat().st_size for path in sorted(folder.glob("*.tsv.xz"))}
    largest = max(sizes, key=lambda path: sizes[path])
    lines = {path: _count_lines(path) for path in sizes}
    room = most - sum(count for path, count in lines.items() if path != largest)
    step = max(1, round(lines[largest] / max(room, 1)))
    for path in sizes:
        with lzma.open(path, "rt", encoding="utf-8") as rows:
            for number, row in enumerate(rows):
                chinese, _, english = row.rstrip("\n").partition("\t")
                if english and (path != largest or number % step == 0):
                    yield chinese, english


def _count_lines(path: Path) -> int:
    with lzma.open(path, "rb") as rows:
        return sum(1 for _ in rows)


def encode(pairs: Iterator[tuple[str, str]]) -> tuple[list[tuple[Ints, Ints]], list[str], list[str]]:
    """Each pair as word numbers, and the two vocabularies; rare words and long sentences are left out."""
    sides: list[tuple[list[str], list[str]]] = []
    counts: tuple[collections.Counter[str], collections.Counter[str]] = (collections.Counter(), collections.Counter())
    for chinese, english in pairs:
        source = [sys.intern(word) for _, _, word in chinese_words(chinese)]
        target = [sys.intern(word) for _, _, word in english_words(english) if word not in FUNCTION_WORDS]
        target = [word for word in target if not word[0].isdigit()]
        if 0 < len(source) <= MOST_WORDS and 0 < len(target) <= MOST_WORDS:
            sides.append((source, target))
            counts[0].update(source)
            counts[1].update(target)
    vocabularies = [[word for word, n in count.most_common() if n >= LEAST_COUNT] for count in counts]
    numbers = [{word: at for at, word in enumerate(vocabulary)} for vocabulary in vocabularies]
    encoded = []
    for side in sides:
        ids = [
            np.array([known.get(w, -1) for w in words], np.int32) for words, known in zip(side, numbers, strict=True)
        ]
        if (ids[0] >= 0).any() and (ids[1] >= 0).any():
            encoded.append((ids[0], ids[1]))
    return encoded, vocabularies[0], vocabularies[1]


class Links:
    """Every possible link of every pair: which entry of the table, which prior, which word on either side it shares."""

    def __init__(self, pairs: list[tuple[Ints, Ints]], english_size: int) -> None:
        keys, priors, sources, targets = [], [], [], []
        source_base = target_base = 0
        for z, e in pairs:
            at_z, at_e = np.flatnonzero(z >= 0), np.flatnonzero(e >= 0)
            keys.append((z[at_z].astype(np.int64)[None, :] * english_size + e[at_e][:, None]).ravel())
            apart = np.abs(at_z[None, :] / len(z) - at_e[:, None] / len(e))
            priors.append(np.exp(-DIAGONAL * apart).astype(np.float32).ravel())
            sources.append(np.tile(np.arange(source_base, source_base + len(at_z), dtype=np.int32), len(at_e)))
            targets.append(np.repeat(np.arange(target_base, target_base + len(at_e), dtype=np.int32), len(at_z)))
            source_base += len(at_z)
            target_base += len(at_e)
        every = np.concatenate(keys)
        self.keys, self.entry = np.unique(every, return_inverse=True)
        self.entry = self.entry.astype(np.int32)
        self.prior = np.concatenate(priors)
        self.groups = (np.concatenate(targets), np.concatenate(sources))
        self.sizes = (target_base, source_base)

    def step(self, table: NDArray[np.float64], side: int) -> NDArray[np.float64]:
        """Expected counts of the table's entries; each word of `side` (0 English, 1 Chinese) hands out one count."""
        group = self.groups[side]
        total = np.full(self.sizes[side], 1e-12)
        chunks = [slice(at, at + _CHUNK) for at in range(0, len(self.entry), _CHUNK)]
        for chunk in chunks:
            first, last = group[chunk].min(), group[chunk].max()
            weights = table[self.entry[chunk]] * self.prior[chunk]
            total[first : last + 1] += np.bincount(group[chunk] - first, weights, last - first + 1)
        counts = np.zeros(len(table))
        for chunk in chunks:
            weights = table[self.entry[chunk]] * self.prior[chunk] / (total[group[chunk]] + NULL * 1e-3)
            counts += np.bincount(self.entry[chunk], weights, len(table))
        return counts


def learn(links: Links, side: int, owner: NDArray[np.int64]) -> NDArray[np.float64]:
    """p(word of `side` | its partner) for each entry; `owner` numbers the partner of each entry."""
    table = np.full(len(links.keys), 1e-3)
    for _ in range(ITERATIONS):
        counts = links.step(table, side)
        sums = np.bincount(owner, counts)
        table = counts / np.maximum(sums[owner], 1e-9)
    return table


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--pairs", type=int, default=750_000)
    parser.add_argument("--out", type=Path, default=Path("translate/alignment/lexical.bin.xz"))
    options = parser.parse_args()
    started = time.monotonic()

    def tell(text: str) -> None:
        print(f"{time.monotonic() - started:5.0f} s  {text}", file=sys.stderr)

    pairs, chinese, english = encode(read_corpus(options.corpus, options.pairs))
    tell(f"{len(pairs)} pairs, {len(chinese)} Chinese words, {len(english)} English stems")
    links = Links(pairs, len(english))
    tell(f"{len(links.entry)} links, {len(links.keys)} entries")
    z, e = links.keys // len(english), links.keys % len(english)
    forward = learn(links, 0, z)
    tell("Chinese → English learnt")
    backward = learn(links, 1, e)
    score = np.sqrt(forward * backward)
    tell("English → Chinese learnt")
    best = np.lexsort((-score, z))
    rank = np.arange(len(best)) - np.searchsorted(z[best], z[best])
    kept = np.sort(best[(rank < MOST_FOR_ONE) & (score[best] >= LEAST_SCORE)])
    data = pack(chinese, english, z[kept], e[kept], score[kept])
    options.out.write_bytes(data)
    tell(f"{len(kept)} entries in {len(data):,} bytes → {options.out}")


if __name__ == "__main__":
    main()
