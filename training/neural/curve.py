"""Draws how a run went: loss, and the share of tagged names that are copied, by step.

python -m training.neural.curve RUN/log.jsonl --out curve.png
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.figure import Figure


def draw(rows: list[dict[str, Any]], path: Path) -> None:
    """Write the picture of a log's rows."""
    mpl.use("Agg")
    figure = Figure(figsize=(9, 3.6), layout="constrained")
    losses, names = figure.subplots(1, 2)
    steps = [row["step"] for row in rows]
    for key in rows[-1]:
        values = [row.get(key) for row in rows]
        if key == "loss" or key.endswith("_loss"):
            label = "training" if key == "loss" else key.removesuffix("_loss").replace("_", " ")
            losses.plot(steps, values, label=label)
        elif key.endswith("_copied"):
            names.plot(steps, values, label=key.removesuffix("_tagged_copied"))
    losses.set(xlabel="step", ylabel="cross-entropy (nats a token)")
    names.set(xlabel="step", ylabel="tagged names copied", ylim=(0, 1))
    for axes in (losses, names):
        axes.grid(alpha=0.3)
        if axes.lines:
            axes.legend(fontsize="small")
    figure.savefig(path, dpi=120)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("log", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    draw([json.loads(line) for line in given.log.read_text(encoding="utf-8").splitlines()], given.out)


if __name__ == "__main__":
    main()
