"""Makes training data from ../shared/corpus and ../shared/terms: vocabulary, packed pairs, packed held-out pairs.

    python -m training.neural.prepare --out DATA [--corpus ../shared/corpus] [--vocabulary 28000] [--limit PAIRS]

DATA gets vocabulary.model, train.pack (at most 60 MiB: what goes to a machine with a GPU in one load), held_out.pack, both
with the lexicon, and the held-out texts law.tsv and general.tsv. Where the pack would be larger, general pairs are left
out, the worst aligned first.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import multiprocessing
import random
import shutil
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import sentencepiece

from training import corpus
from training.neural import lexicon, vocabulary
from training.neural.names import Name, name_bank
from training.neural.news import news, noisy
from training.neural.packing import Meta, Packed, Texts, write
from training.neural.spans import Span, Terms, aligned, authority_terms, dictionary_terms, disjoint, listed_terms
from translate.engines.lexicon import BLANK
from translate.engines.tags import TAGS, tagged

# The lexicon takes four MiB more.
MOST = 56 * 2**20
# How often a pair of a source is seen in an epoch: formal texts more often, software manuals less.
WEIGHTS = {
    "tw_law": 1.5,
    "un_sdg": 6.0,
    "tico19_health": 3.0,
    "jiyu_examples": 1.0,
    "tatoeba": 0.5,
    "python_docs": 0.3,
    "django_docs": 0.3,
    "angular_docs": 0.3,
    "news": 1.0,
    corpus.NEWS: 6.0,
}
NOISE = 0.02
MOST_SPANS = 8
_LONGEST = 255


@dataclasses.dataclass(frozen=True, slots=True)
class Encoded:
    """A pair as token ids, its spans in tokens (source start and end, target start and end), its source."""

    source: list[int]
    target: list[int]
    spans: list[tuple[int, int, int, int]]
    domain: str


class Encoder:
    """Pairs to token ids. A span is cut exactly as its tagged form will be when a person's term is tagged."""

    def __init__(self, pieces: sentencepiece.SentencePieceProcessor) -> None:
        self.pieces = pieces
        count = pieces.get_piece_size()
        names = [pieces.id_to_piece(number) for number in range(count)]
        self.tags = tuple(pieces.piece_to_id(tag) for tag in TAGS)
        self.blank = pieces.piece_to_id(BLANK)
        # What a piece covers of a text; None where that cannot be told (bytes of a character).
        self._sizes = [None if pieces.is_byte(n) or pieces.is_unknown(n) else len(names[n]) for n in range(count)]
        known = {name: number for number, name in enumerate(names)}
        self.spaced = np.array(
            [0 if name.startswith(BLANK) else known.get(BLANK + name, -1) for name in names], np.int32
        )

    def encode(self, chinese: str, english: str, spans: Sequence[Span], domain: str) -> Encoded:
        """The pair with those spans that fall on borders of pieces in the English."""
        target = self.pieces.encode(english)
        if not spans:
            return Encoded(self.pieces.encode(chinese), target, [], domain)
        ends = self._ends(target)
        spans = [span for span in spans if ends and self._on_borders(ends, english, span)]
        parts, at = [], 0
        for span in spans:
            parts += [chinese[at : span.start], tagged(chinese[span.start : span.end], "x")]
            at = span.end
        source, places = self._untagged(self.pieces.encode("".join([*parts, chinese[at:]])))
        if len(places) != len(spans):
            return Encoded(self.pieces.encode(chinese), target, [], domain)
        found = []
        for (start, end), span in zip(places, spans, strict=True):
            first = next(n for n, stop in enumerate(ends) if stop > span.english_start)
            last = next(n for n, stop in enumerate(ends) if stop >= span.english_end)
            found.append((start, end, first, last + 1))
        return Encoded(source, target, found, domain)

    def _ends(self, target: Sequence[int]) -> list[int]:
        """Where in the English each piece ends; [] if that cannot be told."""
        ends, at = [], -1
        for piece in target:
            size = self._sizes[piece]
            if size is None:
                return []
            at += size
            ends.append(at)
        return ends

    def _on_borders(self, ends: Sequence[int], english: str, span: Span) -> bool:
        starts = {0, *ends}
        blank = span.english_start - 1
        begins = span.english_start in starts or (blank in starts and english[blank : blank + 1] == " ")
        return ends[-1] == len(english) and begins and span.english_end in starts

    def _untagged(self, ids: Sequence[int]) -> tuple[list[int], list[tuple[int, int]]]:
        """The ids without tags and what stands behind ⟦=⟧, and where the tagged terms were."""
        opens, says, closes = self.tags
        bare: list[int] = []
        places: list[tuple[int, int]] = []
        start, inside = 0, False
        for piece in ids:
            if piece == opens:
                start = len(bare)
            elif piece == says:
                places.append((start, len(bare)))
                inside = True
            elif piece == closes:
                inside = False
            elif not inside:
                bare.append(piece)
        return bare, places


