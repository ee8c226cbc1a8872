"""From the lines of a page to columns, tables and paragraphs in reading order.

Lengths are in points, y grows downwards, and an em is the size of a line's font. All steps are nearly linear in what the
page holds.
"""

from __future__ import annotations

import bisect
import dataclasses
import re
import statistics
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise

from documents.formats.pdf_lines import ENUMERATOR, Line, is_wide

_TERMINAL = frozenset("。！？；：.!?;:…")
_CLOSING = "”’」』）)》】"
_LEADERS = re.compile(r"(?:\.{4,}|…{2,}|[·．]{4,}|(?:\. ){4,})\s*[\dIVXivx]{1,5}$")
_DEEPEST = 4
# Above this many lines in a block, edges are those of the block, not of what stands above and below a line.
_MANY = 1500
# Radicals that fonts name instead of the character of the same shape: no normalization form changes most of them.
_RADICALS = str.maketrans(
    "⺁⺄⺅⺆⺈⺉⺊⺋⺌⺍⺎⺏⺐⺒⺓⺔⺕⺖⺘⺙⺛⺜⺝⺞⺟⺠⺡⺢⺣⺤⺥⺦⺧⺨⺩⺪⺫⺬⺭⺮⺯⺰⺱⺲⺶⺹⺺⺻⺼⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻟⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳",
    "厂乙亻冂刀刂卜㔾小小兀尣尢巳幺彑彐忄扌攵旡日月歺母民氵氺灬爫爫丬牛犭王疋目示礻竹糹纟罓罒羊耂肀聿月臼艹艹艹虎衤覀西见角讠贝足车辶辶辶阝钅長镸长门阜阝雨青韦页风飞食飠饣马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟",
)
_COMPATIBLE = re.compile("[\u2e80-\u2fdf\uf900-\ufaff]")


@dataclasses.dataclass(slots=True)
class Paragraph:
    """Lines that belong together; whether it may go on from the column or page before, and into the next."""

    lines: list[Line]
    opens: bool = False
    runs_on: bool = False

    @property
    def text(self) -> str:
        """The lines as one: joined without a blank beside Chinese, hyphenation of Latin words undone."""
        text = ""
        for line in self.lines:
            text = _joined(text, line.text)
        return _usual(" ".join(text.split()))


def _usual(text: str) -> str:
    return _COMPATIBLE.sub(lambda found: unicodedata.normalize("NFKC", found[0].translate(_RADICALS)), text)


def _is_ended(text: str) -> bool:
    return text.rstrip(_CLOSING)[-1:] in _TERMINAL


def _joined(before: str, after: str) -> str:
    if not before or not after:
        return before or after
    if before[-1] == "-" and before[-2:-1].isalpha() and not is_wide(before[-2]):
        return (before[:-1] if after[0].islower() else before) + after
    return before + after if is_wide(before[-1]) or is_wide(after[0]) else f"{before} {after}"


def paragraphs_of(lines: list[Line]) -> list[Paragraph]:
    """The paragraphs and cells of a page in reading order, from its lines: columns one after another, tables by rows."""
    lengths: Counter[float] = Counter()
    for line in lines:
        lengths[line.size] += len(line.text)
    body = lengths.most_common(1)[0][0] if lengths else 1.0
    if not lines:
        return []
    return [paragraph for block in _blocks(lines, 0) for paragraph in _paragraphs(block, body)]


def _gutter(lines: list[Line]) -> float | None:
    """Where a column or cell begins to the right of others, on three lines at least."""
    if len(lines) < 6:
        return None
    em = max(1.0, statistics.median(line.size for line in lines))
    first = min(line.x0 for line in lines)
    starts: dict[int, tuple[int, float]] = {}
    for line in lines:
        count, least = starts.get(int(line.x0 / em), (0, line.x0))
        starts[int(line.x0 / em)] = (count + 1, min(least, line.x0))
    frequent = sorted(starts.values(), reverse=True)[:12]
    found = [(_pairs(lines, start, em), start) for _, start in frequent if start > first + 2 * em]
    most = max((pairs for pairs, _ in found), default=0)
    return min(start for pairs, start in found if pairs >= 0.6 * most) if most >= 3 else None


def _sides(lines: list[Line], start: float, em: float) -> tuple[list[Line], list[Line], list[Line]]:
    left: list[Line] = []
    right: list[Line] = []
    across: list[Line] = []
    for line in lines:
        side = right if line.x0 >= start - 0.3 * em else left if line.x1 <= start - 0.6 * em else across
        side.append(line)
    return left, right, across


