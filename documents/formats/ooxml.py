"""What Word and PowerPoint share: the runs of a paragraph as a text with marks, and back.

What covers a whole text (its commonest run format, a link around all of it) needs no mark and stays.
"""

from __future__ import annotations

import copy
import dataclasses
import heapq
import re
from collections import Counter, defaultdict
from collections.abc import Callable
from typing import Any

from lxml import etree

from documents.formats.base import LINE_ENDS, Mark, Text
from documents.formats.xml import NOT_IN_XML

_LINE_ENDS = re.compile(f"[{LINE_ENDS}]")
EAST_ASIAN = re.compile("[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]")
# In a longer text the result of a field whose mark is missing is not searched for.
_SEARCHED = 5_000

# An element of the paragraph to be put back whole: with the properties of its run, or None where it stands in no run.
Node = tuple[bool, Any, Any]


def one_line(text: str) -> str:
    """The text with a space for every line separator, and without characters that XML cannot hold."""
    return NOT_IN_XML.sub("", _LINE_ENDS.sub(" ", text))


def own_text(element: Any) -> str:
    """The characters directly in an element, past comments and entities that are not resolved."""
    if len(element) == 0:
        return one_line(element.text or "")
    return one_line((element.text or "") + "".join(child.tail or "" for child in element))


def format_key(properties: Any, ignored: frozenset[str]) -> tuple[object, ...]:
    """What tells one run format from another; elements and attributes named in `ignored` make no difference."""
    if properties is None:
        return ()
    found: list[object] = [(name, value) for name, value in properties.attrib.items() if name not in ignored]
    for child in properties:
        if child.tag in ignored or not isinstance(child.tag, str):
            continue
        values = tuple(item for item in child.attrib.items() if item[0] not in ignored)
        inside = etree.tostring(child, with_tail=False) if len(child) else b""
        if values or inside or not child.attrib:
            found.append((child.tag, values, inside))
    return tuple(found)


@dataclasses.dataclass(eq=False, slots=True)
class Span:
    """What encloses a stretch of the text: an element (its children go into `inner`), or a field between two signs."""

    start: int
    end: int
    parent: Span | None
    order: int
    code: int = 0
    element: Any = None
    inner: Any = None
    before: list[Node] = dataclasses.field(default_factory=list)
    after: list[Node] = dataclasses.field(default_factory=list)
    # Whether `before` holds something that must not be lost with a field that has no place: a picture.
    holds: bool = False

    def within(self, other: Span) -> bool:
        """Whether this one stood inside the other in the file."""
        span: Span | None = self
        while span is not None:
            if span is other:
                return True
            span = span.parent
        return False


@dataclasses.dataclass(eq=False, slots=True)
class Thing:
    """What stands between two characters. `spaced`: the text has a space for it, as for a tab."""

    at: int
    nodes: list[Node]
    parent: Span | None
    spaced: bool = False
    code: int = 0


@dataclasses.dataclass(eq=False, slots=True)
class Range:
    """A bookmark or a comment's range: two signs that may lie anywhere, the first before the second."""

    start: int
    end: int
    before: Node
    after: Node
    code: int = 0


@dataclasses.dataclass(eq=False, slots=True)
class Stretch:
    """A run format, from `start` up to `end`."""

    start: int
    end: int
    key: tuple[object, ...]
    properties: Any
    code: int = 0


@dataclasses.dataclass(eq=False, slots=True)
class Paragraph:
    """A paragraph taken apart. Nothing in the tree is changed before `refill`."""

    element: Any
    text: str = ""
    stretches: list[Stretch] = dataclasses.field(default_factory=list)
    spans: list[Span] = dataclasses.field(default_factory=list)
    things: list[Thing] = dataclasses.field(default_factory=list)
    ranges: list[Range] = dataclasses.field(default_factory=list)
    # What comes first and last whatever the text is: signs whose other half is in another paragraph.
    head: list[Node] = dataclasses.field(default_factory=list)
    tail: list[Node] = dataclasses.field(default_factory=list)
    base: Any = None

    def marks(self) -> tuple[Mark, ...]:
        """The marks of the text; gives every part that needs one its code."""
        sizes: Counter[tuple[object, ...]] = Counter()
        for stretch in self.stretches:
            sizes[stretch.key] += stretch.end - stretch.start
        common = max(sizes, key=sizes.__getitem__) if sizes else ()
        self.base = next((one.properties for one in self.stretches if one.key == common), None)
        found: list[Mark] = []
        size = len(self.text)
        parts: list[Stretch | Span | Range] = [*self.stretches, *self.spans, *self.ranges]
        for part in parts:
            whole = part.start == 0 and part.end == size
            if whole or (isinstance(part, Stretch) and part.key == common):
                continue
            part.code = len(found) + 1
            found.append(Mark(part.start, part.end, part.code))
        for thing in self.things:
            thing.code = len(found) + 1
            found.append(Mark(thing.at, thing.at, thing.code))
        return tuple(sorted(found, key=lambda mark: (mark.start, mark.end, mark.code)))


