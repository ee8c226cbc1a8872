"""The mean of several models that were trained on from the same weights: better than each (Wortsman et al. 2022, model soups).

    python -m training.neural.blend MODEL MODEL … --out FOLDER

A model is a folder of weights.000 …, or a converted one. FOLDER gets weights.000 …, which `convert` takes.
"""

from __future__ import annotations

import argparse
import dataclasses
from collections.abc import Sequence
from pathlib import Path

import torch

from training.neural.checkpoints import load_parts, mean, save_parts
from training.neural.model import Transformer
from training.neural.regain import regained


def opened(folder: Path) -> Transformer:
    """The model of a folder of either kind. Raises ValueError, OSError."""
    return regained(folder) if (folder / "model.bin").is_file() else load_parts(folder)


def blended(models: Sequence[Transformer]) -> dict[str, torch.Tensor]:
    """The mean of the weights. Raises ValueError for models of several sizes."""
    if len({dataclasses.replace(one.config, dropout=0.0) for one in models}) > 1:
        raise ValueError("The models are of several sizes; only such as come from the same weights have a mean.")
    return mean(one.state_dict() for one in models)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("models", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    models = [opened(folder) for folder in given.models]
    save_parts(blended(models), models[0].config, given.out)


if __name__ == "__main__":
    main()
