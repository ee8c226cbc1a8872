"""Text read in the wrong encoding and saved so: ä¸­å›½, ÖÐ¹ú, 涓浗, HTML entities.

A run is restored only when its bytes decode strictly in the right encoding and the result reads as Chinese; a run that
has lost bytes is completed only where one completion is clearly best. The rest stays, and 锟斤拷 (U+FFFD read as GBK),
whose text is gone, is shown to a person.
"""

from __future__ import annotations

import functools
import heapq
import html
import itertools
import math
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator

import numpy

from documents.draft import compose
from documents.edits import Edit, apply_edits
from documents.noise.base import NoiseKind, is_han
from documents.noise.characters import CharacterSet, matches
from documents.noise.likelihood import Words, likelihood, words
from documents.script import to_simplified_characters

_Unit = tuple[int, int, list[str]]
_PASSES = 20
_BEAM = 16
# Units completed together; the cost of completing grows with the square.
_TOGETHER = 40
# Log-likelihood a character: running Chinese has about -5, a wrong reading below -12.
_READS_WELL = -8.5
# Log-likelihood that a restored run gains at least over what stood there.
_GAIN = 10.0
_GAIN_COMPLETED = 12.0
_CLEAR = 3.0
# Even, since a run is made of pairs.
_LONGEST = 4000
_COMPLETED = "UTF-8 read as GBK, lost bytes completed"
_ENTITY = re.compile(r"&(?:#[0-9]{2,7}|#[xX][0-9a-fA-F]{2,6}|[A-Za-z]{2,8}[0-9]{0,2});")
_ADDRESS = re.compile(r"[A-Za-z]{3,8}://[!-~]+|\bwww\.[!-~]+")
_LOST = re.compile("(?:锟斤拷|烫烫烫|屯屯屯)[锟斤拷烫屯]*")
_LOST_ANY = CharacterSet("锟烫屯")


def _latin_bytes() -> dict[str, int]:
    """Characters that a byte from 80 on shows in windows-1252, and in Latin-1 where that has none or differs."""
    shown = {chr(byte): byte for byte in range(0x80, 0x100)}
    for byte in range(0x80, 0xA0):
        if char := bytes((byte,)).decode("cp1252", "ignore"):
            shown[char] = byte
    return shown


_BYTE = _latin_bytes()


def _latin(first: int, last: int) -> str:
    """A character class of what the bytes `first` … `last` show."""
    return "[" + re.escape("".join(char for char, byte in _BYTE.items() if first <= byte <= last)) + "]"


_MORE = _latin(0x80, 0xBF)
_UTF8_AS_LATIN = re.compile(
    f"(?:{_latin(0xC2, 0xDF)}{_MORE}|{_latin(0xE0, 0xEF)}{_MORE}{{2}}|{_latin(0xF0, 0xF4)}{_MORE}{{3}})+"
)
_UTF8_LEADS = CharacterSet(char for char, byte in _BYTE.items() if 0xC2 <= byte <= 0xF4)
_HIGH = _latin(0x81, 0xFE)
_GBK_AS_LATIN = re.compile(f"(?:{_HIGH}(?:{_HIGH}|[@-~](?={_HIGH})))+(?:{_HIGH}[@-~])?")
# Chinese text has first bytes from B0 on; the middle dot stands in plain text too.
_GBK_LEADS = CharacterSet(char for char, byte in _BYTE.items() if byte >= 0xB0 and char != "·")
_PUNCTUATION = frozenset("“”‘’—–…·、。《》【】\u3000\xa0\ufeff©®°×")


def find(text: str) -> Iterable[Edit]:
    edits: list[Edit] = []
    proposals = []
    if _LOST_ANY.meets(text):
        proposals = [Edit(*hit.span(), "", "mojibake", "lost characters", 0.3, False) for hit in _LOST.finditer(text)]
    now = text
    # Encodings may be wrong twice over, and an entity may hold half of another.
    for step in range(_PASSES):
        found = [edit for part in _PARTS for edit in part(now)]
        if not step:
            proposals += [edit for edit in found if not edit.applied]
        applied = _apart(edit for edit in found if edit.applied)
        if not applied:
            break
        edits = compose(edits, applied, text, now) if edits else applied
        now = apply_edits(now, applied)
    return sorted([*edits, *proposals], key=lambda e: (e.start, e.end)) if proposals else edits


