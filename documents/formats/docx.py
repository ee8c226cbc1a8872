"""Word documents: body, tables, text boxes, notes, comments, headers and footers."""

from __future__ import annotations

import dataclasses
import functools
import re
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from lxml import etree

from documents.formats.base import Format, FormatError, Text
from documents.formats.ooxml import Dialect, Draft, Node, Paragraph, Range, Span, format_key, own_text
from documents.formats.ooxml_parts import Found, filled, relations, texts_of
from documents.formats.packed import Package
from documents.formats.xml import parse_xml

_NAMESPACES = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
# Deeper ones are kept whole, their text unread.
_DEEPEST = 20
_ENCLOSING = "hyperlink ins moveTo sdt smartTag customXml fldSimple dir bdo"
_IGNORED = "pPr proofErr rPr sdtPr sdtEndPr smartTagPr customXmlPr fldData softHyphen lastRenderedPageBreak"
_KEPT = "pPr smartTagPr customXmlPr fldData"
_SPACED = "tab br cr ptab"
_RANGES = "bookmark commentRange perm moveFromRange moveToRange"
_RANGES += " customXmlInsRange customXmlDelRange customXmlMoveFromRange customXmlMoveToRange"
_PARTS = {
    "header": "header",
    "footer": "footer",
    "footnotes": "footnote",
    "endnotes": "endnote",
    "comments": "comment",
}


@dataclasses.dataclass(frozen=True)
class _Names:
    """The names of one edition of the format (of ECMA, or ISO strict) and what is done with each."""

    space: str
    action: dict[str, str]
    range_of: dict[str, str]
    ignored: frozenset[str]
    dialect: Dialect
    places: dict[str, str]


@functools.cache
def _names(namespace: str) -> _Names:
    space = f"{{{namespace}}}"
    action = {space + name: name for name in "r t fldChar instrText ruby noBreakHyphen".split()}
    kinds = {"enclosing": _ENCLOSING, "ignored": _IGNORED, "spaced": _SPACED}
    action |= {space + name: kind for kind, listed in kinds.items() for name in listed.split()}
    range_of = {}
    for name in _RANGES.split():
        for side in ("Start", "End"):
            action[space + name + side] = "range" + side
            range_of[space + name + side] = name

    def latin(properties: Any) -> None:
        # The hint makes Word take the East Asian font for quotation marks and dashes.
        for fonts in properties.iter(space + "rFonts"):
            fonts.attrib.pop(space + "hint", None)

    kept = frozenset(space + name for name in _KEPT.split())
    ignored = frozenset(space + name for name in ("lang", "noProof", "hint", "rPrChange"))
    dialect = Dialect(space + "p", space + "r", space + "t", kept, latin, preserve=True)
    places = {space + "tbl": "table", space + "txbxContent": "text box"}
    return _Names(space, action, range_of, ignored, dialect, places)


@dataclasses.dataclass(eq=False, slots=True)
class _Field:
    """A field between its signs; its result begins at the place of the span, after `things` things."""

    span: Span
    things: int = 0
    # Fields open within the instruction; -1 once the result has begun.
    nested: int = 0


