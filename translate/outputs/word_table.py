"""Side by side as a Word document for review: a table of No., Chinese, English, State, Notes; equal bytes for equal content.

Under each number stand, small and grey, the fingerprints of the Chinese and of the English as it is written here, and the
first letter of its state: they survive every word processor, and `translate.review` finds the sentence by them.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterable, Sequence

from lxml import etree

from translate.bilingual import BilingualDocument, BilingualSegment
from translate.outputs.inline import Piece, source_pieces, target_pieces
from translate.review.key import fingerprint, holdable, is_blank

PROPERTY = "zhengming-document"
COLUMNS = ("No.", "Chinese", "English", "State", "Notes")
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org"
_NS = f"{{{_W}}}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
# Twentieths of a point; A4 across, less its margins.
_WIDTHS = (1000, 5000, 5700, 1200, 2500)
_FILLS = ("D6E4F7", "FBE3C8", "CFEFD6", "E6D9F5", "F9D5DE", "CDEDED", "E4EDC4", "F6D8CB", "D5DBF5", "F3D6EE")
_STEPS = (
    "Change the English where it is wrong; under State write confirmed where it is right. Leave the grey signs under the "
    "numbers as they are. Then: python -m translate import-review FILE"
)
_TYPES = f"""{_XML}<Types xmlns="{_OFFICE}/package/2006/content-types">\
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>\
<Default Extension="xml" ContentType="application/xml"/>\
<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>\
<Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/>\
<Override PartName="/docProps/custom.xml" ContentType="application/vnd.openxmlformats-officedocument.custom-properties+xml"/>\
</Types>"""
_RELATIONS = f"""{_XML}<Relationships xmlns="{_OFFICE}/package/2006/relationships">\
<Relationship Id="rId1" Type="{_OFFICE}/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>\
<Relationship Id="rId2" Type="{_OFFICE}/officeDocument/2006/relationships/custom-properties" Target="docProps/custom.xml"/>\
</Relationships>"""
_DOCUMENT_RELATIONS = f"""{_XML}<Relationships xmlns="{_OFFICE}/package/2006/relationships">\
<Relationship Id="rId1" Type="{_OFFICE}/officeDocument/2006/relationships/styles" Target="styles.xml"/>\
</Relationships>"""
_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="D5D0C5"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_STYLES = f"""{_XML}<w:styles xmlns:w="{_W}"><w:docDefaults><w:rPrDefault><w:rPr>\
<w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:eastAsia="SimSun" w:cs="Times New Roman"/><w:sz w:val="21"/><w:szCs w:val="21"/>\
<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault></w:docDefaults>\
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>\
<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/><w:basedOn w:val="Normal"/>\
<w:pPr><w:spacing w:after="60"/></w:pPr><w:rPr><w:b/><w:sz w:val="32"/><w:szCs w:val="32"/></w:rPr></w:style>\
<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/></w:style>\
<w:style w:type="table" w:styleId="ReviewTable"><w:name w:val="Review Table"/><w:basedOn w:val="TableNormal"/>\
<w:tblPr><w:tblBorders>{_BORDERS}</w:tblBorders><w:tblCellMar><w:top w:w="60" w:type="dxa"/><w:left w:w="100" w:type="dxa"/>\
<w:bottom w:w="60" w:type="dxa"/><w:right w:w="100" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style></w:styles>"""


