"""A sentence cut at its terms, and text put at the end of an XML element."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

from lxml import etree

from documents.formats.xml import NOT_IN_XML
from translate.bilingual import BilingualSegment
from translate.forcing.ledger import LedgerRow
from translate.review.key import holdable


@dataclasses.dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text; where it is a term, its row of the ledger and that row's number, from 1, else None and 0."""

    text: str
    row: LedgerRow | None = None
    number: int = 0


def source_pieces(segment: BilingualSegment) -> list[Piece]:
    """The Chinese in pieces; of two terms that overlap the first is marked."""
    spans = ((row.occurrence.start, row.occurrence.end, number, row) for number, row in enumerate(segment.ledger, 1))
    return _cut(segment.source, spans)


def target_pieces(segment: BilingualSegment) -> list[Piece]:
    """The English in pieces; a term has the number that it has in the Chinese."""
    spans = ((row.target_start, row.target_end, number, row) for number, row in enumerate(segment.ledger, 1))
    return _cut(segment.target, spans)


def _cut(text: str, spans: Iterable[tuple[int, int, int, LedgerRow]]) -> list[Piece]:
    pieces = []
    at = 0
    for start, end, number, row in sorted(spans, key=lambda span: span[:3]):
        if not at <= start < end <= len(text):
            continue
        if start > at:
            pieces.append(Piece(text[at:start]))
        pieces.append(Piece(text[start:end], row, number))
        at = end
    if at < len(text):
        pieces.append(Piece(text[at:]))
    return pieces


def told(row: LedgerRow) -> str:
    """A term in words: 海关总署 = General Administration of Customs (engine)."""
    return holdable(f"{row.occurrence.concept} = {row.occurrence.expected} ({row.outcome})")


def add_text(parent: etree._Element, text: str) -> None:
    """Text behind everything that is in `parent`; what XML cannot hold becomes U+FFFD."""
    if not text:
        return
    text = holdable(text)
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def add_text_with_code_points(parent: etree._Element, text: str, code_point: str) -> None:
    """The same, with an element `code_point` (its tag) for a control character; half a surrogate pair becomes U+FFFD."""
    at = 0
    for hit in NOT_IN_XML.finditer(text):
        add_text(parent, text[at : hit.start()])
        if "\ud800" <= hit.group() <= "\udfff":
            add_text(parent, "\ufffd")
        else:
            etree.SubElement(parent, code_point, hex=f"{ord(hit.group()):04X}")
        at = hit.end()
    add_text(parent, text[at:])
