"""PowerPoint presentations: slides with their tables, groups, SmartArt and charts, and the speaker's notes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from documents.formats.base import Format, FormatError, Text
from documents.formats.ooxml import Dialect, Draft, Paragraph, format_key, own_text
from documents.formats.ooxml_parts import Found, filled, relations, texts_of
from documents.formats.packed import Package
from documents.formats.xml import parse_xml

_EDITIONS = {
    "http://schemas.openxmlformats.org/presentationml/2006/main": (
        "{http://schemas.openxmlformats.org/drawingml/2006/main}",
        "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}",
    ),
    "http://purl.oclc.org/ooxml/presentationml/main": (
        "{http://purl.oclc.org/ooxml/drawingml/main}",
        "{http://purl.oclc.org/ooxml/officeDocument/relationships}",
    ),
}
# Of these attributes and elements of run properties none can be seen.
_UNSEEN = frozenset("lang altLang dirty err smtClean noProof bmk".split())


def _latin(properties: Any) -> None:
    """A text in English marked as Chinese would get its quotation marks from the East Asian font."""
    if properties.get("lang", "").lower().startswith(("zh", "ja", "ko")):
        properties.set("lang", "en-US")
        properties.attrib.pop("altLang", None)
    properties.attrib.pop("err", None)


class Pptx(Format):
    """PowerPoint presentations (Office Open XML, both editions), with macros or without; macros are never run."""

    name: ClassVar[str] = "pptx"
    title: ClassVar[str] = "PowerPoint presentation"
    keeps: ClassVar[str] = (
        "layouts, pictures, tables, charts, SmartArt, animations, notes, links, bold and other formats of words"
    )

    def read(self, data: bytes) -> list[Text]:
        """The texts slide by slide, the notes of each after it."""
        return [found.text for found in _Deck(Package(data)).found()]

    def fill(self, data: bytes, texts: Mapping[int, Text]) -> bytes:
        """The same presentation with other texts."""
        deck = _Deck(package := Package(data))
        found = list(deck.found())
        return filled(package, deck.trees, found, texts, deck.dialect)


class _Deck:
    """The parts of a presentation with text in them."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self.trees: dict[str, Any] = {}
        self._main = next((one.target for one in relations(package, "") if one.kind == "officeDocument"), "")
        if not self._main:
            raise FormatError("is not a PowerPoint presentation; it lacks its main part.")
        self._root = parse_xml(package.read(self._main)).getroot()
        space, _, name = self._root.tag.rpartition("}")
        if name != "presentation" or space[1:] not in _EDITIONS:
            raise FormatError("is not a PowerPoint presentation; check its name.")
        self._slide_id = space + "}sldIdLst/" + space + "}sldId"
        self._space, self._relation = _EDITIONS[space[1:]]
        kept = frozenset({self._space + "pPr"})
        self.dialect = Dialect(self._space + "p", self._space + "r", self._space + "t", kept, _latin, preserve=False)
        self._hidden = _UNSEEN | {self._space + "extLst"}

    def found(self) -> Iterator[Found]:
        """The texts in the order of the slides."""
        slides = {one.id: one.target for one in relations(self._package, self._main) if one.kind == "slide"}
        order = [slides.get(element.get(self._relation + "id", "")) for element in self._root.iterfind(self._slide_id)]
        for number, slide in enumerate(order, 1):
            if slide is None:
                continue
            place = f"slide {number}"
            yield from self._texts(slide, place)
            linked = relations(self._package, slide)
            shown: list[Found] = []
            for one in linked:
                if one.kind in ("diagramData", "chart"):
                    shown += self._texts(one.target, place)
            for one in linked:
                if one.kind == "diagramDrawing":
                    shown += self._drawn(one.target, place, shown)
            yield from shown
            for one in linked:
                if one.kind == "notesSlide":
                    yield from self._texts(one.target, f"notes of {place}")

    def _texts(self, part: str, place: str) -> Iterator[Found]:
        if part in self.trees:
            return
        tree = self.trees[part] = parse_xml(self._package.read(part))
        yield from texts_of(tree.getroot(), part, self._take, self.dialect.paragraph, {}, place)

    def _drawn(self, part: str, place: str, shown: list[Found]) -> list[Found]:
        """Lets the picture of a diagram, that PowerPoint shows, follow the diagram; the texts that only it has."""
        waiting: dict[str, list[Found]] = {}
        for one in reversed(shown):
            waiting.setdefault(one.text.text, []).append(one)
        own = []
        for drawn in self._texts(part, place):
            same = waiting.get(drawn.text.text)
            if same:
                one = same.pop() if len(same) > 1 else same[0]
                one.repeats += [(part, drawn.paragraph), *drawn.repeats]
            else:
                own.append(drawn)
        return own

    def _take(self, element: Any) -> Paragraph:
        draft, space = Draft(element), self._space
        for child in element:
            if child.tag == self.dialect.run:
                properties = child.find(space + "rPr")
                key = format_key(properties, self._hidden)
                for text in child.iterfind(self.dialect.text):
                    draft.add(own_text(text), key, properties)
            elif child.tag == space + "endParaRPr":
                draft.made.tail.append((False, None, child))
            elif child.tag != space + "pPr" and isinstance(child.tag, str):
                draft.thing([(False, None, child)], spaced=child.tag == space + "br")
        return draft.finish()