def worth(chinese: str, spans: Sequence[Span]) -> float:
    """How much of a pair is seen to be rendered, 0–1: poor pairs have few links."""
    return sum(span.end - span.start for span in spans) / max(1, len(chinese))


def encoded(
    pairs: Sequence[corpus.Pair], encoder: Encoder, terms: Terms, processes: int = 1
) -> list[tuple[float, Encoded]]:
    """(worth, token ids) of the pairs, in order; a few Chinese sides get noise, and those carry no terms.

    Processes are forked; the answer is the same for any number of them.
    """
    global _shared
    _shared = (pairs, encoder, terms)
    starts = range(0, len(pairs), _GROUP)
    if processes == 1:
        parts = list(map(_encoded_group, starts))
    else:
        with multiprocessing.get_context("fork").Pool(processes) as pool:
            parts = pool.map(_encoded_group, starts, chunksize=1)
    return [one for part in parts for one in part]


_GROUP = 5_000
_shared: tuple[Sequence[corpus.Pair], Encoder, Terms] | None = None


def _encoded_group(start: int) -> list[tuple[float, Encoded]]:
    assert _shared is not None
    pairs, encoder, terms = _shared
    chance = random.Random(f"noise {start}")  # noqa: S311
    made = (_encoded_one(pair, encoder, terms, chance) for pair in pairs[start : start + _GROUP])
    return [(value, one) for value, one in made if _fits(one)]


def _encoded_one(pair: corpus.Pair, encoder: Encoder, terms: Terms, chance: random.Random) -> tuple[float, Encoded]:
    told = Terms(pair.names).spans(pair.chinese, pair.english) if pair.names else []
    spans = disjoint([*told, *terms.spans(pair.chinese, pair.english), *aligned(pair.chinese, pair.english)])
    value = worth(pair.chinese, spans)
    chinese = pair.chinese
    if chance.random() < NOISE:
        chinese, spans = noisy(chinese, chance), []
    if len(spans) > MOST_SPANS:
        spans = sorted(chance.sample(spans, MOST_SPANS), key=lambda span: span.start)
    return value, encoder.encode(chinese, pair.english, spans, pair.source)


def _fits(one: Encoded) -> bool:
    return 0 < len(one.source) < _LONGEST and 0 < len(one.target) < _LONGEST


def pack(made: Sequence[Encoded], names: Sequence[Name], true_names: int, encoder: Encoder) -> Packed:
    """Encoded pairs and names as packed data."""
    domains = tuple(dict.fromkeys(one.domain for one in made))
    meta = Meta(
        vocabulary=encoder.pieces.get_piece_size(),
        pad=vocabulary.PAD,
        begin=vocabulary.BEGIN,
        end=vocabulary.END,
        blank=encoder.blank,
        tags=encoder.tags,
        domains=domains,
        weights=tuple(WEIGHTS.get(domain, 1.0) for domain in domains),
        true_names=true_names,
    )
    inner = [encoder.encode(chinese, english, [], "").source for chinese, english in names]
    # The blank that begins a text stands before the tag, not within it.
    chinese = [ids[1:] if ids[0] == encoder.blank else ids for ids in inner]
    return Packed(
        meta,
        source=Texts.of([one.source for one in made]),
        target=Texts.of([one.target for one in made]),
        spans=np.array([span for one in made for span in one.spans], np.uint8).reshape(-1, 4),
        span_ends=np.cumsum([len(one.spans) for one in made], dtype=np.int64),
        domain=np.array([domains.index(one.domain) for one in made], np.uint8),
        names_chinese=Texts.of(chinese),
        names_english=Texts.of([encoder.pieces.encode(english) for _, english in names]),
        spaced=encoder.spaced,
        marks=np.zeros(sum(len(one.source) for one in made), np.uint8),
        lexicon={},
    )


