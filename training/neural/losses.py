"""The loss: cross-entropy over the vocabulary or over candidates of it, and the loss of the guided attention head."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

# Rows of scores that are made at a time: few enough that a processor's cache holds them, and always as many, since its
# kernels are made anew for every shape.
_ROWS = 512


class _CrossEntropy(torch.autograd.Function):
    """Smoothed and plain cross-entropy of states (N, width) over rows of weights (V, width), means in nats.

    Scores of a few rows are made at a time and their gradients at once, so that (N, V) never stands in memory. `extra`
    (V) is added to the scores: the log of how many tokens a candidate stands for. Gradients are made only if `learns`.
    """

    @staticmethod
    def forward(
        ctx: Any, states: Tensor, weight: Tensor, target: Tensor, extra: Tensor | None, smoothing: float, learns: bool
    ) -> tuple[Tensor, Tensor]:
        half = torch.is_autocast_enabled(states.device.type)
        kind = torch.get_autocast_dtype(states.device.type) if half else torch.float32
        count, size = len(states), len(weight)
        weight_ = weight.to(kind)
        more = -count % _ROWS
        states_ = torch.cat([states.to(kind), states.new_zeros((more, states.shape[1]), dtype=kind)])
        target = torch.cat([target, target.new_zeros(more)])
        by_states, by_weight = torch.empty_like(states_), torch.zeros_like(weight, dtype=torch.float32)
        plain, even = states.new_zeros((), dtype=torch.float32), states.new_zeros((), dtype=torch.float32)
        for start in range(0, count, _ROWS):
            some, right = states_[start : start + _ROWS], target[start : start + _ROWS, None]
            scores = (some @ weight_.t()).float()
            if extra is not None:
                scores += extra
            total = scores.logsumexp(1, keepdim=True)
            real = min(_ROWS, count - start)
            plain += (total - scores.gather(1, right))[:real].sum()
            even += (total - scores.mean(1, keepdim=True))[:real].sum()
            if not learns:
                continue
            slope = scores.sub_(total).exp_().sub_(smoothing / size)
            slope.scatter_add_(1, right, slope.new_full(right.shape, smoothing - 1.0))
            slope[real:] = 0
            slope_ = slope.to(kind)
            by_states[start : start + _ROWS] = slope_ @ weight_
            by_weight += slope_.t() @ some
        ctx.save_for_backward(by_states[:count].to(states.dtype).div_(count), by_weight.to(weight.dtype).div_(count))
        ctx.mark_non_differentiable(plain)
        return ((1 - smoothing) * plain + smoothing * even) / count, plain.div_(count)

    @staticmethod
    def backward(ctx: Any, *slopes: Tensor) -> tuple[Tensor | None, ...]:
        by_states, by_weight = ctx.saved_tensors
        return by_states * slopes[0], by_weight * slopes[0], None, None, None, None


def cross_entropy(
    states: Tensor, weight: Tensor, target: Tensor, smoothing: float = 0.0, candidates: Candidates | None = None
) -> tuple[Tensor, Tensor]:
    """(smoothed, plain) cross-entropy of states (N, width) that should score `target` (N) best of the rows of `weight`.

    Smoothing is that of Szegedy et al. (2016). With `candidates` only those of the vocabulary are scored.
    """
    extra = None
    if candidates is not None:
        chosen, target, extra = candidates.of(target)
        weight = weight[chosen]
    smoothed, plain = _CrossEntropy.apply(states, weight, target, extra, smoothing, torch.is_grad_enabled())
    return smoothed, plain.detach()


class Candidates:
    """The tokens that a softmax is over, for speed: the most frequent, those of the batch, and at random some of the
    rest that stand for all of it (importance sampling, Jean et al. 2015). A processor has a third of its time from it.

    `counts` (V): how often each token is a target. `most`: how many candidates there are, four in five of them the frequent.
    """

    def __init__(self, counts: NDArray[np.int64], most: int) -> None:
        self.size, self.most = len(counts), min(most, len(counts))
        self.frequent = torch.from_numpy(np.argsort(-counts, kind="stable")[: self.most * 4 // 5].copy())

    def of(self, target: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Ids (C) of the candidates, the targets as places among them, and the log of how many tokens each stands for."""
        known = torch.zeros(self.size, dtype=torch.bool)
        known[self.frequent] = True
        known[target.cpu()] = True
        rest = torch.nonzero(~known)[:, 0]
        exact = torch.nonzero(known)[:, 0]
        drawn = rest[torch.randperm(len(rest))[: max(0, self.most - len(exact))]]
        chosen = torch.cat([exact, drawn])
        place = torch.empty(self.size, dtype=torch.long)
        place[chosen] = torch.arange(len(chosen))
        extra = torch.zeros(len(chosen))
        if len(drawn):
            extra[len(exact) :] = np.log(len(rest) / len(drawn))
        device = target.device
        return chosen.to(device), place.to(device)[target], extra.to(device)


def guided_loss(attention: Tensor, first: Tensor, last: Tensor) -> Tensor:
    """How far log attention (B, T, S) is from the source tokens first to last - 1 that each target token (B, T) renders
    (guided alignment, Garg et al. 2019), mean over the target tokens that have any (last > 0), in nats."""
    seen = attention.exp().cumsum(2)
    until = seen.gather(2, (last - 1).clamp(min=0)[:, :, None]).squeeze(2)
    before = seen.gather(2, (first - 1).clamp(min=0)[:, :, None]).squeeze(2)
    share = until - torch.where(first > 0, before, 0.0)
    told = last > 0
    # A sum over all, so that a batch without any needs no branch.
    return torch.where(told, -(share + 1e-6).log(), 0.0).sum() / told.sum().clamp(min=1)
