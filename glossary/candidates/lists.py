"""Names that share a head: 北京、石家庄海关 names 北京海关 and 石家庄海关, 绥芬河、黑河、东宁等海关 three customs offices."""

from __future__ import annotations

import re
from collections.abc import Iterator

from glossary.candidates.base import CandidateText, Found, category_of
from glossary.candidates.places import is_place

_HEADS = "海关|口岸|核电站|核电厂|大学|自贸试验区|自由贸易试验区|综合保税区|总领事馆|检察院|法院"
_LIST = re.compile(
    rf"(?P<items>(?:[\u4e00-\u9fff]{{2,6}}、){{1,30}}[\u4e00-\u9fff]{{2,8}}?)(?P<more>等)?(?P<head>{_HEADS})"
)
_JOINT = re.compile(r"[和与及]|以及")


def find(candidate_text: CandidateText) -> Iterator[Found]:
    for hit in _LIST.finditer(candidate_text.folded):
        places = _places(hit.group("items"), sure=bool(hit.group("more")) and hit.group("head") in ("海关", "口岸"))
        if len(places) < 2:
            continue
        head = hit.group("head")
        for at, place in places:
            start = hit.start() + at
            whole = candidate_text.folded[start : start + len(place) + len(head)] == place + head
            yield Found(
                place + head,
                start,
                "list",
                f"shares its head in {hit.group()}",
                0.85,
                category_of(head),
                end=start + len(place) + len(head) if whole else 0,
            )


def _places(items: str, sure: bool) -> list[tuple[int, str]]:
    """The places at the end of the list with their offsets; none if its last item is no place.

    Where it is `sure` that places are listed (…等海关), one of them known is enough.
    """
    sure = sure and any(is_place(item) for item in items.split("、"))
    found: list[tuple[int, str]] = []
    at = len(items)
    for item in reversed(items.split("、")):
        at -= len(item)
        parts = [part for part in _JOINT.split(item) if part]
        if not parts or not all(is_place(part) or (sure and 2 <= len(part) <= 4) for part in parts):
            # The first item may have words before it that are not part of the list.
            tail = next((item[low:] for low in range(1, len(item) - 1) if is_place(item[low:])), "")
            if found and tail:
                found.append((at + len(item) - len(tail), tail))
            break
        found.extend((at + item.rindex(part), part) for part in parts)
        at -= 1
    return found[::-1]