class Draft:
    """Takes a paragraph apart: `add` characters and `thing`s in order, then `finish`."""

    def __init__(self, element: Any) -> None:
        self.made = Paragraph(element)
        self.size = 0
        self.parent: Span | None = None
        self._pieces: list[str] = []
        # (position, whether it opens something, the sign) of signs without their other half.
        self.halves: list[tuple[int, bool, Node]] = []

    def add(self, text: str, key: tuple[object, ...], properties: Any) -> None:
        """Characters of one run."""
        if not text:
            return
        start, self.size = self.size, self.size + len(text)
        self._pieces.append(text)
        last = self.made.stretches[-1] if self.made.stretches else None
        if last is not None and last.key == key:
            last.end = self.size
        else:
            self.made.stretches.append(Stretch(start, self.size, key, properties))

    def thing(self, nodes: list[Node], spaced: bool = False) -> None:
        """Something between characters; `spaced` gives it a space in the text where none is."""
        spaced = spaced and bool(self._pieces) and not self._pieces[-1][-1].isspace()
        self.made.things.append(Thing(self.size, nodes, self.parent, spaced))
        if spaced:
            last = self.made.stretches[-1]
            self.add(" ", last.key, last.properties)

    def finish(self) -> Paragraph:
        """The paragraph; a space for something at its very end is taken back."""
        made = self.made
        made.text = "".join(self._pieces)
        last = made.things[-1] if made.things else None
        if last is not None and last.spaced and last.at == self.size - 1:
            made.text, self.size, last.spaced = made.text[:-1], last.at, False
            parts: list[Stretch | Span | Range] = [*made.stretches, *made.spans, *made.ranges]
            for part in parts:
                part.start, part.end = min(part.start, self.size), min(part.end, self.size)
            made.stretches = [stretch for stretch in made.stretches if stretch.start < stretch.end]
        for at, opens, node in self.halves:
            early = at == 0 if opens else at < self.size
            (made.head if early else made.tail).append(node)
        return made


@dataclasses.dataclass(frozen=True)
class Dialect:
    """The names of a markup: paragraph, run, text, and what stays at the head of each element when it is refilled."""

    paragraph: str
    run: str
    text: str
    kept: frozenset[str]
    # Changes a copy of the run properties for a text without East Asian characters.
    latin: Callable[[Any], None]
    preserve: bool


