"""The document as XLIFF 2.1: a unit of one segment a sentence, terms annotated, flags as notes.

State: machine initial, edited translated, confirmed reviewed, locked final (and not to be translated); subState names it
in our words. The English as it is written here, and its state, stand in the unit's metadata: `translate.review` tells by
it what has changed where.
"""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

from translate.bilingual import BilingualDocument, BilingualSegment
from translate.outputs.inline import Piece, add_text, add_text_with_code_points, source_pieces, target_pieces, told
from translate.review.key import holdable, is_blank, segment_key

NAMESPACE = "urn:oasis:names:tc:xliff:document:2.0"
METADATA = "urn:oasis:names:tc:xliff:metadata:2.0"
CATEGORY = "zhengming"
STATES = {"machine": "initial", "edited": "translated", "confirmed": "reviewed", "locked": "final"}
_X, _M = f"{{{NAMESPACE}}}", f"{{{METADATA}}}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_PRIORITY = {"error": "1", "warning": "3"}


def render(document: BilingualDocument) -> bytes:
    """One file with all sentences; those without English have no target."""
    root = etree.Element(
        f"{_X}xliff", nsmap={None: NAMESPACE, "mda": METADATA}, version="2.1", srcLang="zh-CN", trgLang="en-US"
    )
    file = etree.SubElement(root, f"{_X}file", id="f1", original=holdable(document.name), canResegment="no")
    about = {"engine": document.engine, "glossary": document.glossary_hash, "made by": document.engine_note}
    _metadata(file, about)
    for segment in document.segments:
        _unit(file, segment)
    if not document.segments:
        # A file has to hold a unit.
        empty = etree.SubElement(file, f"{_X}unit", id="empty", translate="no")
        etree.SubElement(etree.SubElement(empty, f"{_X}segment"), f"{_X}source")
    for number, parent in enumerate((root, file)):
        parent.text = "\n" + "  " * (number + 1)
        for child in parent:
            child.tail = "\n" + "  " * (number + (child.getnext() is not None))
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8")) + b"\n"


def _unit(file: etree._Element, segment: BilingualSegment) -> None:
    unit = etree.SubElement(file, f"{_X}unit", id=segment_key(segment.index, segment.source))
    unit.set(_SPACE, "preserve")
    state = STATES.get(segment.state)
    english = state is not None and not is_blank(segment.target)
    if segment.state == "locked":
        unit.set("translate", "no")
    _metadata(unit, {"state": segment.state, "english": segment.target if english else ""})
    _notes(unit, segment)
    inner = etree.SubElement(unit, f"{_X}segment", id="s1", state=(state or "initial") if english else "initial")
    _fill(etree.SubElement(inner, f"{_X}source"), source_pieces(segment))
    if english:
        inner.set("subState", f"{CATEGORY}:{segment.state}")
        _fill(etree.SubElement(inner, f"{_X}target"), target_pieces(segment))


def _notes(unit: etree._Element, segment: BilingualSegment) -> None:
    told_of = [("target", flag.severity, flag.text) for flag in segment.flags]
    if segment.damage:
        said = f"{segment.damage:.0%} of the source's characters are lost or doubtful"
        told_of.append(("source", "warning", said))
    if segment.error:
        told_of.append(("target", "error", segment.error))
    if not told_of:
        return
    notes = etree.SubElement(unit, f"{_X}notes")
    for applies, severity, text in told_of:
        about = {"appliesTo": applies, "category": severity, "priority": _PRIORITY.get(severity, "5")}
        add_text(etree.SubElement(notes, f"{_X}note", about), text)


def _metadata(parent: etree._Element, values: dict[str, str]) -> None:
    group = etree.SubElement(etree.SubElement(parent, f"{_M}metadata"), f"{_M}metaGroup", category=CATEGORY)
    for name, value in values.items():
        add_text(etree.SubElement(group, f"{_M}meta", type=name), value)


def _fill(parent: etree._Element, pieces: Iterable[Piece]) -> None:
    for piece in pieces:
        inside = parent
        if piece.row is not None:
            about = {"id": f"t{piece.number}", "type": "term", "value": told(piece.row)}
            inside = etree.SubElement(parent, f"{_X}mrk", about)
        add_text_with_code_points(inside, piece.text, f"{_X}cp")