class _Inline:
    """Takes one paragraph apart."""

    def __init__(self, element: Any, names: _Names) -> None:
        self._names = names
        self._draft = Draft(element)
        self._fields: list[_Field] = []
        self._open: dict[tuple[str, str], tuple[int, int, Span | None, Any]] = {}
        self._order = 0

    def paragraph(self) -> Paragraph:
        """The paragraph taken apart; nothing in the tree changes."""
        self._walk(self._draft.made.element, 0)
        for field in self._fields:
            self._draft.halves += [(field.span.start, True, node) for node in field.span.before]
        for at, _, _, element in self._open.values():
            self._draft.halves.append((at, True, (False, None, element)))
        return self._draft.finish()

    def _walk(self, parent: Any, depth: int) -> None:
        for child in parent:
            what = self._names.action.get(child.tag)
            if what == "r":
                self._run(child, depth)
            elif what == "enclosing":
                self._enclosing(child, depth)
            elif what == "rangeStart" or what == "rangeEnd":
                self._range(child, what == "rangeStart")
            elif what != "ignored" and isinstance(child.tag, str):
                self._thing((False, None, child))

    def _run(self, run: Any, depth: int) -> None:
        space = self._names.space
        properties = run.find(space + "rPr")
        key = format_key(properties, self._names.ignored)
        for child in run:
            what = self._names.action.get(child.tag)
            if what == "t" and not self._in_instruction():
                text = own_text(child)
                self._draft.add(text if child.get(_SPACE) == "preserve" else text.strip(" \t"), key, properties)
            elif what == "fldChar":
                self._field(child.get(space + "fldCharType"), (True, properties, child))
            elif what == "noBreakHyphen" and not self._in_instruction():
                self._draft.add("-", key, properties)
            elif what == "instrText" and not self._fields:
                self._draft.halves.append((self._draft.size, False, (True, properties, child)))
            elif what == "ruby" and depth < _DEEPEST and not self._in_instruction():
                # The reading above the characters is of no use above other ones.
                for base in child.iterfind(f"{space}rubyBase/{space}r"):
                    self._run(base, depth + 1)
            elif what != "ignored" and isinstance(child.tag, str):
                self._thing((True, properties, child), spaced=what == "spaced")

    def _in_instruction(self) -> bool:
        return bool(self._fields) and self._fields[-1].nested >= 0

    def _thing(self, node: Node, spaced: bool = False) -> None:
        if self._in_instruction():
            span = self._fields[-1].span
            span.before.append(node)
            span.holds = span.holds or node[2].tag != self._names.space + "instrText"
        else:
            self._draft.thing([node], spaced)

    def _span(self) -> Span:
        self._order += 1
        return Span(self._draft.size, self._draft.size, self._draft.parent, self._order)

    def _enclosing(self, element: Any, depth: int) -> None:
        draft, space = self._draft, self._names.space
        balance = self._balance(element)
        inner = element.find(space + "sdtContent") if element.tag == space + "sdt" else element
        if inner is None or depth >= _DEEPEST or (balance and self._in_instruction()):
            self._thing((False, None, element))
            return
        if not balance:
            # A field begins inside and ends outside: only what is within stays.
            self._walk(inner, depth + 1)
            return
        span = self._span()
        span.element, span.inner = element, inner
        things, spans, fields = len(draft.made.things), len(draft.made.spans), len(self._fields)
        draft.parent = span
        self._walk(inner, depth + 1)
        draft.parent = span.parent
        if len(self._fields) != fields:
            raise FormatError("holds a field that ends where it cannot; it is damaged.")
        span.end = draft.size
        if span.end > span.start:
            draft.made.spans.append(span)
        else:
            del draft.made.things[things:], draft.made.spans[spans:]
            draft.thing([(False, None, element)])

    def _balance(self, element: Any) -> bool:
        """Whether every field that begins inside ends inside."""
        open_fields = 0
        for sign in element.iter(self._names.space + "fldChar"):
            kind = sign.get(self._names.space + "fldCharType")
            if kind == "separate" and not open_fields:
                return False
            open_fields += (kind == "begin") - (kind == "end")
            if open_fields < 0:
                return False
        return open_fields == 0

    def _field(self, kind: str | None, node: Node) -> None:
        draft = self._draft
        field = self._fields[-1] if self._fields else None
        if kind == "begin" and not self._in_instruction():
            if len(self._fields) >= _DEEPEST:
                raise FormatError("nests fields too deep; it is damaged.")
            field = _Field(self._span())
            field.span.before.append(node)
            self._fields.append(field)
        elif field is None:
            draft.halves.append((draft.size, False, node))
        elif field.nested > 0 or (field.nested == 0 and kind not in ("separate", "end")):
            field.span.before.append(node)
            field.nested += (kind == "begin") - (kind == "end")
        elif kind == "separate" and field.nested == 0:
            field.span.before.append(node)
            field.nested, field.things, field.span.start = -1, len(draft.made.things), draft.size
            draft.parent = field.span
        elif kind == "end":
            self._end_field(field, node)
        else:
            draft.thing([node])

    def _end_field(self, field: _Field, node: Node) -> None:
        draft, span = self._draft, field.span
        self._fields.pop()
        draft.parent = span.parent
        if field.nested < 0 and draft.size > span.start:
            span.after.append(node)
            span.end = draft.size
            draft.made.spans.append(span)
            return
        inside = draft.made.things[field.things :] if field.nested < 0 else []
        if inside:
            del draft.made.things[field.things :]
        draft.thing([*span.before, *(one for thing in inside for one in thing.nodes), node])

    def _range(self, element: Any, starts: bool) -> None:
        draft, node = self._draft, (False, None, element)
        if self._in_instruction():
            self._thing(node)
            return
        key = self._names.range_of[element.tag], element.get(self._names.space + "id", "")
        if starts:
            if key in self._open:
                draft.thing([node])
            else:
                self._open[key] = draft.size, len(draft.made.things), draft.parent, element
            return
        if key not in self._open:
            draft.halves.append((draft.size, False, node))
            return
        at, things, parent, start = self._open.pop(key)
        if at < draft.size:
            draft.made.ranges.append(Range(at, draft.size, (False, None, start), node))
            return
        inside = draft.made.things[things:] if parent is draft.parent else []
        if inside:
            del draft.made.things[things:]
        draft.thing([(False, None, start), *(one for thing in inside for one in thing.nodes), node])