def write_within(
    made: Sequence[tuple[float, Encoded]], names: Sequence[Name], true: int, encoder: Encoder, path: Path
) -> int:
    """Write the pack, without the worst general pairs as far as it must be smaller; how many pairs it holds."""
    kept = list(made)
    while True:
        size = write(pack([one for _, one in kept], names, true, encoder), path)
        if size <= MOST:
            return len(kept)
        general = sorted(value for value, one in kept if one.domain == "jiyu_examples")
        if not general:
            raise ValueError(f"{path}: is larger than {MOST} bytes without any general pair.")
        cut = min(len(general), int(len(kept) * (1 - MOST / size) * 1.05) + 1)
        floor = general[cut - 1]
        kept = [(value, one) for value, one in kept if one.domain != "jiyu_examples" or value > floor]
        print(f"{size / 2**20:.1f} MiB; general pairs of a worth up to {floor:.3f} are left out", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--corpus", type=Path, default=corpus.CORPUS)
    parser.add_argument("--vocabulary", type=int, default=28_000)
    parser.add_argument("--limit", type=int, default=0, help="take about so many pairs only, evenly")
    parser.add_argument("--longest", type=int, default=10_000, help="Chinese characters of a pair")
    parser.add_argument("--news", type=int, default=60_000, help="filled templates")
    parser.add_argument("--names", type=int, default=40_000, help="names in the bank")
    parser.add_argument("--like", type=Path, help="a converted model, whose vocabulary and lexicon are taken")
    parser.add_argument("--processes", type=int, default=2)
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    pairs = [pair for pair in corpus.pairs(given.corpus) if len(pair.chinese) <= given.longest]
    if given.limit and given.limit < len(pairs):
        pairs = pairs[:: len(pairs) // given.limit]
    pairs += corpus.written()
    print(f"{len(pairs):,} pairs", flush=True)
    folder = given.corpus.parent / "terms"
    names, true = name_bank(folder, given.names)
    bodies = [name for name in names[:true] if name[1][0].isupper() and len(name[0]) > 3]
    filled = list(news(given.news, bodies))
    path = given.out / "vocabulary.model"
    if given.like:
        shutil.copyfile(given.like / "sentencepiece.model", path)
    if not path.is_file():
        texts = [side for pair in pairs for side in (pair.chinese, pair.english)]
        texts += [side for chinese, english, _ in filled for side in (chinese, english)]
        vocabulary.train(texts, path, given.vocabulary, given.processes)
    encoder = Encoder(vocabulary.load(path))
    terms = Terms([*authority_terms(), *listed_terms(folder), *dictionary_terms()])
    made = encoded(pairs, encoder, terms, given.processes)
    made += [(1.0, encoder.encode(chinese, english, spans, "news")) for chinese, english, spans in filled]
    # Advice is told by the numbers of pairs.
    for old in given.out.glob("*.advice.npz"):
        old.unlink()
    count = write_within(made, names, true, encoder, given.out / "train.pack")
    write_held_out(given.corpus, encoder, terms, given.out)
    lexicon.add(given.out, given.like)
    tagged_pairs = sum(bool(one.spans) for _, one in made)
    told = {"pairs": count, "with_terms": tagged_pairs, "names": len(names), "true_names": true}
    told |= {"vocabulary": encoder.pieces.get_piece_size(), "bytes": (given.out / "train.pack").stat().st_size}
    (given.out / "told.json").write_text(json.dumps(told) + "\n", encoding="utf-8")
    print(json.dumps(told), flush=True)


def write_held_out(folder: Path, encoder: Encoder, terms: Terms, out: Path) -> None:
    """The held-out pairs, as law.tsv, general.tsv and agency_news.tsv, and packed with their listed terms."""
    kept: list[Encoded] = []
    parts = (*corpus.held_out(folder), tuple(corpus.read_written(corpus.HELD_OUT_NEWS)))
    for name, part in zip(("law", "general", corpus.NEWS), parts, strict=True):
        rows = [f"{pair.chinese}\t{pair.english}\n" for pair in part]
        (out / f"{name}.tsv").write_text("".join(rows), encoding="utf-8")
        kept += [
            encoder.encode(pair.chinese, pair.english, terms.spans(pair.chinese, pair.english), name) for pair in part
        ]
    kept = [one for one in kept if _fits(one)]
    names = name_bank(folder.parent / "terms", 400, seed=99)[0]
    write(pack(kept, names[-200:], 0, encoder), out / "held_out.pack")


if __name__ == "__main__":
    main()
