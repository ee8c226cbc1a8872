"""Junk inside words: private-use characters, symbols and single letters put between Chinese characters, stray commas.

海@关#总%署, 核4安V*保: a place counts as damaged when, with the junk away, a dictionary word stands across the joint.
Junk goes where the document shows the process; elsewhere it is proposed to a person.
"""

from __future__ import annotations

import functools
import re
import string
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from documents.edits import Edit, apply_edits
from documents.noise.base import NoiseKind, is_han
from documents.noise.characters import HAN, CharacterSet, follow, matches
from documents.noise.dictionary import across, ends_word, words
from documents.script import to_simplified_characters

_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010fffd]+")
_PRIVATE_ANY = CharacterSet.ranges(("\ue000", "\uf8ff"), astral=True)
_COMMAS = CharacterSet(",，")
_PUNCTUATION = CharacterSet("。！？；：，,;!?")
_COMMA = re.compile(
    r"[,，](?:[,，](?=[。！？；：]))?(?=[。！？；：，](?:[^。！？；：，、,]|\Z)|[,;!?](?:[^,.;!?\w]|[\u4e00-\u9fff]|\Z))"
)
_SYMBOLS = r"@#~%^&*_=+|$\\`¤§※"
_INSERT = re.compile(rf"(?:[0-9A-Za-z]?[{_SYMBOLS}]{{1,3}}[0-9A-Za-z]?|[0-9A-Za-z])(?=[\u4e00-\u9fff])")
_INSERTED = CharacterSet("@#~%^&*_=+|$\\`¤§※" + string.ascii_letters + string.digits)
_PER_CENT = re.compile("[0-9][%°]")
# A symbol that writers put between words.
_INFIX = frozenset("+|&_=~")
# What a number or a letter goes together with: 3家, 5月, A股, T恤, X光.
_UNITS = frozenset(
    "年月日号时分秒点个项名人次届期批家种条件位天周元角万亿千百十倍成级类层楼岁句段章节款组队班所处座栋台架辆艘只头匹口户间套份页张本册部篇首支根块片颗粒滴米里公厘毫吨克斤升亩度代轮场局盘强大小多余来几版路线区县市省国省月旬季站室院排列行线起宗案集回步环维性核极阶者股恤光超型馆轴幢证照轮货罩牌谱波射键值因族系码字歌打金后前"
)
_MANY = 3
_COMMON = 20


class _Place(NamedTuple):
    start: int
    end: int
    insert: str
    word: str
    symbol: bool
    usual: bool


def find(text: str) -> Iterator[Edit]:
    if _PRIVATE_ANY.meets(text):
        for hit in _PRIVATE.finditer(text):
            yield _edit(hit.start(), hit.end(), "private-use characters", 0.95)
    yield from _commas(text)
    if inserts := _places(text):
        yield from _inserted(inserts)
    yield from _rare(text)


def _commas(text: str) -> Iterator[Edit]:
    for hit in matches(_COMMA, text, follow(text, _COMMAS, _PUNCTUATION)):
        before = text[hit.start() - 1 : hit.start()]
        if is_han(before) or before in "”》）)】’":
            yield _edit(*hit.span(), "comma before other punctuation", 0.9)


def _edit(start: int, end: int, reason: str, confidence: float, applied: bool = True) -> Edit:
    return Edit(start, end, "", "junk", reason, confidence, applied)


def _places(text: str) -> list[_Place]:
    """Every symbol, letter or digit that stands singly between two Chinese characters."""
    behind_han = (at + 1 for at in follow(text, HAN, _INSERTED))
    spans = [hit.span() for hit in matches(_INSERT, text, behind_han) if not _PER_CENT.match(hit.group())]
    if not spans:
        return []
    # All inserts away, so that one does not hide the word that another one splits.
    squeezed = apply_edits(text, [Edit(start, end, "", "", "") for start, end in spans])
    found = []
    gone = 0
    for start, end in spans:
        joint = start - gone
        gone += end - start
        found.append(
            _place(start, end, text[start:end], squeezed[max(0, joint - 5) : joint], squeezed[joint : joint + 5])
        )
    return found


