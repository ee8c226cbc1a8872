"""Lost 第, quotes and brackets: proposals only, each where the text itself shows what is missing.

A bracket is proposed around an acronym or a short name, a quote around a term that stands quoted elsewhere in the
document, 《》 around the title of a document, 第 before an ordinal of a meeting.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from documents.edits import Edit
from documents.noise.base import NoiseKind
from documents.noise.characters import DIGIT, CharacterSet, follow, matches

_HAN = "\u4e00-\u9fff"
_MARKS = CharacterSet("()（）《》“”\n")
_PAIRS = {")": "(（", "）": "(（", "》": "《", "”": "“"}
_CLOSE = {"(": ")", "（": "）", "《": "》", "“": "”"}

_ACRONYM = r"[A-Z][A-Za-z0-9/&-]*[A-Z][A-Za-z0-9/&-]*"
_ACRONYM_BEFORE = re.compile(rf"(?<=[{_HAN}])(?:{_ACRONYM}(?: {_ACRONYM})?)$")
_ACRONYM_AFTER = re.compile(rf"(?:{_ACRONYM})(?=[{_HAN}])")
_SHORT_NAME = r"(?:以下|下|简)(?:均|统)?(?:简称|称)(?:为)?[“\"‘《]?"
_SHORT_NAME_BEFORE = re.compile(rf"(?<=[{_HAN}]){_SHORT_NAME}[\w]{{1,16}}[”\"’》]?$")
_QUOTED_SHORT_NAME_AFTER = re.compile(r"(?:以下|下|简)(?:均|统)?(?:简称|称)(?:为)?(?:“[\w]{1,16}”|《[\w]{1,16}》)")

_TITLE_NOUN = r"(?:条例|办法|规定|意见|通知|规划|纲要|方案|公约|协定|议定书|备忘录|宣言|白皮书|蓝皮书|细则|章程|指南|决定|公报|条约|规则|规范|倡议|清单)"
_TITLE_AFTER = re.compile(
    rf"[^，。；：、,;:《》“”()（）]{{3,40}}?{_TITLE_NOUN}(?=[，。；,;]|提出|要求|明确|规定|指出|强调|颁布|发布|印发|实施|出台|的)"
)
_TITLE_BEFORE = re.compile(
    rf"(?<=发布|印发|签署|签订|根据|按照|依据|制定|出台|通过|修订|落实|贯彻|执行)(?:了)?(?P<title>(?:关于|中华人民共和国)[^，。；：,;:《》“”()（）]{{3,40}}{_TITLE_NOUN})$"
)
_LONGEST_TERM = 12
_QUOTED = re.compile(rf"“([\w·-]{{2,{_LONGEST_TERM}}})”")
_QUOTES = CharacterSet("“”\n")
_COUNTERS = CharacterSet("届次")

_ORDINAL = re.compile(rf"(?<![0-9.,第])(?P<number>[1-9][0-9]{{0,2}})(?P<of>届|次)(?P<name>[{_HAN}]{{2,12}})")
_WHOLE_ORDINAL = re.compile(rf"第[1-9][0-9]{{0,2}}(届|次)([{_HAN}]{{2,12}})")
_ATTENDED = re.compile(r"(?:参加|出席|列席|应邀赴|亮相|闭幕的|举行的|召开的|举办的)$")
_COUNTED = re.compile(r"(?:了|过|共|计|已|近|约|前|后|历|满|每|续|达|有|这|那|多|余|等|第|的?近)$")
_MEETING = re.compile(r"会议|大会|年会|论坛|峰会|博览会|全会|交易会|洽谈会")
# Fewer may be a count of meetings that somebody attended (参加3届大会).
_FEWEST = 10
_SAME_NAME = 4
_LONGEST_LOOK = 60


def find(text: str) -> Iterator[Edit]:
    yield from _ordinals(text)
    for at in _unbalanced(text):
        edit = _FINDERS[text[at]](text, at)
        if edit:
            yield edit
    yield from _quotes(text)


def _proposal(start: int, end: int, replacement: str, reason: str, confidence: float) -> Edit:
    return Edit(start, end, replacement, "lost_mark", reason, confidence, applied=False)


def _ordinals(text: str) -> Iterator[Edit]:
    whole = set()
    if "第" in text:
        whole = {(of, name[:_SAME_NAME]) for of, name in _WHOLE_ORDINAL.findall(text) if len(name) >= _SAME_NAME}
    for hit in matches(_ORDINAL, text, _numbers(text)):
        start, end = hit.start(), hit.end("of")
        if _COUNTED.search(text, max(0, start - 2), start):
            continue
        written = text[start:end]
        if (hit["of"], hit["name"][:_SAME_NAME]) in whole:
            yield _proposal(start, end, "第" + written, f"第 lost: another 第…{hit['of']}{hit['name'][:8]}", 0.9)
        elif hit["of"] == "届" and _FEWEST <= int(hit["number"]) < 1000 and _names_meeting(text, hit):
            yield _proposal(start, end, "第" + written, f"第 lost before the ordinal of {hit['name'][:8]}", 0.7)


def _numbers(text: str) -> list[int]:
    """Where the digits before 届 or 次 begin."""
    found = []
    for at in follow(text, DIGIT, _COUNTERS):
        while at and "0" <= text[at - 1] <= "9":
            at -= 1
        found.append(at)
    return found


def _names_meeting(text: str, hit: re.Match[str]) -> bool:
    attended = _ATTENDED.search(text, max(0, hit.start() - 4), hit.start())
    return bool(attended) and _MEETING.search(text, hit.end("of"), hit.end("of") + 30) is not None


def _unbalanced(text: str) -> Iterator[int]:
    """Offsets of round and title brackets without a partner in their line, in order of the line's end."""
    stack: list[int] = []
    marks = _MARKS.places(text)
    # Text that is made of marks has lost none.
    if len(marks) * 2 > len(text):
        return
    for at in marks:
        mark = text[at]
        if mark == "\n":
            yield from (left for left in stack if text[left] != "“")
            stack.clear()
        elif mark in _CLOSE:
            stack.append(at)
        elif stack and text[stack[-1]] in _PAIRS[mark]:
            stack.pop()
        elif len(stack) > 1 and text[stack[-2]] in _PAIRS[mark]:
            # The inner mark is the one without a partner.
            inner = stack.pop()
            stack.pop()
            if text[inner] != "“":
                yield inner
        elif mark != "”":
            yield at
    yield from (left for left in stack if text[left] != "“")


