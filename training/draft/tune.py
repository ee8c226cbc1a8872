"""The weights of the draft's scores, found by trying: step three of learning it.

    python -m training.draft.tune WORK_DIR [--model translate/engines/draft/model] [--minutes 10]

On sentences that training.draft.learn kept out of everything. Each round changes one weight and keeps what gives a better
mean of BLEU and chrF2. Writes weights.json and the combined scores of the phrase table into the model.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import multiprocessing
import random
import time
from pathlib import Path

import numpy as np
import sacrebleu
from numpy.typing import NDArray

from training.draft.learn import MODEL, SCORES, is_for_tuning
from training.draft.pairs import load
from translate.engines.draft.choices import Offered, offered, units_of
from translate.engines.draft.decode import Search, Weights
from translate.engines.draft.tables import load as load_tables
from translate.engines.draft.tables import packed
from translate.engines.draft.words import CLASSES, chinese, written
from translate.engines.gloss.segment import shared_segmenter

_SCORES = tuple(SCORES)


@dataclasses.dataclass(frozen=True)
class Sample:
    """A sentence to tune on."""

    offered: Offered
    features: NDArray[np.float32]
    english: str


_samples: list[Sample] = []
_search: list[Search] = []


def samples_of(work: Path, model: Path, most: int) -> tuple[list[Sample], Search]:
    """Tuning sentences of 8 to 60 words without classes, a third of them law."""
    pairs = load(work)
    features = np.load(work / "features.npy", mmap_mode="r")
    words, table, language_model = load_tables(model)
    segmenter = shared_segmenter()
    chosen: dict[bool, list[int]] = {True: [], False: []}
    for number in np.flatnonzero(is_for_tuning(len(pairs.files))).tolist():
        sentence = pairs.chinese.ids[pairs.chinese.starts[number] : pairs.chinese.starts[number + 1]]
        if pairs.files[number] < 5 and 8 <= len(sentence) <= 60 and sentence.min() >= len(CLASSES):
            chosen[pairs.files[number] == 0].append(number)
    samples = []
    for number in chosen[True][: most // 3] + chosen[False][: most - most // 3]:
        sides = [
            [side.words[i] for i in side.ids[side.starts[number] : side.starts[number + 1]].tolist()]
            for side in (pairs.chinese, pairs.english)
        ]
        units = units_of(chinese("".join(sides[0])))
        if len(units) <= 70:
            found = offered(units, table, words, segmenter)
            known = found.entries >= 0
            rows = np.zeros((len(known), len(_SCORES)), np.float32)
            rows[known] = features[found.entries[known]]
            samples.append(Sample(found, rows, written(sides[1])))
    return samples, Search(language_model)


def _english(job: tuple[int, dict[str, float]]) -> str:
    number, weights = job
    sample = _samples[number]
    mixed = sample.features @ np.array([weights[name] for name in _SCORES], np.float32)
    scores = np.where(sample.offered.entries >= 0, mixed, sample.offered.choices.scores).astype(np.float32)
    search = _search[0]
    search.weights = Weights(**{name: value for name, value in weights.items() if name not in _SCORES})
    best = search.best(dataclasses.replace(sample.offered.choices, scores=scores))
    return written([word for choice in best for word in sample.offered.english[choice]])


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("work", type=Path)
    parser.add_argument("--model", type=Path, default=MODEL)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--sentences", type=int, default=240)
    options = parser.parse_args()
    samples, search = samples_of(options.work, options.model, options.sentences)
    _samples.extend(samples)
    _search.append(search)
    english = [sample.english for sample in samples]
    until = time.monotonic() + 60 * options.minutes
    chance = random.Random(5)  # noqa: S311
    with multiprocessing.get_context("fork").Pool(2) as pool:

        def value(weights: dict[str, float]) -> tuple[float, float, float]:
            drafts = pool.map(_english, [(number, weights) for number in range(len(samples))], chunksize=8)
            bleu = sacrebleu.corpus_bleu(drafts, [english]).score
            chrf = sacrebleu.corpus_chrf(drafts, [english]).score
            return bleu + chrf, bleu, chrf

        best = {**SCORES, **dataclasses.asdict(Weights())}
        best |= json.loads((options.model / "weights.json").read_text(encoding="utf-8"))
        # Only ratios count.
        best.pop("model")
        told = value(best)
        print(f"start  BLEU {told[1]:.2f}  chrF2 {told[2]:.2f}", flush=True)
        steps = {name: max(0.1, abs(weight) * 0.5) for name, weight in best.items()}
        while time.monotonic() < until:
            for name in chance.sample(sorted(best), len(best)):
                for sign in (1, -1):
                    tried = {**best, name: best[name] + sign * steps[name]}
                    got = value(tried)
                    if got[0] > told[0]:
                        best, told = tried, got
                        print(f"{name} {best[name]:.2f}  BLEU {told[1]:.2f}  chrF2 {told[2]:.2f}", flush=True)
                        break
                else:
                    steps[name] *= 0.6
                if time.monotonic() > until:
                    break
    features = np.load(options.work / "features.npy", mmap_mode="r")
    mixture = np.array([best[name] for name in _SCORES], np.float32)
    scores = [
        packed(features[at : at + 100_000].astype(np.float32) @ mixture) for at in range(0, len(features), 100_000)
    ]
    np.save(options.model / "entry_scores.npy", np.concatenate(scores))
    (options.model / "weights.json").write_text(
        json.dumps({**best, "model": Weights().model}, indent=1) + "\n", encoding="utf-8"
    )


if __name__ == "__main__":
    main()
