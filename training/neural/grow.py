"""Makes a run deeper: more encoder layers, which change nothing at first (Chen et al. 2016, Net2Net), and learn from then on.

    python -m training.neural.grow RUN --out DEEPER --encoder-layers 8

DEEPER goes on from RUN's step, with the learning rate of it and the optimizers' memory of the weights that there were.
"""

from __future__ import annotations

import argparse
import dataclasses
from pathlib import Path
from typing import Any

from training.neural import checkpoints
from training.neural.model import Config, Transformer
from training.neural.train import optimizers_of

# What a layer adds to its input comes out of these: nothing, when they are nothing.
_LAST = (".attention.out.weight", ".attention.out.bias", ".outer.weight", ".outer.bias")


def grown(state: dict[str, Any], encoder_layers: int) -> dict[str, Any]:
    """A run's state with so many encoder layers: each new one is a copy of that below, but for what it adds, which is nothing.

    Raises ValueError for fewer layers than the run has.
    """
    old = Config(**state["config"])
    config = dataclasses.replace(old, encoder_layers=encoder_layers)
    if encoder_layers < old.encoder_layers:
        raise ValueError(f"The run has {old.encoder_layers} encoder layers; {encoder_layers} would be fewer.")
    # New layers are spread evenly: of those that come from one old layer the first is that layer.
    origin = [layer * old.encoder_layers // encoder_layers for layer in range(encoder_layers)]
    before, model = Transformer(old), Transformer(config)
    sources = {name: _source(name, origin) for name, _ in model.named_parameters()}
    weights = {name: state["weights"][source].clone() for name, (source, _) in sources.items()}
    for name, (_, new) in sources.items():
        if new and name.endswith(_LAST):
            weights[name].zero_()
    memory = [
        _memory(saved, was, {name: source for name, (source, new) in sources.items() if not new}, now)
        for saved, was, now in zip(state["optimizers"], _names(before, state), _names(model, state), strict=True)
    ]
    return {**state, "weights": weights, "optimizers": memory, "config": dataclasses.asdict(config)}


def _source(name: str, origin: list[int]) -> tuple[str, bool]:
    """(the old weight that a weight comes from, whether its layer is new)."""
    part, _, rest = name.partition(".")
    number, _, inner = rest.partition(".")
    if part != "encoder":
        return name, False
    layer = int(number)
    return f"encoder.{origin[layer]}.{inner}", origin[layer] in origin[:layer]


def _names(model: Transformer, state: dict[str, Any]) -> list[list[str]]:
    """The weights of each optimizer, in its order."""
    named = {id(weight): name for name, weight in model.named_parameters()}
    made = optimizers_of(model, len(state["optimizers"]) > 1)
    return [[named[id(weight)] for group in one.param_groups for weight in group["params"]] for one in made]


def _memory(saved: dict[str, Any], was: list[str], sources: dict[str, str], now: list[str]) -> dict[str, Any]:
    """An optimizer's state for the weights `now`: that of the same weights before; of new ones it remembers nothing."""
    kept = {name: saved["state"][at] for at, name in enumerate(was) if at in saved["state"]}
    found = {at: kept[sources[name]] for at, name in enumerate(now) if sources.get(name) in kept}
    [group] = saved["param_groups"]
    return {"state": found, "param_groups": [{**group, "params": list(range(len(now)))}]}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("run", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--encoder-layers", type=int, required=True)
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    state = grown(checkpoints.load(given.run / "state.pt"), given.encoder_layers)
    checkpoints.save(state, given.out / "state.pt")


if __name__ == "__main__":
    main()
