"""Phrase table and language model of the draft from aligned pairs.

    python -m training.draft.learn WORK_DIR [--out translate/engines/draft/model] [--least 2] [--most 7] [--most-around 3] [--within 2] [--gain 0.45]

Reads what training.draft.pairs and .align wrote. Writes the model and, into WORK_DIR, features.npy (for .tune).
"""

from __future__ import annotations

import argparse
import dataclasses
import itertools
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from training.corpus import MANUALS, NEWS
from training.draft import language_model
from training.draft.align import links_of
from training.draft.pairs import FILES, Ints, Pairs, load
from training.draft.phrases import CLASS_COUNT, Phrases, composed, extract, extract_around
from translate.alignment.renderings import renderings_of
from translate.alignment.unrendered import judged_words
from translate.alignment.words import stem
from translate.engines.draft.decode import Weights
from translate.engines.draft.tables import (
    AROUND,
    BACK_OFF_ABOVE,
    FIRST_CHARACTER,
    KINDS,
    LAST_CHARACTER,
    packed,
    phrase_columns,
    phrase_hash,
    spread,
    table_of,
)
from translate.engines.draft.vocabulary import FIRST_CLASS, FIRST_WORD, RANKS, SPECIAL

VOCABULARY = 65_500
# What the scores of a phrase pair count for until they are tuned, in law and elsewhere.
_START = {
    "english_given_chinese": 0.3,
    "chinese_given_english": 0.35,
    "lexical_forward": 0.1,
    "lexical_backward": 0.2,
    "in_law": 0.0,
    "elsewhere": 0.4,
    "unrendered": 0.3,
}
SCORES = {"general": _START, "law": {**_START, "in_law": 0.4, "elsewhere": 0.0}}
Columns = dict[str, NDArray[Any]]
Tell = Callable[[str], None]
# What a pair of a file counts for in the phrase table, if not one.
FILE_WEIGHTS = {**dict.fromkeys(MANUALS, 0.3), NEWS: 2.0}
MODEL = Path(__file__).resolve().parents[2] / "translate" / "engines" / "draft" / "model"


def _model_ids(pairs: Pairs, size: int) -> NDArray[np.int64]:
    """English words of the corpus as the model numbers them; what is too rare is unknown (0)."""
    ids = pairs.english.ids.astype(np.int64)
    return np.where(
        ids < CLASS_COUNT, FIRST_CLASS + ids * RANKS, np.where(ids < size, FIRST_WORD + ids - CLASS_COUNT, 0)
    )


def _entries(pairs: Pairs, phrases: Phrases, ids: NDArray[np.int64]) -> list[list[int] | None]:
    """The English words of each phrase pair, classes with their rank among those of the Chinese; None with a rare word."""
    z, zs, es = pairs.chinese.ids, pairs.chinese.starts, pairs.english.starts
    result: list[list[int] | None] = []
    for s, i1, i2, j1, j2, _g1, _g2 in phrases.place.tolist():
        first = es[s]
        words = ids[first + j1 : first + j2].tolist()
        if 0 in words:
            result.append(None)
            continue
        if min(words) < FIRST_WORD:
            marks = [i for i in range(i1, i2) if z[zs[s] + i] < CLASS_COUNT]
            if len(marks) > RANKS:
                result.append(None)
                continue
            words = [
                word + marks.index(pairs.links[first + j1 + at]) if word < FIRST_WORD else word
                for at, word in enumerate(words)
            ]
        result.append(words)
    return result


def _best(phrases: Phrases, mixtures: NDArray[np.float32], most: int, within: float) -> Phrases:
    """The best of each Chinese phrase in each kind of text (a column of `mixtures`), at most `most`, none worse than the best
    by more than `within` (log10)."""
    kept = np.zeros(len(phrases.source), bool)
    for score in (phrases.scores @ mixtures).T:
        order = np.lexsort((-score, phrases.source))
        source = phrases.source[order]
        new = np.r_[True, source[1:] != source[:-1]]
        first = np.maximum.accumulate(np.where(new, np.arange(len(source)), 0))
        rank = np.arange(len(source)) - first
        kept[order[(rank < most) & (score[order] >= score[order][first] - within)]] = True
    return _only(phrases, kept)


