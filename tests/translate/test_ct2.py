"""A CTranslate2 model folder as an engine: a tiny model with random weights, made here."""

from __future__ import annotations

import shutil

import numpy as np
import pytest

from translate.engines import EngineError, get_engine

ctranslate2 = pytest.importorskip("ctranslate2")
sentencepiece = pytest.importorskip("sentencepiece")


def _model(folder):
    from ctranslate2.specs import common_spec, transformer_spec

    text = folder / "text.txt"
    lines = [f"海关总署第{n}次表示欢迎。Customs welcomes it {n} times." for n in range(300)]
    text.write_text("\n".join(lines), encoding="utf-8")
    sentencepiece.SentencePieceTrainer.train(
        input=str(text),
        model_prefix=str(folder / "sentencepiece"),
        vocab_size=90,
        hard_vocab_limit=False,
        minloglevel=2,
    )
    text.unlink()
    pieces = sentencepiece.SentencePieceProcessor(model_file=str(folder / "sentencepiece.model"))
    vocabulary = ["<blank>", *(pieces.id_to_piece(number) for number in range(pieces.get_piece_size()))]
    width, random = 16, np.random.default_rng(1)

    def weights(*shape):
        return (random.standard_normal(shape) * 0.3).astype(np.float32)

    def norm(spec):
        spec.gamma, spec.beta = np.ones(width, np.float32), np.zeros(width, np.float32)

    def linear(spec, out, into):
        spec.weight, spec.bias = weights(out, into), np.zeros(out, np.float32)

    spec = transformer_spec.TransformerSpec.from_config(1, 2, activation=common_spec.Activation.RELU)
    for side in (spec.encoder, spec.decoder):
        embeddings = side.embeddings[0] if isinstance(side.embeddings, list) else side.embeddings
        embeddings.weight = weights(len(vocabulary), width)
        side.position_encodings.encodings = weights(256, width)
        norm(side.layer_norm)
        (layer,) = side.layer
        norm(layer.self_attention.layer_norm)
        linear(layer.self_attention.linear[0], 3 * width, width)
        linear(layer.self_attention.linear[1], width, width)
        norm(layer.ffn.layer_norm)
        linear(layer.ffn.linear_0, 32, width)
        linear(layer.ffn.linear_1, width, 32)
    norm(spec.decoder.layer[0].attention.layer_norm)
    for at, out in enumerate((width, 2 * width, width)):
        linear(spec.decoder.layer[0].attention.linear[at], out, width)
    linear(spec.decoder.projection, len(vocabulary), width)
    spec.register_source_vocabulary(vocabulary)
    spec.register_target_vocabulary(vocabulary)
    (folder / "model").mkdir()
    spec.validate()
    spec.save(str(folder / "model"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("tiny")
    _model(made)
    return made


def test_a_model_folder_translates_in_order_and_leaves_the_rest(folder):
    engine = get_engine(f"ct2:{folder}")
    assert engine.readiness().ready and engine.signature.startswith("ct2:1:tiny")
    texts = ["海关总署表示欢迎。", "IAEA", "", "欢迎。\n海关总署表示欢迎。"]
    answers = engine.translate(texts)
    assert answers[1:3] == ["IAEA", ""]
    assert answers[3].endswith("\n" + answers[0]) and engine.translate(texts[:1]) == answers[:1]


def test_a_folder_with_a_lexicon_is_told_words_and_a_broken_one_is_said_in_a_sentence(folder, tmp_path):
    model = tmp_path / "words"
    shutil.copytree(folder, model)
    (model / "metadata.json").write_text('{"lexicon": true, "length_penalty": 2.0}', encoding="utf-8")
    (model / "lexicon.tsv").write_text("海 关\t▁C us\n", encoding="utf-8")
    assert len(get_engine(f"ct2:{model}").translate(["海关总署表示欢迎。", "欢迎。"])) == 2
    for broken in (b"no tab\n", b"\xff\ta\n"):
        (model / "lexicon.tsv").write_bytes(broken)
        with pytest.raises(EngineError, match="words cannot be loaded"):
            get_engine(f"ct2:{model}").translate(["海关"])
    (model / "lexicon.tsv").unlink()
    with pytest.raises(EngineError, match=r"words cannot be loaded \(.*lexicon"):
        get_engine(f"ct2:{model}").translate(["海关"])


@pytest.mark.parametrize(
    ("files", "says"),
    [([], "holds no model.bin"), (["model.bin"], "no SentencePiece model"), (None, "is no directory")],
)
def test_what_is_no_model_folder_is_told_in_a_sentence(tmp_path, files, says):
    place = tmp_path / "m"
    if files is not None:
        place.mkdir()
        for name in files:
            (place / name).write_bytes(b"x")
    with pytest.raises(EngineError, match=says):
        get_engine(f"ct2:{place}").translate(["甲"])


def test_a_damaged_model_and_a_missing_path_are_told(tmp_path, folder):
    (tmp_path / "model.bin").write_bytes(b"nonsense")
    (tmp_path / "sentencepiece.model").write_bytes((folder / "sentencepiece.model").read_bytes())
    with pytest.raises(EngineError, match="cannot be loaded"):
        get_engine(f"ct2:{tmp_path}").translate(["甲"])
    with pytest.raises(EngineError, match="ct2:PATH"):
        get_engine("ct2").translate(["甲"])
