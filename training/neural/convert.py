"""Converts a trained model to CTranslate2, the folder that `ct2:PATH` and the built-in engine open.

    python -m training.neural.convert RUN/averaged DATA --out FOLDER [--quantization int8]

FOLDER gets model.bin, config.json, the vocabulary (sentencepiece.model), the lexicon (lexicon.tsv) and metadata.json, which
says that terms are given in tags.
"""

from __future__ import annotations

import argparse
import copy
import hashlib
import json
import shutil
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import torch
from ctranslate2.specs import attention_spec, common_spec, transformer_spec
from torch import nn

from training.neural import vocabulary
from training.neural.checkpoints import load_parts
from training.neural.model import Attention, Layer, Transformer
from training.neural.packing import Word, read
from translate.engines.lexicon import LEXICON
from translate.engines.online.pieces import HAN

# Longest text in bytes that is given to the model whole: it has learnt from sentences of at most 200 characters.
SIZE = 700
# Favours longer English in the search: without it a tenth is left out (README.md has the figures).
LENGTH_PENALTY = 2.0


def convert(
    model: Transformer,
    vocabulary_file: Path,
    folder: Path,
    quantization: str = "int8",
    lexicon: Mapping[Word, Word] | None = None,
) -> None:
    """Write the folder. `quantization`: int8, float16 or float32."""
    pieces = vocabulary.load(vocabulary_file)
    names = [pieces.id_to_piece(number) for number in range(pieces.get_piece_size())]
    # To quantize writes into the weights.
    spec = specification(copy.deepcopy(model), names)
    spec.validate()
    spec.optimize(quantization=None if quantization == "float32" else quantization)
    folder.mkdir(parents=True, exist_ok=True)
    spec.save(str(folder))
    shutil.copyfile(vocabulary_file, folder / "sentencepiece.model")
    told: dict[str, object] = {"terms": "tags", "size": SIZE, "length_penalty": LENGTH_PENALTY}
    if lexicon:
        rows = ("\t".join(" ".join(names[piece] for piece in side) for side in row) for row in sorted(lexicon.items()))
        (folder / LEXICON).write_text("".join(f"{row}\n" for row in rows), encoding="utf-8")
        told["lexicon"] = True
    written = (folder / name for name in ("model.bin", LEXICON))
    content = b"".join(path.read_bytes() for path in written if path.is_file())
    told["version"] = hashlib.sha256(content).hexdigest()[:12]
    (folder / "metadata.json").write_text(json.dumps(told) + "\n", encoding="utf-8")


def specification(model: Transformer, names: list[str]) -> transformer_spec.TransformerSpec:
    """The model as CTranslate2 describes one. `names`: the pieces of the vocabulary, by id."""
    config = model.config
    if len(names) > config.vocabulary:
        raise ValueError(f"the vocabulary has {len(names)} pieces, the model {config.vocabulary}.")
    names = [*names, *(f"<unused{number}>" for number in range(config.vocabulary - len(names)))]
    spec = transformer_spec.TransformerSpec.from_config(
        (config.encoder_layers, config.decoder_layers),
        config.heads,
        pre_norm=True,
        activation=common_spec.Activation.RELU,
        alignment_layer=-1,
        alignment_heads=1,
    )
    said = english_pieces(names)
    weight = _array(model.embedding.weight)
    for side, embedding, layers, norm in (
        (spec.encoder, weight, model.encoder, model.encoder_norm),
        (spec.decoder, weight[said], model.decoder, model.decoder_norm),
    ):
        (side.embeddings[0] if isinstance(side.embeddings, list) else side.embeddings).weight = embedding
        side.scale_embeddings = True
        side.position_encodings.encodings = _array(model.positions)
        _norm(side.layer_norm, norm)
        for into, layer in zip(side.layer, layers, strict=True):
            _layer(into, layer)
    spec.decoder.projection.weight = spec.decoder.embeddings.weight
    spec.register_source_vocabulary(names)
    spec.register_target_vocabulary([names[number] for number in said])
    spec.config.bos_token = names[config.begin]
    spec.config.eos_token = names[config.end]
    spec.config.unk_token = names[vocabulary.UNKNOWN]
    spec.config.decoder_start_token = names[config.begin]
    spec.config.add_source_eos = True
    spec.config.layer_norm_epsilon = model.encoder_norm.eps
    return spec


def english_pieces(names: list[str]) -> list[int]:
    """The numbers of the pieces that English is written with: without Chinese ones the decoder is half as large, faster, and
    leaves no Chinese standing."""
    return [number for number, name in enumerate(names) if not HAN.search(name)]


def _layer(into: transformer_spec.TransformerEncoderLayerSpec, layer: Layer) -> None:
    _attention(into.self_attention, layer.attention)
    if layer.cross is not None:
        _attention(into.attention, layer.cross)
    _norm(into.ffn.layer_norm, layer.norm)
    _linear(into.ffn.linear_0, layer.inner)
    _linear(into.ffn.linear_1, layer.outer)


def _attention(into: attention_spec.MultiHeadAttentionSpec, attention: Attention) -> None:
    _norm(into.layer_norm, attention.norm)
    first = [attention.query, attention.key_value] if attention.crossed else [attention.query_key_value]
    for spec, linear in zip(into.linear, [*first, attention.out], strict=True):
        _linear(spec, linear)


def _linear(into: common_spec.LinearSpec, linear: nn.Linear) -> None:
    into.weight, into.bias = _array(linear.weight), _array(linear.bias)


def _norm(into: common_spec.LayerNormSpec, norm: nn.LayerNorm) -> None:
    into.gamma, into.beta = _array(norm.weight), _array(norm.bias)


def _array(tensor: torch.Tensor) -> np.ndarray:
    return tensor.detach().float().numpy()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("weights", type=Path, help="the folder of weights.000 …")
    parser.add_argument("data", type=Path, help="what `prepare` wrote: the vocabulary and the lexicon")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--quantization", default="int8", choices=("int8", "float16", "float32"))
    given = parser.parse_args()
    lexicon = read(given.data / "train.pack").lexicon
    convert(load_parts(given.weights), given.data / "vocabulary.model", given.out, given.quantization, lexicon)
    print(f"{given.out}: {(given.out / 'model.bin').stat().st_size / 2**20:.1f} MiB")


if __name__ == "__main__":
    main()
