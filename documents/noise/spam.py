"""Adverts: inserts between and after sentences, paid-part marks, recruiting paragraphs.

An advert talks to the reader (join, add, scan), names goods and a channel, and gives an account; its words are often
split by symbols and blanks so that filters miss them. News about such adverts reports: it has no account and no order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from documents.edits import Edit
from documents.noise import spam_words as words
from documents.noise.base import NoiseKind, lines_with
from documents.noise.characters import CharacterSet, follow, matches

_PART = "paid|vip|free|hide|hidden|login|pay|ad|ads|advert|preview|premium"
_MARK = re.compile(
    rf"(?<!#)#{{2,4}}\s{{0,3}}/?(?:{_PART})[\s_-]{{0,3}}(?:begin|start|end|stop|over|content)?\s{{0,3}}#{{2,4}}"
    rf"|[\[【]/?(?:{_PART}|reply)(?:[\s_-]?(?:begin|start|end|stop))?[\]】]",
    re.IGNORECASE,
)
_PAID_LINE = re.compile(
    r"^\W{0,8}(?:付费(?:内容|部分|阅读)?(?:开始|结束|分割线|从这里开始|到此结束)|(?:以下|此处|剩余|后面|后续|隐藏|本段|本帖)[^，。]{0,6}(?:付费|登录|会员|回复|购买|订阅|关注)[^，。]{0,6}(?:查看|阅读|可见|观看|解锁|浏览)"
    r"|(?:登录|付费|购买|订阅|开通会员|回复|关注)(?:后|即可|才能|可)(?:查看|阅读|解锁|可见|继续)[^，。]{0,6})\W{0,8}$"
)
_INSERT = re.compile(
    r"[\[［][^\[\]［］\n]{0,60}?[【〖「『][^【】〖〗「」『』\[\]\n]{2,60}[】〗」』][^\[\]［］\n]{0,12}[\]］]"
    r"|[\[［][^\[\]［］\n]{6,80}[\]］]|[【〖][^【】〖〗\n]{6,80}[】〗]|[(（][^()（）\n]{8,80}[)）]"
)
_SPLITTER = re.compile(rf"[{words.SPLITTERS}]{{1,3}}(?=[\u4e00-\u9fffA-Za-z])")
_BEFORE = CharacterSet([*map(chr, range(0x4E00, 0xA000)), *"QVvWwXx"])
_SYMBOLS = CharacterSet("@#~%^&*_=+|·.-/\\$`<> \u00a0\u3000")
_HINT_ALONE = CharacterSet(hint for hint in words.HINTS if len(hint) == 1)
_HINT_STARTS = CharacterSet(hint[0] for hint in words.HINTS)
_HINT_SECONDS = CharacterSet(hint[1] for hint in words.HINTS if len(hint) > 1)
_SQUEEZED = re.compile(rf"[{words.SPLITTERS}]+")
_LONGEST = 400
_CLAUSE_LONGEST = 90
_CLAUSE = re.compile(r"[^。！？!?；;\n]+[。！？!?；;]?[”’」』）)】\]]*")


def find(text: str) -> Iterator[Edit]:
    if "##" in text or "[" in text or "【" in text:
        for hit in _MARK.finditer(text):
            yield Edit(hit.start(), hit.end(), "", "spam", "mark of a paid part", 0.99)
    for at, line in _hinted_lines(text):
        if len(line) <= 40 and _PAID_LINE.match(line):
            yield Edit(at, at + len(line), "", "spam", "mark of a paid part", 0.9)
            continue
        inserts = [hit.span() for hit in _INSERT.finditer(line) if _is_insert(hit.group())]
        # What the paragraph itself says is judged without its inserts.
        rest = _blanked(line, inserts) if inserts else line
        if len(rest) <= _LONGEST and _starts_as_advert(rest) and _is_advert(rest):
            yield Edit(at, at + len(line), "", "spam", "advertising paragraph", 0.9)
            continue
        for start, end in inserts:
            yield Edit(at + start, at + end, "", "spam", "advert inserted in the text", 0.98)
        yield from _last_clauses(at, rest)


def _hinted_lines(text: str) -> Iterator[tuple[int, str]]:
    """Lines with a word of adverts, whole or split up by symbols, with their offsets."""
    places = _HINT_ALONE.places(text)
    places += [at for at in follow(text, _HINT_STARTS, _HINT_SECONDS) if text.startswith(words.HINTS, at)]
    splitters = (at + 1 for at in follow(text, _BEFORE, _SYMBOLS))
    places += [hit.start() for hit in matches(_SPLITTER, text, splitters) if _splits_hint(text, hit)]
    return lines_with(text, sorted(places))


def _splits_hint(text: str, hit: re.Match[str]) -> bool:
    """Whether a word of adverts stands across the symbols of `hit`, once all symbols near by are away."""
    around = text[max(0, hit.start() - 8) : hit.end() + 8]
    return words.HINT.find_matches_as_indexes(_SQUEEZED.sub("", around)) != []


def _has_hint(text: str) -> bool:
    return bool(words.HINT.find_matches_as_indexes(text) or words.HINT.find_matches_as_indexes(_SQUEEZED.sub("", text)))


def _starts_as_advert(line: str) -> bool:
    """Whether its first sentence sells something already, and most others: else only the paragraph's end is an advert."""
    clauses = [hit.group() for hit in _CLAUSE.finditer(line)]
    if not clauses:
        return True
    squeezed = _SQUEEZED.sub("", clauses[0])
    found = _selling_words(squeezed)
    sure = words.CHANNEL.search(squeezed) or words.SURE_GOODS.search(squeezed) or words.STRONG.search(squeezed)
    if words.REPORT.search(squeezed) or len(found) < 2 or not (sure or len("".join(found)) * 5 >= len(squeezed) * 2):
        return False
    selling = sum(bool(_selling_words(_SQUEEZED.sub("", clause))) for clause in clauses)
    return selling * 4 >= len(clauses) * 3


