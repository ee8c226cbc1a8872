"""A code in place of the name, put back after. The code is known again however an engine mangles it.

XT17X may come back as xt17x, X T 17 X, XT-17-X, X.T.17.X, XT17, ＸＴ１７Ｘ, XT seventeen X, twice, or not at all. The numbers differ
from segment to segment, so that a code from another segment's answer never becomes a name of this one.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Sequence

from translate.engines.base import Engine
from translate.forcing.carriers.base import Carrier, written_in
from translate.forcing.ledger import Occurrence

# Capital letters around a number: engines leave this alone more often than any symbol.
_LETTERS = ("XT", "QZ", "ZK", "VQ")
_ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
_TENS = "_ _ twenty thirty forty fifty sixty seventy eighty ninety".split()
_SPAN = 80
_GAP = r"[\s\-_.·#*]*"


def number_words() -> list[str]:
    """The numbers from 0 to 19 in words, as an engine may spell them out."""
    return list(_ONES)


def _letters(source: str) -> str:
    """Two letters that the source does not hold itself."""
    return next((letters for letters in _LETTERS if letters.lower() not in source.lower()), _LETTERS[-1])


def _first(source: str) -> int:
    return zlib.crc32(source.encode("utf-8", "surrogatepass")) % 10 * _SPAN


def code(source: str, index: int) -> str:
    """The code of the index-th name of a source text."""
    letters = _letters(source)
    return f"{letters}{_first(source) + index}{letters[0]}"


def _pattern(letters: str) -> re.Pattern[str]:
    one, two = letters[0], letters[1]
    said = "|".join([*_TENS[2:], *reversed(_ONES)])
    digits = r"\d(?:\s?\d){0,3}"
    number = rf"({digits}|(?:{said})(?:[\s-]+(?:{said}))?)"
    return re.compile(
        rf"(?<![A-Za-z0-9]){one}{_GAP}{two}{_GAP}{number}(?:{_GAP}{one})?(?![A-Za-z0-9])"
        rf"|(?<![A-Za-z0-9]){one}?{_GAP}{two}{_GAP}({digits}){_GAP}{one}(?![A-Za-z0-9])",
        re.IGNORECASE,
    )


def _value(said: str) -> int:
    """The number that a code came back with, in digits or in words; -1 for none."""
    if said[0].isdigit():
        return int("".join(said.split()))
    value = 0
    for word in re.split(r"[\s-]+", said.lower()):
        value += _TENS.index(word) * 10 if word in _TENS[2:] else _ONES.index(word)
    return value


def _send(source: str, occurrences: Sequence[Occurrence], engine: Engine) -> str:
    return written_in(source, occurrences, [code(source, index) for index in range(len(occurrences))])


def _receive(source: str, answer: str, occurrences: Sequence[Occurrence]) -> str:
    """The answer with names for codes; a code that is doubled or belongs to no name here becomes nothing."""
    first, seen = _first(source), set[int]()

    def name(hit: re.Match[str]) -> str:
        index = _value(hit.group(1) or hit.group(2)) - first
        if not 0 <= index < len(occurrences) or index in seen:
            return ""
        seen.add(index)
        return occurrences[index].expected

    text = "".join(unicodedata.normalize("NFKC", c) if "！" <= c <= "～" and c.isalnum() else c for c in answer)
    return re.sub(r"[ \t]{2,}", " ", _pattern(_letters(source)).sub(name, text))


CARRIER = Carrier("placeholder", _send, _receive)
