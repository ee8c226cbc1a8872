"""The learnt table: how well an English stem renders a Chinese word, 0–1 (made by training/lexical_table.py).

File: xz of a JSON header line, the two vocabularies one word a line, then per kept entry (sorted by Chinese word) an
unsigned 16-bit number of the stem and an unsigned byte of the score, preceded by an unsigned byte of entries a word.
"""

from __future__ import annotations

import functools
import importlib.resources
import json
import lzma
from collections.abc import Mapping, Sequence

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


def unpack(data: bytes) -> dict[str, dict[str, float]]:
    """Chinese word → English stem → score."""
    raw = lzma.decompress(data)
    first = raw.index(b"\n")
    head = json.loads(raw[:first])
    chinese_count, english_count, entries = head["chinese"], head["english"], head["entries"]
    numbers_at = len(raw) - 3 * entries - chinese_count
    words = raw[first + 1 : numbers_at].decode().split("\n")
    chinese, english = words[:chinese_count], words[chinese_count : chinese_count + english_count]
    counts = np.frombuffer(raw, np.uint8, chinese_count, numbers_at)
    stems = np.frombuffer(raw, "<u2", entries, numbers_at + chinese_count).tolist()
    scores = (np.frombuffer(raw, np.uint8, entries, numbers_at + chinese_count + 2 * entries) / 255.0).tolist()
    table: dict[str, dict[str, float]] = {}
    at = 0
    for word, count in zip(chinese, counts.tolist(), strict=True):
        table[word] = {english[stems[i]]: scores[i] for i in range(at, at + count)}
        at += count
    return table


@functools.cache
def lexical_table() -> Mapping[str, Mapping[str, float]]:
    """The table that comes with the program; loaded once, at first use."""
    return unpack((importlib.resources.files(__package__) / _FILE).read_bytes())