def render(document: BilingualDocument) -> bytes:
    """One row a sentence; a term has the same colour in both columns, and a line under it where its English is missing."""
    parts = {
        "[Content_Types].xml": _TYPES.encode(),
        "_rels/.rels": _RELATIONS.encode(),
        "word/document.xml": _written(_body(document)),
        "word/styles.xml": _STYLES.encode(),
        "word/_rels/document.xml.rels": _DOCUMENT_RELATIONS.encode(),
        "docProps/custom.xml": _written(_properties(document)),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, data in parts.items():
            package.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def signs(segment: BilingualSegment) -> str:
    """Fingerprints of the Chinese and of the English, and the first letter of the state: all "-" where there is none."""
    if is_blank(segment.target):
        return f"{fingerprint(segment.source)} - -"
    return f"{fingerprint(segment.source)} {fingerprint(segment.target)} {segment.state[:1]}"


def _written(root: etree._Element) -> bytes:
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _properties(document: BilingualDocument) -> etree._Element:
    space, types = f"{_OFFICE}/officeDocument/2006/custom-properties", f"{_OFFICE}/officeDocument/2006/docPropsVTypes"
    root = etree.Element(f"{{{space}}}Properties", nsmap={None: space, "vt": types})
    values = {
        PROPERTY: document.name,
        "zhengming-engine": document.engine,
        "zhengming-glossary": document.glossary_hash,
    }
    for number, (name, value) in enumerate(values.items(), 2):
        about = {"fmtid": "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}", "pid": str(number), "name": name}
        one = etree.SubElement(root, f"{{{space}}}property", about)
        etree.SubElement(one, f"{{{types}}}lpwstr").text = holdable(value)
    return root


def _body(document: BilingualDocument) -> etree._Element:
    root = etree.Element(f"{_NS}document", nsmap={"w": _W})
    body = _add(root, "body")
    title = _add(body, "p")
    _add(_add(title, "pPr"), "pStyle", val="Title")
    _run(title, document.name)
    note = f"{document.engine_note} · engine {document.engine} · glossary {document.glossary_hash}"
    for text in (note, _STEPS):
        _run(_add(body, "p"), text, size=17, colour="6A7280")
    table = _add(body, "tbl")
    look = _add(table, "tblPr")
    _add(look, "tblStyle", val="ReviewTable")
    _add(look, "tblW", w=sum(_WIDTHS), type="dxa")
    _add(look, "tblLayout", type="fixed")
    grid = _add(table, "tblGrid")
    for width in _WIDTHS:
        _add(grid, "gridCol", w=width)
    head = _row(table, repeated=True)
    for name, width in zip(COLUMNS, _WIDTHS, strict=True):
        _run(_cell(head, width), name, bold=True)
    for segment in document.segments:
        _segment(table, segment, _fills(segment))
    # A table is not the last thing of a document.
    _add(body, "p")
    section = _add(body, "sectPr")
    _add(section, "pgSz", w=16838, h=11906, orient="landscape")
    _add(section, "pgMar", top=850, right=720, bottom=850, left=720, header=425, footer=425, gutter=0)
    return root


def _fills(segment: BilingualSegment) -> dict[str, str]:
    """A colour for each concept: the same in the whole document, unless two of one sentence would clash."""
    fills: dict[str, str] = {}
    for row in segment.ledger:
        if row.occurrence.concept not in fills:
            first = zlib.crc32(row.occurrence.concept.encode("utf-8", "surrogatepass")) % len(_FILLS)
            ring = (*_FILLS[first:], *_FILLS[:first])
            fills[row.occurrence.concept] = next((fill for fill in ring if fill not in fills.values()), ring[0])
    return fills


def _segment(table: etree._Element, segment: BilingualSegment, fills: dict[str, str]) -> None:
    row = _row(table)
    number, chinese, english, state, notes = (_cell(row, width) for width in _WIDTHS)
    _run(number, str(segment.index + 1))
    _add(_add(number, "r"), "br")
    _run(number, signs(segment), size=10, colour="A8A49A")
    _pieces(chinese, source_pieces(segment), fills)
    _pieces(english, target_pieces(segment), fills)
    _run(state, segment.state)
    for at, (text, colour) in enumerate(_notes(segment)):
        if at:
            _add(_add(notes, "r"), "br")
        _run(notes, text, size=17, colour=colour)


def _notes(segment: BilingualSegment) -> Sequence[tuple[str, str]]:
    told = [
        (f"{flag.severity}: {flag.text}", "DC2626" if flag.severity == "error" else "B45309") for flag in segment.flags
    ]
    if segment.damage:
        told.append((f"source damaged: {segment.damage:.0%} of its characters are lost or doubtful", "B45309"))
    if segment.error:
        told.append((f"error: {segment.error}", "DC2626"))
    return told


def _pieces(paragraph: etree._Element, pieces: Iterable[Piece], fills: dict[str, str]) -> None:
    for piece in pieces:
        if piece.row is None:
            _run(paragraph, piece.text)
        else:
            doubtful = piece.row.outcome in ("inserted", "unresolved")
            _run(paragraph, piece.text, fill=fills[piece.row.occurrence.concept], underlined=doubtful)


def _row(table: etree._Element, repeated: bool = False) -> etree._Element:
    row = _add(table, "tr")
    look = _add(row, "trPr")
    _add(look, "cantSplit")
    if repeated:
        _add(look, "tblHeader")
    return row


def _cell(row: etree._Element, width: int) -> etree._Element:
    """The one paragraph of a new cell."""
    cell = _add(row, "tc")
    _add(_add(cell, "tcPr"), "tcW", w=width, type="dxa")
    return _add(cell, "p")


def _run(
    paragraph: etree._Element,
    text: str,
    *,
    bold: bool = False,
    size: int = 0,
    colour: str = "",
    fill: str = "",
    underlined: bool = False,
) -> None:
    """Text at the end of a paragraph; `size` in half points."""
    run = _add(paragraph, "r")
    look = _add(run, "rPr")
    if bold:
        _add(look, "b")
    if colour:
        _add(look, "color", val=colour)
    if size:
        _add(look, "sz", val=size)
        _add(look, "szCs", val=size)
    if underlined:
        _add(look, "u", val="dash", color="C2410C")
    if fill:
        _add(look, "shd", val="clear", color="auto", fill=fill)
    written = _add(run, "t")
    written.set(_SPACE, "preserve")
    written.text = holdable(text)


def _add(parent: etree._Element, tag: str, **attributes: str | int) -> etree._Element:
    named = {f"{_NS}{name}": str(value) for name, value in attributes.items()}
    return etree.SubElement(parent, f"{_NS}{tag}", named)