class _Places:
    """Where each part of a paragraph goes in a new text."""

    def __init__(self, old: Paragraph, text: str, marks: tuple[Mark, ...]) -> None:
        size = len(text)
        self.text = text
        self.given: dict[int, tuple[int, int]] = {}
        for mark in marks:
            start = min(max(mark.start, 0), size)
            self.given.setdefault(mark.code, (start, min(max(mark.end, start), size)))
        self.dropped: set[int] = set()
        self.middle: defaultdict[int, list[Node]] = defaultdict(list)
        self.opening: defaultdict[int, list[Span]] = defaultdict(list)
        self.closing: dict[Span, int] = {}
        self.first: defaultdict[Span, list[Node]] = defaultdict(list)
        self.last: defaultdict[Span, list[Node]] = defaultdict(list)
        self.formats: list[Stretch | None] = [None] * size
        self._begin: dict[Span, int] = {}
        for stretch in old.stretches:
            if stretch.code and stretch.code in self.given:
                start, end = self.given[stretch.code]
                self.formats[start:end] = [stretch] * (end - start)
        self._nest(old)
        starts: list[tuple[int, Node]] = []
        for part in old.ranges:
            start, end = self.given.get(part.code, (0, size))
            if start == end:
                self.middle[start] += [part.before, part.after]
            else:
                starts.append((start, part.before))
                self.middle[end].append(part.after)
        for thing in old.things:
            self._put(thing)
        for start, node in starts:
            self.middle[start].append(node)

    def _wanted(self, span: Span, old: Paragraph) -> tuple[int, int] | None:
        if not span.code:
            return 0, len(self.text)
        if span.code in self.given:
            return self.given[span.code]
        # A field that the caller could not place: a page number is found again by its characters.
        value = old.text[span.start : span.end]
        if span.element is None and value and len(self.text) < _SEARCHED and self.text.count(value) == 1:
            return self.text.index(value), self.text.index(value) + len(value)
        return None

    def _nest(self, old: Paragraph) -> None:
        """Places the spans so that they nest, and none inside one that it did not stand in before."""
        queue: list[tuple[int, int, int, Span]] = []
        for span in old.spans:
            wanted = self._wanted(span, old)
            if wanted is not None and (wanted[0] < wanted[1] or span.element is None):
                queue.append((wanted[0], -wanted[1], span.order, span))
        heapq.heapify(queue)
        stack: list[Span] = []
        while queue:
            start, negative, order, span = heapq.heappop(queue)
            end = -negative
            while stack and self.closing[stack[-1]] <= start:
                stack.pop()
            if stack and span.within(stack[-1]):
                end = min(end, self.closing[stack[-1]])
            elif stack:
                start = self.closing[stack[-1]]
                if start < end:
                    heapq.heappush(queue, (start, negative, order, span))
                continue
            self._begin[span], self.closing[span] = start, end
            self.opening[start].append(span)
            stack.append(span)
        for span in old.spans:
            if span.holds and span not in self.closing:
                self.middle[len(self.text)] += [*span.before, *span.after]

    def _put(self, thing: Thing) -> None:
        at = self.given[thing.code][0] if thing.code in self.given else (0 if thing.at == 0 else len(self.text))
        if thing.spaced:
            for near in (at, at - 1):
                if 0 <= near < len(self.text) and self.text[near] == " " and near not in self.dropped:
                    self.dropped.add(near)
                    break
        span = thing.parent
        while span is not None and not (span in self.closing and self._begin[span] <= at <= self.closing[span]):
            span = span.parent
        if span is not None and self._begin[span] == at:
            self.first[span] += thing.nodes
        elif span is not None and self.closing[span] == at:
            self.last[span] += thing.nodes
        else:
            self.middle[at] += thing.nodes

    def cuts(self) -> list[int]:
        """The places where anything begins, ends or stands, in order, with the end of the text."""
        found = {0, len(self.text), *self.middle, *self.opening, *self.closing.values()}
        found.update(self.dropped, (at + 1 for at in self.dropped))
        found.update(at for at in range(1, len(self.text)) if self.formats[at] is not self.formats[at - 1])
        return sorted(found)


class _Writer:
    """Writes the runs of a paragraph anew."""

    def __init__(self, old: Paragraph, dialect: Dialect, latin: bool) -> None:
        self._old, self._dialect, self._latin = old, dialect, latin

    def nodes(self, parent: Any, nodes: list[Node]) -> None:
        for in_run, properties, element in nodes:
            if in_run:
                run = etree.SubElement(parent, self._dialect.run)
                if properties is not None:
                    run.append(copy.deepcopy(properties))
                run.append(element)
            else:
                parent.append(element)

    def run(self, parent: Any, text: str, stretch: Stretch | None) -> None:
        properties = self._old.base if stretch is None else stretch.properties
        run = etree.SubElement(parent, self._dialect.run)
        if properties is not None:
            run.append(own := copy.deepcopy(properties))
            own.tail = None
            if self._latin:
                self._dialect.latin(own)
        element = etree.SubElement(run, self._dialect.text)
        element.text = text
        if self._dialect.preserve and (text != text.strip() or "  " in text):
            element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def refill(old: Paragraph, new: Text, dialect: Dialect) -> None:
    """Puts another text into a paragraph of the tree. Things whose marks are missing go to its end (or stay first)."""
    text = one_line(new.text)
    places = _Places(old, text, new.marks)
    writer = _Writer(old, dialect, latin=EAST_ASIAN.search(text) is None)
    # Inner ones first (as they ended first): moving a large branch costs its whole size.
    for emptied in (*(span.inner for span in old.spans if span.inner is not None), old.element):
        for child in list(emptied):
            if child.tag not in dialect.kept:
                emptied.remove(child)
        emptied.text = None
    writer.nodes(old.element, old.head)
    parents: list[Any] = [old.element]
    stack: list[Span] = []

    def close(at: int) -> None:
        while stack and places.closing[stack[-1]] <= at:
            span = stack.pop()
            writer.nodes(parents.pop(), places.last[span])
            writer.nodes(parents[-1], span.after)

    cuts = places.cuts()
    for at, following in zip(cuts, [*cuts[1:], len(text)], strict=True):
        close(at)
        writer.nodes(parents[-1], places.middle.get(at, []))
        for span in places.opening.get(at, ()):
            writer.nodes(parents[-1], span.before)
            inner = parents[-1]
            if span.element is not None:
                parents[-1].append(span.element)
                inner = span.inner
            stack.append(span)
            parents.append(inner)
            writer.nodes(inner, places.first[span])
            close(at)
        if at < following and at not in places.dropped:
            writer.run(parents[-1], text[at:following], places.formats[at])
    writer.nodes(old.element, old.tail)
