"""The whole way of a model of our own on a tiny one: pairs, packed, trained, broken off and gone on, converted, run.

Needs requirements-training.txt: `make test-training`.
"""

from __future__ import annotations

import copy
import dataclasses
import json
import random
import re
import shutil
import signal
import subprocess
import sys

import ctranslate2
import numpy as np
import pytest
import torch

from glossary import Concept, Glossary
from training.corpus import Pair
from training.neural import checkpoints, convert, vocabulary
from training.neural.batches import Plan, chunk, epoch_size, example, in_batches, order_of, stream
from training.neural.blend import blended
from training.neural.curve import draw
from training.neural.evaluate import Score, card, score
from training.neural.grow import grown
from training.neural.lexicon import OFTEN, Known, known_phrases, known_words, lexicon, marks, of_model
from training.neural.model import Config, Transformer, count
from training.neural.names import made_up_names
from training.neural.news import news
from training.neural.packing import read, write
from training.neural.phrases import frequent
from training.neural.prepare import Encoder, encoded, pack
from training.neural.regain import stored
from training.neural.spans import Terms
from training.neural.train import Schedule, Settings, Trainer, apart, checks_of, reweighted, with_advice
from translate import translate
from translate.engines import get_engine
from translate.engines.draft import DraftEngine
from translate.engines.lexicon import LEXICON, Lexicon, in_pieces
from translate.engines.tags import names_in

KNOWN = {
    "举办": Known(["held"], unsure=True, glossed=["conduct", "hold"]),
    "核安保": Known(["nuclear security"]),
    "培训": Known([], glossed=["training course"]),
}
TERMS = [("海关总署", "General Administration of Customs"), ("核安保", "nuclear security"), ("培训", "training")]
SIZES = {"width": 32, "heads": 2, "feedforward": 64, "encoder_layers": 2, "decoder_layers": 1}


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    folder = tmp_path_factory.mktemp("data")
    names = made_up_names(60, random.Random(5))
    filled = list(news(500, [*TERMS, *names]))
    pairs = [
        Pair(
            f"海关总署第{n}次举办核安保培训。",
            f"The General Administration of Customs held nuclear security training for the {n}th time.",
            "tw_law",
        )
        for n in range(60)
    ]
    texts = [side for chinese, english, _ in filled for side in (chinese, english)]
    texts += [side for pair in pairs for side in (pair.chinese, pair.english)]
    vocabulary.train(texts, folder / "vocabulary.model", 900, threads=1)
    encoder = Encoder(vocabulary.load(folder / "vocabulary.model"))
    made = [one for _, one in encoded(pairs, encoder, Terms(TERMS))]
    made += [encoder.encode(chinese, english, spans, "news") for chinese, english, spans in filled]
    packed = pack(made, [*TERMS, *names], len(TERMS), encoder)
    told = lexicon(encoder.pieces, packed.source, KNOWN, {})
    packed = dataclasses.replace(packed, lexicon=told, marks=marks(packed.source, told))
    write(packed, folder / "train.pack")
    return folder


@pytest.fixture(scope="module")
def packed(data):
    return read(data / "train.pack")


def config(packed, **sizes):
    return Config(packed.meta.vocabulary, **(SIZES | sizes))


def trainer(packed, out, **changes):
    settings = Settings(Schedule(180, 1e-2, 20), Plan(tokens=600, chunk=200), guided=0.3, every=60, keep=2)
    return Trainer(config(packed), dataclasses.replace(settings, **changes), packed, out)


@pytest.fixture(scope="module")
def trained(packed, tmp_path_factory):
    torch.set_num_threads(1)
    out = tmp_path_factory.mktemp("run")
    made = trainer(packed, out)
    losses = made.run(180, checks_of(packed, Plan(tokens=600), 20))
    return made, losses


def test_a_tagged_term_is_cut_as_a_persons_term_will_be_and_its_english_linked(data, packed):
    pieces = vocabulary.load(data / "vocabulary.model")
    plan = Plan(tagged=1.0, exchanged=0.0, exchanged_plain=0.0, told=(0.0,))
    rng = np.random.default_rng(1)
    made = [example(packed, at, rng, plan) for at in range(60)]
    opens = packed.meta.tags[0]
    tagged = [one for at, one in enumerate(made) if one.source.count(opens) == len(packed.spans_of(at)) > 0]
    assert len(tagged) > 10
    for one in tagged:
        text = pieces.decode(one.source)
        assert pieces.encode(text) == one.source
        assert all(one.target[at] == one.source[copy] for at, copy in one.links)


