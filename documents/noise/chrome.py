"""Page chrome: what the page says about itself around the article.

A line goes when its wording or shape is a page's own (navigation, counters, log-in, share bar, legal footer); one
that might be an article's goes only beside such lines, before or behind the text. By-lines with a value stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from documents.edits import Edit
from documents.noise.base import NoiseKind
from documents.noise.chrome_lines import (
    MAYBE,
    SENTENCE,
    SHORT,
    SURE,
    TEXT,
    is_by_line,
    is_text,
    parts,
    verdict,
)
from documents.noise.chrome_menus import heads_list, is_column, is_crumb

_HEAD_LINES = 30
_TITLE = 8
_ENDS = "。！？；：，"
_PAUSES = re.compile("[，、；]")
# What may go from the middle of an article without telling of its neighbours.
_IN_ARTICLES = ("frame", "name of a picture")
_LIST_ITEM = re.compile(
    r"^(?:[•·●▪■◆□○\-–*>»]\s*\S|\d{1,2}[\s.、]\s*\S|[\[(（【]?\d{2,4}[-/.]\d{1,2})|[\[(（【\s]\d{4}[-/.]\d{1,2}[-/.]\d{1,2}[\])）】]?$|[\[(（【\s]\d{1,2}[-/]\d{1,2}[\])）】]?$"
)
_SITE_NAME = re.compile(
    r"^[^，,。：:\s]{2,14}(?:网站|官网|门户|论坛|资讯网?|信息网|新闻网|[^联上官互入]网|在线|频道|文库|平台|热线|观察|之家|之窗|信息港|社区|天地|视窗)$"
)


class _Page:
    """The lines of a page that are not blank, and which of them go."""

    def __init__(self, text: str) -> None:
        self.starts: list[int] = []
        self.lines: list[str] = []
        self.states: list[str] = []
        self.reasons: list[str] = []
        at = 0
        for line in text.split("\n"):
            body = line.strip()
            if body:
                found = verdict(body)
                self.starts.append(at)
                self.lines.append(line)
                self.states.append(found[0])
                self.reasons.append(found[1])
            at += len(line) + 1
        self._bounds()

    def _bounds(self) -> None:
        """First and last paragraph of the article; (count, -1) when no line reads as one."""
        count = len(self.lines)
        self.first = next((n for n in range(count) if self._reads(n)), count)
        self.last = next((n for n in range(count - 1, -1, -1) if self._reads(n)), -1)

    def _reads(self, number: int) -> bool:
        return self.states[number] == TEXT and is_text(self.lines[number].strip())

    def drop(self, number: int, reason: str) -> None:
        self.states[number] = SURE
        self.reasons[number] = reason


def find(text: str) -> Iterator[Edit]:
    page = _Page(text)
    if SURE in page.states or MAYBE in page.states:
        _site_header(page)
        _related_lists(page)
        _among_chrome(page)
        _navigation(page)
        _page_tail(page)
    yield from _edits(page)


def _site_header(page: _Page) -> None:
    """Short lines above a breadcrumb near the top: the site's name and columns, unless the title stands there."""
    top = range(min(_HEAD_LINES, page.first, len(page.lines)))
    crumbs = [n for n in top if page.states[n] == SURE and _is_anchor(page, n)]
    if crumbs:
        last = crumbs[-1]
        above = [n for n in top if n < last and page.states[n] != SURE and not is_text(page.lines[n].strip())]
        below = next((n for n in range(last + 1, len(page.lines)) if page.states[n] != SURE), -1)
        titled = below < 0 or page.first <= below or is_by_line(page.lines[below].strip())
        titled = titled and bool(above) and len(page.lines[above[-1]].strip()) >= _TITLE
        title = above[-1] if titled and not _SITE_NAME.match(page.lines[above[-1]].strip()) else -1
        for number in above:
            line = page.lines[number].strip()
            if number == title - 1 and title >= 0 and _may_be_title(line):
                continue
            if number != title and len(line) <= 2 * SHORT and not is_by_line(line):
                page.drop(number, "site header")
    first = next((n for n in top if page.states[n] != SURE), -1)
    if first < 0 or not (first or SURE in page.states[:6]):
        return
    if _SITE_NAME.match(page.lines[first].strip()) and _titled(page, first + 1):
        page.drop(first, "site name")


def _may_be_title(line: str) -> bool:
    """Whether a line over the last line of a title may be its first."""
    return len(line) >= _TITLE + 4 and not _SITE_NAME.match(line) and not SENTENCE.search(line)


def _is_anchor(page: _Page, number: int) -> bool:
    """Whether only the site's own lines stand above: the path to the page, or a forum's counters over a thread."""
    line = page.lines[number].strip()
    return is_crumb(line) or (line.startswith("查看") and "回复" in line)


def _titled(page: _Page, start: int) -> bool:
    """Whether a line that may be the title stands between line `start` and the first paragraph."""
    rest = (page.lines[n].strip() for n in range(start, page.first) if page.states[n] != SURE)
    return any(len(line) >= _TITLE and not is_by_line(line) for line in rest)


