"""Cutting a text into what may be sent: engines flatten line ends, and take only so many bytes at a time."""

from __future__ import annotations

import re
from urllib.parse import quote

from translate.engines.base import Limits
from translate.engines.tags import CLOSE, OPEN

# Ideographs of all planes, and 〇: what holds none of them needs no translation and is never sent.
HAN = re.compile("[\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af]")
_LINE = re.compile(r"(\s*\n\s*)")
# Where a sentence may be cut, the best places first.
_CUTS = (re.compile("(?<=[。！？!?])"), re.compile("(?<=[；;])"), re.compile("(?<=[，,、：:])"))
_UNBROKEN = re.compile(f"{OPEN}.*?{CLOSE}|.", re.DOTALL)


def size_of(text: str, limits: Limits) -> int:
    """Bytes of a text as it is sent."""
    return len(quote(text)) if limits.in_address else len(text.encode())


def pieces_of(text: str, limits: Limits) -> list[tuple[str, bool]]:
    """The text in pieces, each with whether it is to be translated; joined they give the text again.

    A piece that is still too long after cutting at every mark is left whole: the caller refuses it.
    """
    pieces: list[tuple[str, bool]] = []
    for part in _LINE.split(text):
        if not part:
            continue
        if not HAN.search(part):
            pieces.append((part, False))
            continue
        core = part.strip()
        start = part.index(core)
        pieces += [(part[:start], False)] if start else []
        pieces += [(piece, bool(HAN.search(piece))) for piece in _short(core, limits)]
        end = part[start + len(core) :]
        pieces += [(end, False)] if end else []
    return pieces


def cut_anywhere(text: str, limits: Limits) -> list[str]:
    """The text in parts within the limit, cut where there is no mark either, but within no tagged term."""
    if not limits.size or size_of(text, limits) <= limits.size:
        return [text]
    return _packed(_UNBROKEN.findall(text), limits)


def _short(text: str, limits: Limits) -> list[str]:
    if not limits.size or size_of(text, limits) <= limits.size:
        return [text]
    for cut in _CUTS:
        parts = unbroken([part for part in cut.split(text) if part])
        if len(parts) > 1:
            return _packed([short for part in parts for short in _short(part, limits)], limits)
    return [text]


def unbroken(parts: list[str]) -> list[str]:
    """The parts, those joined again that share a tagged term."""
    joined: list[str] = []
    for part in parts:
        if joined and joined[-1].count(OPEN) > joined[-1].count(CLOSE):
            joined[-1] += part
        else:
            joined.append(part)
    return joined


def _packed(parts: list[str], limits: Limits) -> list[str]:
    """Neighbouring parts joined as far as the limit allows."""
    packed = [parts[0]]
    for part in parts[1:]:
        if size_of(packed[-1] + part, limits) <= limits.size:
            packed[-1] += part
        else:
            packed.append(part)
    return packed
