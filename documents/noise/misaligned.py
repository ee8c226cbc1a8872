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
import itertools
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator

from documents.draft import compose
from documents.edits import Edit, apply_edits
from documents.noise.base import NoiseKind, is_han
from documents.noise.gbk import gbk_codes, in_big5
from documents.noise.mojibake import Words, words
from documents.noise.pinyin import readings
from documents.script import to_simplified_characters

_SYLLABLE = "[a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüêńňǹḿ]{1,6}"
_SPLIT = re.compile(rf"[?？]({_SYLLABLE})[)）]")
_WHOLE = re.compile(rf"[(（]({_SYLLABLE})[)）]")
_TONE = re.compile("[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ]")
_BEAM = 60
_LAST_BEAM = 2000
_HOPELESS = 14.0
# The most that a pair of characters gains by standing elsewhere on the page.
_REPEATED = 5.0
_GAPS_IN_A_ROW = 2
# A run that goes on for longer than this without an ASCII byte is no run of ours.
_LONGEST = 40
_CONTEXT = 4
_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
# Log-likelihood ratios of the best reading to the next.
_CLEAR = 4.5
_CLEAR_MARKED = 2.2
_CLEAR_LOSSY = 5.0
_CERTAIN = 9.0
_OUT_OF_PLACE = 8.0
_NOT_TRADITIONAL = 6.0
# A place takes up to half a second to read; what a page has beyond these stays as it is.
_MOST_PLACES = 40
_PASSES = 8


@dataclasses.dataclass(slots=True)
class _Reading:
    """One way to read the run so far: the text, its score, and the lead byte that waits for its second byte."""

    text: str
    lead: int
    mark: Words.Mark
    penalty: float = 0.0

    @property
    def score(self) -> float:
        return self.mark[1][0] - self.penalty

    @property
    def promise(self) -> float:
        return self.mark[2] - self.penalty


@dataclasses.dataclass(slots=True)
class _Run:
    """A damaged run: where it is, its readings from best to worst, and the margin that settles it."""

    start: int
    end: int
    found: list[_Reading]
    clear: float = _CLEAR


class _Page:
    """What the page itself tells: its table of marked characters, the unmarked ones, and its widths."""

    def __init__(self, text: str) -> None:
        self.text = text
        pairs = ((text[hit.start() - 1], hit.group(1)) for hit in _WHOLE.finditer(text) if hit.start())
        marked = Counter(char for char, spelling in pairs if is_han(char) and spelling in readings(char))
        self.table = {char for char, count in marked.items() if count >= 0.8 * text.count(char)}
        self.present = frozenset(text)
        self.pairs = _repeated(to_simplified_characters(_WHOLE.sub("", text)))
        self._plain: dict[str, float] = {}
        self.wide = any(mark in self.present for mark in "，：；（）")

    def misfit(self, char: str) -> float:
        """How badly `char` as restored, without a mark, fits this page."""
        found = self._plain.get(char)
        if found is None:
            bad = is_han(char) and (char in self.table or (not in_big5(char) and char not in self.present))
            found = self._plain[char] = _OUT_OF_PLACE if bad else 0.0
        return found

    def misfit_marked(self, char: str) -> float:
        """How badly `char` fits this page as one that its table marks."""
        if char in self.table:
            return -2.0
        if char in self.present or not in_big5(char):
            return _OUT_OF_PLACE
        return 0.0 if gbk_codes().simple.get(char) != char else _NOT_TRADITIONAL

    def before(self, at: int) -> str:
        """The simplified characters before `at`, without marks."""
        return to_simplified_characters(_WHOLE.sub("", self.text[max(0, at - 40) : at]))[-_CONTEXT:]

    def after(self, at: int) -> str:
        """The simplified characters that follow `at`, without marks, up to the next damage."""
        ahead = _WHOLE.sub("", self.text[at : at + 40])
        return to_simplified_characters(re.split(r"[\n?？(]", ahead, maxsplit=1)[0])[:_CONTEXT]


def _repeated(plain: str) -> dict[str, float]:
    """What each pair of neighbours on the (simplified) page gains by standing there: a page repeats its words."""
    counts = Counter(first + second for first, second in itertools.pairwise(plain))
    lexicon = words()
    size = len(plain)
    gains = {
        pair: min(_REPEATED, math.log(0.4 * count / size) - lexicon.score(pair))
        for pair, count in counts.items()
        if is_han(pair[0]) and is_han(pair[1])
    }
    return {pair: gain for pair, gain in gains.items() if gain > 0}


