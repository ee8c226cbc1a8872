"""Chinese bytes shown in Latin-1 or windows-1252: ä¸­å›½ was UTF-8, ÖÐ¹ú was GBK."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from documents.edits import Edit
from documents.noise.base import is_han
from documents.noise.characters import CharacterSet, matches
from documents.noise.likelihood import CERTAIN, READS_WELL, is_usual, likelihood

# Even, since a run is made of pairs.
_LONGEST = 4000


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
_MARKS = frozenset("“”‘’—–…·、。《》【】\u3000\xa0\ufeff©®°×")


def utf8_as_latin(text: str) -> Iterator[Edit]:
    found = []
    certain = 0
    for hit in matches(_UTF8_AS_LATIN, text, _UTF8_LEADS.places(text)):
        plain = hit.group()
        while (whole := _UTF8_AS_LATIN.fullmatch(plain)) and (inner := _decoded(whole.group(), "utf-8")):
            plain = inner
        if plain != hit.group():
            chinese = all(_is_chinese(char) for char in plain)
            certain += chinese * len(plain)
            found.append((hit, plain, chinese))
    for hit, plain, chinese in found:
        if chinese or (certain >= CERTAIN and all(map(_is_printed, plain))):
            yield Edit(*hit.span(), plain.replace("\ufeff", ""), "mojibake", "UTF-8 read as Latin-1", 0.98)


def _is_chinese(char: str) -> bool:
    return is_han(char) or char in _MARKS or "\u3000" <= char <= "\u30ff" or "\uff01" <= char <= "\uff5e"


def _is_printed(char: str) -> bool:
    return unicodedata.category(char)[0] in "LNPS"


def _decoded(shown: str, codec: str) -> str:
    """The bytes that `shown` stands for in Latin-1, read strictly in `codec`; "" if they cannot be."""
    try:
        return bytes(_BYTE.get(char, ord(char)) for char in shown).decode(codec)
    except UnicodeDecodeError:
        return ""


def gbk_as_latin(text: str) -> Iterator[Edit]:
    if not _GBK_LEADS.meets(text):
        return
    doubtful = []
    certain = {"gbk": 0, "big5": 0}
    for hit in _GBK_AS_LATIN.finditer(text):
        for start in range(hit.start(), hit.end(), _LONGEST):
            shown = text[start : min(start + _LONGEST, hit.end())]
            if read := _read(shown):
                run, plain, codec = read
                certain[codec] += len(plain)
                yield _edit(start, run, plain, codec, 0.95)
            else:
                doubtful.append((start, shown))
    codec = max(certain, key=lambda name: certain[name])
    if certain[codec] >= CERTAIN:
        for start, shown in doubtful:
            yield from _believed(start, shown, codec)


def _edit(start: int, run: str, plain: str, codec: str, confidence: float) -> Edit:
    return Edit(start, start + len(run), plain, "mojibake", f"{codec.upper()} read as Latin-1", confidence)


def _read(shown: str) -> tuple[str, str, str] | None:
    """(what of `shown` is bytes, what they say, in which encoding), None where that does not read as Chinese."""
    # A last ASCII letter may be a second byte or a letter.
    for run in (shown, shown[:-2]) if shown[-1] < "\x7f" else (shown,):
        if len(run) < 4:
            break
        readings = [(plain, codec) for codec in ("gbk", "big5") if (plain := _decoded(run, codec))]
        scored = [(likelihood(plain), plain, codec) for plain, codec in readings if sum(map(is_han, plain)) >= 2]
        if scored and max(scored)[0] > READS_WELL:
            _, plain, codec = max(scored)
            return run, plain, codec
    return None


def _believed(start: int, shown: str, codec: str) -> Iterator[Edit]:
    """Pairs that make usual characters, on a page that is damaged for certain."""
    at = 0
    while at + 1 < len(shown):
        end = at
        plain = ""
        while end + 1 < len(shown) and shown[end + 1] > "\x7f" and (char := _decoded(shown[end : end + 2], codec)):
            if not (is_usual(char) if is_han(char) else _is_printed(char)):
                break
            plain += char
            end += 2
        if plain:
            yield _edit(start + at, shown[at:end], plain, codec, 0.85)
        at = end + 2
