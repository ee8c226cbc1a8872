"""The weights of the draft's scores, by minimum error rate training (Och 2003): step three of learning it.

    python -m training.draft.tune WORK_DIR [--model translate/engines/draft/model] [--rounds 6] [--kinds general law] [--chrf 1.5]

On tuning.tsv, which nothing else is learned from. Each round drafts every sentence in several ways and then looks for the
weights that would have chosen the best of all drafts so far, by BLEU and chrF2. Writes weights.json and the combined scores of
the phrase table into the model, for law and for other texts apart.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import multiprocessing
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sacrebleu.metrics.bleu import BLEU
from sacrebleu.metrics.chrf import CHRF

from training.draft.learn import MODEL, SCORES
from translate.engines.draft import decode
from translate.engines.draft.choices import Offered, offered, units_of
from translate.engines.draft.decode import Choices, Search, Weights
from translate.engines.draft.tables import BEGIN, END, KINDS, Floats, LanguageModel, load, packed
from translate.engines.draft.words import chinese, written
from translate.engines.gloss.segment import shared_segmenter

_SCORES = tuple(SCORES["general"])
NAMES = (*_SCORES, *(field.name for field in dataclasses.fields(Weights)))
# Only ratios count: this weight stays.
FIXED = NAMES.index("model")
# Units of a sentence to tune on; the engine cuts longer ones.
_SHORTEST, _LONGEST = 12, 70
# Hypotheses of a stack, and drafts of a sentence, while tuning.
_BEAM, _ASKED, _DRAFTS = 40, 200, 30


@dataclasses.dataclass(frozen=True)
class Sample:
    """A sentence to tune on: what is offered, the scores of each choice apart (n, 7), the reference."""

    offered: Offered
    features: Floats
    english: str
    kind: str


@dataclasses.dataclass
class Drafts:
    """Drafts of a sentence so far: each with what every weight counts for (one more, that no weight counts for, last)."""

    texts: list[str] = dataclasses.field(default_factory=list)
    values: list[Floats] = dataclasses.field(default_factory=list)
    counts: list[list[int]] = dataclasses.field(default_factory=list)


_samples: list[Sample] = []
_search: list[Search] = []
_model: list[LanguageModel] = []
_METRICS = BLEU(effective_order=False), CHRF()


def samples_of(work: Path, model: Path) -> tuple[list[Sample], LanguageModel]:
    """The sentences of tuning.tsv that are neither short nor to be cut."""
    features = np.load(work / "features.npy", mmap_mode="r")
    tables = load(model)
    segmenter = shared_segmenter()
    samples = []
    for line in (work / "tuning.tsv").read_text(encoding="utf-8").splitlines():
        file, source, english = line.split("\t")
        units = units_of(chinese(source))
        if _SHORTEST <= len(units) <= _LONGEST:
            kind = KINDS[file == "tw_law"]
            found = offered(units, tables, kind, segmenter)
            known = found.entries >= 0
            rows = np.zeros((len(known), len(_SCORES)), np.float32)
            rows[known] = features[found.entries[known]]
            samples.append(Sample(found, rows, english, kind))
    return samples, tables.language


def values_of(picks: list[int], sample: Sample, model: LanguageModel) -> Floats:
    """What each weight of `NAMES` counts for in a draft, and last what counts without one."""
    choices = sample.offered.choices
    words = [word for pick in picks for word in choices.words[pick, : choices.lengths[pick]].tolist()]
    line = np.array([-1, -1, BEGIN, *words, END])
    said = model.score(line[3:], line[2:-1], line[1:-2], line[:-3]).sum()
    opened, gap = _gaps(picks, choices)
    starts, ends = choices.start[picks], choices.hole[picks]
    turn = np.where(starts == np.r_[0, ends[:-1]], 0, np.where(ends == np.r_[0, starts[:-1]], 1, 2))
    turns = np.bincount(turn, choices.turns[picks, turn], 3)
    weighed = {
        "model": said,
        "words": len(words),
        "phrases": len(picks),
        "around": (choices.resume[picks] > choices.hole[picks]).sum(),
        "broken": choices.breaks[picks].sum(),
        "on": turns[0],
        "back": turns[1],
        "away": turns[2],
        "open_gap": opened,
        "gap": gap,
    }
    own = sample.features[picks].sum(0)
    return np.array(
        [*own, *(weighed[name] for name in NAMES[len(_SCORES) :]), sample.offered.fixed[picks].sum()], np.float32
    )


def _gaps(picks: list[int], choices: Choices) -> tuple[int, int]:
    """(how many gaps the order of a draft opens, how many units they are wide)."""
    hole = resume = front = opened = wide = 0
    for start, end, inner, outer in np.stack(
        [column[picks] for column in (choices.start, choices.end, choices.hole, choices.resume)], 1
    ).tolist():
        if outer > inner:
            hole, resume, front = inner, outer, end
            continue
        if resume > hole and start == hole:
            hole = end
            if hole == resume:
                hole = resume = front
            continue
        if start > front:
            opened, wide = opened + 1, wide + start - front
            resume = start
        elif resume <= hole:
            hole = resume = end
        front = end
    return opened, wide


def _draft(job: tuple[int, Floats]) -> list[tuple[str, Floats, list[int]]]:
    number, weights = job
    sample, search = _samples[number], _search[0]
    search.weights = Weights(**dict(zip(NAMES[len(_SCORES) :], weights[len(_SCORES) :].tolist(), strict=True)))
    scores = (sample.features @ weights[: len(_SCORES)] + sample.offered.fixed).astype(np.float32)
    found = search.several(dataclasses.replace(sample.offered.choices, scores=scores), _DRAFTS)
    drafts = []
    for picks in found:
        text = written([word for pick in picks for word in sample.offered.english[pick]])
        drafts.append((text, values_of(picks, sample, _model[0]), _counts(text, sample.english)))
    return drafts


def _counts(text: str, reference: str) -> list[int]:
    """What both metrics count in a sentence, to be summed over sentences."""
    return [int(n) for metric in _METRICS for n in metric._extract_corpus_statistics([text], [[reference]])[0]]


def goodness(counts: NDArray[np.int64], split: int) -> tuple[float, float]:
    """(BLEU, chrF2) of summed counts."""
    bleu, chrf = _METRICS
    return (
        float(bleu._compute_score_from_stats(counts[:split].tolist()).score),
        float(chrf._compute_score_from_stats(counts[split:].tolist()).score),
    )


def together(bleu: float, chrf: float, share: float) -> float:
    """What is made as great as it can be; `share`: what a point of chrF2 counts for beside one of BLEU."""
    return bleu + share * chrf


class Chooser:
    """All drafts so far as arrays; what weights would choose from them, and how good that is."""

    def __init__(self, drafts: list[Drafts], split: int, share: float) -> None:
        most = max(len(one.texts) for one in drafts)
        self._split, self._share = split, share
        self._values = np.zeros((len(drafts), most, len(NAMES) + 1), np.float32)
        self._there = np.zeros((len(drafts), most), np.float32)
        self._counts = np.zeros((len(drafts), most, len(drafts[0].counts[0])), np.int64)
        for number, one in enumerate(drafts):
            self._values[number, : len(one.texts)] = one.values
            self._counts[number, : len(one.texts)] = one.counts
            self._there[number, len(one.texts) :] = -np.inf
        self._every = np.arange(len(drafts))

    def value(self, weights: Floats) -> float:
        """How good what the weights choose is."""
        chosen = (self._values @ np.append(weights, np.float32(1)) + self._there).argmax(1)
        return together(*goodness(self._counts[self._every, chosen].sum(0), self._split), self._share)

    def better(self, start: Floats, chance: np.random.Generator, tries: int) -> tuple[Floats, float]:
        """Weights better than `start`: along one weight or a random direction, nearer and nearer."""
        best, told = start, self.value(start)
        reach = 0.3
        for number in range(tries):
            way = np.zeros(len(start), np.float32)
            if number % 2:
                way[chance.integers(len(start))] = 1
            else:
                way = chance.normal(size=len(start)).astype(np.float32)
            way[FIXED] = 0
            step = way * np.maximum(np.abs(start), 0.1) * reach * np.float32(chance.normal())
            for tried in (best + step, best - step):
                got = self.value(tried)
                if got > told:
                    best, told = tried, got
                    break
            if number % (tries // 6 + 1) == 0:
                reach *= 0.7
        return best, told


def tuned(numbers: Sequence[int], start: Floats, rounds: int, share: float, seed: int = 5) -> Floats:
    """The best weights for the samples of these numbers, begun from `start`. Prints how it goes. `share`: as in `together`."""
    chance = np.random.default_rng(seed)
    split = len(_METRICS[0]._extract_corpus_statistics(["a"], [["a"]])[0])
    drafts = [Drafts() for _ in numbers]
    weights, kept, told = start, start, -1.0
    with multiprocessing.get_context("fork").Pool(2) as pool:
        for number in range(rounds + 1):
            found = pool.map(_draft, [(at, weights) for at in numbers], chunksize=8)
            now = np.zeros(len(_counts("a", "a")), np.int64)
            for several, one in zip(found, drafts, strict=True):
                now += several[0][2]
                for text, values, counts in several:
                    if text not in one.texts:
                        one.texts.append(text)
                        one.values.append(values)
                        one.counts.append(counts)
            bleu, chrf = goodness(now, split)
            print(f"round {number}: BLEU {bleu:.2f}  chrF2 {chrf:.2f}", flush=True)
            if together(bleu, chrf, share) > told:
                kept, told = weights, together(bleu, chrf, share)
            if number < rounds:
                chooser = Chooser(drafts, split, share)
                weights = max(
                    (chooser.better(begin, chance, 300) for begin in (kept, weights, kept)), key=lambda pair: pair[1]
                )[0]
    return kept


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("work", type=Path)
    parser.add_argument("--model", type=Path, default=MODEL)
    parser.add_argument("--rounds", type=int, default=6)
    parser.add_argument("--kinds", nargs="+", choices=KINDS, default=KINDS)
    parser.add_argument("--chrf", type=float, default=1.5, help="what a point of chrF2 counts for beside one of BLEU")
    options = parser.parse_args()
    samples, model = samples_of(options.work, options.model)
    _samples.extend(samples)
    _model.append(model)
    _search.append(Search(model))
    decode.BEAM, decode.ASKED = _BEAM, _ASKED
    weights = json.loads((options.model / "weights.json").read_text(encoding="utf-8"))
    features = np.load(options.work / "features.npy", mmap_mode="r")
    for kind in options.kinds:
        numbers = [number for number, sample in enumerate(samples) if sample.kind == kind]
        print(f"{kind}: {len(numbers)} sentences")
        if not numbers:
            continue
        given = {**SCORES[kind], **dataclasses.asdict(Weights()), **weights[kind]}
        best = tuned(numbers, np.array([given[name] for name in NAMES], np.float32), options.rounds, options.chrf)
        scores = [
            packed(features[at : at + 100_000].astype(np.float32) @ best[: len(_SCORES)])
            for at in range(0, len(features), 100_000)
        ]
        np.save(options.model / f"entry_scores_{kind}.npy", np.concatenate(scores))
        weights[kind] = {name: round(float(weight), 4) for name, weight in zip(NAMES, best, strict=True)}
    (options.model / "weights.json").write_text(json.dumps(weights, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
