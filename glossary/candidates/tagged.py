"""Names that the name model sees: bodies and programmes with their exact boundaries."""

from __future__ import annotations

import re
from collections.abc import Iterator

from glossary.candidates.base import NAMES, CandidateText, Found, bare_head, category_of
from glossary.candidates.boundary import clauses, trimmed
from glossary.candidates.places import is_place
from glossary.candidates.specific import opens_a_name
from glossary.candidates.tagger import Tagged

# A place or subject in a bracket is the end of the name of a national centre: 国家能源计量中心(煤炭); years are not.
_SUBJECT = re.compile(r"\((?!.{0,3}(?:简称|下称|统称|以下|又称|原))[\u4e00-\u9fff]{2,6}\)")
_YEARS = re.compile(r"\([0-9]{4}[^()]*\)$")
# Names without a head (欧佩克) are short.
_HEADLESS = 8
# Where a body of more than 20 characters ends inside, two names stand side by side.
_PARENT = re.compile(r"分院|分局|分行|分校|研究院|委员会|总署|总局")
_JOINTS = re.compile(r"以及|[和与及、]")
_ORDINAL = re.compile(r"(?:第[0-9一二三四五六七八九十百]+[届次]|首届)$")
_KINDS = {"ORG": "agency", "PRG": "programme_initiative"}


def find(candidate_text: CandidateText) -> Iterator[Found]:
    # A term that ends where a name begins is its first subject: 核材料|衡算国际研讨会.
    terms = {known.end: known.start for known in candidate_text.known if known.category == "domain_term"}
    for name in candidate_text.tagged:
        if name.kind in _KINDS:
            parts = clauses(candidate_text, terms.get(name.start, name.start), name.end)
            for left, right in parts:
                for start, end in _separate(candidate_text.folded, left, right):
                    yield from _named(candidate_text, name, start, end, whole=len(parts) == 1)


def _named(candidate_text: CandidateText, name: Tagged, start: int, end: int, whole: bool) -> Iterator[Found]:
    """The name within text[start:end], which the model takes for one, if it can be one."""
    start, end = trimmed(candidate_text, start, end)
    end = _with_bracket(candidate_text.folded, start, end)
    if category_of(candidate_text.folded[start:end]) in ("event", "programme_initiative"):
        start = _with_ordinal(candidate_text.folded, start)
    text = candidate_text.folded[start:end]
    head = bare_head(text)
    if len(text) < 3 or not re.search("[\u4e00-\u9fff]{2}", text) or not (head or (whole and len(text) <= _HEADLESS)):
        return
    category = category_of(text) or _KINDS[name.kind]
    reason = f"model: {name.kind} ({name.margin:.2f})" + (f", ends in {head}" if head else "")
    score = 0.3 + 0.4 * name.margin - (0 if head else 0.35)
    yield Found(text, start, "model", reason, score, category, end=end)


def _with_bracket(text: str, start: int, end: int) -> int:
    """The end of the name, with the bracket that belongs to it, without the years that follow it."""
    years = _YEARS.search(text[start:end])
    if years:
        return start + years.start()
    subject = _SUBJECT.match(text, end)
    if subject and text[start:end].endswith(("中心", "基地", "实验室", "研究院")):
        national = text.startswith(("国家", "一带一路"), start)
        return subject.end() if national or is_place(subject.group()[1:-1]) else end
    return end


def _with_ordinal(text: str, start: int) -> int:
    """The start of the ordinal that stands before the name of an event, if one does: 第三届…论坛."""
    before = _ORDINAL.search(text[max(0, start - 8) : start])
    return start - len(before.group()) if before else start


def _separate(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The span, or the names in it if it joins two, each with a head: 小型堆研讨会和核安保论坛; not A与B…协定."""
    if category_of(text[start:end]) == "law_agreement" or text[start - 1 : start] in ("《", "“"):
        return [(start, end)]
    for inner in _PARENT.finditer(text, start, end):
        if inner.end() - start >= 8 and end - inner.end() >= 12 and _is_name(text[inner.end() : end]):
            return [(start, inner.end()), (inner.end(), end)]
    for joint in _JOINTS.finditer(text, start, end):
        left, right = text[start : joint.start()], text[joint.end() : end]
        # 海关与外贸研究中心 is one name with two subjects: what follows 与 must be a name by itself.
        alone = opens_a_name(right) or (joint.group() not in "与及" and category_of(right) == "event")
        if _is_name(left) and _is_name(right) and alone:
            return [(start, joint.start()), *_separate(text, joint.end(), end)]
    return [(start, end)]


def _is_name(text: str) -> bool:
    """Whether `text` has the head of a name and something before it."""
    head = bare_head(text)
    return len(head) > 1 and len(text) > len(head) + 1 and category_of(text) in NAMES
