"""Text of a document where Streamlit would read Markdown: labels, toasts, messages."""

from __future__ import annotations

import re

_MARKS = re.compile(r"([\\`*_{}\[\]()#+\-.!|~$<>&^=])")
# Streamlit reads :name:, :material/name:, :color[…] and bare addresses after Markdown has taken its escapes off; a word
# joiner stops it.
_READ_LATE = re.compile(r"(:|@|www)(?=\S)", re.IGNORECASE)


def label(text: str, longest: int = 400) -> str:
    """`text` on one line, shown as it is in a Markdown label; cut with … after `longest` characters."""
    line = " ".join(text.split())
    if len(line) > longest:
        line = line[: longest - 1] + "…"
    return _READ_LATE.sub("\\1\u2060", _MARKS.sub(r"\\\1", line))
