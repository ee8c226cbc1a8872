"""Advice: what the draft's phrases say of pairs, told as the engine `builtin` tells them, for the model to learn what to take.

    python -m training.neural.advice DATA --pairs 100000 [--minutes 30] [--processes 2]

drafts that many pairs of DATA/train.pack (those with no file yet, in an order that is always the same) and some held-out
ones, and writes train.advice.npz and held_out.advice.npz beside the packs. Ctrl+C ends it and keeps what is done; the same
command goes on. `train` sees the pairs as a domain of its own (--weight advised=5).

The draft has learnt from these pairs, so that it is a little better on them than on new text; but of phrases of several words
its table keeps none that was seen only once.
"""

from __future__ import annotations

import argparse
import itertools
import math
import multiprocessing
import signal
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import sentencepiece

from training import corpus
from training.neural import vocabulary
from training.neural.batches import order_of
from training.neural.packing import Advice, Packed, Told, read
from translate.engines.draft import DraftEngine
from translate.engines.lexicon import Lexicon, in_pieces

_HELD_OUT = 200
_GROUP, _SHOWN = 200, 5_000


class Adviser:
    """Tells of pairs what the engine would be told of them."""

    def __init__(self, packed: Packed, pieces: sentencepiece.SentencePieceProcessor) -> None:
        self._packed, self._pieces = packed, pieces
        names = [pieces.id_to_piece(number) for number in range(pieces.get_piece_size())]
        self._lexicon = Lexicon(
            {
                tuple(names[piece] for piece in word): tuple(names[piece] for piece in english)
                for word, english in packed.lexicon.items()
            }
        )
        self._draft = DraftEngine()

    def of(self, pairs: list[int]) -> list[tuple[int, list[Told]]]:
        """(pair, what is told of it) of pairs."""
        source = [self._packed.source[pair] for pair in pairs]
        drafts = self._draft.drafts([self._pieces.decode(ids) for ids in source])
        return [(pair, self._told(ids, draft.phrases)) for pair, ids, draft in zip(pairs, source, drafts, strict=True)]

    def _told(self, ids: list[int], phrases: tuple[tuple[str, str], ...]) -> list[Told]:
        known = in_pieces(self._pieces.encode_as_pieces, dict(phrases))
        tokens = [self._pieces.id_to_piece(number) for number in ids]
        return [
            (start, end, tuple(map(self._pieces.piece_to_id, english)))
            for start, end, english in self._lexicon.renderings(tokens, known)
            if english
        ]


_shared: Adviser | None = None


def _advised(pairs: list[int]) -> list[tuple[int, list[Told]]]:
    assert _shared is not None
    return _shared.of(pairs)


def advise(adviser: Adviser, pairs: list[int], processes: int) -> Iterator[tuple[int, list[Told]]]:
    """(pair, what is told of it), a few hundred at a time, in order."""
    global _shared
    _shared = adviser
    groups = [pairs[at : at + _GROUP] for at in range(0, len(pairs), _GROUP)]
    with multiprocessing.get_context("fork").Pool(processes, signal.signal, (signal.SIGINT, signal.SIG_IGN)) as pool:
        yield from itertools.chain.from_iterable(pool.imap(_advised, groups))


def chosen(packed: Packed, count: int) -> list[int]:
    """So many pairs, those of agency news and then each domain as often as it is seen in an epoch; the first of them are the
    same for any number."""
    domains = packed.meta.domains
    news = np.flatnonzero(packed.domain == domains.index(corpus.NEWS)).tolist() if corpus.NEWS in domains else []
    return list(dict.fromkeys([*news, *order_of(packed, 0, seed=3).tolist()]))[:count]


def first_of_each(packed: Packed, count: int) -> list[int]:
    """The first pairs of each domain."""
    return [
        pair for domain in range(len(packed.meta.domains)) for pair in np.flatnonzero(packed.domain == domain)[:count]
    ]


def write(data: Path, name: str, wanted: Sequence[int], packed: Packed, processes: int, until: float) -> None:
    """Write DATA/name.advice.npz with the pairs that are wanted, as far as they are done at `until` (of the monotonic clock)."""
    path = data / f"{name}.advice.npz"
    told: dict[int, list[Told]] = {}
    if path.is_file():
        held = Advice.read(path)
        told = {pair: held.of(pair) for pair in held.pairs.tolist()}
    left = [pair for pair in map(int, wanted) if pair not in told]
    try:
        for pair, words in advise(Adviser(packed, vocabulary.load(data / "vocabulary.model")), left, processes):
            told[pair] = words
            if len(told) % _SHOWN == 0:
                print(f"{name}: {len(told):,} of {len(wanted):,} pairs", flush=True)
            if time.monotonic() > until:
                break
    except KeyboardInterrupt:
        print("Stopped; what is done is kept, the same command goes on.", flush=True)
    Advice.of_pairs(told).write(path)
    print(
        f"{path}: {len(told):,} pairs, {sum(map(len, told.values())) / max(1, len(told)):.1f} words in each", flush=True
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--pairs", type=int, default=100_000)
    parser.add_argument("--minutes", type=float, default=math.inf)
    parser.add_argument("--processes", type=int, default=2)
    given = parser.parse_args()
    until = time.monotonic() + given.minutes * 60
    held, packed = (read(given.data / f"{name}.pack") for name in ("held_out", "train"))
    write(given.data, "held_out", first_of_each(held, _HELD_OUT), held, given.processes, until)
    write(given.data, "train", chosen(packed, given.pairs), packed, given.processes, until)


if __name__ == "__main__":
    main()
