"""Forum jammer: the nonsense that Discuz puts at every line break of a copied post.

Each run is five or more pairs of a character 32–59, a blank, and a character 63–126; web extraction then collapses
blanks, so that a pair whose first character is a blank shows as " x". A run fills a line, or is glued to the end or
the start of a real one; it always ends after a complete pair, so that real Latin text next to it stays.
Source: the public code of Discuz! (function `jammer`), checked on a real page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from documents.edits import Edit
from documents.noise.base import NoiseKind, lines_with
from documents.noise.characters import CharacterSet, follow

_PAIR = r"(?:[\x21-\x3b] | {1,2})[\x3f-\x7e]"
_RUN = re.compile(_PAIR)
_FULL = re.compile(r"[\x20-\x3b] [\x3f-\x7e]")
_FIRSTS, _BLANK, _LASTS = (
    CharacterSet.ranges(("\x20", "\x3b")),
    CharacterSet(" "),
    CharacterSet.ranges(("\x3f", "\x7e")),
)
_SHORTEST = 5
# One longest run: 15 pairs of at most 3 characters, and two runs may meet on a line.
_LONGEST = 2 * 15 * 3
# A page with this many runs is a forum's: fewer whole pairs are enough there.
_SURE_RUNS = 3


def find(text: str) -> Iterator[Edit]:
    found = list(_runs(text, 4))
    yield from _runs(text, 2) if len(found) >= _SURE_RUNS else found


def _runs(text: str, whole: int) -> Iterator[Edit]:
    """The runs of `text` with at least so many whole pairs."""
    for offset, line in lines_with(text, follow(text, _FIRSTS, _BLANK, _LASTS)):
        body = line.rstrip(" \t")
        head = _head(body, whole)
        if head:
            yield _edit(offset, offset + head, "line" if head == len(body) else "glued to the start of a line")
        tail = _tail(body, head, whole)
        if tail < len(body):
            yield _edit(offset + tail, offset + len(body), "glued to the end of a line")


def _edit(start: int, end: int, where: str) -> Edit:
    return Edit(start, end, "", "jammer", f"forum jammer ({where})", 0.99)


def _head(line: str, whole: int) -> int:
    """Length of the jammer at the start of `line`, 0 if there is none."""
    if line[:1] > "\x7e":
        return 0
    start = len(line) - len(line.lstrip(" \t"))
    # The blank of a first pair " x" is stripped with the line's own blanks: its letter then stands alone.
    orphan = int("\x3e" < line[start : start + 1] < "\x7f")
    end = start + orphan
    while (pair := _RUN.match(line, end)) and end - start < _LONGEST:
        end = pair.end()
    # What goes on beyond that is something else.
    if pair:
        return 0
    return end if _is_jammer(line[start + orphan : end], whole, orphan) else 0


def _tail(line: str, floor: int, whole: int) -> int:
    """Offset at which the jammer at the end of `line` begins, its length if there is none."""
    if not "\x3f" <= line[-1:] <= "\x7e":
        return len(line)
    floor = max(floor, len(line) - _LONGEST - 3)
    begins = {len(line)}
    # Walk back pair by pair; the set holds every offset from which pairs reach the line's end.
    for at in range(len(line) - 2, floor - 1, -1):
        pair = _RUN.match(line, at)
        if pair and pair.end() in begins:
            begins.add(at)
    if min(begins) < len(line) - _LONGEST:
        return len(line)
    for at in sorted(begins):
        if at == len(line):
            break
        # A bracket that the text before leaves open closes here: the run then begins with a blank.
        closes = line[at] == ")" and at + 1 in begins and line.count("(", floor, at) > line.count(")", floor, at)
        if not closes and _is_jammer(line[at:], whole):
            return at
    return len(line)


def _is_jammer(run: str, least: int, orphans: int = 0) -> bool:
    """Enough pairs, nearly all of them whole: letters with single blanks between them are no jammer."""
    pairs = _RUN.findall(run)
    whole = sum(bool(_FULL.fullmatch(pair)) for pair in pairs)
    return len(pairs) + orphans >= _SHORTEST and whole >= least and whole * 10 >= len(pairs) * (6 if least > 2 else 4)


KIND = NoiseKind("jammer", "forum jammer", find)
