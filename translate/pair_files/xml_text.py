"""Text inside XML with its inline tags: each tag is one private-use character while the text is worked on."""

from __future__ import annotations

import copy
import re

from lxml import etree

from documents.formats.xml import safe_parser
from translate.pair_files.base import PairsError

_FIRST = 0xE000
_TAG = re.compile("[\ue000-\uf8ff]")


def parse(data: bytes) -> etree._ElementTree:
    """The document; no entity is resolved and nothing is fetched. Raises PairsError."""
    try:
        return etree.ElementTree(etree.fromstring(data, safe_parser()))
    except etree.XMLSyntaxError as error:
        raise PairsError(f"is no well-formed XML ({error.msg}).") from None


def serialize(tree: etree._ElementTree) -> bytes:
    """The document as UTF-8 with its declaration."""
    return (
        bytes(etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=tree.docinfo.standalone or None))
        + b"\n"
    )


def text_of(element: etree._Element) -> str:
    """The text with a private-use character for each direct child, whose own text is not touched."""
    parts = [element.text or ""]
    for number, child in enumerate(element):
        parts += [chr(_FIRST + number), child.tail or ""]
    return "".join(parts)


def plain_text_of(element: etree._Element) -> str:
    """The text without its tags."""
    return "".join(str(part) for part in element.itertext())


def put_text(element: etree._Element, text: str) -> None:
    """Replace the text, private-use characters standing for the element's children; a child not named goes to the end."""
    children = [copy.copy(child) for child in element]
    for child in list(element):
        element.remove(child)
    left = dict(enumerate(children))
    element.text = None
    last: etree._Element | None = None
    at = 0
    for hit in _TAG.finditer(text):
        child = left.pop(ord(hit.group()) - _FIRST, None)
        if child is None:
            continue
        _append(element, last, text[at : hit.start()])
        at = hit.end()
        child.tail = None
        element.append(child)
        last = child
    _append(element, last, _TAG.sub("", text[at:]) if left else text[at:])
    for child in left.values():
        child.tail = None
        element.append(child)


def _append(element: etree._Element, last: etree._Element | None, text: str) -> None:
    if not text:
        return
    if last is None:
        element.text = (element.text or "") + text
    else:
        last.tail = (last.tail or "") + text