class Docx(Format):
    """Word documents (Office Open XML, both editions), with macros or without; macros are never run."""

    name: ClassVar[str] = "docx"
    title: ClassVar[str] = "Word document"
    keeps: ClassVar[str] = (
        "styles, numbering, tables, sections, headers and footers, notes, comments, fields, links, pictures, bookmarks,"
        " bold and other formats of words"
    )

    def read(self, data: bytes) -> list[Text]:
        """The texts: of the body, then of headers, footers, footnotes, endnotes and comments."""
        return [found.text for found in self._found(Package(data), {})]

    def fill(self, data: bytes, texts: Mapping[int, Text]) -> bytes:
        """The same document with other texts."""
        package, trees = Package(data), dict[str, Any]()
        found = list(self._found(package, trees))
        names = self._edition(next(iter(trees.values())).getroot())
        return filled(package, trees, found, texts, names.dialect)

    def _found(self, package: Package, trees: dict[str, Any]) -> Iterator[Found]:
        main = next((one.target for one in relations(package, "") if one.kind == "officeDocument"), None)
        if main is None:
            raise FormatError("is not a Word document; it lacks its main part.")
        tree = trees[main] = parse_xml(package.read(main))
        root = tree.getroot()
        names = self._edition(root)
        if root.tag != names.space + "document":
            raise FormatError("is not a Word document; check its name.")
        yield from self._texts(root, main, names, "")
        parts = sorted(
            {(list(_PARTS).index(one.kind), _number(one.target), one.target) for one in relations(package, main)
             if one.kind in _PARTS and one.target != main}
        )  # fmt: skip
        for kind, _, part in parts:
            if part in trees:
                continue
            tree = trees[part] = parse_xml(package.read(part))
            yield from self._texts(tree.getroot(), part, names, list(_PARTS.values())[kind])

    def _texts(self, root: Any, part: str, names: _Names, place: str) -> Iterator[Found]:
        def take(element: Any) -> Paragraph:
            return _Inline(element, names).paragraph()

        return texts_of(root, part, take, names.dialect.paragraph, names.places, place)

    def _edition(self, root: Any) -> _Names:
        namespace = etree.QName(root).namespace
        if namespace not in _NAMESPACES:
            raise FormatError("is not a Word document; check its name.")
        return _names(namespace)


def _number(part: str) -> int:
    """The number in the name of a part: header2.xml comes before header10.xml."""
    digits = re.search(r"([0-9]{1,9})\.", part)
    return int(digits[1]) if digits else 0
