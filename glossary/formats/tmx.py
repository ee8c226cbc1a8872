"""TMX 1.4b: a translation unit for each Chinese form of a concept, its preferred English beside it.

The first unit of a concept holds its other fields as properties (`x-zhengming-…`), the units of its variants say whose
variants they are, so that the concept comes back whole. Concepts without English have no unit: TMX pairs texts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from lxml import etree

from glossary.concept import Concept
from glossary.csv_file import GlossaryError, Problem, join_list, split_list
from glossary.formats.base import Read, Written, left_out_sentence, number_of, without_unwritable
from glossary.formats.fields import fields_of, is_line, line_of
from glossary.formats.pairs import Pair
from glossary.formats.xml_entries import children, entries, escape, language_of, looks_like_xml, root_name, text_of

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<tmx version="1.4">
  <header creationtool="Zhengming" creationtoolversion="1" segtype="phrase" o-tmf="Zhengming glossary" \
adminlang="en" srclang="{zh}" datatype="plaintext"/>
  <body>
"""
_FOOT = "  </body>\n</tmx>\n"
_PREFIX = "x-zhengming-"
_TEXTS = ("acronym", "scope", "context")
_LISTS = ("source_variants", "target_variants", "forbidden")


class TMX:
    """The registry's entry."""

    name = "tmx"
    suffixes = (".tmx",)

    def write(self, concepts: Sequence[Concept], suffix: str = "") -> Written:
        """All concepts that have English."""
        kept, left_out = without_unwritable(concepts)
        bare = [(number_of(at), concept.source) for at, concept in kept if not concept.target]
        if bare:
            left_out = (*left_out, left_out_sentence("TMX pairs texts and they have no English", bare))
        paired = [concept for _, concept in kept if concept.target]
        units = "".join(unit for concept in paired for unit in _units(concept))
        return Written((_HEAD.format(zh="zh-CN") + units + _FOOT).encode(), len(paired), left_out)

    def knows(self, data: bytes, suffix: str) -> bool:
        """Any TMX."""
        return looks_like_xml(data) and (suffix == ".tmx" or root_name(data) == "tmx")

    def read(self, data: bytes) -> Read:
        """Our concepts whole; of a stranger's TMX, a concept for each unit that is Chinese and English."""
        found = Read([], [])
        number = 0
        for number, unit in enumerate(entries(data, ("tu",), "TMX"), 1):
            texts = _texts(unit)
            properties = dict(_properties(unit))
            if not texts.get("zh") or not texts.get("en"):
                found.problems.append(Problem(number, "is not a pair of Chinese and English and was left out."))
            elif "variant-of" not in properties:
                found.concepts.append(_concept(unit, texts, properties))
        if not number:
            raise GlossaryError("has no translation units; is it a TMX file?")
        return found


def render_pairs(pairs: Iterable[Pair]) -> str:
    """TMX of bare pairs under the language codes zh and en."""
    units = "".join(_unit(pair.source, pair.target, (), "zh") for pair in pairs)
    return _HEAD.format(zh="zh") + units + _FOOT


def _units(concept: Concept) -> Iterator[str]:
    properties = [(name, getattr(concept, name)) for name in _TEXTS]
    properties += [(name, join_list(getattr(concept, name))) for name in _LISTS]
    properties += [("fields", line_of(concept)), ("note", concept.note)]
    yield _unit(concept.source, concept.target, properties)
    for form in concept.source_variants:
        yield _unit(form, concept.target, [("variant-of", concept.source)])


def _unit(source: str, target: str, properties: Iterable[tuple[str, str]], chinese: str = "zh-CN") -> str:
    about = "".join(
        f"      <note>{escape(text)}</note>\n"
        if name == "note"
        else f'      <prop type="{_PREFIX}{name}">{escape(text)}</prop>\n'
        for name, text in sorted(properties, key=lambda item: item[0] != "note")
        if text
    )
    return (
        f'    <tu>\n{about}      <tuv xml:lang="{chinese}"><seg>{escape(source)}</seg></tuv>\n'
        f'      <tuv xml:lang="en"><seg>{escape(target)}</seg></tuv>\n    </tu>\n'
    )


def _texts(unit: etree._Element) -> dict[str, str]:
    """The first text of each language of a unit."""
    texts: dict[str, str] = {}
    for variant in children(unit, "tuv"):
        texts.setdefault(language_of(variant), next((text_of(segment) for segment in children(variant, "seg")), ""))
    return texts


def _properties(unit: etree._Element) -> Iterator[tuple[str, str]]:
    for element in children(unit, "prop"):
        kind = element.get("type") or ""
        if kind.startswith(_PREFIX):
            yield kind.removeprefix(_PREFIX), text_of(element)


def _concept(unit: etree._Element, texts: dict[str, str], properties: dict[str, str]) -> Concept:
    line = properties.get("fields", "")
    values: dict[str, Any] = fields_of(line) if is_line(line) else {}
    values |= {name: properties[name] for name in _TEXTS if name in properties}
    values |= {name: split_list(properties[name]) for name in _LISTS if name in properties}
    note = "; ".join(text_of(note) for note in unit.iterchildren("{*}note"))
    return Concept(source=texts["zh"], target=texts["en"], note=note, **values)
