"""Injected pinyin that fell inside a character: 真?zhèn)蔚茸灾?wù) was 真偽等自助服務.

The site's replacement runs over GBK bytes without alignment, so that a character of its table (鎮 E6 82) also matches
across two characters (真 D5E6 | 偽 82CE). "(zhèn)" then splits the second: its lead byte eats the bracket and shows as
"?", and what follows is read one byte off (偽|等 82[CE B5]C8 → 蔚) up to the next ASCII byte; codes without a mapping
vanish. Nothing but the vanished codes and the lead byte is lost, and these follow from the table character, from the
readings, and from what makes words.
"""

from __future__ import annotations

import dataclasses
import functools
import heapq
import re
from collections.abc import Iterable, Iterator

from documents.draft import compose
from documents.edits import Edit, apply_edits
from documents.noise.base import NoiseKind, is_han
from documents.noise.gbk import gbk_codes
from documents.noise.likelihood import words
from documents.noise.pinyin import readings
from documents.noise.shifted import BEAM, NOT_TRADITIONAL, SYLLABLE, WHOLE, Page, Reading, grown, step, with_gaps
from documents.script import has_traditional

_SPLIT = re.compile(rf"[?？]({SYLLABLE})[)）]")
_TONE = re.compile("[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ]")
_LAST_BEAM = 500
# Readings that are weighed together with what follows the run.
_WEIGHED = 300
# A run that goes on for longer than this without an ASCII byte is no run of ours.
_LONGEST = 40
_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
# Log-likelihood ratios of the best reading to the next.
_CLEAR = 4.5
_CLEAR_MARKED = 2.2
_CLEAR_LOSSY = 5.0
_CERTAIN = 9.0
# A place takes up to half a second to read; what a page has beyond these stays as it is.
_MOST_PLACES = 40
_PASSES = 8


@dataclasses.dataclass(slots=True)
class _Run:
    """A damaged run: where it is, its readings from best to worst, and the margin that settles it."""

    start: int
    end: int
    found: list[Reading]
    clear: float = _CLEAR


def find(text: str) -> Iterable[Edit]:
    if not _SPLIT.search(text):
        return []
    edits: list[Edit] = []
    proposals: list[Edit] = []
    now = text
    # What one restoration uncovers (its text is context, its marks are table) may settle the next.
    tried: set[str] = set()
    for _ in range(_PASSES):
        found = list(_find_once(now, tried))
        if not edits:
            proposals = [edit for edit in found if not edit.applied]
        applied = [edit for edit in found if edit.applied]
        if not applied:
            break
        edits = compose(edits, applied, text, now)
        now = apply_edits(now, applied)
    settled = {edit.start for edit in edits}
    return sorted([*edits, *(edit for edit in proposals if edit.start not in settled)])


def _find_once(text: str, tried: set[str]) -> Iterator[Edit]:
    """The edits of one pass; places whose surroundings were `tried` before are passed over."""
    page = Page(text)
    at = 0
    for _ in range(_MOST_PLACES):
        sign = _SPLIT.search(text, at)
        if not sign:
            return
        at = sign.end()
        if not page.table and not _TONE.search(sign.group(1)):
            continue
        # Such a site marks traditional characters; simplified text has been through this.
        if not has_traditional(text[text.rfind("\n", 0, at) + 1 : sign.start()] + page.line_behind(at)):
            continue
        around = text[max(0, sign.start() - _LONGEST) : at + _LONGEST]
        if around in tried:
            continue
        tried.add(around)
        run = _read(page, sign)
        if run and run.found:
            at = max(at, run.end)
            yield _edit(page, run)


def _read(page: Page, sign: re.Match[str]) -> _Run | None:
    """All readings of the run that begins with `sign`."""
    codes, lexicon = gbk_codes(), words()
    head = page.text[max(0, sign.start() - 10) : sign.start()]
    before = re.sub(rf"{WHOLE.pattern}\Z", "", head)
    if not before or not is_han(before[-1]) or (code := codes.code_of.get(before[-1])) is None:
        return None
    tables = _spelled(code & 0xFF, sign.group(1))
    start = lexicon.START
    for char in page.before(sign.start()):
        start = lexicon.add(start, char)
    beam = [Reading("", trail, start, max(page.misfit_marked(char), -1.0)) for char, trail in tables]
    return _walk(page, sign.start(), sign.end(), beam) if beam else None


@functools.lru_cache(4096)
def _spelled(lead: int, spelling: str) -> list[tuple[str, int]]:
    """The characters whose code begins with `lead` and whose reading is `spelling`, with their second bytes."""
    codes = ((trail, gbk_codes().shown.get(lead << 8 | trail, "")) for trail in range(0x81, 0xFF))
    return [(char, trail) for trail, char in codes if char and is_han(char) and spelling in readings(char)]


