"""The loss beside PyTorch's own, softmax over candidates, guided attention."""

from __future__ import annotations

import numpy as np
import torch
from torch.nn import functional

from training.neural.losses import Candidates, cross_entropy, guided_loss


def some(rows=700, width=16, size=50):
    torch.manual_seed(3)
    states = (torch.randn(rows, width) / 4).requires_grad_()
    weight = torch.randn(size, width, requires_grad=True)
    return states, weight, torch.randint(0, size, (rows,))


def test_the_cross_entropy_and_its_gradients_are_those_of_pytorch():
    states, weight, target = some()
    smoothed, plain = cross_entropy(states, weight, target, 0.1)
    expected = functional.cross_entropy(states @ weight.t(), target, label_smoothing=0.1)
    assert torch.allclose(smoothed, expected, atol=1e-5)
    assert torch.allclose(plain, functional.cross_entropy(states @ weight.t(), target), atol=1e-5)
    for mine, right in zip(
        torch.autograd.grad(smoothed * 3, (states, weight)),
        torch.autograd.grad(expected * 3, (states, weight)),
        strict=True,
    ):
        assert torch.allclose(mine, right, atol=1e-6)


def test_candidates_stand_for_all_of_the_vocabulary():
    states, weight, target = some(rows=40, size=400)
    target %= 160
    counts = np.arange(400)[::-1].copy()
    whole = cross_entropy(states, weight, target)[1].item()
    every = cross_entropy(states, weight, target, 0.0, Candidates(counts, 400))[1].item()
    assert abs(every - whole) < 1e-4
    few = Candidates(counts, 180)
    chosen, places, extra = few.of(target)
    assert torch.equal(chosen[places], target) and len(chosen) == len(set(chosen.tolist())) == 180
    # The sum over candidates is that over the vocabulary, on the average.
    scores = states @ weight.t()
    sums = [
        (scores[:, ids] + more).exp().sum(1) / scores.exp().sum(1)
        for ids, _, more in (few.of(target) for _ in range(300))
    ]
    assert torch.allclose(torch.stack(sums).mean(0), torch.ones(40), atol=0.05)
    assert extra[:144].abs().sum() == 0 < extra[-1]


def test_guided_attention_is_asked_of_the_tokens_that_are_rendered():
    attention = torch.tensor([[[0.7, 0.2, 0.1], [0.1, 0.3, 0.6], [0.4, 0.3, 0.3]]]).log()
    first, last = torch.tensor([[0, 1, 0]]), torch.tensor([[1, 3, 0]])
    expected = -(np.log(0.7) + np.log(0.9)) / 2
    assert abs(guided_loss(attention, first, last).item() - expected) < 1e-4
    assert guided_loss(attention, first * 0, last * 0).item() == 0
