"""The program that reads a PDF with PDFium: bytes in at standard input, JSON out, in a process of its own.

PDFium is native code that no one thread may share with another, and that a hostile file can bring down or keep busy
without end: `pdf.py` starts this with limits on processor time and memory. The JSON has either `error`, the end of a
sentence about the file, or `texts` ([text, place] each, in reading order) and `notes` (sentences).
"""

from __future__ import annotations

import ctypes
import gc
import json
import math
import re
import signal
import statistics
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import closing
from itertools import pairwise
from typing import Any, NamedTuple

import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pypdfium2.raw as raw  # type: ignore[import-untyped]

from documents.formats.base import FormatError
from documents.formats.pdf_layout import Paragraph, continued, paragraphs_of
from documents.formats.pdf_lines import Character, Line, is_wide, lines_of

MOST_PAGES = 20_000
MOST_CHARACTERS = 30_000_000
MOST_ON_PAGE = 200_000
# Processor seconds for a file, bytes of memory besides the file.
FILE_SECONDS = 900
MEMORY = 3 * 1024**3

_LOST = "\ufffd"
_FAR = 1e6
_BLANKS = frozenset((0x20, 0x0D, 0x0A))
_HYPHENS = frozenset((0x02, 0xFFFE, 0xAD))
_PAGE_NUMBER = re.compile(r"[\W_]*(?:第?#+页?|page#+|p#+)(?:[\W_]*(?:of|共)?[\W_]*#+页?)?[\W_]*", re.IGNORECASE)


class _Page(NamedTuple):
    """What is kept of a page: its lines by the direction in which they run, with the page's height in points."""

    number: int
    groups: list[tuple[list[Line], float]]


class _Glyph(NamedTuple):
    """A character as PDFium has it: y grows upwards, angles are clockwise."""

    degrees: int
    box: tuple[float, float, float, float]
    origin: tuple[float, float]
    size: float
    text: str


class _Reader:
    """Reads the pages of an open document, one at a time, and counts what cannot be read."""

    def __init__(self) -> None:
        self.notes: list[str] = []
        self.shown = self.lost = self.pictures = self.failed = 0

    def pages(self, document: Any) -> Iterator[_Page]:
        """The pages in order, each closed after the one behind it is open: so fonts that both use are loaded once."""
        before: Any = None
        for at in range(len(document)):
            _limit_page()
            try:
                page = document[at]
            except pdfium.PdfiumError:
                self.failed += 1
                self.notes.append(f"page {at + 1} is damaged and could not be read")
                continue
            read = self._page(page, at + 1)
            if before is not None:
                before.close()
            before = page
            yield read

    def _page(self, page: Any, number: int) -> _Page:
        box = raw.FS_RECTF()
        raw.FPDF_GetPageBoundingBox(page, box)
        before = self.lost
        shown = self.shown
        try:
            text_page = page.get_textpage()
        except pdfium.PdfiumError:
            self.failed += 1
            self.notes.append(f"page {number} is damaged and could not be read")
            return _Page(number, [])
        with closing(text_page):
            glyphs = list(self._glyphs(text_page, number))
        if lost := self.lost - before:
            self.notes.append(f"page {number} has {lost} of {self.shown - shown} characters that its fonts do not name")
        corners = tuple(_finite(side) for side in (box.left, box.bottom, box.right, box.top))
        groups = [(lines_of(characters), height) for characters, height in _groups(glyphs, corners)]
        if not any(lines for lines, _ in groups) and _has_picture(page):
            self.pictures += 1
            self.notes.append(f"page {number} is a picture without text")
        return _Page(number, groups)

    def _glyphs(self, text_page: Any, number: int) -> Iterator[_Glyph]:
        handle = text_page.raw
        count = raw.FPDFText_CountChars(handle)
        if count > MOST_ON_PAGE:
            raise FormatError(f"holds more than {MOST_ON_PAGE:,} characters on page {number}; it is not read.")
        box, x, y = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
        box_at, x_at, y_at = ctypes.byref(box), ctypes.byref(x), ctypes.byref(y)
        scales = _Scales(handle)
        half, start = 0, 0.0
        for at in range(count):
            code = raw.FPDFText_GetUnicode(handle, at)
            if code in _BLANKS and raw.FPDFText_IsGenerated(handle, at) == 1:
                continue
            raw.FPDFText_GetLooseCharBox(handle, at, box_at)
            if 0xD800 <= code < 0xDC00:
                half, start = code, box.left
                continue
            unnamed = raw.FPDFText_HasUnicodeMapError(handle, at) == 1
            if 0x4E00 <= code < 0xA000 and not unnamed:
                text = chr(code)
                self.shown += 1
            elif not (text := self._character(code, half, unnamed)):
                continue
            raw.FPDFText_GetCharOrigin(handle, at, x_at, y_at)
            left, bottom, right, top = start if half else box.left, box.bottom, box.right, box.top
            half = 0
            origin = x.value, y.value
            if not (-_FAR < left <= right < _FAR and -_FAR < bottom <= top < _FAR and abs(sum(origin)) < _FAR):
                left, right = sorted((_finite(left), _finite(right)))
                bottom, top = sorted((_finite(bottom), _finite(top)))
                origin = _finite(x.value), _finite(y.value)
            turn = raw.FPDFText_GetCharAngle(handle, at)
            degrees = round(math.degrees(turn)) % 360 if 0 < turn < 10 else 0
            size = scales.size(at, max(top - bottom, right - left))
            yield _Glyph(degrees, (left, bottom, right, top), origin, size, text)

    def _character(self, code: int, half: int, unnamed: bool) -> str:
        """The character to keep: a blank for any space, U+FFFD for one without a meaning, "" for none at all."""
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


