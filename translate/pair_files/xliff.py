"""XLIFF 1.2 (trans-unit) and 2.x (segment): source and target; the document is the file's `original` (or its id)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lxml import etree

from translate.pair_files.base import Pair, PairFile
from translate.pair_files.xml_text import parse, plain_text_of, put_text, serialize, text_of


def read(data: bytes) -> PairFile:
    """The pairs; units without a target are named. Raises PairsError."""
    tree = parse(data)
    pairs: list[Pair] = []
    targets_at: list[etree._Element] = []
    problems: list[str] = []
    units = list(tree.iter("{*}trans-unit", "{*}segment"))
    for number, unit in enumerate(units, 1):
        source, target = unit.find("{*}source"), unit.find("{*}target")
        if source is None or target is None:
            problems.append(f"unit {unit.get('id') or number}: has no target; left as it is.")
            continue
        pairs.append(Pair(plain_text_of(source), text_of(target), _document(unit)))
        targets_at.append(target)

    def render(targets: Iterable[str]) -> Iterator[bytes]:
        for element, target in zip(targets_at, targets, strict=True):
            put_text(element, target)
        yield serialize(tree)

    return PairFile(pairs, len(pairs), problems, render)


def _document(unit: etree._Element) -> str:
    for parent in unit.iterancestors("{*}file"):
        return str(parent.get("original") or parent.get("id") or "")
    return ""