def _apart(edits: Iterable[Edit]) -> list[Edit]:
    """The edits in order, without those that overlap an earlier one."""
    taken: list[Edit] = []
    for edit in sorted(edits, key=lambda e: (e.start, -e.end)):
        if not taken or edit.start >= taken[-1].end:
            taken.append(edit)
    return taken


def _entities(text: str) -> Iterator[Edit]:
    if "&" not in text:
        return
    addresses = [hit.span() for hit in _ADDRESS.finditer(text) if "&" in hit.group()]
    at = 0
    for hit in _ENTITY.finditer(text):
        while at < len(addresses) and addresses[at][1] <= hit.start():
            at += 1
        if at < len(addresses) and addresses[at][0] <= hit.start():
            continue
        char = html.unescape(hit.group())
        if char != hit.group() and not any(
            c == "\ufffd" or unicodedata.category(c) in ("Cc", "Cs", "Cn") for c in char
        ):
            yield Edit(*hit.span(), char, "mojibake", "HTML entity", 0.99)


def _utf8_as_latin(text: str) -> Iterator[Edit]:
    for hit in matches(_UTF8_AS_LATIN, text, _UTF8_LEADS.places(text)):
        plain = hit.group()
        while (whole := _UTF8_AS_LATIN.fullmatch(plain)) and (inner := _decoded(whole.group(), "utf-8")):
            plain = inner
        if plain != hit.group() and all(is_han(char) or char in _PUNCTUATION or _is_wide(char) for char in plain):
            yield Edit(*hit.span(), plain.replace("\ufeff", ""), "mojibake", "UTF-8 read as Latin-1", 0.98)


def _is_wide(char: str) -> bool:
    return "\u3000" <= char <= "\u30ff" or "\uff01" <= char <= "\uff5e"


def _decoded(shown: str, codec: str) -> str:
    """The bytes that `shown` stands for in Latin-1, read strictly in `codec`; "" if they cannot be."""
    try:
        return bytes(_BYTE.get(char, ord(char)) for char in shown).decode(codec)
    except UnicodeDecodeError:
        return ""


def _gbk_as_latin(text: str) -> Iterator[Edit]:
    if not _GBK_LEADS.meets(text):
        return
    pieces = (
        (at, text[at : min(at + _LONGEST, hit.end())])
        for hit in _GBK_AS_LATIN.finditer(text)
        for at in range(hit.start(), hit.end(), _LONGEST)
    )
    for start, shown in pieces:
        # A last ASCII letter may be a second byte or a letter.
        for run in (shown, shown[:-2]) if shown[-1] < "\x7f" else (shown,):
            if len(run) < 4:
                break
            readings = [(plain, codec) for codec in ("gbk", "big5") if (plain := _decoded(run, codec))]
            scored = [(likelihood(plain), plain, codec) for plain, codec in readings if sum(map(is_han, plain)) >= 2]
            if scored and max(scored)[0] > _READS_WELL:
                _, plain, codec = max(scored)
                yield Edit(start, start + len(run), plain, "mojibake", f"{codec.upper()} read as Latin-1", 0.95)
                break


