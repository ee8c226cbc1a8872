"""Cleaning a file too large for memory: block by block, cut between paragraphs, each cleaned by itself.

What a document shows as a whole (its table of injected pinyin, its repeated paragraphs) is judged within a block.
"""

from __future__ import annotations

import codecs
import dataclasses
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from documents.edits import Edit, ledger_row
from documents.encoding import decode
from documents.pipeline import clean

# Files from this size on are streamed, in blocks of about this many characters.
STREAM_FROM_BYTES = 4 * 1024 * 1024
BLOCK_CHARACTERS = 250_000
_HEAD_BYTES = 1 << 20


@dataclasses.dataclass
class StreamReport:
    """Counts over all blocks: raw characters, those kept, removed or changed by kind, proposals."""

    raw: int = 0
    kept: int = 0
    removed: Counter[str] = dataclasses.field(default_factory=Counter)
    proposals: int = 0


def clean_stream(
    path: Path, text_out: BinaryIO, ledger_out: BinaryIO | None = None, block: int = BLOCK_CHARACTERS
) -> StreamReport:
    """Clean the file at `path` into open files, as UTF-8; memory depends on `block`, not on the file.

    Raises EncodingError for bytes that are no text, OSError. The ledger undoes the clean text as that of one document.
    """
    report = StreamReport()
    for raw, ended in _blocks(path, block):
        cleaned = clean(raw)
        edits = list(cleaned.edits)
        # The line end after a block that is gone goes too.
        if ended and not cleaned.text:
            edits.append(Edit(len(raw), len(raw) + 1, "", "blank", "blank line"))
        if ledger_out is not None:
            whole = raw + ("\n" if ended else "")
            for edit in edits:
                row = ledger_row(whole, edit)
                row["start"] += report.raw
                row["end"] += report.raw
                ledger_out.write((json.dumps(row, ensure_ascii=False) + "\n").encode(errors="surrogatepass"))
        text_out.write((cleaned.text + ("\n" if ended and cleaned.text else "")).encode(errors="surrogatepass"))
        report.raw += len(raw) + ended
        report.kept += cleaned.kept + (ended and bool(cleaned.text))
        report.removed.update(cleaned.removed_by_kind())
        report.proposals += len(cleaned.proposals)
    return report


def _blocks(path: Path, size: int) -> Iterator[tuple[str, bool]]:
    """Stretches of the file's text, and whether a line end follows (which belongs to none of them)."""
    rest = ""
    for piece in _decoded(path):
        rest += piece
        while len(rest) > size:
            cut = rest.rfind("\n", 0, size)
            if cut >= 0:
                yield rest[:cut], True
                rest = rest[cut + 1 :]
            else:
                cut = max(rest.rfind(mark, 0, size) for mark in "。！？；") + 1 or size
                yield rest[:cut], False
                rest = rest[cut:]
    if rest:
        yield rest, False


def _decoded(path: Path) -> Iterator[str]:
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
        encoding = decode(_whole_lines(head)).encoding
        decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
        data = head
        while data:
            yield decoder.decode(data)
            data = file.read(_HEAD_BYTES)
        yield decoder.decode(b"", final=True)


def _whole_lines(head: bytes) -> bytes:
    """`head` without a last line that may be cut inside a character (also in UTF-16, whose units are even)."""
    cut = head.rfind(b"\n")
    if len(head) < _HEAD_BYTES or cut < 0:
        return head if len(head) < _HEAD_BYTES else head[: len(head) // 4 * 4]
    at = cut + 1
    return head[: at + at % 2]