def _pairs(lines: list[Line], start: float, em: float) -> int:
    left, right, _ = _sides(lines, start, em)
    return len(_paired(left, right, em))


def _paired(left: list[Line], right: list[Line], em: float) -> list[float]:
    """The heights of lines at the left that have one beside them at the right."""
    heights = sorted(line.y for line in right)
    found = []
    for line in left:
        at = bisect.bisect_left(heights, line.y - 0.7 * em)
        if at < len(heights) and heights[at] <= line.y + 0.7 * em:
            found.append(line.y)
    return found


def _blocks(lines: list[Line], depth: int) -> Iterator[list[Line]]:
    """Blocks in reading order: what stands in one column, or a table with all of its cells."""
    start = _gutter(lines) if depth < _DEEPEST else None
    if start is None:
        yield lines
        return
    em = max(1.0, statistics.median(line.size for line in lines))
    plain: list[Line] = []
    for band, across in _bands(lines, start, em):
        left, right, _ = _sides(band, start, em)
        paired = _paired(left, right, em)
        if len(paired) < 3:
            plain += [*band, *across]
            continue
        inner = [line for line in band if min(paired) <= line.y + 0.7 * em and line.y <= max(paired) + 0.7 * em]
        prose = all(_is_prose(side, depth) for side in _sides(inner, start, em)[:2])
        before, band, after = _trimmed(band, inner, prose, em)
        plain += before
        if plain:
            yield from _blocks(plain, depth + 1)
        left, right, _ = _sides(band, start, em)
        if prose:
            yield from _blocks(left, depth + 1)
            yield from _blocks(right, depth + 1)
        else:
            yield band
        plain = [*after, *across]
    if plain:
        yield from _blocks(plain, depth + 1)


def _bands(lines: list[Line], start: float, em: float) -> Iterator[tuple[list[Line], list[Line]]]:
    """What stands between lines across the gutter, and the lines across it that follow."""
    across = {id(line) for line in _sides(lines, start, em)[2]}
    band: list[Line] = []
    crossing: list[Line] = []
    for line in sorted(lines, key=lambda line: line.y):
        if id(line) in across:
            crossing.append(line)
            continue
        if crossing:
            yield band, crossing
            band, crossing = [], []
        band.append(line)
    yield band, crossing


def _trimmed(band: list[Line], inner: list[Line], prose: bool, em: float) -> tuple[list[Line], list[Line], list[Line]]:
    """A band in three: what stands apart above its columns, the columns, what stands apart below.

    Text right above or below the lines that stand side by side is part of its column; above a table it is not.
    """
    first, last = band.index(inner[0]), len(band) - 1 - band[::-1].index(inner[-1])
    while prose and first and band[first].y - band[first - 1].y <= 2.0 * em:
        first -= 1
    while last + 1 < len(band) and band[last + 1].y - band[last].y <= (2.0 if prose else 1.6) * em:
        last += 1
    return band[:first], band[first : last + 1], band[last + 1 :]


def _is_prose(lines: list[Line], depth: int) -> bool:
    """Whether lines run from edge to edge, as text in columns does and cells do not."""
    if len(lines) < 3:
        return False
    em = max(1.0, statistics.median(line.size for line in lines))
    start = _gutter(lines) if depth < _DEEPEST else None
    if start is not None:
        left, right, _ = _sides(lines, start, em)
        return _is_prose(left, depth + 1) and _is_prose(right, depth + 1)
    width = max(line.x1 for line in lines) - min(line.x0 for line in lines)
    full = sum(line.x1 - line.x0 >= 0.6 * width for line in lines)
    return width >= 7 * em and 2 * full >= len(lines)


