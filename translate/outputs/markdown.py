"""Side by side as Markdown: paragraph by paragraph the English, the Chinese quoted below it; no text of a document is markup."""

from __future__ import annotations

import re

from translate.bilingual import BilingualDocument

# What Markdown, or HTML inside it, would take for more than text.
_MARKUP = re.compile(r"([\\`*_{}\[\]<>()#+\-.!|~&:=$^\"'@])")


def render(document: BilingualDocument) -> bytes:
    """The document's name as heading, a line that says what made it, then its paragraphs."""
    paragraphs: dict[int, tuple[list[str], list[str]]] = {}
    for segment in document.segments:
        english, chinese = paragraphs.setdefault(segment.paragraph, ([], []))
        english.append(segment.target)
        chinese.append(segment.source)
    parts = [f"# {_text(document.name)}", _text(document.engine_note)]
    for english, chinese in paragraphs.values():
        parts += [_text(" ".join(filter(None, english))) or "—", "> " + _text("".join(chinese))]
    return ("\n\n".join(parts) + "\n").encode("utf-8", "surrogatepass")


def _text(text: str) -> str:
    return _MARKUP.sub(r"\\\1", " ".join(text.split()))
