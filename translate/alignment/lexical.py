"""The learnt table: how well an English stem renders a Chinese word, 0–1 (made by training/lexical_table.py).

File: xz of a JSON header line, the two vocabularies one word a line, then per kept entry (sorted by Chinese word) an
unsigned 16-bit number of the stem and an unsigned byte of the score, preceded by an unsigned byte of entries a word.
"""

from __future__ import annotations

import functools
import importlib.resources
import json
import lzma
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

_FILE = "lexical.bin.xz"


def pack(
    chinese: Sequence[str],
    english: Sequence[str],
    rows: NDArray[np.int64],
    columns: NDArray[np.int64],
    scores: NDArray[np.float64],
) -> bytes:
    """The file's bytes; `rows` is sorted. Words without an entry are left out."""
    used_z, row = np.unique(rows, return_inverse=True)
    used_e, column = np.unique(columns, return_inverse=True)
    if len(used_e) > 65535:
        raise ValueError(f"{len(used_e)} English stems do not fit 16 bits")
    head = {"chinese": len(used_z), "english": len(used_e), "entries": len(rows)}
    words = [*(chinese[i] for i in used_z), *(english[i] for i in used_e)]
    body = [
        np.bincount(row, minlength=len(used_z)).astype(np.uint8).tobytes(),
        column.astype("<u2").tobytes(),
        np.clip(np.rint(scores * 255), 1, 255).astype(np.uint8).tobytes(),
    ]
    text = json.dumps(head) + "\n" + "".join(word + "\n" for word in words)
    return lzma.compress(text.encode() + b"".join(body), preset=9 | lzma.PRESET_EXTREME)


class LexicalTable(Mapping[str, Mapping[str, float]]):
    """Chinese word → English stem → score; a word's scores are made when they are asked for."""

    def __init__(
        self,
        chinese: Sequence[str],
        english: Sequence[str],
        counts: NDArray[np.uint8],
        stems: NDArray[np.uint16],
        scores: NDArray[np.uint8],
    ) -> None:
        self._place = {word: number for number, word in enumerate(chinese)}
        self._english = english
        self._ends = np.cumsum(counts, dtype=np.int32)
        self._counts, self._stems, self._scores = counts, stems, scores

    def __getitem__(self, word: str) -> Mapping[str, float]:
        number = self._place[word]
        end = int(self._ends[number])
        its = slice(end - int(self._counts[number]), end)
        stems = map(self._english.__getitem__, self._stems[its].tolist())
        return dict(zip(stems, (self._scores[its] / 255.0).tolist(), strict=True))

    def __contains__(self, word: object) -> bool:
        return word in self._place

    def __iter__(self) -> Iterator[str]:
        return iter(self._place)

    def __len__(self) -> int:
        return len(self._place)


def unpack(data: bytes) -> LexicalTable:
    """The table in a file's bytes."""
    raw = lzma.decompress(data)
    first = raw.index(b"\n")
    head = json.loads(raw[:first])
    chinese_count, english_count, entries = head["chinese"], head["english"], head["entries"]
    numbers_at = len(raw) - 3 * entries - chinese_count
    words = raw[first + 1 : numbers_at].decode().split("\n")
    chinese, english = words[:chinese_count], words[chinese_count : chinese_count + english_count]
    counts = np.frombuffer(raw, np.uint8, chinese_count, numbers_at)
    stems = np.frombuffer(raw, "<u2", entries, numbers_at + chinese_count).copy()
    scores = np.frombuffer(raw, np.uint8, entries, numbers_at + chinese_count + 2 * entries).copy()
    return LexicalTable(chinese, english, counts.copy(), stems, scores)


@functools.cache
def lexical_table() -> LexicalTable:
    """The table that comes with the program; loaded once, at first use."""
    return unpack((importlib.resources.files(__package__) / _FILE).read_bytes())
