"""Checkpoints: the whole state of a run, the weights alone, their average, and weights in parts of a bounded size."""

from __future__ import annotations

import dataclasses
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import torch

from training.neural.model import Config, Transformer

PART = 16 * 2**20


def save(state: dict[str, Any], path: Path) -> None:
    """Write a state so that a broken-off write leaves the old one."""
    partial = path.with_suffix(".partial")
    torch.save(state, partial)
    partial.replace(path)


def load(path: Path) -> dict[str, Any]:
    """A state that `save` wrote, on the processor."""
    state: dict[str, Any] = torch.load(path, map_location="cpu", weights_only=True)
    return state


def average(paths: Sequence[Path]) -> dict[str, torch.Tensor]:
    """The mean of the weights of several snapshots, in float32."""
    return mean(load(path)["weights"] for path in paths)


def mean(several: Iterable[Mapping[str, torch.Tensor]]) -> dict[str, torch.Tensor]:
    """The mean of the weights of several models of one size, in float32."""
    sums: dict[str, torch.Tensor] = {}
    count = 0
    for weights in several:
        count += 1
        for name, weight in weights.items():
            sums[name] = sums[name] + weight.double() if name in sums else weight.double()
    return {name: (total / count).float() for name, total in sums.items()}


def save_parts(weights: dict[str, torch.Tensor], config: Config, folder: Path, size: int = PART) -> list[Path]:
    """Weights in float16 and the model's sizes, as weights.000, weights.001 … of at most `size` bytes."""
    written = io.BytesIO()
    halves = {name: weight.half() for name, weight in weights.items()}
    torch.save({"weights": halves, "config": dataclasses.asdict(config)}, written)
    data = written.getvalue()
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("weights.[0-9][0-9][0-9]"):
        old.unlink()
    paths = [folder / f"weights.{number:03}" for number in range(-(-len(data) // size))]
    for number, path in enumerate(paths):
        path.write_bytes(data[number * size : (number + 1) * size])
    return paths


def load_parts(folder: Path) -> Transformer:
    """The model whose parts lie in a folder, ready to translate. Raises FileNotFoundError where there are none."""
    paths = sorted(folder.glob("weights.[0-9][0-9][0-9]"))
    if not paths:
        raise FileNotFoundError(f"{folder}: holds no weights.000")
    state = torch.load(io.BytesIO(b"".join(path.read_bytes() for path in paths)), map_location="cpu", weights_only=True)
    model = Transformer(Config(**state["config"]))
    model.load_state_dict({name: weight.float() for name, weight in state["weights"].items()})
    return model.eval()