def test_titles_of_documents_stand_in_the_news_and_are_marked_as_names():
    titled = [one for one in news(400, TERMS) if "《" in one[0]]
    assert len(titled) > 20
    for chinese, english, spans in titled:
        inside = re.findall("《(.+?)》", chinese)
        marked = {chinese[span.start : span.end]: english[span.english_start : span.english_end] for span in spans}
        assert all(marked[one][0].isupper() for one in inside) and "the the" not in english


def test_what_renders_what_is_told_of_every_target_token_that_is_known(data, packed):
    pieces = vocabulary.load(data / "vocabulary.model")
    plan = Plan(tagged=0.0, exchanged_plain=0.0, told=(0.0,))
    at = next(n for n in range(60) if packed.spans_of(n))
    [batch] = in_batches(packed, [example(packed, at, np.random.default_rng(1), plan)], 600)
    renderings = dict(TERMS)
    said = set()
    for first, last in {(a, b) for a, b in zip(batch.first[0].tolist(), batch.last[0].tolist(), strict=True) if b}:
        chinese = pieces.decode(batch.source[0, first:last].tolist())
        english = pieces.decode(batch.after[0, (batch.first[0] == first) & (batch.last[0] == last)].tolist())
        said.add((chinese, english))
    assert said and said <= set(renderings.items())


@pytest.fixture(scope="module")
def words(trained, data, tmp_path_factory):
    """A converted model's folder with the lexicon of the pack."""
    out = tmp_path_factory.mktemp("words") / "tiny"
    told = read(data / "train.pack").lexicon
    convert.convert(trained[0].model.eval(), data / "vocabulary.model", out, "float32", told)
    return out


def test_the_engine_is_told_of_words_what_training_was(data, packed, words):
    pieces = vocabulary.load(data / "vocabulary.model")
    sent = Lexicon.read(words / LEXICON)
    assert of_model(words, pieces) == dict(packed.lexicon)
    plan = Plan(tagged=0.0, exchanged_plain=0.0, told=(1.0,))
    for at in range(60):
        learnt = example(packed, at, np.random.default_rng(1), plan)
        assert sent.told([pieces.id_to_piece(i) for i in packed.source[at]]) == [
            pieces.id_to_piece(i) for i in learnt.source
        ]
    assert pieces.decode(learnt.source) == (
        "海关总署第59次举办⟦=⟧ held⟦=⟧ conduct⟦/t⟧核安保⟦=⟧ nuclear security⟦/t⟧培训⟦=⟧ training course⟦/t⟧。"
    )
    # The guided head is told where "held" is copied from, and what renders 海关总署.
    copied = {learnt.target[c] for a, b, c, d in learnt.spans if learnt.source[a:b] == learnt.target[c:d]}
    assert set(pieces.encode("a held nuclear security")[1:]) <= copied
    rendered = {(pieces.decode(learnt.source[a:b]), pieces.decode(learnt.target[c:d])) for a, b, c, d in learnt.spans}
    assert ("海关总署", "General Administration of Customs") in rendered


def test_a_share_of_the_words_is_told_and_none_within_what_is_changed(data, packed):
    pieces = vocabulary.load(data / "vocabulary.model")
    says = pieces.piece_to_id("⟦=⟧")
    bare = Plan(tagged=0.0, exchanged_plain=0.0)
    counts = []
    for share in (0.0, 0.5, 1.0):
        plan = dataclasses.replace(bare, told=(share,))
        sources = [example(packed, at, np.random.default_rng(at), plan).source for at in range(60)]
        counts.append(np.mean([source.count(says) for source in sources]))
    assert counts[0] == 0 and counts[2] == 4 and 1 < counts[1] < 3
    tagged = dataclasses.replace(bare, tagged=1.0, exchanged=0.0, told=(1.0,))
    texts = [pieces.decode(example(packed, at, np.random.default_rng(at), tagged).source) for at in range(60)]
    named = [text for text in texts if "⟦t⟧核安保⟦=⟧ nuclear security⟦/t⟧" in text]
    assert named and not any("⟦=⟧ nuclear security⟦/t⟧⟦=⟧" in text or text.count("nuclear") > 1 for text in named)


