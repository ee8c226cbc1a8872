"""The document as XLIFF 1.2: a trans-unit a sentence, terms annotated, flags as notes, for translation tools and back.

State as the target's: machine needs-review-translation, edited translated, confirmed final (approved), locked signed-off
(approved, not to be translated). The English as it is written here stands once more as alt-trans of the type
previous-version, with its state: `translate.review` tells by it what has changed where.
"""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

from translate.bilingual import BilingualDocument, BilingualSegment
from translate.outputs.inline import Piece, add_text, source_pieces, target_pieces, told
from translate.review.key import holdable, is_blank, segment_key

NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"
ORIGIN = "zhengming"
STATES = {
    "machine": "needs-review-translation",
    "edited": "translated",
    "confirmed": "final",
    "locked": "signed-off",
}
_X = f"{{{NAMESPACE}}}"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_PRIORITY = {"error": "1", "warning": "3"}


def render(document: BilingualDocument) -> bytes:
    """One file with all sentences; those without English have no target."""
    root = etree.Element(f"{_X}xliff", nsmap={None: NAMESPACE}, version="1.2")
    file = etree.SubElement(
        root,
        f"{_X}file",
        {
            "original": holdable(document.name),
            "source-language": "zh-CN",
            "target-language": "en-US",
            "datatype": "plaintext",
            "tool-id": ORIGIN,
        },
    )
    header = etree.SubElement(file, f"{_X}header")
    etree.SubElement(header, f"{_X}tool", {"tool-id": ORIGIN, "tool-name": "Zhengming"})
    _note(header, f"{document.engine_note} · engine {document.engine} · glossary {document.glossary_hash}", "general")
    body = etree.SubElement(file, f"{_X}body")
    for segment in document.segments:
        _unit(body, segment)
    _indent(root, file, body)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8")) + b"\n"


def _indent(*parents: etree._Element) -> None:
    """A line for each child, without touching what is inside a unit."""
    for depth, parent in enumerate(parents):
        if not len(parent):
            continue
        parent.text = "\n" + "  " * (depth + 1)
        for child in parent:
            child.tail = "\n" + "  " * (depth + (child.getnext() is not None))


def _unit(body: etree._Element, segment: BilingualSegment) -> None:
    state = STATES.get(segment.state)
    unit = etree.SubElement(body, f"{_X}trans-unit", id=segment_key(segment.index, segment.source))
    unit.set(_SPACE, "preserve")
    unit.set("approved", "yes" if segment.state in ("confirmed", "locked") else "no")
    if segment.state == "locked":
        unit.set("translate", "no")
    source = etree.SubElement(unit, f"{_X}source", {_LANGUAGE: "zh-CN"})
    _fill(source, source_pieces(segment))
    english = segment.target if state is not None and not is_blank(segment.target) else ""
    if english:
        target = etree.SubElement(unit, f"{_X}target", {_LANGUAGE: "en-US", "state": str(state)})
        if segment.state == "machine":
            target.set("state-qualifier", "leveraged-mt")
        _fill(target, target_pieces(segment))
    _written(unit, english, state or "new")
    for flag in segment.flags:
        _note(unit, f"{flag.severity}: {flag.text}", "target", _PRIORITY.get(flag.severity, "5"))
    if segment.damage:
        _note(unit, f"{segment.damage:.0%} of the source's characters are lost or doubtful", "source", "3")
    if segment.error:
        _note(unit, f"error: {segment.error}", "target", "1")


def _written(unit: etree._Element, english: str, state: str) -> None:
    """The English as the file is made, for the way back; empty where there is none."""
    written = etree.SubElement(
        unit,
        f"{_X}alt-trans",
        {"alttranstype": "previous-version", "origin": ORIGIN, "tool-id": ORIGIN, _SPACE: "preserve"},
    )
    add_text(etree.SubElement(written, f"{_X}target", {_LANGUAGE: "en-US", "state": state}), english)


def _fill(parent: etree._Element, pieces: Iterable[Piece]) -> None:
    for piece in pieces:
        if piece.row is None:
            add_text(parent, piece.text)
            continue
        # No mid: in a target it would have to name a segment of a seg-source.
        about = {"mtype": "term", "comment": told(piece.row)}
        add_text(etree.SubElement(parent, f"{_X}mrk", about), piece.text)


def _note(parent: etree._Element, text: str, about: str, priority: str = "") -> None:
    note = etree.SubElement(parent, f"{_X}note", {"from": ORIGIN, "annotates": about})
    if priority:
        note.set("priority", priority)
    add_text(note, text)
