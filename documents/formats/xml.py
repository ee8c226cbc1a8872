"""XML of documents, parsed without entities, network or unbounded size, and written as it was declared."""

from __future__ import annotations

import re

from lxml import etree

from documents.formats.base import FormatError

# What XML 1.0 cannot hold: control characters, lone surrogates, two non-characters.
NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def safe_parser() -> etree.XMLParser:
    """A parser that resolves no entity, fetches nothing, and stops at absurd depths and sizes."""
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)


def parse_xml(data: bytes) -> etree._ElementTree:
    """The tree of an XML part. Raises FormatError; no entity is resolved and nothing is fetched."""
    try:
        root = etree.fromstring(data, safe_parser())
    except (etree.XMLSyntaxError, ValueError, LookupError):
        raise FormatError("holds broken XML; it is damaged, or another kind of file.") from None
    return root.getroottree()


def xml_bytes(tree: etree._ElementTree) -> bytes:
    """A tree as bytes, with the declaration, encoding and standalone mark that it came with."""
    info = tree.docinfo
    written: bytes = etree.tostring(
        tree, xml_declaration=True, encoding=info.encoding or "UTF-8", standalone=info.standalone
    )
    return written