@functools.lru_cache(512)
def _spelled_anywhere(spelling: str) -> list[tuple[str, int]]:
    """The usual characters whose reading is `spelling` and that can eat a bracket, with their lead bytes."""
    codes = ((code, char) for code, char in gbk_codes().usable.items() if code & 0xFF > 0x80 and is_han(char))
    return [(char, code >> 8) for code, char in codes if spelling in readings(char)]


def _walk(page: Page, start: int, at: int, beam: list[Reading]) -> _Run | None:
    """Follow the shifted text from `at` to the byte that puts the reader back in step."""
    codes, text = gbk_codes(), page.text
    last = ""
    stop = min(len(text), at + _LONGEST)
    while at < stop and beam:
        char = text[at]
        if sign := _SPLIT.match(text, at):
            return _Run(start, sign.end(), _close_marked(page, beam, sign.group(1)), _CLEAR_MARKED)
        if char in "?？":
            return _close_lossy(page, start, at, beam)
        beam = with_gaps(page, beam, 2 * BEAM)
        if last and (whole := WHOLE.match(text, at)) and whole.group(1) in readings(last):
            at = whole.end()
            continue
        if "\x40" <= char <= "\x7e":
            return _Run(start, at + 1, _close_in_step(page, beam, at))
        code = codes.code_of.get(_widened(char))
        if code is None:
            return None
        beam = step(page, beam, [(code >> 8, code & 0xFF)])
        at += 1
        if code & 0xFF < 0x80:
            for reading in beam:
                reading.text += chr(code & 0xFF)
            return _Run(start, at, beam)
        last = char
    return None


def _widened(char: str) -> str:
    """Pages fold full width after the damage: a shifted A3xx then shows as ASCII."""
    if char in " \xa0":
        return "\u3000"
    return chr(ord(char) + 0xFEE0) if "\x21" <= char <= "\x3f" else char


def _close_marked(page: Page, beam: list[Reading], spelling: str) -> list[Reading]:
    """The run ends in a marked character, whose second byte ate the bracket: its reading is known."""
    gaps = gbk_codes().gaps
    targets = _spelled_anywhere(spelling)
    listed = [target for target in targets if target[0] in page.table] or targets
    closed = []
    for reading in with_gaps(page, beam, _LAST_BEAM, frozenset(lead for _, lead in listed)):
        leads = (reading.lead,) if reading.lead > 0 else gaps[-reading.lead]
        closed += [grown(page, reading, char, 0, marked=True) for char, lead in listed if lead in leads]
    return closed


def _close_in_step(page: Page, beam: list[Reading], at: int) -> list[Reading]:
    """The run ends in a character whose second byte is ASCII; if a mark follows, it gives the reading."""
    closed = step(page, beam, [(ord(page.text[at]), 0)], _LAST_BEAM)
    mark = WHOLE.match(page.text, at + 1)
    return [reading for reading in closed if not mark or mark.group(1) in readings(reading.text[-1])]


def _close_lossy(page: Page, start: int, at: int, beam: list[Reading]) -> _Run:
    """The run ends in a character whose second byte ate an ASCII byte: both are lost."""
    codes = gbk_codes()
    known = (reading for reading in beam if reading.lead > 0)
    closed = [grown(page, reading, char, 0) for reading in known for char in codes.with_lead(reading.lead)]
    eaten = re.compile(r"\?(?=/?(?:p|br|span|div|strong)\b[^<>\n]{0,40}>)").match(page.text, at)
    usual = "" if page.wide or page.text[at + 1 : at + 2].isalnum() else ","
    for reading in closed:
        reading.text += "<" if eaten else usual
    return _Run(start, at + 1, closed, _CLEAR_LOSSY)


def _edit(page: Page, run: _Run) -> Edit:
    """The restoration of `run`: applied if its best reading is clearly better than the next."""
    lexicon = words()
    ahead = page.after(run.end)
    weighed = heapq.nlargest(_WEIGHED, run.found, key=lambda reading: reading.score)
    for reading in weighed:
        for char in ahead:
            reading.mark = lexicon.add(reading.mark, char)
    by_text: dict[str, Reading] = {}
    for reading in sorted(weighed, key=lambda r: -r.score):
        by_text.setdefault(reading.text, reading)
    ranked = list(by_text.values())
    best = ranked[0]
    margin = best.score - ranked[1].score if len(ranked) > 1 else _CERTAIN
    text = best.text if page.wide else best.text.translate(_NARROW)
    length = len(page.before(run.start)) + len(best.text) + len(ahead)
    sound = best.score > -8.5 * length and best.penalty < NOT_TRADITIONAL - 1
    clear = sound and margin >= run.clear
    confidence = (0.95 if margin >= _CERTAIN else 0.75) if clear else 0.4
    lost = ", an ASCII character lost at its end" if run.clear == _CLEAR_LOSSY else ""
    reason = f"pinyin injected inside a character{lost}"
    return Edit(run.start, run.end, text, "misaligned", reason, confidence, clear)


KIND = NoiseKind("misaligned", "injected pinyin inside characters", find)
