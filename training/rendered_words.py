"""Counts which Chinese words translators render recognisably nearly always, for translate/alignment/unrendered.py.

    python -m training.rendered_words [--corpus DIR] [--every 3] [--least 0.7] [--out translate/alignment/rendered.txt.xz]

A word counts if, of the pairs to learn from that hold it, the English of at least that share holds a word that the lexical
table or the dictionary gives for it. About two minutes on one core.
"""

from __future__ import annotations

import argparse
import collections
import lzma
from collections.abc import Iterable
from pathlib import Path

from training import corpus
from translate.alignment.renderings import renderings_of
from translate.alignment.words import chinese_words, english_stems
from translate.engines.gloss.numerals import NUMERAL_CHARS

_SEEN = 5


def _counts(word: str) -> bool:
    """A character alone means too much; figures have a check of their own."""
    return len(word) > 1 and word[0] not in NUMERAL_CHARS + "第"


def rendered_words(pairs: Iterable[corpus.Pair], least: float) -> list[str]:
    """The words, sorted."""
    seen: collections.Counter[str] = collections.Counter()
    found: collections.Counter[str] = collections.Counter()
    for pair in pairs:
        stems = english_stems(pair.english)
        for word in {word for _, _, word in chinese_words(pair.chinese) if _counts(word) and renderings_of(word)}:
            seen[word] += 1
            found[word] += not stems.isdisjoint(renderings_of(word))
    # As if each had been seen twice more, once without its English.
    return sorted(word for word, times in seen.items() if times >= _SEEN and (found[word] + 1) / (times + 2) >= least)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, default=corpus.CORPUS)
    parser.add_argument("--least", type=float, default=0.7)
    parser.add_argument("--every", type=int, default=3, help="read one pair of so many")
    parser.add_argument("--out", type=Path, default=Path("translate/alignment/rendered.txt.xz"))
    options = parser.parse_args()
    pairs = (pair for at, pair in enumerate(corpus.pairs(options.corpus)) if at % options.every == 0)
    words = rendered_words((pair for pair in pairs if pair.source not in corpus.MANUALS), options.least)
    data = lzma.compress(("\n".join(words) + "\n").encode("utf-8"), preset=9 | lzma.PRESET_EXTREME)
    options.out.write_bytes(data)
    print(f"{len(words):,} words in {len(data):,} bytes → {options.out}")


if __name__ == "__main__":
    main()