def _opened(text: str, at: int) -> Edit | None:
    """A round bracket that is not closed: close it after the acronym or the quoted short name that it opens."""
    if not at or not _is_han(text[at - 1]):
        return None
    high = at + _LONGEST_LOOK
    inner = _ACRONYM_AFTER.match(text, at + 1, high) or _QUOTED_SHORT_NAME_AFTER.match(text, at + 1, high)
    if not inner:
        return None
    close, end = _CLOSE[text[at]], inner.end()
    return _proposal(at, end, text[at:end] + close, f"{close} lost after {inner.group()}", 0.85)


def _closed(text: str, at: int) -> Edit | None:
    """A round bracket that was never opened: open it before the acronym or the short name that it closes."""
    low = max(0, at - _LONGEST_LOOK)
    inner = _SHORT_NAME_BEFORE.search(text, low, at) or _ACRONYM_BEFORE.search(text, low, at)
    if not inner:
        return None
    opening = "(" if text[at] == ")" else "（"
    start = inner.start()
    return _proposal(start, at + 1, opening + text[start : at + 1], f"{opening} lost before {inner.group()}", 0.85)


def _title_opened(text: str, at: int) -> Edit | None:
    """《 that is not closed: close it after the word that ends the title of a document."""
    title = _TITLE_AFTER.match(text, at + 1, at + _LONGEST_LOOK)
    if not title:
        return None
    return _proposal(at, title.end(), text[at : title.end()] + "》", f"》 lost after {title.group()}", 0.7)


def _title_closed(text: str, at: int) -> Edit | None:
    """》 that was never opened: open it where a title begins after a verb."""
    title = _TITLE_BEFORE.search(text, max(0, at - _LONGEST_LOOK), at)
    if not title:
        return None
    start = title.start("title")
    return _proposal(start, at + 1, "《" + text[start : at + 1], f"《 lost before {title['title']}", 0.7)


_FINDERS = {
    "(": _opened,
    "（": _opened,
    ")": _closed,
    "）": _closed,
    "《": _title_opened,
    "》": _title_closed,
}


def _quotes(text: str) -> Iterator[Edit]:
    """Curly quotes without a partner in their line, next to a term that stands quoted elsewhere."""
    lone = list(_lone_quotes(text))
    terms = set(_QUOTED.findall(text)) if lone else ()
    if not terms:
        return
    for at in lone:
        opening = text[at] == "“"
        for length in range(_LONGEST_TERM, 1, -1):
            start, end = (at + 1, at + 1 + length) if opening else (at - length, at)
            if start >= 0 and text[start:end] in terms:
                yield _quoted(text, start, end, opening)
                break


def _quoted(text: str, start: int, end: int, opening: bool) -> Edit:
    """Put text[start:end] in quotes, of which one stands; where the other should be, one may stand the wrong way round."""
    term = text[start:end]
    start, end = start - 1, end + 1
    reason = f"{'”' if opening else '“'} lost: “{term}” stands elsewhere"
    if opening and text[end - 1 : end] != "“":
        end -= 1
    elif not opening and text[max(0, start) : start + 1] != "”":
        start += 1
    else:
        reason = f"quote the wrong way round: “{term}” stands elsewhere"
    return _proposal(start, end, f"“{term}”", reason, 0.9)


def _lone_quotes(text: str) -> Iterator[int]:
    """Offsets of curly quotes without a partner in their line; one that opens a paragraph may close in a later one."""
    opened: int | None = None
    for at in _QUOTES.places(text):
        mark = text[at]
        if mark == "”":
            if opened is None:
                yield at
            opened = None
            continue
        if opened is not None and opened and text[opened - 1] != "\n":
            yield opened
        opened = at if mark == "“" else None
    if opened:
        yield opened


def _is_han(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff"


KIND = NoiseKind("lost_mark", "lost marks", find)
