"""Text of a document where Streamlit would read Markdown (labels, toasts, messages) or the browser HTML."""

from __future__ import annotations

import html
import re
import unicodedata

_MARKS = re.compile(r"([\\`*_{}\[\]()#+\-.!|~$<>&^=])")
# Control characters, and those that turn the direction of what stands around them.
_HIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
# Marks stacked on one letter beyond these reach into other lines.
_STACKED = re.compile(
    "(?<=[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]{3})[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]+"
)
# Streamlit reads :name:, :material/name:, :color[…] and bare addresses after Markdown has taken its escapes off; a word
# joiner stops it.
_READ_LATE = re.compile(r"(:|@|www)(?=\S)", re.IGNORECASE)


def label(text: str, longest: int = 400) -> str:
    """`text` on one line, shown as it is in a Markdown label; cut with … after `longest` characters.

    What shows nothing or turns the direction of writing appears as its code; text written from right to left keeps to itself.
    """
    line = _STACKED.sub("…", " ".join(_HIDDEN.sub(_code, text).split()))
    if len(line) > longest:
        line = line[: longest - 1] + "…"
    shown = _READ_LATE.sub("\\1\u2060", _MARKS.sub(r"\\\1", line))
    return f"\u2068{shown}\u2069" if any(unicodedata.bidirectional(char) in ("R", "AL") for char in line) else shown


def escaped(text: str) -> str:
    """`text` for HTML, every character shown: what shows nothing or turns the direction of writing appears as its code."""
    return _HIDDEN.sub(lambda hit: f"<small>{_code(hit)}</small>", html.escape(text))


def attribute(text: str) -> str:
    """`text` for an attribute in HTML: what shows nothing or turns the direction of writing is a blank; long ones are cut."""
    return html.escape("".join(char if char.isprintable() else " " for char in text[:600]))


def _code(hit: re.Match[str]) -> str:
    return f"U+{ord(hit[0]):04X}"
