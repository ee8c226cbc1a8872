"""From a page of PDFium to its characters: what each says, where it stands, and in which direction they run.

There are thousands on a page, and this is most of the time that a file takes: so a character is a plain tuple, and
PDFium is asked for no more than may differ from the character before.
"""

from __future__ import annotations

import ctypes
import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise, repeat
from typing import Any

import pypdfium2.raw as raw  # type: ignore[import-untyped]

from documents.formats.pdf_lines import Character, is_wide

MOST_ON_PAGE = 200_000

_LOST = "\ufffd"
_FAR = 1e6
_BLANKS = frozenset((0x20, 0x0D, 0x0A))
_HYPHENS = frozenset((0x02, 0xFFFE, 0xAD))

# Degrees clockwise; left, bottom, right and top edge; x and y of the origin, y growing upwards; size in points; text.
Glyph = tuple[int, float, float, float, float, float, float, float, str]


def _direct(name: str, result: Any) -> Any:
    """A function of PDFium that takes its arguments as they are: checking their types takes longer than the call."""
    function: Any = ctypes.PYFUNCTYPE(result)(ctypes.cast(getattr(raw, name), ctypes.c_void_p).value or 0)
    function.argtypes = None
    return function


_code_of = _direct("FPDFText_GetUnicode", ctypes.c_uint)
_unnamed_of = _direct("FPDFText_HasUnicodeMapError", ctypes.c_int)
_object_of = _direct("FPDFText_GetTextObject", ctypes.c_void_p)
_box_of = _direct("FPDFText_GetLooseCharBox", ctypes.c_int)


class Glyphs:
    """The characters of a text page in the file's order; `shown` and `lost` count them as they are read."""

    def __init__(self, text_page: Any) -> None:
        self.count = int(raw.FPDFText_CountChars(text_page.raw))
        self.shown = self.lost = 0
        self._handle = text_page.raw

    def __iter__(self) -> Iterator[Glyph]:
        handle, count = ctypes.cast(self._handle, ctypes.c_void_p), self.count
        box = (ctypes.c_float * 4)()
        box_at = ctypes.byref(box)
        setting = _Setting(self._handle)
        half, start = 0, 0.0
        height: object = None
        shift = y = size = 0.0
        for at, code, error, drawn_by in zip(
            range(count),
            map(_code_of, repeat(handle), range(count)),
            map(_unnamed_of, repeat(handle), range(count)),
            map(_object_of, repeat(handle), range(count)),
            strict=True,
        ):
            if code in _BLANKS and raw.FPDFText_IsGenerated(self._handle, at) == 1:
                continue
            _box_of(handle, at, box_at)
            left, top, right, bottom = box
            if 0xD800 <= code < 0xDC00:
                half, start = code, left
                continue
            if 0x4E00 <= code < 0xA000 and error != 1:
                text = chr(code)
                self.shown += 1
            else:
                text = self._character(code, half, error == 1)
            if half:
                left, half = start, 0
            # What one command draws has one size and one direction; as high as before, it stands on the same baseline.
            if height == (drawn_by, top, bottom) and -_FAR < left <= right < _FAR:
                yield 0, left, bottom, right, top, left + shift, y, size, text
                continue
            glyph = setting.glyph(at, (left, bottom, right, top), text)
            degrees, left, low, _, high, x, y, size, _ = glyph
            shift = x - left
            height = None if degrees or (high, low) != (top, bottom) else (drawn_by, top, bottom)
            yield glyph

    def _character(self, code: int, half: int, unnamed: bool) -> str:
        """The character to keep: a blank for any space, U+FFFD for one without a meaning."""
        if code in _HYPHENS and not unnamed:
            self.shown += 1
            return "-"
        if 0xDC00 <= code < 0xE000 and half:
            code = 0x10000 + ((half - 0xD800) << 10) + (code - 0xDC00)
        known = 0x20 <= code < 0xD800 or 0xE000 <= code < 0x110000
        text = chr(code) if known else _LOST
        if known and not unnamed and (text.isspace() or code in (0x200B, 0xFEFF)):
            return " "
        self.shown += 1
        if 0x7F <= code < 0xA0 or unnamed or code in (0xFFFD, 0xFFFF):
            text = _LOST
        # Symbol fonts put their signs at U+F000–F0FF; any other private character is nothing that can be read.
        private = 0xE000 <= code < 0xF000 or 0xF100 <= code < 0xF900 or code >= 0xF0000
        self.lost += text == _LOST or private
        return text