def _place(start: int, end: int, insert: str, left: str, right: str) -> _Place:
    word = _joined(left, right)
    symbol = not insert.isalnum()
    usual = all(char in _INFIX for char in insert) if symbol else _is_usual(insert, left, right, word)
    return _Place(start, end, insert, word, symbol, usual)


@functools.lru_cache(maxsize=4096)
def _joined(left: str, right: str) -> str:
    return across(left + right, len(left), 2)


def _is_usual(insert: str, left: str, right: str, word: str) -> bool:
    """Whether the letter or digit reads as meant: before a unit, or part of a dictionary word itself."""
    known = words()
    if insert + right[:1] in known or left[-1:] + insert in known or insert + right[:2] in known:
        return True
    if left[-1:] in "第年月日共近约达有增至为超和与及件表图式例题册卷章条款项" or right[:1] == "第":
        return True
    return right[:1] in _UNITS and (len(word) < 3 or insert.isalpha() or ends_word(left, len(left)))


def _inserted(places: list[_Place]) -> Iterator[Edit]:
    """Symbols and letters that split words, applied where the document shows several such places."""
    symbols = [place for place in places if place.symbol]
    letters = [place for place in places if not place.symbol and not place.usual]
    split = [place for place in symbols if place.word]
    # Of places chosen at random nearly half split a word.
    sure_symbols = len(split) >= _MANY and len(split) * 3 >= len(symbols)
    splitters = {place.insert for place in split}
    cut = [place for place in letters if place.word]
    varied = len({place.insert for place in cut}) >= _MANY
    sure_letters = bool(cut) and (sure_symbols or varied) and len(cut) * 5 >= len(letters) * 2
    for place in symbols:
        applied = sure_symbols and bool(place.word or not place.usual or place.insert in splitters)
        if applied or place.word:
            yield _edit(place.start, place.end, _reason("symbol", place), 0.95 if applied else 0.5, applied)
    # Where the process is plain, a digit with no unit behind it has no meaning; a letter that comes back may have.
    seen = Counter(place.insert for place in letters)
    for place in letters:
        applied = sure_letters and bool(place.word or place.insert.isdigit() or (varied and seen[place.insert] == 1))
        if applied or place.word:
            yield _edit(place.start, place.end, _reason("letter or digit", place), 0.9 if applied else 0.4, applied)


def _reason(what: str, place: _Place) -> str:
    return f"{what} inside {place.word}" if place.word else f"{what} between Chinese characters"


def _rare(text: str) -> Iterable[Edit]:
    """Rare characters put inside common words, when one document has several such places."""
    rare = _rare_characters()
    if not rare.meets(text):
        return []
    found = []
    for before_it in follow(text, HAN, rare, HAN):
        at = before_it + 1
        before = re.search(r"[\u4e00-\u9fff]*$", text[max(0, at - 5) : at])
        behind = re.match(r"[\u4e00-\u9fff]*", text[at + 1 : at + 6])
        left, right = before.group() if before else "", behind.group() if behind else ""
        word = across(left + right, len(left), _COMMON)
        # A rare character that makes words of its own with its neighbours belongs here.
        if left[-1:] + text[at] not in words() and text[at] + right[:1] not in words():
            found.append((at, word))
    split = [(at, word) for at, word in found if word]
    if len({word for _, word in split}) < _MANY or len(split) * 3 < int(rare.marks(text).sum()):
        return [_edit(at, at + 1, f"rare character inside {word}", 0.4, False) for at, word in split]
    splitters = {text[at] for at, _ in split}
    return [
        _edit(at, at + 1, f"rare character inside {word}" if word else "rare character between others", 0.85)
        for at, word in found
        if text[at] in splitters
    ]


@functools.cache
def _rare_characters() -> CharacterSet:
    """Every rare character of the basic plane."""
    return CharacterSet(char for char in map(chr, (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000))) if _is_rare(char))


def _is_rare(char: str) -> bool:
    """Outside GB 2312, and no traditional form: a character few texts need."""
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return to_simplified_characters(char) == char and char != "〇"
    return False


KIND = NoiseKind("junk", "junk inside words", find)
