"""PDF: the text of its pages as paragraphs in reading order. It cannot be written back."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar

from documents.formats.base import Format, FormatError, Text

LARGEST = 512 * 1024 * 1024
# Processor time that one page may take.
PAGE_SECONDS = 30
_ROOT = Path(__file__).resolve().parent.parent.parent
# `documents` itself takes ten times as long to load as what the program needs of it: so the packages above stay empty.
PROGRAM_START = """\
import sys, types
for name in ("documents", "documents.formats"):
    sys.modules[name] = package = types.ModuleType(name)
    package.__path__ = [name.replace(".", "/")]
from documents.formats.pdf_pages import main
main()
"""
_PROGRAM = [sys.executable, "-c", PROGRAM_START]
# Each file is read in a process of its own that holds it in memory: two at once, and no longer than this in all.
_SECONDS = 1800
_at_once = threading.BoundedSemaphore(2)
_last: tuple[bytes, dict[str, Any]] | None = None


class Pdf(Format):
    """The text of a PDF. Running headers and footers come once, at the end, with a place of their own."""

    name: ClassVar[str] = "pdf"
    title: ClassVar[str] = "PDF"
    keeps: ClassVar[str] = ""

    def read(self, data: bytes) -> list[Text]:
        """The paragraphs and cells in reading order, then what stands on all pages. Raises FormatError."""
        return [Text(text, (), place) for text, place in _contents(data)["texts"]]

    def notes(self, data: bytes) -> list[str]:
        """What `read` had to leave out, a sentence each: "page 3 is a picture without text". Raises FormatError."""
        return list(_contents(data)["notes"])

    def fill(self, data: bytes, texts: Mapping[int, Text]) -> bytes:
        """Always raises FormatError: a PDF holds glyphs in places, not texts that others could stand for."""
        raise FormatError("cannot be written back; ask for another output.")


def _contents(data: bytes) -> dict[str, Any]:
    """What the program finds in a file; that of the last file is kept, for `notes` after `read`."""
    global _last
    digest = hashlib.sha256(data).digest()
    kept = _last
    if kept is not None and kept[0] == digest:
        return kept[1]
    if len(data) > LARGEST:
        raise FormatError(f"is larger than {LARGEST // 1024**2} MB; split it.")
    with _at_once:
        contents = _run(data)
    if "error" in contents:
        raise FormatError(contents["error"])
    _last = digest, contents
    return contents


def _run(data: bytes) -> dict[str, Any]:
    try:
        ended = subprocess.run(  # noqa: S603 - our own program; the file goes in as its input
            [*_PROGRAM, str(PAGE_SECONDS)], input=data, capture_output=True, cwd=_ROOT, timeout=_SECONDS, check=False
        )
        contents = json.loads(ended.stdout) if ended.returncode == 0 else None
    except subprocess.TimeoutExpired:
        raise FormatError("takes too long to read; it is damaged, or too large.") from None
    except (OSError, ValueError):
        contents = None
    if not isinstance(contents, dict):
        raise FormatError("is damaged so that it cannot be read, or takes too long or too much memory; get it again.")
    return contents