def _related_lists(page: _Page) -> None:
    """Titles of other articles under a heading such as 相关阅读, up to the next paragraph or the end."""
    count = len(page.lines)
    for number in range(count):
        if page.states[number] != SURE or page.reasons[number] == "frame":
            continue
        if not heads_list(page.lines[number].strip()):
            continue
        end = number + 1
        while end < count and not _goes_on(page, end):
            end += 1
        # Behind the list the article goes on: then only what looks like a list of links is one.
        to_the_end = end == count or end > page.last
        for n in range(number + 1, end):
            if page.states[n] != SURE and (to_the_end or _LIST_ITEM.search(page.lines[n].strip())):
                page.drop(n, "list of other articles")


def _goes_on(page: _Page, number: int) -> bool:
    """Whether the article goes on at a line: a paragraph (not the cut-off beginning of one) or a by-line."""
    line = page.lines[number].strip()
    return is_by_line(line) or (page._reads(number) and not line.endswith(("...", "…")))


def _among_chrome(page: _Page) -> None:
    """Lines that might be chrome go beside sure ones outside the article, or where a run of them is nothing else."""
    states = page.states
    if MAYBE not in states:
        return
    numbers = range(len(states))
    for order in (numbers, reversed(numbers)):
        beside = False
        for n in order:
            if states[n] == MAYBE and beside and (n < page.first or n > page.last or _is_button(page, n)):
                states[n] = SURE
            beside = states[n] == SURE and page.reasons[n] not in _IN_ARTICLES
    # A telephone or a button above everything else is the site's.
    top = next((n for n in range(page.first) if states[n] != SURE), page.first)
    while top < page.first and states[top] == MAYBE and _titled(page, top + 1):
        if page.reasons[top] != "contact line" and SURE not in states[: page.first]:
            break
        states[top] = SURE
        top += 1


def _is_button(page: _Page, number: int) -> bool:
    return page.reasons[number] == "page interface" and len(page.lines[number].strip()) <= 8


def _navigation(page: _Page) -> None:
    """Runs of column names before the article: very short lines, a third of them known as columns or buttons."""
    top = min(page.first, 3 * _HEAD_LINES, len(page.lines))
    start = 0
    while start < top:
        end = start
        columns = 0
        while end < top and (page.states[end] == SURE or _may_be_column(page.lines[end].strip())):
            columns += page.states[end] != TEXT or is_column(page.lines[end].strip())
            end += 1
        while end > start and page.states[end - 1] == TEXT and not is_column(page.lines[end - 1].strip()):
            end -= 1
        # A table of contents may look the same: a button or the path to the page must stand beside it.
        anchored = SURE in page.states[max(0, start - 1) : end + 1] or page.lines[start].strip() in ("首页", "主页")
        needed = 1 if anchored and page.last >= 0 else 2
        if end - start >= 4 and columns * 3 >= needed * (end - start) and anchored and _titled(page, end):
            for n in range(start, end):
                if page.states[n] != SURE:
                    page.drop(n, "navigation")
        start = max(end, start + 1)


def _may_be_column(line: str) -> bool:
    return len(line) <= 6 and not is_by_line(line) and line[-1] not in _ENDS


def _page_tail(page: _Page) -> None:
    """Everything after the article, when most of it is chrome by itself."""
    last = max((n for n in range(page.last, len(page.lines)) if n >= 0 and _stays_last(page, n)), default=-1)
    tail = range(last + 1, len(page.lines))
    chrome = sum(page.states[n] == SURE for n in tail)
    if last < 0 or len(tail) < 3 or chrome * 2 < len(tail):
        return
    first = next(n for n in tail if page.states[n] == SURE)
    for n in range(first, len(page.lines)):
        if page.states[n] != SURE:
            page.drop(n, "block after the article")


def _stays_last(page: _Page, number: int) -> bool:
    line = page.lines[number].strip()
    if page.states[number] != TEXT:
        return False
    if page._reads(number) or is_by_line(line) or _is_clause(line):
        return True
    return len(line) > SHORT and not _LIST_ITEM.search(line)


def _is_clause(line: str) -> bool:
    """Whether a line without a full stop is an item of a text: it runs on, or has several pauses."""
    return line[-1] in "：；，、" or (len(line) > SHORT // 2 and len(_PAUSES.findall(line)) > 2)


def _edits(page: _Page) -> Iterator[Edit]:
    """One edit for each run of lines that go for the same reason; the parts that go from lines that stay."""
    run: Edit | None = None
    for start, line, state, reason in zip(page.starts, page.lines, page.states, page.reasons, strict=True):
        if state == SURE:
            if run and run.reason == reason:
                run = run._replace(end=start + len(line)) if len(line) > 1 else Edit(run[0], start + 1, *run[2:])
                continue
            if run:
                yield run
            run = Edit(start, start + len(line), "", "chrome", reason, 0.95)
            continue
        if run:
            yield run
            run = None
        for begin, end, why in parts(line):
            yield Edit(start + begin, start + end, "", "chrome", why, 0.95)
    if run:
        yield run


KIND = NoiseKind("chrome", "page chrome", find)
