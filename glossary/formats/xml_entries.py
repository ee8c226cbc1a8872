"""XML of strangers, read entry by entry: no entities, no DTD, no network, and never more in memory than one entry."""

from __future__ import annotations

import io
from collections.abc import Iterator
from xml.sax import saxutils

from lxml import etree

from glossary.csv_file import GlossaryError

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_MOST_BYTES = 512 * 1024 * 1024
_ENTITY = "<!ENTITY"
_MARKS = (b"<", b"\xef\xbb\xbf<", b"\xff\xfe<\x00", b"\xfe\xff\x00<")


def escape(text: str) -> str:
    """`text` as XML character data; a carriage return is written out, since a reader would make a line feed of it."""
    return saxutils.escape(text, {"\r": "&#13;"})


def looks_like_xml(data: bytes) -> bool:
    """Whether the first thing that is no blank opens a tag."""
    return data[:64].lstrip(b" \t\r\n").startswith(_MARKS)


def root_name(data: bytes) -> str:
    """Name of the root element without its namespace, "" if no root is to be found near the beginning."""
    try:
        for _, element in _events(data[:65536], ("start",), None):
            return str(etree.QName(element).localname)
    except etree.XMLSyntaxError:
        pass
    return ""


def entries(data: bytes, names: tuple[str, ...], of: str) -> Iterator[etree._Element]:
    """Each element with one of these names, its children complete, in any namespace; forgotten after use.

    Raises GlossaryError in one sentence for broken, half or oversized files and for files that declare entities.
    """
    if len(data) > _MOST_BYTES:
        raise GlossaryError(f"is larger than {_MOST_BYTES // 1024 // 1024} MiB; split the {of} file")
    if any(_ENTITY.encode(codec) in data for codec in ("utf-8", "utf-16-le", "utf-16-be")):
        raise GlossaryError(f"declares entities of its own, which no {of} file needs; it was not read")
    try:
        for _, element in _events(data, ("end",), tuple(f"{{*}}{name}" for name in names)):
            yield element
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    except etree.XMLSyntaxError as error:
        reason = str(error.msg or "is not well-formed").splitlines()[0]
        raise GlossaryError(f"is no whole {of} file: it breaks off or is damaged ({reason[:160]})") from None


def _events(data: bytes, kinds: tuple[str, ...], tags: tuple[str, ...] | None) -> Iterator[tuple[str, etree._Element]]:
    yield from etree.iterparse(
        io.BytesIO(data),
        events=kinds,
        tag=tags,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


def text_of(element: etree._Element) -> str:
    """All text inside an element, blanks at its ends taken off."""
    return "".join(str(part) for part in element.itertext()).strip()


def children(element: etree._Element, *names: str) -> Iterator[etree._Element]:
    """Descendants with one of these local names, in document order."""
    yield from element.iter(*(f"{{*}}{name}" for name in names))


def local_name(element: etree._Element) -> str:
    """Name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def language_of(element: etree._Element) -> str:
    """The language that an element is marked with, without region or script: zh-CN is zh."""
    return str(element.get(XML_LANG) or element.get("lang") or "").lower().partition("-")[0].partition("_")[0]