class _Scales:
    """Font sizes in points: PDFium gives the font's size before the text matrix, which is asked for where it changes."""

    def __init__(self, handle: Any) -> None:
        self._handle = handle
        self._known: dict[float, tuple[float, float]] = {}
        self._matrix = raw.FS_MATRIX()

    def size(self, at: int, extent: float) -> float:
        """The size of the character at an index whose box is so high or wide."""
        nominal = raw.FPDFText_GetFontSize(self._handle, at)
        known = self._known.get(nominal)
        if known is None or abs(known[0] - extent) > 0.1 * known[0]:
            raw.FPDFText_GetMatrix(self._handle, at, self._matrix)
            size = abs(nominal) * math.hypot(self._matrix.c, self._matrix.d)
            size = size if math.isfinite(size) and 0.2 * extent < size < 5 * extent else extent
            known = self._known[nominal] = (extent, max(0.1, size))
        return known[1]


def _finite(value: float) -> float:
    return max(-_FAR, min(_FAR, value)) if math.isfinite(value) else 0.0


def _groups(glyphs: list[_Glyph], page: tuple[float, ...]) -> list[tuple[list[Character], float]]:
    """Characters by the direction in which they run, the commonest first, each group upright with its page's height."""
    by_angle: dict[int, list[_Glyph]] = defaultdict(list)
    for glyph in glyphs:
        by_angle[glyph.degrees].append(glyph)
    groups = []
    if down := _set_vertically(by_angle[0]):
        # Latin words in vertical lines lie on their side.
        below = [glyph for glyph in glyphs if id(glyph) in down or glyph.degrees == 90]
        groups.append((_laid_down(below, page), page[2] - page[0]))
        by_angle[0] = [glyph for glyph in by_angle[0] if id(glyph) not in down]
        by_angle.pop(90, None)
    groups += [_placed(group, angle, page) for angle, group in by_angle.items() if group]
    return sorted(groups, key=lambda group: -len(group[0]))


