"""Sense by context: 核安全 is nuclear security beside 核安保, nuclear safety beside 核电; 我关 is the office that speaks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from glossary.concept import Concept

_SECURITY = re.compile(r"核安保|核恐怖|非法贩运|核安全峰会|核走私|核材料.{0,6}保护|nuclear security")
_SAFETY = re.compile(r"核与辐射|核电|核设施|监督站|营运单位|核应急|核事故|反应堆|nuclear safety")
# How a body names itself or the one above it, by the head of its name; not 我关心, 本局面.
_SELF = re.compile(
    r"(?:我|本)(?P<head>关|局|署|院|站|所|会)(?![心注切系于键闭乎联头面名长内部子有议场谈期员校线])|(?<![\u4e00-\u9fff])(?P<whole>总署|总局)(?![长])"
)
_HEADS = {"关": "海关", "局": "局", "署": "署", "院": "院", "站": "站", "所": "所", "会": "会"}
_BODIES = ("agency", "international_org", "facility_lab")


def nuclear_sense(text: str) -> str:
    """English of 核安全 in `text` where it is not safety: "Nuclear Security"; "" for safety, the commoner."""
    return "Nuclear Security" if len(_SECURITY.findall(text)) > len(_SAFETY.findall(text)) else ""


def names_itself(text: str) -> bool:
    """Whether a body speaks of itself or of the one above it in `text`."""
    return bool(_SELF.search(text))


def speaks_for_itself(document: str, text: str, standing: Iterable[Concept]) -> list[Concept]:
    """Concepts for 我关, 本局, 总署 … in this document: the body with that head that is named most, if one clearly is.

    `standing` holds a concept for each of its occurrences in the document.
    """
    said = {hit.group(): hit.group("head") or hit.group() for hit in _SELF.finditer(text)}
    if not said:
        return []
    counts = Counter(concept for concept in standing if concept.category in _BODIES and concept.target)
    made = []
    for form, head in said.items():
        ending = _HEADS.get(head, head)
        fitting = [(count, c) for c, count in counts.most_common() if c.source.endswith(ending) and c.source != form]
        if not fitting or (len(fitting) > 1 and fitting[0][0] < 2 * fitting[1][0]):
            continue
        full = fitting[0][1]
        made.append(
            Concept(
                source=form,
                target=full.target,
                target_variants=full.accepted[1:],
                category=full.category,
                status="candidate",
                origin="composed",
                confidence=round(0.6 * full.confidence, 3),
                scope=document,
                note=f"by context: {full.source}, named {fitting[0][0]} times here",
            )
        )
    return made
