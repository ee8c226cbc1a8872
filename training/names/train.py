"""Trains the name model, a linear-chain CRF over hashed features, from the sentences of make_data.py; needs numpy only.

    python training/names/train.py sentences.jsonl --out glossary/candidates/name_model.npz

Conditional random field (Lafferty, McCallum and Pereira 2001), mini-batches, AdaGrad; then the features with the largest
weights are kept and stored in 8 bits.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from pathlib import Path

import numpy as np

from glossary.candidates.features import BITS, features
from glossary.candidates.labels import COUNT, LABELS, OUTSIDE, first, may_begin, may_end, may_follow

NEVER = np.float32(-1e4)


def examples(path: Path, most: int) -> tuple[list[np.ndarray], list[np.ndarray]]:
    """Feature keys (characters, templates) and labels of each sentence."""
    keys, labels = [], []
    lines = path.read_text(encoding="utf-8").splitlines()
    random.Random(7).shuffle(lines)  # noqa: S311
    for line in lines[:most]:
        text, spans = json.loads(line)
        if not text or len(text) > 160 or "\n" in text:
            continue
        wanted = np.full(len(text), OUTSIDE, dtype=np.int64)
        for start, end, kind in spans:
            if end - start > 1:
                wanted[start] = first(kind)
                wanted[start + 1 : end - 1] = first(kind) + 1
                wanted[end - 1] = first(kind) + 2
        keys.append(np.stack(features(text), axis=1).astype(np.int32))
        labels.append(wanted)
    return keys, labels


def numbered(keys: list[np.ndarray], least: int) -> tuple[np.ndarray, np.ndarray]:
    """Features that occur at least `least` times get a number in place, the others 0; the keys and counts by number - 1."""
    counts = np.zeros(1 << BITS, dtype=np.int64)
    for at in range(0, len(keys), 5000):
        counts += np.bincount(np.concatenate([s.ravel() for s in keys[at : at + 5000]]), minlength=1 << BITS)
    kept = np.flatnonzero(counts >= least)
    number = np.zeros(1 << BITS, dtype=np.int32)
    number[kept] = np.arange(1, len(kept) + 1)
    for at, sentence in enumerate(keys):
        keys[at] = number[sentence]
    return kept, counts[kept]


def best(weights: np.ndarray, counts: np.ndarray, most: int) -> np.ndarray:
    """Rows of the features that matter most: large weights, seen often."""
    worth = np.abs(weights).max(axis=1) * np.log1p(counts)
    return np.sort(np.argsort(-worth)[:most])


def log_sum(scores: np.ndarray, axis: int) -> np.ndarray:
    top = scores.max(axis=axis, keepdims=True)
    return (top + np.log(np.exp(scores - top).sum(axis=axis, keepdims=True))).squeeze(axis)


def gradient(emissions: np.ndarray, moves: np.ndarray, wanted: np.ndarray) -> tuple[np.ndarray, np.ndarray, float]:
    """Gradient of the log-likelihood by emissions (time, batch, labels) and by moves; all sentences have one length."""
    steps, size, _ = emissions.shape
    forward = np.empty_like(emissions)
    backward = np.empty_like(emissions)
    begin = np.array([0 if may_begin(label) else NEVER for label in range(COUNT)], dtype=np.float32)
    end = np.array([0 if may_end(label) else NEVER for label in range(COUNT)], dtype=np.float32)
    forward[0] = emissions[0] + begin
    for at in range(1, steps):
        forward[at] = log_sum(forward[at - 1][:, :, None] + moves, axis=1) + emissions[at]
    backward[-1] = end
    for at in range(steps - 2, -1, -1):
        backward[at] = log_sum(moves + (emissions[at + 1] + backward[at + 1])[:, None, :], axis=2)
    total = log_sum(forward[-1] + end, axis=1)
    marginal = np.exp(forward + backward - total[None, :, None])
    by_emission = -marginal
    rows, columns = np.indices((steps, size))
    by_emission[rows, columns, wanted] += 1
    by_move = np.zeros_like(moves)
    for at in range(1, steps):
        joint = forward[at - 1][:, :, None] + moves + (emissions[at] + backward[at])[:, None, :] - total[:, None, None]
        by_move -= np.exp(joint).sum(axis=0)
        np.add.at(by_move, (wanted[at - 1], wanted[at]), 1)
    right = emissions[rows, columns, wanted].sum() + moves[wanted[:-1], wanted[1:]].sum()
    return by_emission, by_move, float(total.sum() - right)


def batches(labels: list[np.ndarray], size: int, chance: random.Random) -> list[list[int]]:
    """Sentences of equal length, at most `size` together, in random order."""
    by_length: dict[int, list[int]] = {}
    for at, sentence in enumerate(labels):
        by_length.setdefault(len(sentence), []).append(at)
    made = []
    for group in by_length.values():
        chance.shuffle(group)
        made += [group[at : at + size] for at in range(0, len(group), size)]
    chance.shuffle(made)
    return made


class Trainer:
    """Weights by feature number (0: none) and by move, with AdaGrad's sums."""

    def __init__(self, count: int) -> None:
        self.weights = np.zeros((count + 1, COUNT), dtype=np.float32)
        self.squares = np.full_like(self.weights, 1e-2)
        self.allowed = np.array([[may_follow(a, b) for b in range(COUNT)] for a in range(COUNT)])
        self.moves = np.where(self.allowed, np.float32(0), NEVER)
        self.move_squares = np.full_like(self.moves, 1e-2)
        self.chance = random.Random(11)  # noqa: S311

    def round(self, keys: list[np.ndarray], labels: list[np.ndarray], rate: float) -> float:
        """Once over all sentences; the loss a sentence."""
        loss = 0.0
        for batch in batches(labels, 48, self.chance):
            ids = np.stack([keys[at] for at in batch], axis=1)
            wanted = np.stack([labels[at] for at in batch], axis=1)
            emissions = self.weights[ids].sum(axis=2)
            by_emission, by_move, missed = gradient(emissions, self.moves, wanted)
            loss += missed
            self._step(ids.reshape(-1, ids.shape[2]), by_emission.reshape(-1, COUNT), by_move, rate)
        return loss / len(labels)

    def _step(self, ids: np.ndarray, by_emission: np.ndarray, by_move: np.ndarray, rate: float) -> None:
        used, inverse = np.unique(ids, return_inverse=True)
        grown = np.empty((len(used), COUNT), dtype=np.float32)
        for label in range(COUNT):
            values = np.repeat(by_emission[:, label], ids.shape[1])
            grown[:, label] = np.bincount(inverse.ravel(), values, minlength=len(used))
        grown -= 2e-3 * self.weights[used]
        self.squares[used] += grown**2
        self.weights[used] += rate * grown / np.sqrt(self.squares[used])
        self.weights[0] = 0
        self.move_squares += by_move**2
        self.moves = np.where(self.allowed, self.moves + rate * by_move / np.sqrt(self.move_squares), NEVER)

    def keep(self, rows: np.ndarray, keys: list[np.ndarray]) -> None:
        """Keep these features (by number - 1) and number them anew, in the sentences too."""
        number = np.zeros(len(self.weights), dtype=np.int32)
        number[rows + 1] = np.arange(1, len(rows) + 1)
        for at, sentence in enumerate(keys):
            keys[at] = number[sentence]
        both = np.concatenate([[0], rows + 1])
        self.weights, self.squares = self.weights[both], self.squares[both]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sentences", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--keep", type=int, default=80_000, help="features in the stored model")
    parser.add_argument("--least", type=int, default=8, help="times a feature must occur")
    parser.add_argument("--most", type=int, default=10**9, help="sentences to read")
    given = parser.parse_args()
    keys, labels = examples(given.sentences, given.most)
    kept, counts = numbered(keys, given.least)
    print(f"{len(keys)} sentences, {len(kept)} features, labels {' '.join(LABELS)}", flush=True)
    trainer = Trainer(len(kept))
    for turn, most in enumerate((4 * given.keep, given.keep, given.keep, 0)):
        started = time.time()
        loss = trainer.round(keys, labels, rate=(0.2, 0.15, 0.1, 0.05)[turn])
        print(f"round {turn + 1}: loss {loss:.3f} a sentence, {time.time() - started:.0f} s", flush=True)
        if 0 < most < len(kept):
            rows = best(trainer.weights[1:], counts, most)
            trainer.keep(rows, keys)
            kept, counts = kept[rows], counts[rows]
    scale = np.float32(np.abs(trainer.weights).max() / 127)
    np.savez_compressed(
        given.out,
        keys=kept.astype(np.uint32),
        weights=np.round(trainer.weights[1:] / scale).astype(np.int8),
        scale=scale,
        moves=trainer.moves.astype(np.float32),
    )


if __name__ == "__main__":
    main()