class _Utf8AsGbk:
    """The patterns of UTF-8 read as GBK: three bytes a character, two bytes a code, so that two make three."""

    def __init__(self) -> None:
        self.bytes_of: dict[str, bytes] = {}
        self.vanished: list[bytes] = []
        for lead in range(0x81, 0xFF):
            for trail in (*range(0x40, 0x7F), *range(0x80, 0xFF)):
                pair = bytes((lead, trail))
                char = pair.decode("gbk", "ignore")
                if len(char) != 1:
                    self.vanished.append(pair)
                    char = pair.decode("gb18030", "ignore")
                if len(char) == 1:
                    self.bytes_of.setdefault(char, pair)
        more, heads, letters = range(0x80, 0xC0), (*range(0xE3, 0xEA), 0xEF), range(0x40, 0x7F)
        self._parts = [(heads, more), (more, heads), (more, more), (more, letters)]
        first, *others = (self._shown(leads, trails) for leads, trails in self._parts)
        # What every run begins with.
        self.begins = CharacterSet(first)
        one, two, three, four = (f"[{chars}]" for chars in (first, *others))
        # Three characters, the byte 80 (no lead byte) of the second lost; a whole pair; one character and an ASCII
        # letter; or one of the three codes gone.
        self.unit = re.compile(
            f"({one}{two})\ufffd({two}{three})|({one}{two}{three})|({one}{four})|({one})({three})|({one}{two})|({one})[?？\ufffd]"
        )
        self.run = re.compile(
            f"(?:{one}{two}\ufffd{two}{three}|{one}{two}{three}?|{one}{four}|{one}{three}|{one}[?？\ufffd])+"
        )

    def _shown(self, first: Iterable[int], second: Iterable[int]) -> str:
        """What the codes with these first and second bytes show."""
        leads, trails = frozenset(first), frozenset(second)
        return "".join(char for char, pair in self.bytes_of.items() if pair[0] in leads and pair[1] in trails)

    def candidates(self, unit: re.Match[str]) -> list[str]:
        """What a unit may have been: one string if nothing is lost."""
        start, rest, whole, letter, first, third, head, alone = unit.groups()
        if start:
            return list(filter(None, [self._read(self._bytes(start) + b"\x80" + self._bytes(rest))]))
        if whole or letter:
            plain = self._read(self._bytes(whole or letter))
            return [plain] if plain and "\ufffd" not in plain else []
        if alone:
            made = [self._bytes(alone) + bytes((byte,)) for byte in range(0x80, 0xC0)]
        elif head:
            made = [self._bytes(head) + pair for pair in self._vanished(2)]
        else:
            made = [self._bytes(first) + pair + self._bytes(third) for pair in self._vanished(1)]
        return [plain for data in made if (plain := self._read(data)) and all(map(_is_usual, plain))]

    def _bytes(self, chars: str) -> bytes:
        return b"".join(self.bytes_of[char] for char in chars)

    @functools.lru_cache(2)  # noqa: B019 - one object for the process
    def _vanished(self, part: int) -> list[bytes]:
        leads, trails = self._parts[part]
        return [pair for pair in self.vanished if pair[0] in leads and pair[1] in trails]

    @staticmethod
    def _read(data: bytes) -> str:
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            return ""


@functools.cache
def _utf8_as_gbk_patterns() -> _Utf8AsGbk:
    return _Utf8AsGbk()


@functools.cache
def _is_usual(char: str) -> bool:
    return words().cost(to_simplified_characters(char)) > -15.5


def _utf8_as_gbk(text: str) -> Iterator[Edit]:
    patterns = _utf8_as_gbk_patterns()
    for hit in matches(patterns.run, text, patterns.begins.places(text)):
        units = [
            (unit.start(), unit.end(), patterns.candidates(unit)) for unit in patterns.unit.finditer(text, *hit.span())
        ]
        for readable, group in itertools.groupby(units, lambda unit: bool(unit[2])):
            while readable and (some := list(itertools.islice(group, _TOGETHER))):
                yield from _utf8_group(text, some)


def _utf8_group(text: str, units: list[_Unit]) -> Iterator[Edit]:
    """The edits of neighbouring units: all of them, or those that lost nothing and a proposal for all."""
    start, end = units[0][0], units[-1][1]
    best, margin = _completed(to_simplified_characters(text[max(0, start - 3) : start]), [unit[2] for unit in units])
    strict = all(len(choice) == 1 for *_, choice in units)
    reads = likelihood(best)
    gain = reads * len(best) - likelihood(text[start:end]) * (end - start)
    if len(best) < 2 or reads < _READS_WELL or gain < (_GAIN if strict else _GAIN_COMPLETED):
        return
    if strict or margin >= _CLEAR:
        reason = "UTF-8 read as GBK" if strict else _COMPLETED
        yield Edit(start, end, best, "mojibake", reason, 0.97 if strict else 0.8)
        return
    yield Edit(start, end, best, "mojibake", _COMPLETED, 0.4, False)
    for certain, part in itertools.groupby(units, lambda unit: len(unit[2]) == 1):
        pieces = list(part)
        plain = "".join(choice[0] for *_, choice in pieces)
        if certain and len(plain) >= 2 and likelihood(plain) >= _READS_WELL:
            yield Edit(pieces[0][0], pieces[-1][1], plain, "mojibake", "UTF-8 read as GBK", 0.9)