def test_rare_words_get_the_dictionarys_english_and_frequent_ones_none():
    word = Known(["presided"], unsure=True, glossed=["take charge of", "preside"])
    assert word.english(1) == ["take charge of", "preside"]
    assert word.english(50) == ["presided", "take charge of"]
    assert word.english(OFTEN) == []
    assert Known(["customs"], glossed=["custom house"]).english(50) == ["customs"]


def test_the_draft_and_the_dictionary_know_words():
    known = known_words()
    assert known["海关"].drafted[0].lower() == "customs" and "reindeer" in known["驯鹿"].glossed
    assert "Zurich" in known["苏黎世"].glossed and "十八" not in known


def test_phrases_that_stand_often_are_told_and_the_longest_first(data, packed):
    texts = ["双方加强国际合作。", "国际合作的发展。"] * 6
    assert sorted(frequent(texts, 12, 4)) == ["国际合作"]
    assert {"加强国际", "加强国际合作", "双方加强"} < set(frequent(texts, 6, 4))
    assert known_phrases(texts)["国际合作"][0].lower() == "international cooperation"
    assert not known_phrases(texts[:4])
    pieces = vocabulary.load(data / "vocabulary.model")
    told = lexicon(pieces, packed.source, KNOWN, {"举办核安保培训": ["gave training", "held training"]})
    [english] = [english for word, english in told.items() if pieces.decode(list(word)) == "举办核安保培训"]
    assert pieces.decode(list(english)) == "gave training⟦=⟧ held training"
    sent = Lexicon({tuple(map(pieces.id_to_piece, a)): tuple(map(pieces.id_to_piece, b)) for a, b in told.items()})
    text = sent.told([pieces.id_to_piece(i) for i in packed.source[0]])
    assert pieces.decode(text).endswith("举办核安保培训⟦=⟧ gave training⟦=⟧ held training⟦/t⟧。")


def test_exchanged_names_stand_on_both_sides(data, packed):
    pieces = vocabulary.load(data / "vocabulary.model")
    plan = Plan(tagged=1.0, exchanged=1.0)
    made = [example(packed, 0, np.random.default_rng(n), plan) for n in range(20)]
    exchanged = [one for one in made if one.links and one.target != packed.target[0]]
    assert len(exchanged) > 10
    for one in exchanged:
        assert all(one.target[at] == one.source[copy] for at, copy in one.links)
        names = names_in(pieces.decode(one.source))
        assert names and all(name in pieces.decode(one.target) for name in names)


def test_batches_depend_on_their_number_alone(packed):
    plan = Plan(tokens=600, chunk=200)
    alone = [batch for _, _, batch in (next(s) for s in [stream(packed, plan, 1, 2)])]
    again = chunk(packed, plan, 1)[2]
    ahead = stream(packed, plan, 1, 2, processes=2)
    _, _, forked = next(ahead)
    ahead.close()
    for other in (again, forked):
        assert np.array_equal(alone[0].source, other.source) and np.array_equal(alone[0].link, other.link)
    assert max(batch.source.shape[1] for batch in chunk(packed, plan, 0)) % 8 == 0


def test_the_vocabulary_keeps_tags_whole_and_reads_wide_and_traditional_writing(data):
    pieces = vocabulary.load(data / "vocabulary.model")
    cut = pieces.encode("⟦t⟧海關⟦=⟧ Customs⟦/t⟧ＣＯＥ", out_type=str)
    assert {"⟦t⟧", "⟦=⟧", "⟦/t⟧"} <= set(cut)
    assert pieces.decode(pieces.encode("海關ＣＯＥ")) == "海关COE"
    assert pieces.decode(pieces.encode("Zürich №7 ☃")) == "Zürich №7 ☃"


def test_the_loss_falls_and_a_broken_off_run_goes_on_exactly(trained, packed, tmp_path):
    _, losses = trained
    assert np.mean(losses[-5:]) < np.mean(losses[:5]) - 1
    first = trainer(packed, tmp_path).run(37, {})
    rest = trainer(packed, tmp_path).run(180, {})
    assert [*first, *rest] == losses