def _placed(glyphs: list[_Glyph], degrees: int, page: tuple[float, ...]) -> tuple[list[Character], float]:
    """Characters turned upright, with y from the upper edge of the page downwards, and the height of the page."""
    if degrees == 0:
        edge = page[3]
        return [
            Character(left, right, edge - y, size, text) for _, (left, _, right, _), (_, y), size, text in glyphs
        ], edge - page[1]
    turn = math.radians(degrees)
    cos, sin = math.cos(turn), math.sin(turn)

    def turned(x: float, y: float) -> tuple[float, float]:
        return x * cos - y * sin, -(x * sin + y * cos)

    heights = [turned(page[side], page[level])[1] for side in (0, 2) for level in (1, 3)]
    top, height = min(heights), max(heights) - min(heights)
    placed = []
    for _, (left, bottom, right, upper), origin, size, text in glyphs:
        if degrees % 90 == 0:
            a, b = turned(left, bottom)[0], turned(right, upper)[0]
        else:
            middle = turned((left + right) / 2, (bottom + upper) / 2)[0]
            half = size * (0.5 if is_wide(text) else 0.25)
            a, b = middle - half, middle + half
        placed.append(Character(min(a, b), max(a, b), turned(*origin)[1] - top, size, text))
    return placed, height


def _set_vertically(glyphs: list[_Glyph]) -> set[int]:
    """The ids of upright characters that follow each other downwards, where these are most: Chinese set vertically."""
    down: set[int] = set()
    across: set[int] = set()
    for a, b in pairwise(glyphs):
        (ax, ay), (bx, by), em = a.origin, b.origin, a.size
        if abs(ay - by) < 0.3 * em:
            if 0.2 * em < abs(bx - ax) < 1.6 * em:
                across.add(id(a))
                across.add(id(b))
        elif 0.7 * em < ay - by < 1.6 * em and abs(bx - ax) < 0.3 * em:
            down.add(id(a))
            down.add(id(b))
    if len(down) < 8 or len(down) < 2 * len(across):
        return set()
    return {id(glyph) for glyph in glyphs if id(glyph) in down or id(glyph) not in across}


def _laid_down(glyphs: list[_Glyph], page: tuple[float, ...]) -> list[Character]:
    """Vertical lines laid down: what was below is to the right, what was to the left is below."""
    placed = []
    for degrees, (left, bottom, right, upper), _, size, text in glyphs:
        middle = (bottom + upper) / 2
        half = (upper - bottom if degrees else size) / 2
        placed.append(Character(-middle - half, half - middle, page[2] - (left + right) / 2, size, text))
    return placed


def _has_picture(page: Any) -> bool:
    kinds = Counter(raw.FPDFPageObj_GetType(raw.FPDFPage_GetObject(page, at)) for at in range(_few_objects(page)))
    # Text drawn as outlines is as unreadable as a picture of it.
    return kinds[raw.FPDF_PAGEOBJ_IMAGE] + kinds[raw.FPDF_PAGEOBJ_FORM] > 0 or kinds[raw.FPDF_PAGEOBJ_PATH] >= 100


def _few_objects(page: Any) -> int:
    return min(5000, max(0, int(raw.FPDFPage_CountObjects(page))))


def _running(pages: list[_Page]) -> dict[tuple[str, bool, int], Line]:
    """Lines at the same height on many pages, by what they are with digits aside, in the order in which they come."""
    counts: Counter[tuple[str, bool, int]] = Counter()
    first: dict[tuple[str, bool, int], Line] = {}
    for page in pages:
        for key, line in dict(_outermost(page)).items():
            counts[key] += 1
            first.setdefault(key, line)
    many = max(3, min(5, math.ceil(0.3 * len(pages))))
    numbered = {key for key in first if _PAGE_NUMBER.fullmatch(key[0])}
    return {key: line for key, line in first.items() if counts[key] >= (2 if key in numbered else many)}


def _outermost(page: _Page) -> Iterator[tuple[tuple[str, bool, int], Line]]:
    """Lines of the three upper and lower rows near the edges, each with its key: text, whether above, height."""
    for lines, height in page.groups:
        rows = sorted({round(line.y) for line in lines})
        upper = {y for y in _apart(rows, lines) if y <= 0.13 * height}
        lower = {-y for y in _apart([-y for y in reversed(rows)], lines) if -y >= 0.87 * height}
        for line in lines:
            if (y := round(line.y)) in upper or y in lower:
                key = re.sub(r"\d+|(?<=第)[一二三四五六七八九十百]+(?=页)", "#", re.sub(r"\s+", "", line.text))
                yield (key, y in upper, round(line.y / 3)), line


