"""Both languages as words for the phrase table, with figures, dates and names as classes that carry their own English."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from types import MappingProxyType

from translate.alignment.words import cut
from translate.engines.gloss.inflect import indefinite
from translate.engines.gloss.numerals import DIGITS, NUMERAL_CHARS, chinese_value, ordinal
from translate.engines.gloss.scan import MONTHS, scan

_NOTHING: Mapping[str, str] = MappingProxyType({})
# Classes, single characters of the private use area, so that they pass through any tokeniser as one word.
# A day is written *on*, a month or a year *in*.
NUMBER, ORDINAL, NUMERAL, PERCENT, TIME, NAME, DAY = "\ue000\ue001\ue002\ue003\ue004\ue005\ue006"
CLASSES = frozenset((NUMBER, ORDINAL, NUMERAL, PERCENT, TIME, NAME, DAY))

_ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_IN_WORDS = dict(enumerate(_ONES)) | {
    ten * 10 + one: _TENS[ten - 2] + (f"-{_ONES[one]}" if one else "") for ten in range(2, 10) for one in range(10)
}
_VALUE_OF = {word: value for value, word in _IN_WORDS.items() if value >= 10}
_SCALES = {"": 1, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}

_MONTH = "|".join(MONTHS)
_ENGLISH_TIME = re.compile(
    rf"\b(?:(?P<m1>{_MONTH})\s+(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\s+(?P<y1>[12]\d{{3}})\b)?"
    rf"|(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m2>{_MONTH})\b(?:,?\s+(?P<y2>[12]\d{{3}})\b)?"
    rf"|(?P<m3>{_MONTH}),?\s+(?:of\s+)?(?P<y3>[12]\d{{3}})\b|(?P<m4>{_MONTH})\b|(?P<y4>\b[12]\d{{3}})\b(?![\d.,]*\d))"
)
_ENGLISH_NUMBER = re.compile(
    rf"(?<![\w.])(?P<digits>\d+(?:,\d{{3}})*(?:\.\d+)?)(?:(?P<th>st|nd|rd|th)\b|\s*(?P<percent>%|per\s?cent\b)|\s+(?P<scale>thousand|million|billion|trillion)\b)?(?!\w)"
    rf"|\b(?P<word>{'|'.join(sorted(_VALUE_OF, key=len, reverse=True))})\b",
    re.IGNORECASE,
)
_ENGLISH = re.compile(
    r"[\ue000-\ue00f]|(?:[A-Za-z]\.){2,}|[^\W\d_]+(?=n't\b)|n't\b|'(?:s|re|ve|ll|d|m)\b|[^\W\d_]+|\d+(?:[.,:]\d+)*|\.\.\.|[^\w\s]|_"
)
_GLUED = re.compile(r"(?<=\w)[-/](?=\w)")
_GLUE = {"@-@": "-", "@/@": "/", "/": "/"}
_GLUE_OF = {"\ue00e": "@-@", "\ue00f": "@/@"}
# Many pages set figures off from Chinese with a blank: 10 月 5 日.
_AIRY = re.compile(
    r"(?<=[0-9%])[ \u00a0\u2009\u202f]+(?=[\u3400-\u9fff])|(?<=[\u3400-\u9fff])[ \u00a0\u2009\u202f]+(?=[0-9])"
)
_QUANTITY = re.compile(r"(\d[\d,]*(?:\.\d+)?)(?: (million|billion|trillion))?")


@dataclasses.dataclass(frozen=True, slots=True)
class Word:
    """A Chinese word of a sentence.

    `key`: as the phrase table knows it, a class or the word itself; `literal`: the same without classes; `english`:
    class of the English side → what stands for it.
    """

    key: str
    literal: str
    english: Mapping[str, str] = dataclasses.field(default_factory=lambda: _NOTHING)


def chinese(text: str) -> list[Word]:
    """The words of simplified `text`; white space is left out."""
    words: list[Word] = []
    for token in scan(_AIRY.sub("", text), _never):
        if token.pos == "space":
            continue
        if token.number == "hint" or (token.pos == "x" and token.en):
            words.append(Word(NAME, token.zh, {NAME: token.en}))
        elif token.pos == "t":
            mark = _time_class(_time_key(token.en))
            words.append(Word(mark, token.zh, {mark: token.en}))
        elif token.number == "%":
            words.append(Word(PERCENT, token.zh, {PERCENT: token.en}))
        elif token.number == "o":
            number = token.zh.removeprefix("第")
            words += [Word("第", "第"), Word(NUMBER, number, _forms(_plain(number)))]
        elif token.pos == "m":
            words.append(Word(NUMBER, token.zh, _forms(token.en)))
        elif token.pos == "w":
            words.append(Word(token.zh, token.zh))
        else:
            words += [Word(word, word) for word in cut(token.zh)]
    return words


def english(text: str, source: Sequence[Word] = ()) -> tuple[list[str], list[int]]:
    """(the words of English `text`, for each class among them the number of the word of `source` that it renders).

    What `source` has a class for, and `text` says too, becomes that class; its other classes stay words.
    """
    found_at: dict[str, list[int]] = {mark: [] for mark in CLASSES}
    unused: dict[object, list[int]] = {}
    for number, word in enumerate(source):
        if word.key == NUMBER:
            unused.setdefault(_quantity(word.english[NUMBER]), []).append(number)
        elif word.key == PERCENT:
            unused.setdefault(word.english[PERCENT], []).append(number)
        elif word.key in (TIME, DAY):
            unused.setdefault(_time_key(word.english[word.key]), []).append(number)

    def keep(mark: str, key: object, as_it_is: str) -> str:
        if not unused.get(key):
            return as_it_is
        found_at[mark].append(unused[key].pop(0))
        return mark

    # Class by class, so that within one the order is that of the text.
    names = [(word.english[NAME], number) for number, word in enumerate(source) if word.key == NAME]
    if names:
        where = {name: [at for other, at in names if other == name] for name, _ in names if name}
        longest = sorted(where, key=len, reverse=True)

        def as_name(hit: re.Match[str]) -> str:
            if not where[hit[0]]:
                return hit[0]
            found_at[NAME].append(where[hit[0]].pop(0))
            return NAME

        text = re.sub(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)", as_name, text)
    if any(word.key in (TIME, DAY) for word in source):
        text = _ENGLISH_TIME.sub(lambda hit: keep(_time_class(_time_of(hit)), _time_of(hit), hit[0]), text)
    if any(word.key in (NUMBER, PERCENT) for word in source):
        text = _ENGLISH_NUMBER.sub(lambda hit: keep(*_number_in(hit), hit[0]), text)
    words = _ENGLISH.findall(_GLUED.sub(lambda hit: {"-": " \ue00e ", "/": " \ue00f "}[hit[0]], text))
    opening = False
    links: list[int] = []
    for at, word in enumerate(words):
        if word == '"':
            opening = not opening
            words[at] = "“" if opening else "”"
        elif word in CLASSES:
            links.append(found_at[word].pop(0))
        else:
            words[at] = _GLUE_OF.get(word, word)
    return words, links


def written(words: Sequence[str]) -> str:
    """English words as a line of text: what `english` took apart put together again, its first letter large."""
    parts: list[str] = []
    glued = True
    for at, word in enumerate(words):
        # The point within a foreign name is Chinese usage; a Chinese dash is two.
        if 0 < at < len(words) - 1 and (word == "·" or (word == "-" == words[at - 1])):
            continue
        if word in _GLUE or (word == "-" and at and words[at - 1][-1:].isdigit()):
            parts.append(_GLUE.get(word, word))
            glued = True
            continue
        if not (glued or word in _CLOSING or (word.startswith("'") and len(word) > 1) or word == "n't"):
            parts.append(" ")
        if word in ("a", "an", "A", "An") and words[at + 1 : at + 2] and not words[at + 1].isupper():
            word = indefinite(words[at + 1]).capitalize() if word[0] == "A" else indefinite(words[at + 1])
        parts.append(_QUOTES.get(word, word))
        glued = word in _OPENING
    text = "".join(parts)
    first = next((at for at, char in enumerate(text) if char.isalnum()), None)
    return text if first is None else text[:first] + text[first].upper() + text[first + 1 :]


def within(words: Sequence[str]) -> str:
    """English words as they stand within a sentence."""
    return words[0][:1] + written(words)[1:] if words else ""


_CLOSING = frozenset(", . ; : ! ? ) ] } % ” … ...".split())
_OPENING = frozenset("( [ { “ $ £ €".split())
_QUOTES = {"“": '"', "”": '"'}


def _never(text: str, start: int, end: int) -> bool:
    return False


def _plain(number: str) -> str:
    value = chinese_value(number) if number[0] in NUMERAL_CHARS or number[0] in DIGITS else None
    return str(value) if value is not None else number


def _forms(written_number: str) -> Mapping[str, str]:
    """A number as an English text may write it: in digits, as an ordinal, in words."""
    forms = {NUMBER: written_number}
    if written_number.isdigit():
        value = int(written_number)
        forms[ORDINAL] = ordinal(value)
        if value in _IN_WORDS:
            forms[NUMERAL] = _IN_WORDS[value]
    return forms


def _quantity(text: str, scale: str = "") -> Decimal | None:
    found = _QUANTITY.search(text)
    if not found:
        return None
    try:
        return Decimal(found[1].replace(",", "")) * _SCALES[scale.lower() or found[2] or ""]
    except InvalidOperation:
        return None


def _number_in(found: re.Match[str]) -> tuple[str, object]:
    if found["word"]:
        return NUMERAL, Decimal(_VALUE_OF[found["word"].lower()])
    if found["percent"]:
        return PERCENT, f"{found['digits']}%"
    return ORDINAL if found["th"] else NUMBER, _quantity(found["digits"], found["scale"] or "")


def _time_of(found: re.Match[str]) -> tuple[str, str, str]:
    day = found["d1"] or found["d2"] or ""
    month = found["m1"] or found["m2"] or found["m3"] or found["m4"] or ""
    return (day, month, found["y1"] or found["y2"] or found["y3"] or found["y4"] or "")


def _time_class(time: tuple[str, str, str]) -> str:
    return DAY if time[0] else TIME


def _time_key(text: str) -> tuple[str, str, str]:
    found = _ENGLISH_TIME.fullmatch(text)
    return _time_of(found) if found else ("", "", text)