def _unrendered(pairs: Pairs, phrases: Phrases) -> NDArray[np.float32]:
    """Of each phrase pair, less than 0 by each Chinese word that its English leaves out, of those that are nearly always
    rendered recognisably."""
    judged = judged_words()
    stems = {number: stem(word) for number, word in enumerate(pairs.english.words)}
    renderings = {number: renderings_of(word) for number, word in enumerate(pairs.chinese.words) if word in judged}
    z, zs, e, es = (side for one in (pairs.chinese, pairs.english) for side in (one.ids, one.starts))
    missing = np.zeros(len(phrases.place), np.float32)
    for row, (s, i1, i2, j1, j2, g1, g2) in enumerate(phrases.place.tolist()):
        words = [*z[zs[s] + i1 : zs[s] + g1].tolist(), *z[zs[s] + g2 : zs[s] + i2].tolist()]
        asked = [number for number in words if number in renderings]
        if asked:
            there = {stems[number] for number in e[es[s] + j1 : es[s] + j2].tolist()}
            missing[row] = -sum(renderings[number].isdisjoint(there) for number in asked)
    return missing


def _register(pairs: Pairs, is_law: NDArray[np.bool_]) -> NDArray[np.int8]:
    """How much each character speaks for law (above 0) or against it, in sixteenths of a bit; by code point from U+3400."""
    counts = np.ones((2, LAST_CHARACTER - FIRST_CHARACTER))
    of_word = np.repeat(is_law, np.diff(pairs.chinese.starts)).astype(np.int64)
    size = len(pairs.chinese.words)
    often = np.bincount(of_word * size + pairs.chinese.ids, minlength=2 * size).reshape(2, size)
    for number, word in enumerate(pairs.chinese.words):
        for char in word:
            if FIRST_CHARACTER <= ord(char) < LAST_CHARACTER:
                counts[:, ord(char) - FIRST_CHARACTER] += often[:, number]
    shares = counts / counts.sum(1, keepdims=True)
    return np.clip(np.rint(16 * np.log2(shares[1] / shares[0])), -127, 127).astype(np.int8)


def _only(phrases: Phrases, kept: NDArray[Any]) -> Phrases:
    """The rows of `phrases` that `kept` says or numbers."""
    return Phrases(*(getattr(phrases, field.name)[kept] for field in dataclasses.fields(Phrases)))


def _together(*several: Phrases) -> Phrases:
    every = Phrases(
        *(np.concatenate([getattr(one, field.name) for one in several]) for field in dataclasses.fields(Phrases))
    )
    return _only(every, np.argsort(every.source, kind="stable"))


def _language_columns(pairs: Pairs, ids: NDArray[np.int64], size: int, tell: Tell) -> Columns:
    """The language model, of all pairs but those of the term lists and those to tune on."""
    kept = ~pairs.tuning & (pairs.files < len(FILES))
    lengths = np.diff(pairs.english.starts)
    grams = language_model.learn(ids[np.repeat(kept, lengths)], np.r_[0, np.cumsum(lengths[kept])], size)
    columns: Columns = {
        "gram1_scores": packed(grams[0].score),
        "gram1_back_off": packed(grams[0].back_off - BACK_OFF_ABOVE),
    }
    for n, gram in enumerate(grams[1:], 2):
        offsets, prints, order = table_of(spread(gram.keys), np.uint16)
        columns[f"gram{n}_offsets"], columns[f"gram{n}_prints"] = offsets, prints
        columns[f"gram{n}_scores"] = packed(gram.score[order])
        if n < language_model.ORDER:
            columns[f"gram{n}_back_off"] = packed(gram.back_off[order] - BACK_OFF_ABOVE)
        tell(f"{len(gram.keys):,} {n}-grams")
    return columns


def _hashes(pairs: Pairs, places: Ints) -> NDArray[np.uint64]:
    """What the Chinese of each phrase is found under."""
    names = pairs.chinese.words
    return np.fromiter(
        (
            phrase_hash(
                "".join(names[i] for i in pairs.chinese.ids[begin + i1 : begin + g1].tolist())
                + (AROUND if g2 > g1 else "")
                + "".join(names[i] for i in pairs.chinese.ids[begin + g2 : begin + i2].tolist())
            )
            for begin, (i1, i2, g1, g2) in zip(
                pairs.chinese.starts[places[:, 0]].tolist(), places[:, [1, 2, 5, 6]].tolist(), strict=True
            )
        ),
        np.uint64,
        len(places),
    )


