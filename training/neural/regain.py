"""Takes a converted model up again: a run that goes on from its weights, where the state of its own run is no more.

    python -m training.neural.regain FOLDER --out RUN --step 29164

RUN goes on from that step of the schedule with the weights of FOLDER, which are as exact as their quantization, and without
the optimizers' memory: `train` lets the rate rise anew.
"""

from __future__ import annotations

import argparse
import dataclasses
import re
import struct
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from training.neural import checkpoints, vocabulary
from training.neural.convert import specification
from training.neural.model import Config, Transformer

_VERSION = 6
_TYPES = (np.float32, np.int8, np.int16, np.int32, np.float16)
_EMBEDDING = "encoder/embeddings_0/weight"


def stored(path: Path) -> dict[str, NDArray[Any]]:
    """The arrays of a model.bin by name, as they are stored. Raises ValueError for another format."""
    file = BytesIO(path.read_bytes())
    try:
        [version] = struct.unpack("I", file.read(4))
        if version != _VERSION:
            raise ValueError(f"format {version}, not {_VERSION}")
        _string(file)
        _, count = struct.unpack("II", file.read(8))
        return dict(_array(file) for _ in range(count))
    except (struct.error, IndexError, UnicodeDecodeError, ValueError) as error:
        raise ValueError(f"{path}: is no model of CTranslate2 that can be read here ({error}).") from None


def _string(file: BytesIO) -> str:
    [size] = struct.unpack("H", file.read(2))
    return file.read(size)[:-1].decode()


def _array(file: BytesIO) -> tuple[str, NDArray[Any]]:
    name = _string(file)
    [rank] = struct.unpack("B", file.read(1))
    shape = struct.unpack(f"{rank}I", file.read(4 * rank))
    kind, size = struct.unpack("=BI", file.read(5))
    return name, np.frombuffer(file.read(size), _TYPES[kind]).reshape(shape)


def regained(folder: Path) -> Transformer:
    """The model of a folder that `convert` wrote. Raises ValueError, OSError."""
    arrays = stored(folder / "model.bin")
    pieces = vocabulary.load(folder / "sentencepiece.model")
    rows, width = arrays[_EMBEDDING].shape
    model = Transformer(
        Config(
            vocabulary=rows,
            width=width,
            heads=int(arrays["encoder/num_heads"]),
            feedforward=len(arrays["encoder/layer_0/ffn/linear_0/weight"]),
            encoder_layers=_layers(arrays, "encoder"),
            decoder_layers=_layers(arrays, "decoder"),
            dropout=0.0,
            pad=vocabulary.PAD,
            begin=vocabulary.BEGIN,
            end=vocabulary.END,
        )
    )
    # What the description of a model holds are views of its weights: to write there is to fill it.
    names = [pieces.id_to_piece(number) for number in range(pieces.get_piece_size())]
    for name, view in specification(model, names).variables().items():
        if name.endswith(("/weight", "/bias", "/gamma", "/beta")) and not name.startswith(
            ("decoder/embeddings", "decoder/projection")
        ):
            view[...] = _exact(arrays, name)
    return model


def _layers(arrays: dict[str, NDArray[Any]], side: str) -> int:
    return len({name.split("/")[1] for name in arrays if re.match(rf"{side}/layer_\d", name)})


def _exact(arrays: dict[str, NDArray[Any]], name: str) -> NDArray[np.float32]:
    """An array in float32: of int8 each row has a scale of its own."""
    array = arrays[name].astype(np.float32)
    scale = arrays.get(f"{name}_scale")
    return array if scale is None else array / scale.reshape(-1, *[1] * (array.ndim - 1))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--step", type=int, required=True, help="of the schedule, from which the run goes on")
    given = parser.parse_args()
    model = regained(given.folder)
    given.out.mkdir(parents=True, exist_ok=True)
    state = {
        "weights": model.state_dict(),
        "optimizers": [],
        "step": given.step,
        "anew": given.step,
        "chunk": 0,
        "at": 0,
        "random": torch.get_rng_state(),
        "config": dataclasses.asdict(model.config),
    }
    checkpoints.save(state, given.out / "state.pt")


if __name__ == "__main__":
    main()