def find(text: str) -> Iterable[Edit]:
    if not _SPLIT.search(text):
        return []
    edits: list[Edit] = []
    proposals: list[Edit] = []
    now = text
    # What one restoration uncovers (its text is context, its marks are table) may settle the next.
    for _ in range(_PASSES):
        found = list(_find_once(now))
        if not edits:
            proposals = [edit for edit in found if not edit.applied]
        applied = [edit for edit in found if edit.applied]
        if not applied:
            break
        edits = compose(edits, applied, text, now)
        now = apply_edits(now, applied)
    settled = {edit.start for edit in edits}
    return sorted([*edits, *(edit for edit in proposals if edit.start not in settled)])


def _find_once(text: str) -> Iterator[Edit]:
    page = _Page(text)
    at = 0
    for _ in range(_MOST_PLACES):
        sign = _SPLIT.search(text, at)
        if not sign:
            return
        at = sign.end()
        if not page.table and not _TONE.search(sign.group(1)):
            continue
        run = _read(page, sign)
        if run and run.found:
            at = max(at, run.end)
            yield _edit(page, run)


def _read(page: _Page, sign: re.Match[str]) -> _Run | None:
    """All readings of the run that begins with `sign`."""
    codes, lexicon = gbk_codes(), words()
    head = page.text[max(0, sign.start() - 10) : sign.start()]
    before = re.sub(rf"{_WHOLE.pattern}\Z", "", head)
    if not before or not is_han(before[-1]) or (code := codes.code_of.get(before[-1])) is None:
        return None
    tables = _spelled(code & 0xFF, sign.group(1))
    start = lexicon.START
    for char in page.before(sign.start()):
        start = lexicon.add(start, char)
    beam = [_Reading("", trail, start, max(page.misfit_marked(char), -1.0)) for char, trail in tables]
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


def _walk(page: _Page, start: int, at: int, beam: list[_Reading]) -> _Run | None:
    """Follow the shifted text from `at` to the byte that puts the reader back in step."""
    codes, text = gbk_codes(), page.text
    last = ""
    stop = min(len(text), at + _LONGEST)
    while at < stop and beam:
        char = text[at]
        if sign := _SPLIT.match(text, at):
            beam = _with_gaps(page, beam, _LAST_BEAM)
            return _Run(start, sign.end(), _close_marked(page, beam, sign.group(1)), _CLEAR_MARKED)
        if char in "?？":
            return _close_lossy(page, start, at, beam)
        beam = _with_gaps(page, beam, 2 * _BEAM)
        if last and (whole := _WHOLE.match(text, at)) and whole.group(1) in readings(last):
            at = whole.end()
            continue
        if "\x40" <= char <= "\x7e":
            return _Run(start, at + 1, _close_in_step(page, beam, at))
        code = codes.code_of.get(_widened(char))
        if code is None:
            return None
        beam = _step(page, beam, [(code >> 8, code & 0xFF)])
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


