"""Phrase table and language model of the draft from aligned pairs.

    python -m training.draft.learn WORK_DIR [--out translate/engines/draft/model] [--least 2] [--most 10]

Reads what training.draft.pairs and .align wrote. Writes the model and, into WORK_DIR, features.npy (for .tune).
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import sys
import time
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from training.draft import language_model
from training.draft.align import links_of
from training.draft.pairs import FILES, Pairs, load
from training.draft.phrases import CLASS_COUNT, Phrases, extract
from translate.engines.draft.decode import Weights
from translate.engines.draft.tables import BACK_OFF_ABOVE, packed, phrase_hash, spread, table_of
from translate.engines.draft.vocabulary import FIRST_CLASS, FIRST_WORD, RANKS, SPECIAL

VOCABULARY = 65_500
# What the four scores of a phrase pair count for until they are tuned.
SCORES = {
    "english_given_chinese": 0.4,
    "chinese_given_english": 0.2,
    "lexical_forward": 0.25,
    "lexical_backward": 0.15,
}
# One pair in so many is kept out of everything, to tune the weights on.
TUNING_STEP, TUNING_AT = 2003, 17
MODEL = Path(__file__).resolve().parents[2] / "translate" / "engines" / "draft" / "model"


def is_for_tuning(count: int) -> NDArray[np.bool_]:
    """Which of so many pairs are only for tuning."""
    return np.arange(count) % TUNING_STEP == TUNING_AT


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
    for s, i1, i2, j1, j2 in phrases.place.tolist():
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


def _best(phrases: Phrases, weights: NDArray[np.float32], most: int, within: float) -> Phrases:
    """The best of each Chinese phrase, at most `most`, none worse than the best by more than `within` (log10)."""
    score = phrases.scores @ weights
    order = np.lexsort((-score, phrases.source))
    source = phrases.source[order]
    new = np.r_[True, source[1:] != source[:-1]]
    first = np.maximum.accumulate(np.where(new, np.arange(len(source)), 0))
    rank = np.arange(len(source)) - first
    kept = order[(rank < most) & (score[order] >= score[order][first] - within)]
    return Phrases(phrases.source[kept], phrases.place[kept], phrases.scores[kept], phrases.counts[kept])


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("work", type=Path)
    parser.add_argument("--out", type=Path, default=MODEL)
    parser.add_argument("--least", type=float, default=2)
    parser.add_argument("--most", type=int, default=10)
    parser.add_argument("--within", type=float, default=3.0)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    started = time.monotonic()

    def tell(text: str) -> None:
        print(f"{time.monotonic() - started:5.0f} s  {text}", file=sys.stderr, flush=True)

    pairs = load(options.work)
    size = min(len(pairs.english.words), VOCABULARY)
    ids = _model_ids(pairs, size)
    words = [*SPECIAL, *pairs.english.words[CLASS_COUNT:size]]
    (options.out / "words.txt").write_text("\n".join(words), encoding="utf-8")
    columns: dict[str, NDArray[np.generic]] = {}

    kept = ~is_for_tuning(len(pairs.files)) & (pairs.files < len(FILES))
    lengths = np.diff(pairs.english.starts)
    of_kept = np.repeat(kept, lengths)
    grams = language_model.learn(ids[of_kept], np.r_[0, np.cumsum(lengths[kept])], len(words))
    columns["gram1_scores"] = packed(grams[0].score)
    columns["gram1_back_off"] = packed(grams[0].back_off - BACK_OFF_ABOVE)
    for n, gram in enumerate(grams[1:], 2):
        offsets, prints, order = table_of(spread(gram.keys), np.uint16)
        columns[f"gram{n}_offsets"], columns[f"gram{n}_prints"] = offsets, prints
        columns[f"gram{n}_scores"] = packed(gram.score[order])
        if n < language_model.ORDER:
            columns[f"gram{n}_back_off"] = packed(gram.back_off[order] - BACK_OFF_ABOVE)
        tell(f"{len(gram.keys):,} {n}-grams")

    a, astarts = links_of(options.work)
    weights = np.where(is_for_tuning(len(pairs.files)), 0, 1).astype(np.float32)
    phrases = extract(pairs, a, astarts, weights, options.least)
    tell(f"{len(phrases.source):,} phrase pairs")
    # Tuned weights, if there are any, choose what is kept; a first model is made with others.
    tuned = options.out / "weights.json"
    weights_of = json.loads(tuned.read_text(encoding="utf-8")) if tuned.is_file() else {}
    mixture = np.array([weights_of.get(name, value) for name, value in SCORES.items()], np.float32)
    phrases = _best(phrases, mixture, options.most, options.within)
    entries = _entries(pairs, phrases, ids)
    good = np.array([entry is not None for entry in entries])
    phrases = Phrases(*(getattr(phrases, field.name)[good] for field in dataclasses.fields(Phrases)))
    english = [entry for entry in entries if entry is not None]
    tell(f"{len(english):,} kept")
    new = np.flatnonzero(np.r_[True, phrases.source[1:] != phrases.source[:-1]])
    sizes = np.diff(np.r_[new, len(english)])
    names = pairs.chinese.words
    hashes = np.fromiter(
        (
            phrase_hash("".join(names[i] for i in pairs.chinese.ids[begin + i1 : begin + i2].tolist()))
            for begin, i1, i2 in zip(
                pairs.chinese.starts[phrases.place[new, 0]].tolist(),
                phrases.place[new, 1].tolist(),
                phrases.place[new, 2].tolist(),
                strict=True,
            )
        ),
        np.uint64,
        len(new),
    )
    # One string can be several runs of words; the one seen most often stays.
    best_first = np.argsort(-np.maximum.reduceat(phrases.counts, new), kind="stable")
    _, unique = np.unique(hashes[best_first], return_index=True)
    chosen = best_first[unique]
    offsets, prints, order = table_of(hashes[chosen], np.uint32)
    chosen = chosen[order]
    entry = np.concatenate([np.arange(new[at], new[at] + sizes[at]) for at in chosen.tolist()])
    chosen_words = [english[at] for at in entry.tolist()]
    counts = np.fromiter(map(len, chosen_words), np.int64, len(chosen_words))
    firsts = np.r_[0, np.cumsum(sizes[chosen])]
    columns |= {
        "phrase_offsets": offsets,
        "phrase_prints": prints,
        "phrase_first": firsts.astype(np.uint32),
        "phrase_words_at": np.r_[0, np.cumsum(counts)][firsts].astype(np.uint32),
        "entry_lengths": counts.astype(np.uint8),
        "entry_words": np.concatenate([np.array(w, np.uint16) for w in chosen_words]),
        "entry_scores": packed(phrases.scores[entry] @ mixture),
    }
    np.save(options.work / "features.npy", phrases.scores[entry].astype(np.float16))
    for name, column in columns.items():
        np.save(options.out / f"{name}.npy", column)
    if not weights_of:
        tuned.write_text(json.dumps({**SCORES, **dataclasses.asdict(Weights())}, indent=1) + "\n", encoding="utf-8")
    total = sum(path.stat().st_size for path in options.out.iterdir())
    tell(f"{len(chosen):,} Chinese phrases, {len(entry):,} English ones, {total / 1e6:.1f} MB → {options.out}")


if __name__ == "__main__":
    main()
