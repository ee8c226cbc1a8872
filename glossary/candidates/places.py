"""Which words are places: those of the authority file, and what jieba's dictionary lists as places."""

from __future__ import annotations

import functools

from glossary.authority import authority
from glossary.words import word_tags

_UNITS = ("特别行政区", "自治区", "自治州", "自治县", "省", "市", "县", "州", "区", "盟", "旗", "镇")


@functools.cache
def known_places() -> frozenset[str]:
    """Every form of the places of the authority file, with and without 省, 市 …"""
    forms = {form for concept in authority() if concept.category == "place" for form in concept.sources}
    bare = {form.removesuffix(unit) for form in forms for unit in _UNITS if len(form) > len(unit) + 1}
    return frozenset(forms | bare)


def is_place(word: str) -> bool:
    """Whether `word` as a whole names a place."""
    if word in known_places() or word_tags().get(word) in ("ns", "nsf"):
        return True
    bare = next((word.removesuffix(unit) for unit in _UNITS if word.endswith(unit) and len(word) > len(unit) + 1), "")
    return bool(bare) and (bare in known_places() or word_tags().get(bare) in ("ns", "nsf"))
