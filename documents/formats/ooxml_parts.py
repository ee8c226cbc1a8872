"""The parts of a Word or PowerPoint file: how they are related, and the texts in each."""

from __future__ import annotations

import dataclasses
import posixpath
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from lxml import etree

from documents.formats.base import FormatError, Text
from documents.formats.ooxml import Dialect, Paragraph, refill
from documents.formats.packed import Package
from documents.formats.xml import parse_xml, xml_bytes

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


@dataclasses.dataclass(eq=False, slots=True)
class Found:
    """A text of a part, with its paragraph and those that repeat it for older programs."""

    text: Text
    paragraph: Paragraph
    part: str
    repeats: list[tuple[str, Paragraph]] = dataclasses.field(default_factory=list)


Taker = Callable[[Any], Paragraph]


def texts_of(root: Any, part: str, take: Taker, tag: str, places: Mapping[str, str], place: str) -> Iterator[Found]:
    """The texts of a part in order. `places`: what to call a text within an element of that tag.

    What stands in mc:Fallback repeats mc:Choice: such a paragraph goes with the one of the same text.
    """
    alternatives = fallbacks = 0
    inside: list[str] = []
    since: defaultdict[str, list[Found]] = defaultdict(list)
    used: Counter[str] = Counter()
    choice, fallback = _MC + "AlternateContent", _MC + "Fallback"
    for event, element in etree.iterwalk(root, events=("start", "end"), tag=(tag, choice, fallback, *places)):
        name = element.tag
        step = 1 if event == "start" else -1
        if name == choice:
            alternatives += step
            if alternatives == 0:
                since.clear()
        elif name == fallback:
            fallbacks += step
            used.clear()
        elif name != tag:
            if step > 0:
                inside.append(places[name])
            else:
                inside.pop()
        elif step > 0:
            paragraph = take(element)
            if not paragraph.text or paragraph.text.isspace():
                continue
            same = since.get(paragraph.text)
            marks = paragraph.marks()
            if fallbacks and same:
                same[min(used[paragraph.text], len(same) - 1)].repeats.append((part, paragraph))
                used[paragraph.text] += 1
                continue
            found = Found(Text(paragraph.text, marks, inside[-1] if inside else place), paragraph, part)
            if alternatives:
                since[paragraph.text].append(found)
            yield found


@dataclasses.dataclass(frozen=True)
class Relation:
    """A relation of a part: its id, the last word of its type, and the part it leads to."""

    id: str
    kind: str
    target: str


def relations(package: Package, part: str) -> list[Relation]:
    """The relations of a part ("" for the package) to other parts that are there; outside targets are left out."""
    folder, base = posixpath.split(part)
    name = posixpath.join(folder, "_rels", base + ".rels")
    if not package.has(name):
        return []
    found = []
    for element in parse_xml(package.read(name)).iter(_RELATION):
        target = element.get("Target", "")
        path = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        if element.get("TargetMode") != "External" and package.has(path):
            kind = element.get("Type", "").rpartition("/")[2]
            found.append(Relation(element.get("Id", ""), kind, path))
    return found


def filled(
    package: Package, trees: Mapping[str, Any], found: list[Found], texts: Mapping[int, Text], dialect: Dialect
) -> bytes:
    """The package with other texts, by their number in `found`; a part without a change stays byte for byte."""
    changed: set[str] = set()
    for number, new in texts.items():
        if not 0 <= number < len(found):
            raise FormatError(f"has no text number {number}; read it again.")
        one = found[number]
        if new.text == one.text.text and set(new.marks) == set(one.text.marks):
            continue
        for part, paragraph in ((one.part, one.paragraph), *one.repeats):
            refill(paragraph, new, dialect)
            changed.add(part)
    return package.replaced({part: xml_bytes(trees[part]) for part in changed})