def _phrase_columns(
    pairs: Pairs, phrases: Phrases, english: list[list[int]], mixtures: NDArray[np.float32]
) -> tuple[Columns, NDArray[np.int64]]:
    """(the phrase table, which of `phrases` its entries are)."""
    new = np.flatnonzero(np.r_[True, phrases.source[1:] != phrases.source[:-1]])
    sizes = np.diff(np.r_[new, len(english)])
    hashes = _hashes(pairs, phrases.place[new])
    # One string can be several runs of words; the one seen most often stays.
    best_first = np.argsort(-np.maximum.reduceat(phrases.counts, new), kind="stable")
    _, unique = np.unique(hashes[best_first], return_index=True)
    chosen = best_first[unique]
    entry = np.concatenate([np.arange(new[at], new[at] + sizes[at]) for at in chosen.tolist()])
    words = [english[at] for at in entry.tolist()]
    columns, order = phrase_columns(
        hashes[chosen],
        sizes[chosen],
        np.fromiter(map(len, words), np.int64, len(words)),
        np.fromiter(itertools.chain.from_iterable(words), np.uint16),
        phrases.scores[entry] @ mixtures,
        phrases.turns[entry],
    )
    return columns, entry[order]


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("work", type=Path)
    parser.add_argument("--out", type=Path, default=MODEL)
    parser.add_argument("--least", type=float, default=2)
    parser.add_argument("--most", type=int, default=7)
    parser.add_argument("--within", type=float, default=2.0)
    parser.add_argument("--gain", type=float, default=0.45, help="what a phrase must add, times how often it was seen")
    parser.add_argument("--most-around", type=int, default=3)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    started = time.monotonic()

    def tell(text: str) -> None:
        print(f"{time.monotonic() - started:5.0f} s  {text}", file=sys.stderr, flush=True)

    # Tuned weights, if there are any, choose what is kept; a first model is made with others.
    tuned = options.out / "weights.json"
    given = json.loads(tuned.read_text(encoding="utf-8")) if tuned.is_file() else {}
    weights = {kind: {**SCORES[kind], **dataclasses.asdict(Weights()), **given.get(kind, {})} for kind in KINDS}
    mixtures = np.array([[weights[kind][name] for name in _START] for kind in KINDS], np.float32).T

    pairs = load(options.work)
    size = min(len(pairs.english.words), VOCABULARY)
    ids = _model_ids(pairs, size)
    words = [*SPECIAL, *pairs.english.words[CLASS_COUNT:size]]
    columns = _language_columns(pairs, ids, len(words), tell)

    of_file = np.array([FILE_WEIGHTS.get(name, 1.0) for name in (*FILES, "terms")], np.float32)
    is_law = pairs.files == FILES.index("tw_law")
    counted_on = (*links_of(options.work), of_file[pairs.files] * ~pairs.tuning, is_law)
    phrases = extract(pairs, *counted_on, options.least)
    tell(f"{len(phrases.source):,} phrase pairs")
    # The last score is made only for what is left: it takes the words themselves.
    phrases = _best(phrases, mixtures[: phrases.scores.shape[1]], options.most, options.within)
    tell(f"{len(phrases.source):,} the best of their Chinese")
    phrases = dataclasses.replace(phrases, scores=np.c_[phrases.scores, _unrendered(pairs, phrases)])
    tell(f"{(phrases.scores[:, -1] < 0).sum():,} of them leave a word out")
    scores = (phrases.scores @ mixtures).mean(1)
    adds = scores - composed(pairs, phrases, scores, float(np.mean([weights[kind]["phrases"] for kind in KINDS])))
    phrases = _only(phrases, adds * phrases.counts > options.gain)
    around = extract_around(pairs, *counted_on, options.least)
    around = _best(around, mixtures[: around.scores.shape[1]], options.most_around, options.within)
    around = dataclasses.replace(around, scores=np.c_[around.scores, _unrendered(pairs, around)])
    tell(f"{len(around.source):,} phrases around others")
    phrases = _together(phrases, around)
    entries = _entries(pairs, phrases, ids)
    phrases = _only(phrases, np.array([entry is not None for entry in entries]))
    table, rows = _phrase_columns(pairs, phrases, [entry for entry in entries if entry is not None], mixtures)

    np.save(options.work / "features.npy", phrases.scores[rows].astype(np.float16))
    for old in options.out.glob("*.npy"):
        old.unlink()
    for name, column in {**columns, **table, "register": _register(pairs, is_law)}.items():
        np.save(options.out / f"{name}.npy", column)
    (options.out / "words.txt").write_text("\n".join(words), encoding="utf-8")
    tuned.write_text(json.dumps(weights, indent=1) + "\n", encoding="utf-8")
    total = sum(path.stat().st_size for path in options.out.iterdir())
    tell(
        f"{len(table['phrase_prints']):,} Chinese phrases, {len(rows):,} English ones, {total / 1e6:.1f} MB → {options.out}"
    )


if __name__ == "__main__":
    main()