class _Setting:
    """How characters are set: direction, origin, font size, which PDFium gives before the text matrix."""

    def __init__(self, handle: Any) -> None:
        self._handle = handle
        # By the size before the matrix: the height of a character, and the size in points that it was found to have.
        self._sizes: dict[float, tuple[float, float]] = {}
        self._matrix = raw.FS_MATRIX()
        self._x, self._y = ctypes.c_double(), ctypes.c_double()

    def glyph(self, at: int, box: tuple[float, float, float, float], text: str) -> Glyph:
        """The character at an index, its box within measure: a file may have any number anywhere."""
        left, bottom, right, top = box
        raw.FPDFText_GetCharOrigin(self._handle, at, ctypes.byref(self._x), ctypes.byref(self._y))
        x, y = self._x.value, self._y.value
        if not (-_FAR < left <= right < _FAR and -_FAR < bottom <= top < _FAR and abs(x + y) < _FAR):
            left, right = sorted((finite(left), finite(right)))
            bottom, top = sorted((finite(bottom), finite(top)))
            x, y = finite(x), finite(y)
        turn = raw.FPDFText_GetCharAngle(self._handle, at)
        degrees = round(math.degrees(turn)) % 360 if 0 < turn < 10 else 0
        return degrees, left, bottom, right, top, x, y, self._size(at, max(top - bottom, right - left)), text

    def _size(self, at: int, extent: float) -> float:
        nominal = raw.FPDFText_GetFontSize(self._handle, at)
        known = self._sizes.get(nominal)
        if known is None or abs(known[0] - extent) > 0.1 * known[0]:
            raw.FPDFText_GetMatrix(self._handle, at, self._matrix)
            size = abs(nominal) * math.hypot(self._matrix.c, self._matrix.d)
            size = size if math.isfinite(size) and 0.2 * extent < size < 5 * extent else extent
            known = self._sizes[nominal] = (extent, max(0.1, size))
        return known[1]


def finite(value: float) -> float:
    """The value, or the nearest one that can be reckoned with."""
    return max(-_FAR, min(_FAR, value)) if math.isfinite(value) else 0.0


def upright_groups(glyphs: list[Glyph], page: tuple[float, ...]) -> list[tuple[list[Character], float]]:
    """Characters by the direction in which they run, the commonest first, each group upright with its page's height."""
    by_angle: dict[int, list[Glyph]] = defaultdict(list)
    for glyph in glyphs:
        by_angle[glyph[0]].append(glyph)
    groups = []
    if down := _set_vertically(by_angle[0]):
        # Latin words in vertical lines lie on their side.
        below = [glyph for glyph in glyphs if id(glyph) in down or glyph[0] == 90]
        groups.append((_laid_down(below, page), page[2] - page[0]))
        by_angle[0] = [glyph for glyph in by_angle[0] if id(glyph) not in down]
        by_angle.pop(90, None)
    groups += [_placed(group, angle, page) for angle, group in by_angle.items() if group]
    return sorted(groups, key=lambda group: -len(group[0]))


def _placed(glyphs: list[Glyph], degrees: int, page: tuple[float, ...]) -> tuple[list[Character], float]:
    """Characters turned upright, with y from the upper edge of the page downwards, and the height of the page."""
    if degrees == 0:
        edge = page[3]
        upright = ((left, right, edge - y, size, text) for _, left, _, right, _, _, y, size, text in glyphs)
        return list(map(Character._make, upright)), edge - page[1]
    turn = math.radians(degrees)
    cos, sin = math.cos(turn), math.sin(turn)

    def turned(x: float, y: float) -> tuple[float, float]:
        return x * cos - y * sin, -(x * sin + y * cos)

    heights = [turned(page[side], page[level])[1] for side in (0, 2) for level in (1, 3)]
    top, height = min(heights), max(heights) - min(heights)
    placed = []
    for _, left, bottom, right, upper, x, y, size, text in glyphs:
        if degrees % 90 == 0:
            a, b = turned(left, bottom)[0], turned(right, upper)[0]
        else:
            middle = turned((left + right) / 2, (bottom + upper) / 2)[0]
            half = size * (0.5 if is_wide(text) else 0.25)
            a, b = middle - half, middle + half
        placed.append(Character(min(a, b), max(a, b), turned(x, y)[1] - top, size, text))
    return placed, height


def _set_vertically(glyphs: list[Glyph]) -> set[int]:
    """The ids of upright characters that follow each other downwards, where these are most: Chinese set vertically."""
    down: set[int] = set()
    for a, b in pairwise(glyphs):
        _, _, _, _, _, ax, ay, em, _ = a
        if ay - b[6] > 0.7 * em and ay - b[6] < 1.6 * em and abs(b[5] - ax) < 0.3 * em:
            down.update((id(a), id(b)))
    if len(down) < 8:
        return set()
    across = _beside(glyphs)
    if len(down) < 2 * len(across):
        return set()
    return {id(glyph) for glyph in glyphs if id(glyph) in down or id(glyph) not in across}


def _beside(glyphs: Sequence[Glyph]) -> set[int]:
    """The ids of characters that follow each other on one baseline."""
    across: set[int] = set()
    for a, b in pairwise(glyphs):
        _, _, _, _, _, ax, ay, em, _ = a
        if abs(ay - b[6]) < 0.3 * em and 0.2 * em < abs(b[5] - ax) < 1.6 * em:
            across.update((id(a), id(b)))
    return across


def _laid_down(glyphs: list[Glyph], page: tuple[float, ...]) -> list[Character]:
    """Vertical lines laid down: what was below is to the right, what was to the left is below."""
    placed = []
    for degrees, left, bottom, right, upper, _, _, size, text in glyphs:
        middle = (bottom + upper) / 2
        half = (upper - bottom if degrees else size) / 2
        placed.append(Character(-middle - half, half - middle, page[2] - (left + right) / 2, size, text))
    return placed
