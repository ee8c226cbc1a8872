"""Draws how a run went: loss, and the share of tagged names that are copied, by step.

python -m training.neural.curve RUN/log.jsonl --out curve.png
"""

from __future__ import annotations

import argparse
import json
import math
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.figure import Figure

# Of each domain what it is told as in the engine, and its names in tags: lines enough.
_DRAWN = ("_told_loss", "_tagged_loss")


def draw(rows: list[dict[str, Any]], path: Path) -> None:
    """Write the picture of a log's rows. Where a run was taken up again at an earlier step, it goes on to the right, after a gap."""
    mpl.use("Agg")
    figure = Figure(figsize=(9, 4.2), layout="constrained")
    losses, names = figure.subplots(1, 2)
    for key in dict.fromkeys(key for row in rows for key in row):
        if key == "loss" or key.endswith(_DRAWN):
            label = "training" if key == "loss" else key.removesuffix("_loss").replace("_", " ")
            losses.plot(*_line(rows, key), label=label)
        elif key.endswith("_copied"):
            names.plot(*_line(rows, key), label=key.removesuffix("_tagged_copied").replace("_", " "))
    losses.set(xlabel="steps learnt", ylabel="cross-entropy (nats a token)", ylim=(0, None))
    names.set(xlabel="steps learnt", ylabel="tagged names copied", ylim=(0, 1.02))
    for axes in (losses, names):
        axes.grid(alpha=0.3)
        if axes.lines:
            axes.legend(fontsize="small", ncols=2, loc="lower center", bbox_to_anchor=(0.5, 1.0), frameon=False)
    figure.savefig(path, dpi=120)


def _line(rows: list[dict[str, Any]], key: str) -> tuple[list[float], list[float]]:
    """Steps learnt and values of a key, with a gap before each row whose step is not after the one before."""
    steps, values = [0.0], [math.nan]
    at = before = 0
    for row in rows:
        step = row["step"]
        if step <= before:
            steps, values = [*steps, at], [*values, math.nan]
        else:
            at += step - before
        before = step
        steps.append(at)
        values.append(row.get(key, math.nan))
    return steps, values


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("log", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    draw([json.loads(line) for line in given.log.read_text(encoding="utf-8").splitlines()], given.out)


if __name__ == "__main__":
    main()