def _completed(before: str, choices: list[list[str]]) -> tuple[str, float]:
    """The best string with one choice each, after `before`, and how much likelier it is than the next."""
    lexicon = words()
    start = Words.START
    for char in before:
        start = lexicon.add(start, char)
    beam = [("", start)]
    for choice in choices:
        grown = []
        for text, mark in beam:
            for more in choice:
                longer = mark
                for char in to_simplified_characters(more):
                    longer = lexicon.add(longer, char)
                grown.append((text + more, longer))
        beam = heapq.nlargest(_BEAM, grown, key=lambda found: found[1][2])
    ranked = heapq.nlargest(2, beam, key=lambda found: found[1][1][0])
    return ranked[0][0], ranked[0][1][1][0] - ranked[1][1][1][0] if len(ranked) > 1 else math.inf


# Characters that Chinese text, simplified or traditional, is never without for long.
_USUAL = (
    "的一是不了在人有我他这這为為个個中大来來上国國和地到以说說时時要就出会會可也你对對生能而子那得于於着著下自之年过過发發后後"
    "作里裡用道行所然家种種事成方多经經么麼去法学學如都同现現当當没沒动動面起看定天分还還进進好小部其些主样樣理心她本前开開但因"
    "只从從想实實日军軍者意无無力它与與长長把机機十民第公此已工使情明性知全三又关關点點正业業外将將两兩高间間由问問很最重并並"
    "，。、；：“”《》（）０１２３４５６７８９　—…·"
)
_STRANGE = 8
_PLAIN = CharacterSet([*map(chr, range(0x80)), *_USUAL])
_USUALS = CharacterSet(_USUAL)
_ASCII = CharacterSet(map(chr, range(0x80)))
_UNUSUAL = re.compile(f"[^{_USUAL}]+")
_KANA = re.compile("[\u3041-\u30ff]")
_RUN = re.compile("[^\x00-\x7f]+")


def _big5_as_gbk(text: str) -> Iterator[Edit]:
    gaps = _PLAIN.gaps(text, _STRANGE)
    if not gaps:
        return
    usual = numpy.cumsum(numpy.concatenate(([0], _USUALS.marks(text))))
    plain = _ASCII.marks(text).nonzero()[0]
    end = 0
    for start, stop in gaps:
        if start < end:
            continue
        # The whole run around it must be strange, too: text in rare characters is not looked at closer.
        at = int(numpy.searchsorted(plain, start))
        first, last = int(plain[at - 1]) + 1 if at else 0, int(plain[at]) if at < len(plain) else len(text)
        if (usual[last] - usual[first]) * 8 > last - first:
            continue
        begin = text.rfind("\n", 0, start) + 1
        end = text.find("\n", stop)
        end = len(text) if end < 0 else end
        for run in _RUN.finditer(text, begin, min(end, begin + _LONGEST)):
            first, last = run.span()
            if last - first >= 4 and (found := _other_chinese(run.group(), int(usual[last] - usual[first]))):
                yield Edit(first, last, found[0], "mojibake", found[1], 0.9)


def _other_chinese(shown: str, usual: int) -> tuple[str, str] | None:
    """What `shown`, with `usual` usual characters, is if its bytes are read in the other Chinese encoding, and the reason.

    None if that is no better.
    """
    if usual * 8 > len(shown) or len(_KANA.findall(shown)) * 10 > 4 * len(shown):
        return None
    for wrong, right in (("gb18030", "big5"), ("big5", "gbk")):
        try:
            plain = shown.encode(wrong).decode(right)
        except UnicodeError:
            continue
        if len(_UNUSUAL.sub("", plain)) < usual + len(plain) // 8:
            continue
        better = likelihood(plain)
        if better > _READS_WELL and better > likelihood(shown) + 4:
            return plain, f"{right.capitalize()} read as {'Big5' if wrong == 'big5' else 'GBK'}"
    return None


_PARTS: tuple[Callable[[str], Iterator[Edit]], ...] = (
    _entities,
    _utf8_as_latin,
    _gbk_as_latin,
    _utf8_as_gbk,
    _big5_as_gbk,
)

KIND = NoiseKind("mojibake", "text read in the wrong encoding", find)