def _apart(rows: list[int], lines: list[Line]) -> list[int]:
    """Of the three outermost rows, those outside of the last gap that is wider than between lines of a paragraph."""
    if not rows:
        return []
    steps = [b - a for a, b in pairwise(rows)]
    usual = min(statistics.median(steps or [0]), 1.8 * statistics.median(line.size for line in lines))
    wide = [at + 1 for at, step in enumerate(steps[:3]) if step > 1.2 * usual]
    return rows[: wide[-1]] if wide else rows if len(rows) == 1 else []


def _texts(pages: list[_Page]) -> Iterator[list[str]]:
    running = _running(pages)
    for place, paragraph in continued(_placed_paragraphs(pages, running)):
        if text := paragraph.text:
            yield [text, place]
    given = set()
    for (key, above, _), line in running.items():
        if (key, above) not in given and (text := Paragraph([line]).text):
            given.add((key, above))
            yield [text, f"{'header' if above else 'footer'} of all pages"]


def _placed_paragraphs(
    pages: list[_Page], running: dict[tuple[str, bool, int], Line]
) -> Iterator[tuple[str, Paragraph]]:
    for page in pages:
        _limit_page()
        left_out = {id(line) for key, line in _outermost(page) if key in running}
        place = f"page {page.number}"
        for lines, _ in page.groups:
            if body := [line for line in lines if id(line) not in left_out]:
                yield from ((place, paragraph) for paragraph in paragraphs_of(body))
        page.groups.clear()


def read_pages(data: bytes) -> dict[str, Any]:
    """What the program prints, for the bytes of a file. Raises FormatError."""
    if b"%PDF-" not in data[:2048]:
        raise FormatError("is no PDF; give it the suffix of what it is.")
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD:
            raise FormatError("is protected with a password; save it without one.") from None
        raise FormatError("is damaged or cut short; get it again.") from None
    with closing(document):
        if len(document) > MOST_PAGES:
            raise FormatError(f"holds more than {MOST_PAGES:,} pages; split it.")
        reader = _Reader()
        pages = []
        for page in reader.pages(document):
            pages.append(page)
            if reader.shown > MOST_CHARACTERS:
                raise FormatError(f"holds more than {MOST_CHARACTERS:,} characters; split it.")
        count = len(document)
    if reader.failed == count:
        raise FormatError("is damaged or cut short; get it again.")
    if reader.pictures and not reader.shown:
        raise FormatError(
            "is a scan: its pages are pictures without text; run it through a text recognition (OCR) first."
        )
    if 2 * reader.lost > reader.shown:
        raise FormatError(
            "its text cannot be read: the fonts do not say which characters they show; "
            "run it through a text recognition (OCR) first."
        )
    return {"texts": list(_texts(pages)), "notes": reader.notes}


def _limit_page() -> None:
    """Gives the next page its time anew."""
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_PROF, *[signal.getitimer(signal.ITIMER_PROF)[1]] * 2)


def _limit(size: int, seconds: float) -> None:
    """Ends the process where a page takes longer than so many seconds: the signal works within native code, too."""
    if sys.platform != "win32":
        import resource

        signal.setitimer(signal.ITIMER_PROF, seconds, seconds)
        resource.setrlimit(resource.RLIMIT_CPU, (FILE_SECONDS, FILE_SECONDS))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY + 3 * size, MEMORY + 3 * size))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> None:
    """Reads standard input, writes JSON to standard output. The argument: the seconds that a page may take."""
    # Characters are many small tuples without cycles: looking for these as often as usual only takes time.
    gc.set_threshold(200_000, 20, 20)
    data = sys.stdin.buffer.read()
    _limit(len(data), float(sys.argv[1]))
    try:
        answer = read_pages(data)
    except FormatError as error:
        answer = {"error": str(error)}
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=True).encode())


if __name__ == "__main__":
    main()
