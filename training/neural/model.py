"""The model: a Transformer (Vaswani et al. 2017), pre-norm, a deep encoder and a shallow decoder (Kasai et al. 2021).

One embedding serves source, target and output. The first cross-attention head of the last decoder layer can be taught
which source tokens a target token copies or renders (guided alignment, Garg et al. 2019). Needs PyTorch only.
"""

from __future__ import annotations

import dataclasses
import math

import torch
from torch import Tensor, nn
from torch.nn import functional

from training.neural.losses import Candidates, cross_entropy, guided_loss


@dataclasses.dataclass(frozen=True, slots=True)
class Config:
    """Sizes of a model; the defaults have 28 million parameters with a vocabulary of 28,000."""

    vocabulary: int
    width: int = 384
    heads: int = 6
    feedforward: int = 1024
    encoder_layers: int = 10
    decoder_layers: int = 2
    positions: int = 512
    dropout: float = 0.1
    pad: int = 0
    begin: int = 1
    end: int = 2


def positions(count: int, width: int) -> Tensor:
    """Sinusoidal position encodings (count, width)."""
    at = torch.arange(count)[:, None]
    rate = torch.exp(torch.arange(0, width, 2) * (-math.log(10_000.0) / width))
    return torch.cat([torch.sin(at * rate), torch.cos(at * rate)], dim=1)


class Attention(nn.Module):
    """Multi-head attention with its norm before it: queries from `x`, keys and values from `memory` (None: from x)."""

    def __init__(self, config: Config, crossed: bool) -> None:
        super().__init__()
        width = config.width
        self.heads, self.crossed, self.dropout = config.heads, crossed, config.dropout
        self.norm = nn.LayerNorm(width)
        if crossed:
            self.query, self.key_value = nn.Linear(width, width), nn.Linear(width, 2 * width)
        else:
            self.query_key_value = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)

    def parts(self, x: Tensor, memory: Tensor | None) -> tuple[Tensor, Tensor, Tensor]:
        """Queries, keys and values, each (batch, heads, time, width of a head)."""
        normed = self.norm(x)
        if memory is None:
            split = self.query_key_value(normed).chunk(3, dim=-1)
        else:
            split = (self.query(normed), *self.key_value(memory).chunk(2, dim=-1))
        q, k, v = (part.view(*part.shape[:2], self.heads, -1).transpose(1, 2) for part in split)
        return q, k, v

    def forward(
        self, x: Tensor, memory: Tensor | None = None, mask: Tensor | None = None, causal: bool = False
    ) -> Tensor:
        q, k, v = self.parts(x, memory)
        if x.device.type == "cpu":
            mixed = _plain_attention(q, k, v, mask, causal)
        else:
            dropout = self.dropout if self.training else 0.0
            mixed = functional.scaled_dot_product_attention(q, k, v, mask, dropout, causal)
        return self.out(mixed.transpose(1, 2).flatten(2))

    def first_head(self, x: Tensor, memory: Tensor, mask: Tensor) -> Tensor:
        """Log of the attention of head 0, (batch, target, source), in float32."""
        q, k, _ = self.parts(x, memory)
        scores = (q[:, 0] @ k[:, 0].transpose(1, 2)).float() / math.sqrt(q.shape[-1])
        return scores.masked_fill(~mask[:, 0], -torch.inf).log_softmax(dim=-1)


def _plain_attention(q: Tensor, k: Tensor, v: Tensor, mask: Tensor | None, causal: bool) -> Tensor:
    """Attention step by step: of short sentences a processor learns several times as fast this way; no dropout."""
    scores = (q * q.shape[-1] ** -0.5) @ k.transpose(-1, -2)
    if causal:
        mask = torch.ones(scores.shape[-2:], dtype=torch.bool, device=q.device).tril()
    if mask is not None:
        scores = scores + torch.where(mask, 0.0, -1e4).to(scores.dtype)
    return scores.softmax(dim=-1) @ v


class Layer(nn.Module):
    """Self-attention, in a decoder cross-attention, and a feed-forward network, each added to what came in."""

    def __init__(self, config: Config, decodes: bool) -> None:
        super().__init__()
        self.attention = Attention(config, crossed=False)
        self.cross = Attention(config, crossed=True) if decodes else None
        self.norm = nn.LayerNorm(config.width)
        self.inner, self.outer = (
            nn.Linear(config.width, config.feedforward),
            nn.Linear(config.feedforward, config.width),
        )
        self.drop = nn.Dropout(config.dropout)

    def forward(self, x: Tensor, mask: Tensor | None, memory: Tensor | None, memory_mask: Tensor | None) -> Tensor:
        x = x + self.drop(self.attention(x, mask=mask, causal=memory is not None))
        if self.cross is not None:
            x = x + self.drop(self.cross(x, memory, memory_mask))
        return x + self.drop(self.outer(self.drop(functional.relu(self.inner(self.norm(x))))))