def _selling_words(squeezed: str) -> set[str]:
    return {hit.group() for pattern in (words.CHANNEL, words.GOODS, words.PUSH) for hit in pattern.finditer(squeezed)}


def _blanked(line: str, spans: list[tuple[int, int]]) -> str:
    for start, end in spans:
        line = line[:start] + " " * (end - start) + line[end:]
    return line


def _split_words(part: str, squeezed: str) -> int:
    """How many words of adverts `part` holds only if the symbols in it are taken away."""
    patterns = (words.CHANNEL, words.GOODS, words.PUSH)
    return sum(hit.group() not in part for pattern in patterns for hit in pattern.finditer(squeezed))


def _is_insert(insert: str) -> bool:
    """A bracket that pushes the reader to a channel and names goods or who is there, and nothing of a report."""
    squeezed = _SQUEEZED.sub("", insert)
    channel = words.CHANNEL.search(squeezed) is not None
    goods = words.GOODS.search(squeezed) is not None
    pushes = {hit.group() for hit in words.PUSH.finditer(squeezed)}
    if words.REPORT.search(squeezed):
        return False
    if _split_words(insert, squeezed):
        return channel + goods + bool(pushes) >= 2
    named = words.NAMED.search(squeezed) is not None or words.ACCOUNT.search(insert) is not None
    return channel and named and bool(pushes) and (goods or len(pushes) > 1)


def _is_advert(line: str) -> bool:
    """A whole paragraph that sells: orders to the reader, goods, and an account to reach."""
    squeezed = _SQUEEZED.sub("", line)
    channels = {hit.group() for hit in words.CHANNEL.finditer(squeezed)}
    goods = {hit.group().lower() for hit in words.GOODS.finditer(squeezed)}
    if not goods or not channels:
        return False
    pushes = {hit.group() for hit in words.PUSH.finditer(squeezed)}
    strong = {hit.group() for hit in words.STRONG.finditer(squeezed)}
    reports = set(words.REPORT.findall(squeezed))
    score = len(channels) + len(goods) + len(pushes) + 2 * len(strong) - 2 * len(reports)
    split = _split_words(line, squeezed)
    if words.ACCOUNT.search(line) or words.ACCOUNT.search(squeezed):
        sells = words.SURE_GOODS.search(squeezed) is not None or split or strong or len(pushes) > 2
        return score + split >= 5 and bool(pushes) and bool(sells)
    if words.NAMED.search(squeezed) and words.SURE_GOODS.search(squeezed):
        return score + 2 * split >= 6 and bool(pushes)
    return score >= 7 if split or strong else False


def _sells(clause: str) -> bool:
    """Whether one sentence is an advert: a channel with an account or a name, goods, and a push, no report."""
    squeezed = _SQUEEZED.sub("", clause)
    if not words.CHANNEL.search(squeezed) or words.REPORT.search(squeezed):
        return False
    goods = words.GOODS.search(squeezed)
    pushes = {hit.group() for hit in words.PUSH.finditer(squeezed)}
    if not goods or not pushes:
        return False
    reached = words.ACCOUNT.search(clause) or words.ACCOUNT.search(squeezed) or words.NAMED.search(squeezed)
    sure = words.SURE_GOODS.search(squeezed) is not None or len(pushes) > 1 or _split_words(clause, squeezed) > 0
    return reached is not None and sure


def _last_clauses(at: int, line: str) -> Iterator[Edit]:
    """An advert that is the last sentence, or the last two, of a paragraph."""
    window = max(0, len(line) - 2 * _CLAUSE_LONGEST)
    if not _has_hint(line[window:]):
        return
    clauses = [hit for hit in _CLAUSE.finditer(line, window) if hit.group().strip()]
    begin = len(line)
    for hit in reversed(clauses[1:] if window or len(clauses) > 1 else []):
        clause = hit.group()
        if len(clause) > _CLAUSE_LONGEST or not (_sells(clause) or _is_advert(clause)):
            break
        begin = hit.start()
    if begin < len(line):
        yield Edit(at + begin, at + len(line), "", "spam", "advert behind the text", 0.85)


KIND = NoiseKind("spam", "adverts", find)
