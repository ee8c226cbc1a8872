"""TMX: units with a Chinese variant and no English one, which is added; as a document of a batch, not as a memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import ClassVar

from documents.formats.base import FormatError
from documents.formats.strings import one_line
from documents.formats.translation_files import Slot, TranslationFile, is_chinese, is_english, nothing_left
from documents.formats.xml_source import Edit, Element, Role, XmlSource, elements, indent_of, inline_texts

_ROLES: dict[str, Role] = {"hi": "pair", "bpt": "begin", "ept": "end"}
# As `translate memory` writes it, so that it is no person's English when it comes in there.
_STATE = ("x-zhengming-state", "machine")


class Tmx(TranslationFile):
    """A file of a translation memory, TMX 1.x."""

    name: ClassVar[str] = "tmx"
    title: ClassVar[str] = "Translation memory (TMX)"
    keeps: ClassVar[str] = (
        "units, properties, notes, inline tags, all variants in other languages, English that is there"
    )

    def slots(self, source: XmlSource) -> Iterator[Slot]:
        """The units with Chinese and without English. Raises FormatError."""
        if source.name != "tmx" or not source.version.startswith("1."):
            raise FormatError("is no TMX 1.x file; take one of TMX 1.4.")
        return _units(source)


def _language(variant: Element) -> str:
    return variant.given.get("xml:lang") or variant.given.get("lang") or ""


def _units(source: XmlSource) -> Iterator[Slot]:
    text = source.text
    any_left = any_chinese = False
    languages: list[str] = []
    for number, unit in enumerate(elements(text, frozenset(("tu",))), 1):
        variants = [child for child in unit.children if child.name == "tuv"]
        chinese = next((one for one in variants if is_chinese(_language(one))), None)
        languages += [_language(one) for one in variants]
        segment = chinese.child("seg") if chinese is not None else None
        if chinese is None or segment is None:
            continue
        any_chinese = True
        english = next((one for one in variants if is_english(_language(one))), None)
        empty = english.child("seg") if english is not None else None
        if english is not None and (empty is None or text[empty.inner : empty.inner_end].strip()):
            continue
        place = one_line(f"unit {unit.given.get('tuid', number)}")[:60]
        kept = segment.inherited("xml:space") == "preserve"
        found, _ = inline_texts(text, segment.inner, segment.inner_end, _ROLES, place, kept)
        if not found:
            continue
        any_left = True

        def put(
            content: str, unit: Element = unit, chinese: Element = chinese, empty: Element | None = empty
        ) -> Iterable[Edit]:
            first = next(child for child in unit.children if child.name == "tuv")
            stated = any(child.name == "prop" and child.given.get("type") == _STATE[0] for child in unit.children)
            if not stated:
                prop = f'<prop type="{_STATE[0]}">{_STATE[1]}</prop>'
                yield first.start, first.start, prop + indent_of(text, first.start)
            if empty is None:
                name = "xml:lang" if "xml:lang" in chinese.given else "lang"
                new = f'<tuv {name}="en"><seg>{content}</seg></tuv>'
                yield chinese.end, chinese.end, indent_of(text, chinese.start) + new
            elif empty.inner == empty.end:
                yield empty.start, empty.end, f"{text[empty.start : empty.end - 2].rstrip()}>{content}</seg>"
            else:
                yield empty.inner, empty.inner_end, content

        yield Slot(found, segment.inner, segment.inner_end, put)
    if not any_left:
        raise nothing_left(any_chinese, languages)