def test_muon_and_candidates_learn_and_go_on_exactly_too(packed, tmp_path):
    changes = {"muon": True, "candidates": 80}
    whole = trainer(packed, tmp_path / "whole", **changes).run(60, {})
    first = trainer(packed, tmp_path / "broken", **changes).run(23, {})
    rest = trainer(packed, tmp_path / "broken", **changes).run(60, {})
    assert [*first, *rest] == whole
    assert np.mean(whole[-5:]) < np.mean(whole[:5]) - 1


def test_ctrl_c_saves_and_the_same_command_goes_on(data, tmp_path):
    shutil.copyfile(data / "train.pack", data / "held_out.pack")
    sizes = [word for name, size in SIZES.items() for word in (f"--{name.replace('_', '-')}", str(size))]
    command = [sys.executable, "-m", "training.neural.train", str(data), "--out", str(tmp_path), *sizes]
    command += ["--threads", "1", "--tokens", "600", "--every", "5", "--checked", "2", "--steps", "100000"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as run:
        assert "from step 0" in run.stdout.readline()
        assert json.loads(run.stdout.readline())["step"] == 5
        run.send_signal(signal.SIGINT)
        run.communicate(timeout=60)
    assert run.returncode == 0
    again = subprocess.run([*command, "--minutes", "0"], capture_output=True, text=True, timeout=60, check=True)
    step = int(re.search(r"from step (\d+)", again.stdout)[1])
    assert step >= 5 and (tmp_path / "averaged" / "weights.000").is_file()


def test_a_domain_can_be_given_another_weight(packed):
    heavier = reweighted(packed, ["tw_law=4"])
    assert dict(zip(heavier.meta.domains, heavier.meta.weights, strict=True))["tw_law"] == 4
    assert epoch_size(heavier) - epoch_size(packed) == 60 * 4 - round(60 * 1.5)
    with pytest.raises(ValueError, match="there are tw_law, news"):
        reweighted(packed, ["law=4"])


def test_bf16_learns_as_float32_does(trained, packed, tmp_path):
    _, losses = trained
    half = trainer(packed, tmp_path, half=True).run(40, {})
    assert half[0] != losses[0]
    assert half == pytest.approx(losses[:40], abs=0.1)


def test_a_run_of_other_sizes_is_refused(trained, packed):
    made, _ = trained
    with pytest.raises(ValueError, match="other sizes"):
        Trainer(config(packed, width=64), made.settings, packed, made.out)


def test_a_run_goes_on_from_a_converted_model_alone(data, packed, trained, tmp_path):
    made, losses = trained
    convert.convert(made.model.eval(), data / "vocabulary.model", tmp_path / "int8")
    command = [sys.executable, "-m", "training.neural.regain", str(tmp_path / "int8"), "--out", str(tmp_path / "run")]
    subprocess.run([*command, "--step", "120"], timeout=60, check=True)
    shutil.copytree(tmp_path / "run", tmp_path / "whole")
    again = trainer(packed, tmp_path / "run")
    convert.convert(again.model.eval(), data / "vocabulary.model", tmp_path / "again")
    was, now = (stored(tmp_path / name / "model.bin") for name in ("int8", "again"))
    assert was.keys() == now.keys() and all(np.allclose(was[name], now[name], atol=1e-4) for name in was)
    assert again.step == 120 and again.settings.schedule.anew == 120
    more = again.run(130, {})
    assert more[0] < np.mean(losses[:5]) - 0.5
    # Broken off within the rise of the rate, it goes on as if it had not been.
    rest = trainer(packed, tmp_path / "run").run(150, {})
    assert [*more, *rest] == trainer(packed, tmp_path / "whole").run(150, {})
    rates = [again.settings.schedule.rate(step) for step in (121, 130, 140)]
    assert rates == sorted(rates) and rates[0] < rates[2] / 10
    (tmp_path / "int8" / "model.bin").write_bytes(b"PK\3\4 no model")
    with pytest.raises(ValueError, match="is no model"):
        stored(tmp_path / "int8" / "model.bin")


def test_models_of_one_origin_are_blended(data, trained, tmp_path):
    made, _ = trained
    checkpoints.save_parts(made.model.state_dict(), made.model.config, tmp_path / "one")
    other = copy.deepcopy(made.model)
    with torch.no_grad():
        other.embedding.weight += 0.5
    convert.convert(other, data / "vocabulary.model", tmp_path / "two", "float32")
    models = [str(tmp_path / name) for name in ("one", "two")]
    command = [sys.executable, "-m", "training.neural.blend", *models, "--out", str(tmp_path / "mean")]
    subprocess.run(command, timeout=60, check=True)
    mean = checkpoints.load_parts(tmp_path / "mean")
    assert torch.allclose(mean.embedding.weight, made.model.embedding.weight + 0.25, atol=1e-2)
    assert torch.allclose(mean.encoder[0].inner.weight, made.model.encoder[0].inner.weight, atol=1e-3)
    with pytest.raises(ValueError, match="several sizes"):
        blended([mean, Transformer(dataclasses.replace(mean.config, encoder_layers=3))])


@pytest.fixture(scope="module")
def advised(data, packed, tmp_path_factory):
    """The folder of the pack, with the draft's advice on some pairs."""
    folder = tmp_path_factory.mktemp("advised")
    shutil.copyfile(data / "vocabulary.model", folder / "vocabulary.model")
    for name in ("train", "held_out"):
        shutil.copyfile(data / "train.pack", folder / f"{name}.pack")
    command = [sys.executable, "-m", "training.neural.advice", str(folder), "--processes", "1", "--pairs"]
    for count_of in ("20", "50"):
        made = subprocess.run([*command, count_of], capture_output=True, text=True, timeout=120, check=True)
        assert f"train.advice.npz: {count_of} pairs" in made.stdout
    return folder


def test_advice_is_told_as_the_engine_tells_it(advised, packed, words):
    pieces = vocabulary.load(advised / "vocabulary.model")
    known = with_advice(packed, advised / "train.advice.npz")
    sent, draft = Lexicon.read(words / LEXICON), DraftEngine()
    plan = Plan(tagged=0.0, exchanged_plain=0.0, advised=1.0)
    for at in known.advice.pairs.tolist():
        [told] = draft.drafts([pieces.decode(packed.source[at])])
        also = in_pieces(pieces.encode_as_pieces, dict(told.phrases))
        learnt = example(known, at, np.random.default_rng(1), plan).source
        assert [pieces.id_to_piece(i) for i in learnt] == sent.told(
            [pieces.id_to_piece(i) for i in packed.source[at]], also
        )
    assert any(known.advice_of(at) != packed.words_of(at) for at in known.advice.pairs.tolist())
    assert packed.advice_of(0) == []


def test_pairs_with_advice_are_a_domain_of_their_own_and_checked(advised, packed):
    known = with_advice(packed, advised / "train.advice.npz")
    heavier = reweighted(apart(known), ["advised=3"])
    assert np.bincount(heavier.domain)[-1] == 50 and heavier.meta.domains[-1] == "advised"
    order = order_of(heavier, 0, 1).tolist()
    assert all(order.count(pair) == 3 for pair in known.advice.pairs.tolist())
    assert {"news_told", "news_advised"} <= set(checks_of(known, Plan(tokens=600)))
    assert apart(packed) is packed and with_advice(packed, advised / "no.npz") is packed


@pytest.mark.parametrize("changes", [{}, {"muon": True}])
def test_a_run_that_is_made_deeper_is_the_same_at_first_and_learns_on(packed, tmp_path, changes):
    made = trainer(packed, tmp_path / "shallow", **changes)
    losses = made.run(40, {})
    state = grown(checkpoints.load(made.out / "state.pt"), 5)
    (tmp_path / "deep").mkdir()
    checkpoints.save(state, tmp_path / "deep" / "state.pt")
    deeper = Trainer(config(packed, encoder_layers=5), made.settings, packed, tmp_path / "deep")
    ids = torch.tensor([[9, 8, 7, vocabulary.END]])
    assert torch.allclose(deeper.model.eval()(ids, ids), made.model.eval()(ids, ids), atol=1e-4)
    more = deeper.run(80, {})
    assert len(more) == 40 and np.mean(more[:5]) < losses[0] - 1 and np.mean(more[-5:]) < np.mean(losses[-5:])
    added = deeper.model.encoder[1].outer.weight
    assert added.abs().max() > 0
    with pytest.raises(ValueError, match="would be fewer"):
        grown(state, 4)


def test_parts_are_of_a_bounded_size_and_make_the_average(trained, tmp_path):
    made, _ = trained
    paths = checkpoints.save_parts(made.averaged(), made.model.config, tmp_path, size=50_000)
    assert len(paths) > 1 and all(path.stat().st_size <= 50_000 for path in paths)
    model = checkpoints.load_parts(tmp_path)
    mean = sum(checkpoints.load(path)["weights"]["embedding.weight"] for path in made.snapshots()) / 2
    assert torch.allclose(model.embedding.weight, mean, atol=1e-3)


@pytest.fixture(scope="module")
def folder(trained, data, tmp_path_factory):
    made, _ = trained
    out = tmp_path_factory.mktemp("model") / "tiny"
    convert.convert(made.model.eval(), data / "vocabulary.model", out, "float32")
    return out


def test_ctranslate2_gives_what_pytorch_gives(trained, data, folder):
    model = trained[0].model.eval()
    runtime = ctranslate2.Translator(str(folder))
    pieces = vocabulary.load(data / "vocabulary.model")
    source = "⟦t⟧海关总署⟦=⟧ General Administration of Customs⟦/t⟧举办培训。"
    target = "The General Administration of Customs held a training course."
    cut = [pieces.encode(text, out_type=str) for text in (source, target)]
    ids = [pieces.encode(text) for text in (source, target)]
    tokens = torch.tensor([[*ids[0], vocabulary.END]])
    scores = model(tokens, torch.tensor([[vocabulary.BEGIN, *ids[1]]]))[0]
    # No Chinese piece is among what the converted model can say.
    names = [pieces.id_to_piece(number) for number in range(scores.shape[1])]
    said = convert.english_pieces(names)
    assert 0 < len(said) < len(names)
    scores = scores + torch.full(scores.shape, -torch.inf).index_fill(1, torch.tensor(said), 0.0)
    scores = scores.log_softmax(dim=-1)
    expected = [scores[at, token].item() for at, token in enumerate([*ids[1], vocabulary.END])]
    assert np.allclose(runtime.score_batch([cut[0]], [cut[1]])[0].log_probs, expected, atol=1e-4)
    greedy = runtime.translate_batch([cut[0]], beam_size=1, max_decoding_length=30)[0].hypotheses[0]
    assert [pieces.piece_to_id(piece) for piece in greedy] == model.greedy(tokens, 30)[0]


def test_the_converted_folder_is_an_engine_that_takes_terms_in_tags(trained, data, folder, tmp_path):
    convert.convert(trained[0].model.eval(), data / "vocabulary.model", tmp_path / "int8")
    engine = get_engine(f"ct2:{tmp_path / 'int8'}")
    assert engine.readiness().ready and engine.strategies[0] == "native" and engine.signature.count(":") == 3
    glossary = Glossary([Concept("海关总署", "General Administration of Customs", status="approved")])
    [result] = translate(["海关总署举办核安保培训。"], engine, glossary)
    assert "General Administration of Customs" in result.text and "⟦" not in result.text


def test_scores_card_and_curve(trained, folder, tmp_path):
    made, _ = trained
    engine = get_engine(f"ct2:{folder}")
    found = score(
        engine, [("海关总署举办培训。", "The General Administration of Customs held training.")], Terms(TERMS)
    )
    assert found.sentences == 1 and found.terms == 2 and "chrF++" in found.signature
    text = card({"law": Score(1, 10.0, 20.0, 1.0, 2, 1, 0)}, {"signature": "ct2:1:x"})
    assert "| law | 1 | 10.0 | 20.0 | 0.500 of 2 | 0.000 of 2 | 1.0 |" in text and "ct2:1:x" in text
    draw([json.loads(line) for line in (made.out / "log.jsonl").read_text().splitlines()], tmp_path / "curve.png")
    assert (tmp_path / "curve.png").read_bytes()[:4] == b"\x89PNG"


def test_the_model_of_the_defaults_has_at_most_thirty_million_parameters():
    assert 25e6 < count(Transformer(Config(28_000))) <= 30e6
