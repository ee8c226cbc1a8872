"""Text of a document where Streamlit would read Markdown: labels, toasts, messages."""

from __future__ import annotations

import re

_MARKS = re.compile(r"([\\`*_{}\[\]()#+\-.!|~$<>&^=])")
# Streamlit reads :name:, :material/name: and :color[…] after Markdown has taken its escapes off; a word joiner stops it.
_COLON = re.compile(r":(?=[A-Za-z0-9_+\-\\])")


def label(text: str, longest: int = 400) -> str:
    """`text` on one line, shown as it is in a Markdown label; cut with … after `longest` characters."""
    line = " ".join(text.split())
    if len(line) > longest:
        line = line[: longest - 1] + "…"
    return _COLON.sub(":\u2060", _MARKS.sub(r"\\\1", line))
