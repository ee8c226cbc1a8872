"""XML of documents, parsed without entities, network or unbounded size, and written as it was declared."""

from __future__ import annotations

from lxml import etree

from documents.formats.base import FormatError


def parse_xml(data: bytes) -> etree._ElementTree:
    """The tree of an XML part. Raises FormatError; no entity is resolved and nothing is fetched."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_blank_text=False
    )
    try:
        root = etree.fromstring(data, parser)
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
