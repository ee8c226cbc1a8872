"""XML read at the offsets of its source, once it is known to be well-formed: all that is not changed stays to the byte."""

from __future__ import annotations

import codecs
import dataclasses
import re
from collections.abc import Iterator, Mapping
from typing import Literal

from documents.formats.base import FormatError
from documents.formats.escapes import escaped, unescaped
from documents.formats.packed import LARGEST
from documents.formats.spans import Segment
from documents.formats.strings import HAN
from documents.formats.tokens import CLOSE, OPEN, TEXT, THING, Token, segment_of, stretches
from documents.formats.xml import NOT_IN_XML, parse_xml

# What an inline element is: a pair of tags around text, a thing without text, one end of a pair, a border between texts.
Role = Literal["pair", "thing", "begin", "end", "border"]
Edit = tuple[int, int, str]

_MARKUP = re.compile(
    r"""<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>|<!DOCTYPE(?:[^>"'\[]|"[^"]*"|'[^']*')*+>|"""
    r"""<(/?)([^\s/>!?"'<]+)((?:[^>"']|"[^"]*"|'[^']*')*+)>""",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(r"""([^\s=/>"']+)\s*=\s*("[^"]*"|'[^']*')""")
_LINE = re.compile("[\r\n]")
_MOST_MARKS, _DEEPEST = 500, 200
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_CHINESE = {"gb2312": "gb18030", "gbk": "gb18030"}


@dataclasses.dataclass(frozen=True, slots=True)
class XmlSource:
    """The text of an XML file, the codec it was written in, and its root: its prefix as written, local name, version."""

    text: str
    codec: str
    prefix: str
    name: str
    version: str
    has_doctype: bool

    def encoded(self, text: str) -> bytes:
        """`text` as bytes in that encoding; what it lacks, as references."""
        return text.encode(self.codec, "xmlcharrefreplace")


def xml_source(data: bytes) -> XmlSource:
    """The source of well-formed XML that declares no entities. Raises FormatError."""
    if len(data) > LARGEST:
        raise FormatError("is larger than is read at once; split it.")
    tree = parse_xml(data)
    info, root = tree.docinfo, tree.getroot()
    if info.internalDTD is not None and any(True for _ in info.internalDTD.iterentities()):
        raise FormatError("declares entities of its own; it is not read.")
    codec = next((codec for mark, codec in _BOMS if data.startswith(mark)), (info.encoding or "utf-8").lower())
    try:
        text = data.decode(_CHINESE.get(codec, codec))
    except (UnicodeError, LookupError):
        raise FormatError("is not in the encoding that it declares; save it anew in UTF-8.") from None
    written = f"{root.prefix}:" if root.prefix else ""
    local = str(root.tag).rpartition("}")[2]
    return XmlSource(text, _CHINESE.get(codec, codec), written, local, root.get("version") or "", bool(info.doctype))


@dataclasses.dataclass(slots=True, eq=False)
class Element:
    """An element: its name as written, its attributes, where it stands and its content (`inner` up to `inner_end`)."""

    name: str
    given: Mapping[str, str]
    start: int
    inner: int
    parent: Element | None
    inner_end: int = -1
    end: int = -1
    children: list[Element] = dataclasses.field(default_factory=list)

    def child(self, name: str) -> Element | None:
        """The first child of that name."""
        return next((child for child in self.children if child.name == name), None)

    @property
    def root(self) -> Element:
        """The outermost element around it."""
        at = self
        while at.parent is not None:
            at = at.parent
        return at

    def inherited(self, name: str) -> str | None:
        """The value of an attribute here or at the nearest element around it that has it."""
        at: Element | None = self
        while at is not None:
            if name in at.given:
                return at.given[name]
            at = at.parent
        return None


def attributes(tag: str) -> dict[str, str]:
    """The attributes of a start tag, by the name that is written."""
    return {hit[1]: unescaped(hit[2][1:-1]) for hit in _ATTRIBUTE.finditer(tag)}


def elements(text: str, names: frozenset[str]) -> Iterator[Element]:
    """The outermost elements of these names, each with what is in it; of those around it only what is open is known."""
    top: Element | None = None
    inside: Element | None = None
    depth = 0
    for hit in _MARKUP.finditer(text):
        if hit[2] is None:
            continue
        if hit[1]:
            if top is None or top.name != hit[2]:
                raise FormatError("holds broken XML; it is damaged, or another kind of file.")
            top.inner_end, top.end = hit.start(), hit.end()
            yield from (top,) if top is inside else ()
            inside, top, depth = None if top is inside else inside, top.parent, depth - 1
            continue
        made = Element(hit[2], attributes(hit[3]), hit.start(), hit.end(), top)
        if inside is not None and top is not None:
            top.children.append(made)
        if hit[3].endswith("/"):
            made.inner_end = made.end = hit.end()
            yield from (made,) if inside is None and made.name in names else ()
            continue
        inside = made if inside is None and made.name in names else inside
        top, depth = made, depth + 1
        if depth > _DEEPEST:
            raise FormatError(f"is nested more than {_DEEPEST} deep; it is not read.")


def with_attributes(source: str, element: Element, wanted: Mapping[str, str | None]) -> Edit:
    """The edit that gives the start tag of an element these attributes; None takes one away."""
    tag = source[element.start : element.inner]
    added = ""
    for name, value in wanted.items():
        hit = next((hit for hit in _ATTRIBUTE.finditer(tag) if hit[1] == name), None)
        if hit is None:
            added += f' {name}="{escaped(value)}"' if value is not None else ""
            continue
        start = hit.start() if value is not None else len(tag[: hit.start()].rstrip())
        tag = tag[:start] + (f'{name}="{escaped(value)}"' if value is not None else "") + tag[hit.end() :]
    at = len(tag) - (2 if tag.endswith("/>") else 1)
    return element.start, element.inner, tag[:at].rstrip() + added + tag[at:]


def indent_of(source: str, start: int) -> str:
    """The white space before what starts at an offset."""
    at = start
    while at and source[at - 1].isspace():
        at -= 1
    return source[at:start]


def inline_texts(
    source: str, start: int, end: int, roles: Mapping[str, Role], place: str, kept: bool
) -> tuple[list[Segment], str]:
    """The Chinese texts in a stretch of source, and all its text; lines part it where white space is `kept`.

    `roles` has the inline elements by their name without prefix; all others, and what is said to be protected, are things.
    """
    rows: list[list[Token]] = [[]]
    keys: dict[int, tuple[Role, str]] = {}
    words: list[str] = []
    found: list[Segment] = []

    def flush() -> None:
        row = rows[-1]
        if row:
            _pair(row, keys)
            for partner, first, last in stretches(row):
                one = segment_of(source, row, partner, first, last, place, kept)
                found.extend((one,) if one is not None and HAN.search(one.text.text) else ())
        rows[-1] = []
        keys.clear()

    for token, role, key in _tokens(source, start, end, roles, kept):
        if role == "border" or len(rows[-1]) > _MOST_MARKS:
            flush()
        if role == "border":
            continue
        if role in ("begin", "end"):
            keys[len(rows[-1])] = (role, key)
        if token[0] == TEXT:
            words.append(token[3])
        rows[-1].append(token)
    flush()
    return found, "".join(words)


def _tokens(
    source: str, start: int, end: int, roles: Mapping[str, Role], kept: bool
) -> Iterator[tuple[Token, Role, str]]:
    at = start
    borders: list[bool] = []
    while at < end:
        hit = _MARKUP.search(source, at, end)
        stop = hit.start() if hit else end
        if stop > at:
            yield from _text(source, at, stop, kept)
        if hit is None:
            return
        at = hit.end()
        name = (hit[2] or "").rpartition(":")[2]
        if hit[2] is None:
            if hit[0].startswith("<![CDATA["):
                yield (TEXT, hit.start(), at, hit[0][9:-3]), "pair", ""
            else:
                yield (THING, hit.start(), at, ""), "thing", ""
            continue
        if hit[1]:
            border = borders.pop() if borders else False
            yield (CLOSE, hit.start(), at, name), "border" if border else "pair", ""
            continue
        given = attributes(hit[3])
        role: Role = roles.get(name, "thing")
        if given.get("translate") == "no" or given.get("mtype") == "protected":
            role = "thing"
        elif given.get("mtype") == "seg":
            role = "border"
        whole = hit[3].endswith("/")
        if role in ("pair", "border") and not whole:
            borders.append(role == "border")
            yield (OPEN, hit.start(), at, name), role, ""
            continue
        if not whole:
            at = _end_of(source, at, end, hit[2])
        key = next((given[k] for k in ("startRef", "rid", "i", "id") if k in given), "")
        yield (THING, hit.start(), at, ""), "thing" if role in ("pair", "border") else role, key


def _text(source: str, start: int, end: int, kept: bool) -> Iterator[tuple[Token, Role, str]]:
    while kept and (line := _LINE.search(source, start, end)):
        if line.start() > start:
            yield (TEXT, start, line.start(), unescaped(source[start : line.start()])), "pair", ""
        yield (TEXT, line.start(), line.end(), ""), "border", ""
        start = line.end()
    if end > start:
        yield (TEXT, start, end, unescaped(source[start:end])), "pair", ""


def _end_of(source: str, at: int, end: int, name: str) -> int:
    """Where the element whose start tag ends at an offset ends."""
    depth = 1
    for hit in _MARKUP.finditer(source, at, end):
        if hit[2] == name and not (hit[3] or "").endswith("/"):
            depth += -1 if hit[1] else 1
            if not depth:
                return hit.end()
    return end


def _pair(row: list[Token], keys: Mapping[int, tuple[Role, str]]) -> None:
    """Let ends of pairs that are elements of their own (bx … ex) be tags, where they are nested with the others."""
    opened: list[tuple[int, str]] = []
    for number, (kind, start, end, name) in enumerate(row):
        role, key = keys.get(number, ("thing", ""))
        if kind == OPEN or role == "begin":
            opened.append((number, key if role == "begin" else f"<{name}"))
        elif kind == CLOSE:
            while opened and opened[-1][1] != f"<{name}":
                opened.pop()
            if opened:
                opened.pop()
        elif role == "end" and opened and opened[-1][1] == key:
            begun = opened.pop()[0]
            # A name that no element has.
            row[begun] = (OPEN, row[begun][1], row[begun][2], f"{key} {begun}")
            row[number] = (CLOSE, start, end, f"{key} {begun}")


def as_xml(text: str) -> str:
    """Any text as character data, without what XML cannot hold."""
    return NOT_IN_XML.sub("", text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
