"""Text read in the wrong encoding and saved so: ä¸­å›½, ÖÐ¹ú, 涓浗, HTML entities.

A run is restored only when its bytes decode strictly in the right encoding and the result reads as Chinese; a run that
has lost bytes is completed only where one completion is clearly best. Where a text shows such damage for certain, what
is too short to tell by itself is believed as well. The rest stays, and 锟斤拷 (U+FFFD read as GBK),
whose text is gone, is shown to a person.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator

from documents.draft import compose
from documents.edits import Edit, apply_edits
from documents.noise.base import NoiseKind
from documents.noise.big5 import big5_and_gbk
from documents.noise.characters import CharacterSet
from documents.noise.latin import gbk_as_latin, utf8_as_latin
from documents.noise.utf8_as_gbk import utf8_as_gbk

_PASSES = 20
_ENTITY = re.compile(r"&(?:#[0-9]{2,7}|#[xX][0-9a-fA-F]{2,6}|[A-Za-z]{2,8}[0-9]{0,2});")
_ADDRESS = re.compile(r"[A-Za-z]{3,8}://[!-~]+|\bwww\.[!-~]+")
_LOST = re.compile("(?:锟斤拷|烫烫烫|屯屯屯)[锟斤拷烫屯]*")
_LOST_ANY = CharacterSet("锟烫屯")


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


_PARTS: tuple[Callable[[str], Iterator[Edit]], ...] = (
    _entities,
    utf8_as_latin,
    gbk_as_latin,
    utf8_as_gbk,
    big5_and_gbk,
)

KIND = NoiseKind("mojibake", "text read in the wrong encoding", find)
