"""The curated word list (lexicon.tsv): a usable gloss and part of speech for common and official-news vocabulary.

Columns: source word, part of speech (see tokens.Token), English. A word may have several rows, one a part of speech.
"""

from __future__ import annotations

import importlib.resources
from collections.abc import Mapping
from types import MappingProxyType

Lexicon = Mapping[str, Mapping[str, str]]


def load() -> Lexicon:
    """Word → part of speech → English, in the order of the file. Raises ValueError on a malformed row."""
    text = (importlib.resources.files(__package__) / "lexicon.tsv").read_text(encoding="utf-8")
    words: dict[str, dict[str, str]] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        cells = line.split("\t")
        if len(cells) != 3:
            raise ValueError(f"lexicon.tsv line {number}: three tab-separated columns expected")
        words.setdefault(cells[0], {})[cells[1]] = cells[2]
    return MappingProxyType(words)
