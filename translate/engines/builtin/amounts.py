"""Amounts in tags, with the figures that English has for them, which the model obeys: by itself it makes 230 billion of 2.3亿.

Only where it is needed: what is tagged is copied, and 十六 is hexadecimal in one text and Louis XVI in another."""

from __future__ import annotations

import re
from collections.abc import Iterator

from documents.script import to_simplified_characters
from translate.checks import numbers
from translate.engines.gloss.numerals import chinese_value
from translate.engines.gloss.scan import scan
from translate.engines.tags import outside_terms, with_tags

# What English counts otherwise.
_SCALE = re.compile("[万亿萬億]")
_NUMBERED = frozenset("条款章节编项号")


def with_amounts(source: str, english: str | None = None) -> str:
    """`source` with tags around its amounts in 万 and 亿 and, of the others, those that `english` gets wrong, if that is given;
    terms that are tagged stay so."""
    return outside_terms(source, lambda text: _tagged(text, english))


def _tagged(text: str, english: str | None) -> str:
    amounts = _amounts(to_simplified_characters(text))
    return with_tags(text, (amount for amount in amounts if _is_told(text[amount[0] : amount[1]], english)))


def _is_told(amount: str, english: str | None) -> bool:
    return bool(_SCALE.search(amount)) or (english is not None and any(numbers.CHECK.find(amount, english, ())))


def _amounts(text: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, English) of each, ordinals too."""
    at = 0
    for token in scan(text, lambda *_: False):
        start = text.index(token.zh, at)
        at = start + len(token.zh)
        if token.pos != "m" or not token.en:
            continue
        if token.number == "o" and text[at : at + 1] in _NUMBERED:
            # Article 23, not the 23rd.
            yield start + 1, at, str(chinese_value(token.zh[1:]) or token.zh[1:])
        else:
            yield start, at, token.en
