"""How far several English texts of one source agree: the one that agrees most risks least (minimum Bayes risk decoding,
Kumar and Byrne 2004), since what one of them makes up the others do not say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

_Floats = NDArray[np.float64]
_Ids = NDArray[np.uint64]

# Characters as chrF (Popović 2015), recall counting more, which favours what is complete; words as BLEU, which favours what is
# fluent. With 2, as chrF2 has it, what is taken is longer still (training/neural/README.md).
_CHARACTERS, _WORDS = 6, 4
_RECALL = 1.5
_SHARE_OF_CHARACTERS = 0.7
# Of the hash of a sequence; odd, so that no bit is lost.
_FACTOR = np.uint64(0x9E3779B97F4A7C15)


def agreement(texts: Sequence[str], weights: Sequence[float]) -> _Floats:
    """(texts,): how like each text is to all of them, itself too, 0–1; `weights`: how much each counts."""
    share = np.array(weights) / sum(weights)
    characters = [np.array([ord(one) for one in "".join(text.split())], np.uint64) for text in texts]
    known: dict[str, int] = {}
    words = [np.array([known.setdefault(word, len(known) + 1) for word in text.split()], np.uint64) for text in texts]
    likeness = _SHARE_OF_CHARACTERS * _f_scores(characters, _CHARACTERS, _RECALL)
    likeness += (1 - _SHARE_OF_CHARACTERS) * _f_scores(words, _WORDS, 1.0)
    return np.asarray(likeness @ share)


def _f_scores(texts: Sequence[_Ids], orders: int, beta: float) -> _Floats:
    """(texts, texts): the F score of each (row) against each (column) of its sequences of up to so many items."""
    precision, recall, counted = (np.zeros((len(texts), len(texts))) for _ in range(3))
    hashes = [np.zeros(len(text), np.uint64) for text in texts]
    for order in range(1, orders + 1):
        room = [max(0, len(text) - order + 1) for text in texts]
        hashes = [
            known[:most] * _FACTOR + text[order - 1 :] for known, text, most in zip(hashes, texts, room, strict=True)
        ]
        counts = _counts(hashes)
        total = counts.sum(1)
        common = np.stack([np.minimum(one, counts).sum(1) for one in counts])
        both = (total[:, None] > 0) & (total[None, :] > 0)
        precision += np.where(both, common / np.maximum(total, 1)[:, None], 0)
        recall += np.where(both, common / np.maximum(total, 1)[None, :], 0)
        counted += both
    precision, recall = precision / np.maximum(counted, 1), recall / np.maximum(counted, 1)
    weight = beta * beta
    return np.asarray((1 + weight) * precision * recall / np.maximum(weight * precision + recall, 1e-9))


def _counts(hashes: Iterable[_Ids]) -> _Floats:
    """(texts, different hashes): how often each text has each."""
    parts = list(hashes)
    different, which = np.unique(np.concatenate(parts), return_inverse=True)
    owner = np.repeat(np.arange(len(parts)), list(map(len, parts)))
    size = len(different)
    return np.bincount(owner * size + which, minlength=len(parts) * size).reshape(len(parts), size).astype(np.float64)
