"""English names written into the Chinese sentence between ⟦ and ⟧, and whether "the" belongs before them."""

from __future__ import annotations

import re

OPEN, CLOSE = "⟦", "⟧"

# Head words of names that take the article in English running text.
_HEADS = frozenset(
    "academy accord administration agency agreement alliance area arrangement assembly association authority bank belt "
    "board branch bureau cabinet center centre charter chamber coalition college commission committee community company "
    "conference congress consortium constitution consulate convention corporation corridor council court declaration "
    "delegation department directorate division embassy expo exhibition facility federation festival fleet force forum "
    "foundation framework fund games government group guidelines headquarters hub initiative institute institution "
    "laboratory league mechanism meeting memorandum ministry mission museum network office organisation organization "
    "outline parliament partnership party plan plant platform port press procuratorate programme program project protocol "
    "provisions reactor region registry regulations republic road roundtable rules school secretariat section senate "
    "service services session society standard station strategy summit symposium system team treaty tribunal "
    "union unit university workshop zone".split()
)
_BARE_LAST = frozenset("customs university college school academy hospital airport street square".split())
_WORD = re.compile(r"[^\W\d_]+(?:[-'’.][^\W\d_]+)*")
_DETERMINED = re.compile(r"(?:the|a|an|this|that|its|their|our|his|her|my|your)\b|.*?'s\b", re.IGNORECASE)
_SECTION = re.compile(r" (?:of|for|on|in|to|against|under|between|with)\b|[,(（—–]")


def needs_article(name: str) -> bool:
    """Whether running English puts "the" before `name`.

    True for bodies and acts headed by a common noun (International Atomic Energy Agency, Ministry of Finance,
    University of Oxford, Belt and Road Initiative); False for customs districts (China Customs), persons, places,
    names with an article or possessive of their own, acronyms, and a university or school named "X University".
    """
    if not name or not name[0].isupper() or _DETERMINED.match(name):
        return False
    head_part = _SECTION.split(name, maxsplit=1)[0]
    has_complement = re.search(r"\b(?:of|for|on|against)\b", name) is not None
    words = _WORD.findall(head_part)
    if not words:
        return False
    head = words[-1].lower()
    if head not in _HEADS and head.endswith("s"):
        head = head.removesuffix("s")
    if head in _BARE_LAST:
        return has_complement
    if len(words) == 1:
        return has_complement and head in _HEADS
    return head in _HEADS and not all(word.isupper() for word in words)