def _with_gaps(page: _Page, beam: list[_Reading], most: int) -> list[_Reading]:
    """The readings, and those with vanished codes before the next character shown."""
    floor = max((reading.promise for reading in beam), default=0.0) - _HOPELESS
    every = layer = [reading for reading in beam if reading.promise >= floor]
    for _ in range(_GAPS_IN_A_ROW):
        layer = _step(page, layer, ((trail, -trail) for trail in gbk_codes().gaps), most, guess=True)
        every = every + layer
        layer = layer[: _BEAM // 2]
    return every


def _step(
    page: _Page, layer: list[_Reading], bytes_: Iterable[tuple[int, int]], most: int = _BEAM, guess: bool = False
) -> list[_Reading]:
    """The best readings with their waiting lead byte completed, for each (second byte, lead byte that waits next)."""
    found = []
    for trail, lead in bytes_:
        for reading in layer:
            for char in gbk_codes().characters(reading.lead, trail, guess):
                found.append((_promise(page, reading, char), reading, char, lead))
    best = heapq.nlargest(most, found, key=lambda f: f[0])
    return [_grown(page, reading, char, lead) for _, reading, char, lead in best]


def _promise(page: _Page, reading: _Reading, char: str) -> float:
    """What `reading` with `char` added promises, without the cost of adding it."""
    plain = gbk_codes().simple[char]
    begin = words().begin
    tail, scores, _ = reading.mark
    pair = tail[-1:] + plain
    promise = scores[0] + begin.get(plain, Words.UNKNOWN)
    if (cost := begin.get(pair)) is not None and scores[1] + cost > promise:
        promise = scores[1] + cost
    if (cost := begin.get(tail[-2:] + plain)) is not None and scores[2] + cost > promise:
        promise = scores[2] + cost
    return promise - reading.penalty - page.misfit(char) + page.pairs.get(pair, 0.0)


def _grown(page: _Page, reading: _Reading, char: str, lead: int, marked: bool = False) -> _Reading:
    plain = gbk_codes().simple[char]
    # The first character was split before its own mark, if it has one, could be put in.
    misfit = page.misfit_marked(char) if marked else page.misfit(char) if reading.text else 0.0
    misfit -= page.pairs.get(reading.mark[0][-1:] + plain, 0.0)
    return _Reading(reading.text + char, lead, words().add(reading.mark, plain), reading.penalty + misfit)


def _close_marked(page: _Page, beam: list[_Reading], spelling: str) -> list[_Reading]:
    """The run ends in a marked character, whose second byte ate the bracket: its reading is known."""
    gaps = gbk_codes().gaps
    targets = _spelled_anywhere(spelling)
    listed = [target for target in targets if target[0] in page.table]
    closed = []
    for reading in beam:
        leads = (reading.lead,) if reading.lead > 0 else gaps[-reading.lead]
        closed += [_grown(page, reading, char, 0, marked=True) for char, lead in listed or targets if lead in leads]
    return closed


def _close_in_step(page: _Page, beam: list[_Reading], at: int) -> list[_Reading]:
    """The run ends in a character whose second byte is ASCII; if a mark follows, it gives the reading."""
    closed = _step(page, beam, [(ord(page.text[at]), 0)], _LAST_BEAM)
    mark = _WHOLE.match(page.text, at + 1)
    return [reading for reading in closed if not mark or mark.group(1) in readings(reading.text[-1])]


def _close_lossy(page: _Page, start: int, at: int, beam: list[_Reading]) -> _Run:
    """The run ends in a character whose second byte ate an ASCII byte: both are lost."""
    codes = gbk_codes()
    known = (reading for reading in beam if reading.lead > 0)
    closed = [_grown(page, reading, char, 0) for reading in known for char in codes.with_lead(reading.lead)]
    eaten = re.compile(r"\?(?=/?(?:p|br|span|div|strong)\b[^<>\n]{0,40}>)").match(page.text, at)
    usual = "" if page.wide or page.text[at + 1 : at + 2].isalnum() else ","
    for reading in closed:
        reading.text += "<" if eaten else usual
    return _Run(start, at + 1, closed, _CLEAR_LOSSY)


def _edit(page: _Page, run: _Run) -> Edit:
    """The restoration of `run`: applied if its best reading is clearly better than the next."""
    lexicon = words()
    ahead = page.after(run.end)
    for reading in run.found:
        for char in ahead:
            reading.mark = lexicon.add(reading.mark, char)
    by_text: dict[str, _Reading] = {}
    for reading in sorted(run.found, key=lambda r: -r.score):
        by_text.setdefault(reading.text, reading)
    ranked = list(by_text.values())
    best = ranked[0]
    margin = best.score - ranked[1].score if len(ranked) > 1 else _CERTAIN
    text = best.text if page.wide else best.text.translate(_NARROW)
    length = len(page.before(run.start)) + len(best.text) + len(ahead)
    sound = best.score > -8.5 * length and best.penalty < _NOT_TRADITIONAL - 1
    clear = sound and margin >= run.clear
    confidence = (0.95 if margin >= _CERTAIN else 0.75) if clear else 0.4
    lost = ", an ASCII character lost at its end" if run.clear == _CLEAR_LOSSY else ""
    reason = f"pinyin injected inside a character{lost}"
    return Edit(run.start, run.end, text, "misaligned", reason, confidence, clear)


KIND = NoiseKind("misaligned", "injected pinyin inside characters", find)