class Transformer(nn.Module):
    """Source ids (B, S) and target ids (B, T) to logits (B, T, vocabulary)."""

    def __init__(self, config: Config) -> None:
        super().__init__()
        self.config = config
        self.embedding = nn.Embedding(config.vocabulary, config.width)
        nn.init.normal_(self.embedding.weight, std=config.width**-0.5)
        self.register_buffer("positions", positions(config.positions, config.width), persistent=False)
        self.encoder = nn.ModuleList(Layer(config, False) for _ in range(config.encoder_layers))
        self.decoder = nn.ModuleList(Layer(config, True) for _ in range(config.decoder_layers))
        self.encoder_norm, self.decoder_norm = nn.LayerNorm(config.width), nn.LayerNorm(config.width)
        self.drop = nn.Dropout(config.dropout)
        for layer in (*self.encoder, *self.decoder):
            for module in layer.modules():
                if isinstance(module, nn.Linear):
                    nn.init.xavier_uniform_(module.weight)
                    nn.init.zeros_(module.bias)

    def embed(self, ids: Tensor) -> Tensor:
        """Embeddings (…, time, width), scaled, with positions."""
        scaled = self.embedding(ids) * math.sqrt(self.config.width)
        return self.drop(scaled + self.positions[: ids.shape[1]])

    def encode(self, source: Tensor) -> tuple[Tensor, Tensor]:
        """Memory (B, S, width), and the mask (B, 1, 1, S) of what is no padding."""
        mask = (source != self.config.pad)[:, None, None, :]
        x = self.embed(source)
        for layer in self.encoder:
            x = layer(x, mask, None, None)
        return self.encoder_norm(x), mask

    def decode(
        self, before: Tensor, memory: Tensor, mask: Tensor, guided: bool = False
    ) -> tuple[Tensor, Tensor | None]:
        """States (B, T, width) for the output layer, and if `guided` the log attention (B, T, S) of the guided head."""
        x = self.embed(before)
        attention = None
        for number, layer in enumerate(self.decoder):
            if guided and number == len(self.decoder) - 1:
                seen = x + layer.attention(x, causal=True)
                attention = layer.cross.first_head(seen, memory, mask)
            x = layer(x, None, memory, mask)
        return self.decoder_norm(x), attention

    def logits(self, states: Tensor) -> Tensor:
        """Scores of the vocabulary; the output layer is the embedding, without a bias."""
        return functional.linear(states, self.embedding.weight)

    def forward(self, source: Tensor, before: Tensor) -> Tensor:
        memory, mask = self.encode(source)
        return self.logits(self.decode(before, memory, mask)[0])

    @torch.inference_mode()
    def greedy(self, source: Tensor, most: int) -> list[list[int]]:
        """The most probable token each time, until all sentences ended or have `most` tokens. Simple, not fast."""
        memory, mask = self.encode(source)
        out = torch.full((len(source), 1), self.config.begin, dtype=torch.long, device=source.device)
        ended = torch.zeros(len(source), dtype=torch.bool, device=source.device)
        for _ in range(most):
            states, _ = self.decode(out, memory, mask)
            scores = self.logits(states[:, -1])
            token = scores.argmax(dim=-1).masked_fill(ended, self.config.pad)
            out = torch.cat([out, token[:, None]], dim=1)
            ended |= token == self.config.end
            if bool(ended.all()):
                break
        ends = (self.config.end, self.config.pad)
        return [[token for token in row if token not in ends] for row in out[:, 1:].tolist()]


def count(model: nn.Module) -> int:
    """Parameters; the shared embedding counts once."""
    return sum(parameter.numel() for parameter in model.parameters())


def loss_of(
    model: Transformer,
    source: Tensor,
    before: Tensor,
    after: Tensor,
    rendered: tuple[Tensor, Tensor],
    smoothing: float = 0.0,
    guided: float = 0.0,
    candidates: Candidates | None = None,
) -> tuple[Tensor, Tensor]:
    """(loss to learn from, plain cross-entropy), both means over the target's tokens, in nats.

    The first is smoothed, with `guided` times the guided head's loss over target tokens whose source is known: tokens
    `rendered[0]` to `rendered[1]` - 1, (batch, target) each.
    """
    memory, mask = model.encode(source)
    states, attention = model.decode(before, memory, mask, guided > 0)
    real = after != model.config.pad
    loss, plain = cross_entropy(states[real], model.embedding.weight, after[real], smoothing, candidates)
    if attention is not None:
        loss = loss + guided * guided_loss(attention, *rendered)
    return loss, plain
