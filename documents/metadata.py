"""Title, author, source and date of an article, read from its own clean text."""

from __future__ import annotations

import dataclasses
import datetime
import re
from collections.abc import Iterator


@dataclasses.dataclass(frozen=True, slots=True)
class Metadata:
    """What an article says of itself; "" where it says nothing. `published` is an ISO date."""

    title: str = ""
    author: str = ""
    source: str = ""
    published: str = ""


_LONGEST = 160
_EDGE = 15
_NAMES = r"[\u4e00-\u9fffA-Za-z·•.]{2,20}(?:[ 、,，/\u3000]+[\u4e00-\u9fff·•]{2,4}(?![\u4e00-\u9fff:：]))*"
_NEXT = r"(?=\s*(?:[|｜丨;；）)】\]]|$|\s\S{2,6}\s*[:：|｜]|(?:作者|来源|编辑|责编|责任编辑|记者|发布时间|发布日期|时间|日期|出品|审核|审校|校对|摄影)\s*[:：]))"
_AUTHOR = (
    re.compile(rf"(?:原文)?作\s*者\s*[:：|｜/]\s*(?P<v>[^|｜;；\n]{{2,40}}?){_NEXT}"),
    re.compile(rf"^\W{{0,2}}(?:文|撰文|撰稿|图文|文图|文字)\s*[/／|｜:：]\s*(?P<v>{_NAMES})"),
    re.compile(rf"(?:^|[\s（(【])(?:记者|通讯员|本报记者)\s*[:：]\s*(?P<v>{_NAMES})"),
    re.compile(
        r"(?:本报|本刊|本网|[\u4e00-\u9fff]{2,8}[报社网]|见习)(?:特约|驻\S{1,6})?(?:记者|通讯员)\s?(?P<v>[\u4e00-\u9fff·]{2,4}(?:[\s、][\u4e00-\u9fff·]{2,4})*?)\s*(?:摄影报道|报道|摄|文|$|[）)])"
    ),
    re.compile(r"[（(]\S{0,6}?记者\s?(?P<v>[\u4e00-\u9fff·]{2,4}(?:[\s、][\u4e00-\u9fff·]{2,4})*)[）)]"),
    re.compile(rf"(?:^|\s)供\s*稿\s*(?:人|单位)?\s*[:：|｜]\s*(?P<v>[^|｜;；\n]{{2,30}}?){_NEXT}"),
)
_SOURCE = re.compile(
    rf"(?:(?:信息|新闻|文章|稿件|内容|资料)?来\s*源|稿\s*源|转自|出处)\s*[:：|｜]\s*(?P<v>[^|｜;；\n]{{2,40}}?){_NEXT}"
)
_DATE = re.compile(r"(?<!\d)(\d{4})\s*[-/年.]\s*(\d{1,2})\s*[-/月.]\s*(\d{1,2})(?!\d)")
_DATE_LABEL = re.compile(r"(?:(?:发布|发表|更新|出版|刊发|成文|印发)?(?:时间|日期)|发布于|发表于)\s*[:：]?\s*")
_ENDS = "。！？；，、："


def metadata(clean_text: str) -> Metadata:
    """Title, author, source and date of publication of `clean_text` (one paragraph a line)."""
    lines = [line.strip() for line in clean_text.split("\n") if line.strip()]
    edge = [line for line in _edge(lines) if len(line) <= _LONGEST]
    source = _first(edge, (_SOURCE,))
    return Metadata(_title(lines), _first(edge, _AUTHOR), source, _published(edge))


def _edge(lines: list[str]) -> Iterator[str]:
    """The first and the last lines, where by-lines stand."""
    yield from lines[:_EDGE]
    yield from lines[max(_EDGE, len(lines) - _EDGE) :]


def _title(lines: list[str]) -> str:
    """The first line, if it is one: short, no sentence, no by-line."""
    for line in lines[:2]:
        if _is_by_line(line):
            continue
        if len(line) <= 80 and line[-1] not in _ENDS and "。" not in line:
            return line
        return ""
    return ""


def _is_by_line(line: str) -> bool:
    starts_with_date = _DATE.match(line)
    return bool(
        (starts_with_date and len(line) <= 60)
        or _SOURCE.match(line)
        or (_DATE_LABEL.match(line) and _DATE.search(line))
        or any(pattern.match(line) for pattern in _AUTHOR)
    )


def _first(lines: list[str], patterns: tuple[re.Pattern[str], ...]) -> str:
    for pattern in patterns:
        for line in lines:
            if hit := pattern.search(line):
                return " ".join(hit.group("v").split()).strip(" 、,，()（）【】[]")
    return ""


def _published(lines: list[str]) -> str:
    """A labelled date first, then one that stands in a by-line or alone on a line."""
    for line in lines:
        for label in _DATE_LABEL.finditer(line):
            if (hit := _DATE.match(line, label.end())) and (date := _iso(hit)):
                return date
    for line in lines:
        hit = _DATE.search(line)
        if hit and (date := _iso(hit)) and (_SOURCE.search(line) or _stands_alone(line, hit)):
            return date
    return ""


def _stands_alone(line: str, date: re.Match[str]) -> bool:
    """Whether little but the date (and a time, a name) stands on the line."""
    rest = line[: date.start()] + line[date.end() :].lstrip("日")
    return len(rest) <= 30 and not any(mark in rest for mark in "。，,；")


def _iso(date: re.Match[str]) -> str:
    year, month, day = map(int, date.groups())
    try:
        return datetime.date(year, month, day).isoformat() if 1900 <= year <= 2100 else ""
    except ValueError:
        return ""
