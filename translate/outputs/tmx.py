"""The document's segments as TMX 1.4b, for a translation memory here or elsewhere; segments without English are left out."""

from __future__ import annotations

from translate.bilingual import BilingualDocument
from translate.memory.tmx import lines_of
from translate.memory.unit import STATES, Unit, context_key
from translate.review.key import is_blank


def render(document: BilingualDocument) -> bytes:
    """One unit a segment, with state, engine, glossary and document as properties."""
    sources = ["", *(segment.source for segment in document.segments), ""]
    units = (
        Unit(
            segment.source,
            segment.target,
            segment.state,
            context_key(sources[number], sources[number + 2]),
            engine=document.engine,
            glossary=document.glossary_hash,
            document=document.name,
            outcomes=tuple(row.outcome for row in segment.ledger),
        )
        for number, segment in enumerate(document.segments)
        if not is_blank(segment.target) and segment.state in STATES
    )
    return "".join(lines_of(units)).encode("utf-8", "surrogatepass")
