"""Brackets and quotation marks that are opened and not closed, or the other way round."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from translate.checks.base import Check
from translate.forcing.ledger import LedgerRow

_PAIRS = (("(", ")"), ("[", "]"), ("“", "”"), ("《", "》"))
_SOURCE_PAIRS = {"(": "（）()", "[": "【】[]〔〕", "“": "“”「」『』", "《": "《》"}
# "1)" and "a)" in a list close nothing; 5" is a length.
_LIST_MARK = re.compile(r"(?:^|[\s;,.:])(?:\d{1,2}|[a-zA-Z一二三四五六七八九十]|[ivxIVX]{1,4})$")
_QUOTES = re.compile('[“”「」『』"]')
_SMILE = re.compile(r"[:;]-?[()]")


def _find(source: str, target: str, ledger: Sequence[LedgerRow]) -> Iterator[str]:
    text = _SMILE.sub("", target)
    for opening, closing in _PAIRS:
        if not _is_balanced(text, opening, closing) and _is_source_balanced(source, _SOURCE_PAIRS[opening]):
            yield f"{opening} and {closing} do not match"
    quotes = len(_QUOTES.findall(source))
    # A quotation may run over several segments: only one that the source has whole is missed.
    if text.count('"') % 2 and quotes and quotes % 2 == 0 and not re.search(r"\d\s?\"", text):
        yield 'a quotation mark " has no partner'


def _is_balanced(text: str, opening: str, closing: str) -> bool:
    if opening not in text and closing not in text:
        return True
    depth = 0
    for at, char in enumerate(text):
        if char == opening:
            depth += 1
        elif char == closing:
            if depth:
                depth -= 1
            elif char != ")" or not _LIST_MARK.search(text[max(0, at - 8) : at]):
                return False
    return depth == 0


def _is_source_balanced(source: str, marks: str) -> bool:
    """Whether the source's own brackets of that kind match, in whatever width; quotation marks must be there at all."""
    opening = sum(source.count(mark) for mark in marks[::2])
    closing = sum(source.count(mark) for mark in marks[1::2])
    return opening == closing and (opening > 0 or "“" not in marks)


CHECK = Check(
    "brackets",
    "Brackets and quotes",
    "A bracket or quotation mark of the English has no partner.",
    "warning",
    _find,
    good=(
        ("海关（天津）", "Customs (Tianjin)"),
        ("他说：“好。”", 'He said, "Good."'),
        ("一）检查", "1) Inspection"),
    ),
    bad=(
        ("海关（天津）", "Customs (Tianjin"),
        ("他说：“好。”", 'He said, "Good.'),
        ("他说：“好。”", "He said, “Good."),
    ),
)
