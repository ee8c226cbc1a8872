"""The strings of a workbook with their runs: shared and inline ones, comments, words in charts and drawings."""

from __future__ import annotations

import bisect
import copy
import itertools
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from lxml import etree

from documents.formats.base import Mark, Text
from documents.formats.strings import chinese_lines, layers, line_texts, one_line

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")
_TO_ESCAPE = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")

# Words and the number of the run format that they are set in.
Piece = tuple[str, int]


def local(element: Any) -> str:
    """The name of an element without its namespace; "" for what is no element."""
    tag = element.tag
    return tag[tag.rfind("}") + 1 :] if isinstance(tag, str) else ""


def own_text(element: Any) -> str:
    """The characters that stand directly in an element."""
    text = element.text or ""
    return text + "".join(child.tail or "" for child in element) if len(element) else text


class RichString:
    """The words of one element: of `si`, `is` or a comment's `text`, of a paragraph of DrawingML, or of one in plain text."""

    def __init__(self, element: Any) -> None:
        self._element = element
        self._formats: list[Any] = []
        self._numbers: dict[bytes, int] = {}
        self._is_drawing = local(element) == "p"
        pieces = [(words, form) for words, form in self._read() if words]
        self._pieces: list[Piece] = _joined(pieces)
        self._starts = list(itertools.accumulate((len(words) for words, _ in self._pieces), initial=0))
        self.value = "".join(words for words, _ in self._pieces)
        self.spans = chinese_lines(self.value)
        self._usual = self._commonest()

    def _commonest(self) -> int:
        if len(self._pieces) < 2:
            return self._pieces[0][1] if self._pieces else self._number(None)
        counts: Counter[int] = Counter()
        for words, form in self._pieces:
            counts[form] += len(words)
        return counts.most_common(1)[0][0]

    def _number(self, properties: Any) -> int:
        key = b"" if properties is None else etree.tostring(properties, with_tail=False)
        if key not in self._numbers:
            self._numbers[key] = len(self._formats)
            self._formats.append(None if properties is None else copy.deepcopy(properties))
        return self._numbers[key]

    def _read(self) -> Iterable[Piece]:
        if self._is_drawing and any(local(child) not in _DRAWN for child in self._element):
            # A field in it, or what is not known: it stays as it is.
            return
        children = list(self._element)
        if not children and not self._is_drawing and local(self._element) not in ("si", "is"):
            yield self._words(self._element), self._number(None)
        for child in children:
            if local(child) == "t":
                yield self._words(child), self._number(None)
            elif local(child) in ("r", "br"):
                properties = next((inner for inner in child if local(inner) == "rPr"), None)
                words = "\n" if local(child) == "br" else ""
                words += "".join(self._words(inner) for inner in child if local(inner) == "t")
                yield words, self._number(properties)

    def _words(self, element: Any) -> str:
        words = own_text(element)
        return words if self._is_drawing else _ESCAPE.sub(lambda hit: chr(int(hit.group(1), 16)), words)

    def texts(self, place: str) -> list[Text]:
        """A text for each line with Chinese letters; a mark for each stretch that is not set as most of the string."""
        return [
            Text(text.text, tuple(marks), text.place)
            for text, (marks, _) in zip(
                line_texts(self.value, self.spans, place), (self._marks(*span) for span in self.spans), strict=True
            )
        ]

    def _marks(self, start: int, end: int) -> tuple[list[Mark], list[int]]:
        """The marks of a line, and the run format that each code means."""
        marks: list[Mark] = []
        formats: list[int] = []
        at = 0
        for words, form in self._between(start, end):
            if form != self._usual:
                marks.append(Mark(at, at + len(words), len(marks)))
                formats.append(form)
            at += len(words)
        return marks, formats

    def _between(self, start: int, end: int) -> list[Piece]:
        found = []
        for number in range(max(bisect.bisect_right(self._starts, start) - 1, 0), len(self._pieces)):
            first = self._starts[number]
            if first >= end:
                break
            words, form = self._pieces[number]
            cut = words[max(start - first, 0) : end - first]
            if cut:
                found.append((cut, form))
        return found

    def fill(self, texts: Mapping[int, Text], first: int) -> bool:
        """Write the texts from number `first` on in place of the lines; whether any was another."""
        pieces: list[Piece] = []
        at = 0
        changed = False
        for number, (start, end) in enumerate(self.spans, first):
            new = texts.get(number)
            if new is None or one_line(new.text) == one_line(self.value[start:end]):
                continue
            changed = True
            marks, formats = self._marks(start, end)
            pieces += self._between(at, start)
            old = Text(one_line(self.value[start:end]), tuple(marks))
            pieces += ((words, formats[codes[-1]] if codes else self._usual) for words, codes in layers(new, old))
            at = end
        if changed:
            pieces += self._between(at, len(self.value))
            self._pieces = _joined(pieces)
            self.value = "".join(words for words, _ in self._pieces)
            self._write()
        return changed

    def _write(self) -> None:
        element = self._element
        if not len(element):
            element.text = one_line(self.value)
            return
        last = element[-1] if self._is_drawing and local(element[-1]) == "endParaRPr" else None
        for child in list(element):
            if local(child) != "pPr" and child is not last:
                element.remove(child)
        new = self._drawn() if self._is_drawing else self._shared()
        at = len(element) - (last is not None)
        element[at:at] = list(new)

    def _tag(self, name: str) -> str:
        return f"{{{etree.QName(self._element).namespace or ''}}}{name}".removeprefix("{}")

    def _shared(self) -> Iterable[Any]:
        plain = len(self._pieces) <= 1 and all(self._formats[form] is None for _, form in self._pieces)
        for words, form in self._pieces or [("", self._number(None))]:
            run = etree.Element(self._tag("t"))
            run.text = _TO_ESCAPE.sub(lambda hit: f"_x{ord(hit.group()):04X}_", words)
            run.set(_SPACE, "preserve")
            yield run if plain or not self._pieces else self._run("r", form, run)

    def _drawn(self) -> Iterable[Any]:
        for words, form in self._pieces:
            for number, line in enumerate(words.split("\n")):
                if number:
                    yield self._run("br", form)
                if line:
                    inner = etree.Element(self._tag("t"))
                    inner.text = one_line(line)
                    yield self._run("r", form, inner)

    def _run(self, name: str, form: int, *inner: Any) -> Any:
        run = etree.Element(self._tag(name))
        if self._formats[form] is not None:
            run.append(copy.deepcopy(self._formats[form]))
        run.extend(inner)
        return run


_DRAWN = frozenset(("pPr", "r", "br", "endParaRPr"))


def _joined(pieces: Iterable[Piece]) -> list[Piece]:
    """Neighbours that are set alike as one."""
    return [
        ("".join(words for words, _ in group), form)
        for form, group in itertools.groupby(pieces, lambda piece: piece[1])
    ]