class _Block:
    """Lines of one block with what a line is judged by: its column's edges, the usual pitch and size."""

    def __init__(self, lines: list[Line], body: float) -> None:
        self.lines = lines
        self.body = body
        self.left = min(line.x0 for line in lines)
        self.right = max(line.x1 for line in lines)
        self.size = max(1.0, statistics.median(line.size for line in lines))
        self.cells = any(abs(a.y - b.y) < 0.3 * self.size for a, b in pairwise(lines))
        steps = [b.y - a.y for a, b in pairwise(lines) if b.y - a.y > 0.6 * self.size]
        common = Counter(round(step) for step in steps if step < 3 * self.size).most_common(1)
        self.pitch = max(common[0][0] + 0.5 if common and common[0][1] > 1 else 0.0, 1.6 * self.size)
        self.edges = {id(line): self._edges(line) for line in lines}

    def _edges(self, line: Line) -> tuple[float, float]:
        if not self.cells or len(self.lines) > _MANY:
            return self.left, self.right
        beside = [other for other in self.lines if other.x0 < line.x1 and other.x1 > line.x0]
        return min((other.x0 for other in beside), default=line.x0), max(
            (other.x1 for other in beside), default=line.x1
        )

    def is_full(self, line: Line, following: Line | None) -> bool:
        """Whether the beginning of the following line had found no room at the end of a line."""
        room = self.edges[id(line)][1] - line.x1
        if self.cells and line.x1 - line.x0 < 6 * line.size:
            return False
        word = following.text.split(maxsplit=1)[0] if following is not None else ""
        if line.text[-1] == "-" and word[:1].islower():
            return True
        if word and not is_wide(word[0]):
            return room < (0.6 * min(len(word), 30) + 0.8) * line.size
        return room < 2.3 * line.size

    def goes_on(self, above: Line, line: Line) -> bool:
        """Whether a line continues the paragraph of the line above."""
        em = max(above.size, line.size, 1.0)
        if abs(above.size - line.size) > 0.12 * em or _LEADERS.search(above.text):
            return False
        if not 0.5 * em < line.y - above.y <= min(1.25 * self.pitch * max(1.0, em / self.size), 3.2 * em):
            return False
        left, right = self.edges[id(line)]
        if self._is_title(above, left, right) and self._is_title(line, left, right):
            return True
        if not self.is_full(above, line):
            return False
        ended = _is_ended(above.text)
        if ENUMERATOR.match(line.text) and ended:
            return False
        if ENUMERATOR.match(above.text) and -0.5 * em <= line.x0 - above.x0 <= 4.5 * em:
            return True
        if line.x0 - left > 1.2 * em:
            return abs(line.x0 - above.x0) < 0.5 * em and not ended
        return True

    def _is_title(self, line: Line, left: float, right: float) -> bool:
        before, after = line.x0 - left, right - line.x1
        return (
            not self.cells
            and line.size > 1.15 * self.body
            and abs(before - after) < 1.5 * line.size
            and min(before, after) > -1
        )


def _paragraphs(lines: list[Line], body: float) -> list[Paragraph]:
    """The paragraphs of a block in the order in which they begin, row by row."""
    lines = _by_rows(lines)
    block = _Block(lines, body)
    paragraphs: list[Paragraph] = []
    # Paragraphs that the next lines may continue: the last of each cell of the rows above.
    last: list[Paragraph] = []
    for line in lines:
        last = [one for one in last if line.y - one.lines[-1].y <= 3.5 * max(1.0, line.size)][-40:]
        above = [one for one in last if one.lines[-1].x0 < line.x1 and one.lines[-1].x1 > line.x0]
        if above and block.goes_on(above[-1].lines[-1], line):
            above[-1].lines.append(line)
        else:
            last = [one for one in last if one not in above]
            last.append(Paragraph([line]))
            paragraphs.append(last[-1])
    if paragraphs and not block.cells:
        _set_open(block, paragraphs)
    return paragraphs


def _by_rows(lines: list[Line]) -> list[Line]:
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: line.y):
        if rows and abs(line.y - rows[-1][0].y) <= 0.3 * max(1.0, line.size):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [line for row in rows for line in sorted(row, key=lambda line: line.x0)]


def _set_open(block: _Block, paragraphs: list[Paragraph]) -> None:
    first, last = paragraphs[0].lines[0], paragraphs[-1].lines[-1]
    em = max(1.0, first.size)
    paragraphs[0].opens = first.x0 - block.left < em and not ENUMERATOR.match(first.text)
    paragraphs[-1].runs_on = (
        len(block.lines) >= 3
        and block.is_full(last, None)
        and not _is_ended(last.text)
        and last.x1 - last.x0 >= 8 * last.size
    )


def continued(paragraphs: Iterable[tuple[str, Paragraph]]) -> Iterator[tuple[str, Paragraph]]:
    """Paragraphs with their places, those that run on over the end of a column or page made one."""
    held: tuple[str, Paragraph] | None = None
    for place, paragraph in paragraphs:
        if held is not None:
            before = held[1]
            sizes = before.lines[-1].size, paragraph.lines[0].size
            if before.runs_on and paragraph.opens and abs(sizes[0] - sizes[1]) <= 0.08 * max(sizes):
                before.lines += paragraph.lines
                before.runs_on = paragraph.runs_on
                continue
            yield held
        held = place, paragraph
    if held is not None:
        yield held
