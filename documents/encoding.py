"""Bytes of a text file → Unicode, with the encoding found and nothing guessed silently."""

from __future__ import annotations

import codecs
import dataclasses
import re

import chardet

# The most frequent characters of running Chinese, simplified and traditional: they tell GB18030 from Big5, since
# almost every Big5 file also decodes as GB18030 into rare characters.
_COMMON = frozenset(
    "的一是不了在人有我他这这為为個个中大来來上国國和地到以说說时時要就出会會可也你对對生能而子那得于着下自之年过過发發后後"
    "作里裡用道行所然家种種事成方多经經么去法学學如都同现現当當没沒动動面起看定天分还還进進好小部其些主样樣理心她本前开開但因"
    "只从從想实實日军軍者意无無力它与與长長把机機十民第公此已工使情明性知全三又关關点點正业業外将將两兩高间間由问問很最重并並"
    "物手应應战戰向头頭文体體政美相见見被利什二等产產或新己制身果加西斯月话話合回特代内內信表化老给給世位次度门門任常先海通教"
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_CHINESE_CODECS = ("gb18030", "big5hkscs", "cp950")


class EncodingError(ValueError):
    """The bytes are no text that can be read; the message says why, as the end of a sentence about the file."""


@dataclasses.dataclass(frozen=True, slots=True)
class Decoded:
    """Text, the codec it was read with, and how many bytes could not be read (shown as U+FFFD in the text)."""

    text: str
    encoding: str
    lost_bytes: int = 0


def decode(data: bytes) -> Decoded:
    """Text of `data`: by its mark, as strict UTF-8, as UTF-16 without a mark, or as a Chinese legacy encoding.

    Raises EncodingError for bytes that are no text.
    """
    for mark, codec in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            return _with_losses(data, codec)
    try:
        return _checked(Decoded(data.decode("utf-8"), "utf-8"))
    except UnicodeDecodeError:
        pass
    wide = _unmarked_utf16(data)
    if wide is not None:
        return wide
    if data.count(0) > len(data) // 100:
        raise EncodingError("holds binary data, not text")
    legacy = _legacy(data)
    if legacy is not None:
        return legacy
    return _with_losses(data, "utf-8")


def _legacy(data: bytes) -> Decoded | None:
    """The best strict reading in a legacy encoding, if one reads like Chinese (or chardet is sure of another)."""
    readings = []
    for codec in _CHINESE_CODECS:
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        readings.append((_likeness(text), codec, text))
    if readings:
        likeness, codec, text = max(readings, key=lambda r: r[0])
        if likeness >= 0.2:
            return Decoded(text, codec)
    guess = chardet.detect(data[:200_000])
    codec = guess.get("encoding") or ""
    if codec and (guess.get("confidence") or 0) >= 0.6:
        try:
            return _checked(Decoded(data.decode(codec), codec.lower()))
        except (UnicodeDecodeError, LookupError):
            return None
    return None


def _likeness(text: str) -> float:
    """Share of common characters among all that are not ASCII: about 0.5 for Chinese, near 0 for a wrong reading."""
    wide = [c for c in text[:100_000] if c > "\x7f"]
    letters = [
        c for c in wide if not ("\u3000" <= c <= "\u303f" or "\uff00" <= c <= "\uffef" or "\u2010" <= c <= "\u2040")
    ]
    if not letters:
        return 0.0
    private = sum("\ue000" <= c <= "\uf8ff" for c in letters)
    return (sum(c in _COMMON for c in letters) - 5 * private) / len(letters)


def _unmarked_utf16(data: bytes) -> Decoded | None:
    if len(data) < 2 or len(data) % 2:
        return None
    best: tuple[float, str, str] | None = None
    for codec in ("utf-16-le", "utf-16-be"):
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        likeness = _likeness(text)
        if best is None or likeness > best[0]:
            best = (likeness, codec, text)
    if best is None or best[0] < 0.2:
        return None
    return Decoded(best[2], best[1])


def _with_losses(data: bytes, codec: str) -> Decoded:
    text = data.decode(codec, errors="replace")
    return _checked(Decoded(text, codec, text.count("\ufffd")))


def _checked(found: Decoded) -> Decoded:
    """`found`, unless it is mostly control characters or losses: then the bytes were no text."""
    strange = len(_CONTROL.findall(found.text)) + found.lost_bytes
    if strange * 20 > max(20, len(found.text)):
        raise EncodingError("holds binary data, not text")
    return found
