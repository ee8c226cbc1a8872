"""TMX: units with a Chinese and an English variant; a <prop type="document"> (or x-document) names the document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lxml import etree

from translate.pair_files.base import Pair, PairFile
from translate.pair_files.xml_text import parse, plain_text_of, put_text, serialize, text_of

_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def read(data: bytes) -> PairFile:
    """The pairs; units without both languages are named. Raises PairsError."""
    tree = parse(data)
    pairs: list[Pair] = []
    segments: list[etree._Element] = []
    problems: list[str] = []
    for number, unit in enumerate(tree.iter("{*}tu"), 1):
        found: dict[str, etree._Element] = {}
        for variant in unit.iterfind("{*}tuv"):
            language = (variant.get(_LANGUAGE) or variant.get("lang") or "").lower()[:2]
            segment = variant.find("{*}seg")
            if segment is not None:
                found.setdefault(language, segment)
        if "zh" not in found or "en" not in found:
            problems.append(f"unit {number}: has not both a Chinese and an English variant; left as it is.")
            continue
        pairs.append(Pair(plain_text_of(found["zh"]), text_of(found["en"]), _document(unit)))
        segments.append(found["en"])

    def render(targets: Iterable[str]) -> Iterator[bytes]:
        for segment, target in zip(segments, targets, strict=True):
            put_text(segment, target)
        yield serialize(tree)

    return PairFile(pairs, len(pairs), problems, render)


def _document(unit: etree._Element) -> str:
    for prop in unit.iterfind("{*}prop"):
        if (prop.get("type") or "").lower() in ("document", "x-document"):
            return (prop.text or "").strip()
    return ""
