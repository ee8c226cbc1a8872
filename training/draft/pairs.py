"""The corpus as word numbers: step one of learning the draft.

    python -m training.draft.pairs WORK_DIR [--corpus DIR]

Writes into WORK_DIR: chinese.txt, english.txt (words set apart by spaces, for the aligner), pairs.npz (arrays) and
tuning.tsv: the pairs that nothing but the weights is learned from, as they are (file, Chinese, English).
"""

from __future__ import annotations

import argparse
import collections
import dataclasses
import itertools
import multiprocessing
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from training import corpus
from translate.engines.draft.words import CLASSES, chinese, english

LONGEST = 100
# The files of the corpus; a pair keeps the number of its file, and pairs of the term lists the number behind these.
FILES = (
    "tw_law",
    "jiyu_examples",
    "tico19_health",
    "un_sdg",
    "tatoeba",
    "python_docs",
    "django_docs",
    "angular_docs",
    corpus.NEWS,
)
_TERMS = (
    "naer_gov_orgs.tsv.xz",
    "naer_law_intl_admin.tsv.xz",
    "naer_nuclear.tsv.xz",
    "naer_metrology.tsv.xz",
    "naer_trade_customs_maritime.tsv.xz",
)

# One pair of a file in so many is only for tuning the weights; few of the long kinds are left without.
_TUNING_STEP = {"jiyu_examples": 1200, "tico19_health": 5, "un_sdg": 5, corpus.NEWS: 60}

Ints = NDArray[np.int32]


@dataclasses.dataclass(frozen=True)
class Side:
    """One language: `words` by number; the sentences one after the other in `ids`, sentence n from starts[n] to starts[n + 1]."""

    words: list[str]
    ids: Ints
    starts: NDArray[np.int64]


@dataclasses.dataclass(frozen=True)
class Pairs:
    """All pairs. `links`: for each English word the number of the Chinese word whose class it renders, or -1; `tuning`: whether
    a pair is only for tuning the weights."""

    chinese: Side
    english: Side
    links: Ints
    files: NDArray[np.int8]
    tuning: NDArray[np.bool_]


def load(folder: Path) -> Pairs:
    """The arrays that `main` wrote."""
    arrays = np.load(folder / "pairs.npz")
    words = {
        side: (folder / f"{side}.words").read_text(encoding="utf-8").split("\n") for side in ("chinese", "english")
    }
    sides = {side: Side(words[side], arrays[f"{side}_ids"], arrays[f"{side}_starts"]) for side in words}
    return Pairs(sides["chinese"], sides["english"], arrays["links"], arrays["files"], arrays["tuning"])


def term_pairs(folder: Path = corpus.TERMS) -> Iterator[corpus.Pair]:
    """Rows of the term lists, and the names in the pairs of agency news, as short pairs."""
    for name in dict.fromkeys(name for pair in corpus.written() for name in pair.names):
        yield corpus.Pair(*name, "terms")
    for name in _TERMS:
        path = folder / name
        for row in corpus.read_rows(path) if path.is_file() else ():
            if len(row) >= 4 and row[-1] and row[1]:
                for term in row[-1].replace(";", "；").split("；"):
                    pair = corpus.Pair(corpus.normalise_chinese(term), corpus.normalise_english(row[1]), "terms")
                    if 2 <= len(pair.chinese) <= 16 and len(pair.english.split()) <= 8 and "(" not in term:
                        yield pair


def _in_words(pair: corpus.Pair) -> tuple[list[str], list[str], list[int], corpus.Pair]:
    source = chinese(pair.chinese)
    target, links = english(pair.english, source)
    used = set(links)
    keys = [word.key if number in used else word.literal for number, word in enumerate(source)]
    # A number that the English does not have is no example of how numbers are rendered.
    return [key.replace(" ", "") for key in keys], target, links, pair


def _for_tuning(files: NDArray[np.int8]) -> NDArray[np.bool_]:
    """Which pairs that are not of law are only for tuning, by the file of each."""
    chosen = np.zeros(len(files), bool)
    for name, step in _TUNING_STEP.items():
        chosen[np.flatnonzero(files == FILES.index(name))[step // 2 :: step]] = True
    return chosen


def truecased(sentences: Iterable[list[str]]) -> dict[str, str]:
    """First words of sentences as they are mostly written elsewhere: The → the, China → China."""
    inside: collections.Counter[str] = collections.Counter()
    for words in sentences:
        inside.update(words[1:])
    best: dict[str, str] = {}
    for word, count in inside.items():
        lower = word.lower()
        if count > inside.get(best.get(lower, ""), 0):
            best[lower] = word
    return best


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("work", type=Path)
    parser.add_argument("--corpus", type=Path, default=corpus.CORPUS)
    parser.add_argument("--most", type=int, default=None, help="only so many pairs, to try it")
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    every = itertools.islice(corpus.pairs(options.corpus, of_taiwan=True), options.most)
    if options.most is None:
        every = itertools.chain(every, corpus.written(), term_pairs(options.corpus.parent / "terms"))
    with multiprocessing.Pool(2) as pool:
        rows = [
            row
            for row in pool.imap(_in_words, every, chunksize=2_000)
            if 0 < len(row[0]) <= LONGEST and 0 < len(row[1]) <= LONGEST
        ]
    case = truecased(row[1] for row in rows)
    for row in rows:
        row[1][0] = case.get(row[1][0].lower(), row[1][0])
    names = [*FILES, "terms"]
    files = np.array([names.index(row[3].source) for row in rows], np.int8)
    law = {pair.chinese for pair in corpus.tuning_law(options.corpus)}
    tuning = _for_tuning(files) | np.array([row[3].chinese in law for row in rows])
    with (options.work / "tuning.tsv").open("w", encoding="utf-8") as lines:
        for at in np.flatnonzero(tuning).tolist():
            pair = rows[at][3]
            print(pair.source, pair.chinese, pair.english, sep="\t", file=lines)
    saved: dict[str, NDArray[np.generic]] = {"files": files, "tuning": tuning}
    for side, column in (("chinese", 0), ("english", 1)):
        sentences: list[list[str]] = [row[column] for row in rows]  # type: ignore[misc]
        counts = collections.Counter(itertools.chain.from_iterable(sentences))
        words = [*sorted(CLASSES), *(word for word, _ in counts.most_common() if word not in CLASSES)]
        numbers = {word: number for number, word in enumerate(words)}
        saved[f"{side}_ids"] = np.fromiter((numbers[word] for words in sentences for word in words), np.int32)
        saved[f"{side}_starts"] = np.cumsum([0, *map(len, sentences)])
        (options.work / f"{side}.words").write_text("\n".join(words), encoding="utf-8")
        with (options.work / f"{side}.txt").open("w", encoding="utf-8") as lines:
            lines.writelines(" ".join(sentence) + "\n" for sentence in sentences)
    links = np.full(len(saved["english_ids"]), -1, np.int32)
    is_class = saved["english_ids"] < len(CLASSES)
    links[is_class] = np.fromiter(itertools.chain.from_iterable(row[2] for row in rows), np.int32)
    np.savez(options.work / "pairs.npz", links=links, **saved)
    print(f"{len(rows):,} pairs, {len(saved['chinese_ids']):,} Chinese and {len(links):,} English words")


if __name__ == "__main__":
    main()
