"""Big5 read as GBK, and GBK read as Big5: both give Chinese characters that nobody writes."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Container, Iterator

import numpy

from documents.edits import Edit
from documents.noise.base import lines_of
from documents.noise.characters import CharacterSet, running
from documents.noise.likelihood import CERTAIN, READS_WELL, likelihood
from documents.noise.lost_bytes import reread

_LONGEST = 4000
_LONGEST_LINE = 400
_WAYS = {"Big5 read as GBK": ("gb18030", "big5"), "GBK read as Big5": ("big5", "gbk")}
_LOST = "\ufffd"

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
# A byte that could not be read ends a run as ASCII does.
_ENDS = CharacterSet([*map(chr, range(0x80)), _LOST])
_UNUSUAL = re.compile(f"[^{_USUAL}]+")
_KANA = re.compile("[\u3041-\u30ff]")
_RUN = re.compile(f"[^\x00-\x7f{_LOST}]+")


def big5_and_gbk(text: str) -> Iterator[Edit]:
    clear = list(_clear_runs(text))
    certain = Counter(dict.fromkeys(_WAYS, 0))
    for edit in clear:
        certain[edit.reason] += len(edit.replacement)
    reason, count = certain.most_common(1)[0]
    if count < CERTAIN:
        yield from clear
        return
    # Whole lines are judged now, not runs; the clear ones stand in the order of the text.
    ahead = 0
    for offset, line in lines_of(text):
        if line.isascii():
            continue
        first = ahead
        while ahead < len(clear) and clear[ahead].start < offset + len(line):
            ahead += 1
        known = clear[first:ahead]
        whole = _whole_line(offset, line, reason, bool(known)) if _LOST in line else None
        if whole:
            yield whole
        else:
            yield from known
            yield from _line(offset, line, reason, {edit.start for edit in known})


def _clear_runs(text: str) -> Iterator[Edit]:
    """Runs that are plainly damaged: none of the characters that Chinese text is never without."""
    gaps = _PLAIN.gaps(text, _STRANGE)
    if not gaps:
        return
    usual = running(_USUALS.marks(text))
    # The whole run around a gap must be strange, too: text in rare characters is not looked at closer.
    ends = numpy.concatenate(([-1], _ENDS.marks(text).nonzero()[0], [len(text)]))
    at = numpy.searchsorted(ends, [start for start, _ in gaps])
    first, last = ends[at - 1] + 1, ends[at]
    strange = (usual[last] - usual[first]) * 8 <= last - first
    end = 0
    for start, stop in itertools.compress(gaps, strange.tolist()):
        if start < end:
            continue
        begin = text.rfind("\n", 0, start) + 1
        end = text.find("\n", stop)
        end = len(text) if end < 0 else end
        for run in _RUN.finditer(text, begin, min(end, begin + _LONGEST)):
            left, right = run.span()
            if right - left >= 4 and (found := _other_chinese(run.group(), int(usual[right] - usual[left]))):
                yield Edit(left, right, found[0], "mojibake", found[1], 0.9)


def _other_chinese(shown: str, usual: int) -> tuple[str, str] | None:
    """What `shown`, with `usual` usual characters, is if its bytes are read in the other Chinese encoding, and the reason.

    None if that is no better.
    """
    if usual * 8 > len(shown) or len(_KANA.findall(shown)) * 10 > 4 * len(shown):
        return None
    for reason, (wrong, right) in _WAYS.items():
        plain = _decoded(shown, wrong, right)
        if not plain or len(_UNUSUAL.sub("", plain)) < usual + len(plain) // 8:
            continue
        better = likelihood(plain)
        if better > READS_WELL and better > likelihood(shown) + 4:
            return plain, reason
    return None


def _decoded(shown: str, wrong: str, right: str) -> str:
    """The bytes that `shown` stands for in `wrong`, read in `right`; "" if they cannot be."""
    try:
        return shown.encode(wrong).decode(right)
    except UnicodeError:
        return ""


def _line(offset: int, line: str, reason: str, done: Container[int]) -> Iterator[Edit]:
    """The runs of one line of a damaged page, if the line as a whole reads better with them restored."""
    wrong, right = _WAYS[reason]
    runs = list(_RUN.finditer(line[:_LONGEST]))
    left = [run for run in runs if offset + run.start() not in done]
    if not left:
        return
    read = [(run.start(), *_best_piece(run.group(), wrong, right)) for run in left]
    known = len(left) < len(runs)
    shown = "".join(run.group() for run in left)
    plain = "".join(piece for _, _, piece, _ in read)
    if not _reads_better(shown, plain, known):
        return
    for at, start, piece, length in read:
        if piece:
            yield Edit(offset + at + start, offset + at + start + length, piece, "mojibake", reason, 0.8)


def _best_piece(shown: str, wrong: str, right: str) -> tuple[int, str, int]:
    """(start, text, length) of what can be read of `shown`, one of whose ends may belong to a byte that is lost."""
    tries = ((0, len(shown)), (1, len(shown)), (0, len(shown) - 1), (1, len(shown) - 1))
    for start, end in tries:
        if start < end and (plain := _decoded(shown[start:end], wrong, right)):
            return start, plain, end - start
    return 0, "", 0


def _reads_better(shown: str, plain: str, known: bool) -> bool:
    """Whether `plain` may stand for `shown` on a damaged page; `known`: in a line that is damaged for certain."""
    reads = likelihood(plain)
    return (
        bool(plain) and reads - likelihood(shown) >= (1 if known else 3) and reads >= READS_WELL - (3 if known else 1)
    )


def _whole_line(offset: int, line: str, reason: str, known: bool) -> Edit | None:
    """One edit for a line in which bytes are lost, None if that does not read better."""
    start = next(at for at, char in enumerate(line) if char > "\x7f")
    end = next(at for at in range(len(line), 0, -1) if line[at - 1] > "\x7f")
    # An ASCII character may be the second byte of a character whose first is lost.
    end += line[end - 1] == _LOST and end < len(line) and line[end] >= "@"
    shown = line[start:end]
    plain = reread(shown, *_WAYS[reason]) if len(shown) <= _LONGEST_LINE else ""
    if not _reads_better(shown, plain.replace(_LOST, ""), known):
        return None
    return Edit(offset + start, offset + end, plain, "mojibake", f"{reason}, lost bytes completed", 0.7)
