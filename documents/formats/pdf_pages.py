"""The program that reads a PDF with PDFium: bytes in at standard input, JSON out, in a process of its own.

PDFium is native code that no one thread may share with another, and that a hostile file can bring down or keep busy
without end: `pdf.py` starts this with limits on processor time and memory. The JSON has either `error`, the end of a
sentence about the file, or `texts` ([text, place] each, in reading order) and `notes` (sentences).
"""

from __future__ import annotations

import gc
import json
import math
import re
import signal
import statistics
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from itertools import pairwise
from typing import Any, NamedTuple

import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pypdfium2.raw as raw  # type: ignore[import-untyped]

from documents.formats.base import FormatError
from documents.formats.pdf_glyphs import MOST_ON_PAGE, Glyphs, finite, upright_groups
from documents.formats.pdf_layout import Paragraph, continued, paragraphs_of
from documents.formats.pdf_lines import Line, lines_of

MOST_PAGES = 20_000
MOST_CHARACTERS = 30_000_000
# Processor seconds for a file, bytes of memory besides the file.
FILE_SECONDS = 900
MEMORY = 3 * 1024**3

_PAGE_NUMBER = re.compile(r"[\W_]*(?:第?#+页?|page#+|p#+)(?:[\W_]*(?:of|共)?[\W_]*#+页?)?[\W_]*", re.IGNORECASE)


class _Page(NamedTuple):
    """What is kept of a page: its lines by the direction in which they run, with the page's height in points."""

    number: int
    groups: list[tuple[list[Line], float]]


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
        try:
            text_page = page.get_textpage()
        except pdfium.PdfiumError:
            self.failed += 1
            self.notes.append(f"page {number} is damaged and could not be read")
            return _Page(number, [])
        with closing(text_page):
            read = Glyphs(text_page)
            if read.count > MOST_ON_PAGE:
                raise FormatError(f"holds more than {MOST_ON_PAGE:,} characters on page {number}; it is not read.")
            glyphs = list(read)
        self.shown += read.shown
        self.lost += read.lost
        if read.lost:
            self.notes.append(f"page {number} has {read.lost} of {read.shown} characters that its fonts do not name")
        corners = tuple(finite(side) for side in (box.left, box.bottom, box.right, box.top))
        groups = [(lines_of(characters), height) for characters, height in upright_groups(glyphs, corners)]
        if not any(lines for lines, _ in groups) and _has_picture(page):
            self.pictures += 1
            self.notes.append(f"page {number} is a picture without text")
        return _Page(number, groups)


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
