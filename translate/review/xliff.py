"""Reading XLIFF 1.2 and 2.x, of our own making or of other tools, as a review.

Confirmed is 1.2 approved="yes", or state final or signed-off; 2.x state reviewed or final.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lxml import etree

from documents.formats.xml import parse_xml
from translate.outputs import xliff as xliff1
from translate.outputs import xliff2
from translate.review.key import fingerprint, is_blank, parse_key
from translate.review.row import ReviewError, ReviewRow, one_line

# Codes of the original format: what stands in them is no text.
_CODES = frozenset(("bpt", "ept", "ph", "it", "x", "bx", "ex"))
_FINAL_1, _FINAL_2 = frozenset(("final", "signed-off")), frozenset(("reviewed", "final"))
_OURS = {word: state for state, word in xliff1.STATES.items()}


def read(data: bytes) -> list[ReviewRow]:
    """The sentences. Raises ReviewError, and FormatError for what is no XML."""
    tree = parse_xml(data)
    if tree.docinfo.doctype:
        raise ReviewError("declares a document type, which an XLIFF file never does; it is not read.")
    root = tree.getroot()
    name = etree.QName(root)
    version = root.get("version") or ""
    if name.localname != "xliff" or version.split(".")[0] not in ("1", "2"):
        raise ReviewError("is no XLIFF 1.2 or 2.x.")
    one_of = _units_1 if version.startswith("1") else _units_2
    return [row for file in root.iterfind("{*}file") for row in one_of(file)]


def _row(document: str, key: str, number: int, chinese: str) -> ReviewRow:
    index, source = parse_key(key) or (number, fingerprint(chinese))
    return ReviewRow(document, index, source, "", False, f"unit {key or number + 1}", chinese)


def _units_1(file: etree._Element) -> Iterator[ReviewRow]:
    document = file.get("original") or ""
    for number, unit in enumerate(file.iter("{*}trans-unit")):
        source, target = unit.find("{*}source"), unit.find("{*}target")
        if source is None:
            continue
        row = _row(document, unit.get("id") or "", number, _text(source))
        state = (target.get("state") or "") if target is not None else ""
        confirmed = unit.get("approved") == "yes" or state in _FINAL_1
        written, written_state = None, ""
        for earlier in unit.iterfind("{*}alt-trans"):
            english = earlier.find("{*}target")
            if earlier.get("origin") == xliff1.ORIGIN and english is not None:
                written, written_state = _text(english), _OURS.get(english.get("state") or "", "")
        yield _with(row, _text(target), confirmed, written, written_state)


def _units_2(file: etree._Element) -> Iterator[ReviewRow]:
    document = file.get("original") or file.get("id") or ""
    for number, unit in enumerate(file.iter("{*}unit")):
        parts = [part for part in unit if isinstance(part.tag, str) and _local(part) in ("segment", "ignorable")]
        sources = [_text(part.find("{*}source")) for part in parts]
        if is_blank("".join(sources)):
            continue
        row = _row(document, unit.get("id") or "", number, "".join(sources))
        segments = [part for part in parts if _local(part) == "segment"]
        states = {part.get("state") or "initial" for part in segments}
        confirmed = bool(states) and states <= _FINAL_2
        told = _metadata(unit)
        yield _with(row, _english_2(parts, sources), confirmed, told.get("english"), told.get("state", ""))


def _english_2(parts: Iterable[etree._Element], sources: Iterable[str]) -> str:
    """The English of a unit's segments together; "" where one of them has none."""
    english = []
    for part, source in zip(parts, sources, strict=True):
        target = part.find("{*}target")
        if target is None and _local(part) == "segment":
            return ""
        english.append(source if target is None else _text(target))
    return "".join(english)


def _metadata(unit: etree._Element) -> dict[str, str]:
    """What the unit's metadata of ours say, by type."""
    space = f"{{{xliff2.METADATA}}}"
    return {
        meta.get("type") or "": _text(meta)
        for metadata in unit.iterfind(f"{space}metadata")
        for group in metadata.iterfind(f"{space}metaGroup")
        if group.get("category") == xliff2.CATEGORY
        for meta in group.iterfind(f"{space}meta")
    }


def _with(row: ReviewRow, english: str, confirmed: bool, written: str | None, state: str) -> ReviewRow:
    print_of = None if written is None else fingerprint(written)
    return ReviewRow(
        row.document, row.index, row.source, one_line(english), confirmed, row.place, row.chinese, print_of, state
    )


def _local(element: etree._Element) -> str:
    return str(etree.QName(element).localname)


def _text(element: etree._Element | None) -> str:
    """The text with what stands in terms and groups, without codes; `cp` as its character."""
    if element is None:
        return ""
    parts: list[str] = []
    inside = 0
    for event, node in etree.iterwalk(element, events=("start", "end", "comment", "pi")):
        own = isinstance(node.tag, str)
        code = own and _local(node) in _CODES
        if event == "start":
            inside += code
            if not inside:
                parts.append(_code_point(node) if _local(node) == "cp" else node.text or "")
            continue
        inside -= code
        if not inside and node is not element:
            parts.append(node.tail or "")
    return "".join(parts)


def _code_point(node: etree._Element) -> str:
    try:
        return chr(int(node.get("hex") or "", 16))
    except (ValueError, OverflowError):
        return "\ufffd"
