"""The English alone as text, one paragraph a line; and everything as JSON Lines."""

from __future__ import annotations

import dataclasses
import json

from translate.bilingual import BilingualDocument


def render_text(document: BilingualDocument) -> bytes:
    """The English, one paragraph a line, headed by a line that says what made it."""
    paragraphs: dict[int, list[str]] = {}
    for segment in document.segments:
        paragraphs.setdefault(segment.paragraph, []).append(segment.target)
    lines = [f"[{document.engine_note}]", *(" ".join(filter(None, parts)) for parts in paragraphs.values())]
    return "".join(line + "\n" for line in lines).encode("utf-8", "surrogatepass")


def render_jsonl(document: BilingualDocument) -> bytes:
    """One object a segment: document, segment, source, target, state, ledger, flags, engine, glossary."""
    rows = []
    for segment in document.segments:
        row = {
            "document": document.name,
            **dataclasses.asdict(segment),
            "engine": document.engine,
            "glossary": document.glossary_hash,
        }
        rows.append(json.dumps(row, ensure_ascii=False))
    return "".join(row + "\n" for row in rows).encode("utf-8", "surrogatepass")
