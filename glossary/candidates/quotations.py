"""Names in quotation marks, with the head that may follow (“一带一路”倡议), and titles in 《》."""

from __future__ import annotations

import re
from collections.abc import Iterator

from glossary.candidates.base import CandidateText, Found, bare_head, category_of
from glossary.candidates.boundary import begins_no_name, goes_through

_QUOTED = re.compile(r"[“‘]([^“”‘’，,。；;：:！!？?、\n]{2,40})[”’]([\u4e00-\u9fff]{0,6})")
_TITLE = re.compile(r"《([^《》\n]{2,60})》")
_FOLLOWING_HEADS = (
    "国际合作",
    "专项行动",
    "联合行动",
    "行动计划",
    "行动",
    "倡议",
    "计划",
    "工程",
    "合作",
    "战略",
    "机制",
    "规划",
    "平台",
    "系统",
    "论坛",
    "峰会",
    "项目",
)
# What is carried out under a motto: “送教下乡”活动.
_ACTIVITY = re.compile(r"(?:工作|活动|专项|品牌|赛事|课题)(?![思理作])")
_COUNTED = ("两个", "三个", "四个", "五个", "一个", "第一", "最后")
_HAN = re.compile("[\u4e00-\u9fff]{2}")
_SENTENCE = re.compile(r"[，,。；;！!？?]")
# What 《》 also holds: works, not documents that bind.
_WORKS = re.compile(r"(?:报|杂志|日报|时报|丛书|公报)$")


def find(candidate_text: CandidateText) -> Iterator[Found]:
    text = candidate_text.folded
    for hit in _QUOTED.finditer(text):
        name, after = hit.groups()
        if not _HAN.search(name):
            continue
        head = next((head for head in _FOLLOWING_HEADS if after.startswith(head)), "")
        category = category_of(name)
        if head and not (category and bare_head(name) == head):
            end = hit.end(1) + 1 + len(head)
            named = "programme_initiative" if head not in ("平台", "系统") else "system_product"
            score = 0.75 if len(name) < 13 else 0.55
            yield Found(name + head, hit.start(), "quotation", f"quoted before {head}", score, named, end=end)
        elif category and len(name) > len(bare_head(name)) + 1 and not _opens_with_verb(candidate_text, hit.start(1)):
            reason = "quoted, with the head of a name"
            yield Found(name, hit.start(1), "quotation", reason, 0.7, category, end=hit.end(1))
        elif _ACTIVITY.match(after) and len(name) > 3 and not name.startswith(_COUNTED):
            reason = f"quoted before {after[:2]}"
            yield Found(name, hit.start(1), "quotation", reason, 0.55, "programme_initiative", end=hit.end(1))
        else:
            yield Found(name, hit.start(1), "quotation", "quoted", 0.3, "domain_term", end=hit.end(1))
    for hit in _TITLE.finditer(text):
        name = hit.group(1)
        if not _HAN.search(name):
            continue
        category = category_of(name)
        if category in ("law_agreement", "programme_initiative"):
            yield Found(name, hit.start(1), "title", "in 《》", 0.85, "law_agreement", end=hit.end(1))
        elif not _SENTENCE.search(name) and not _WORKS.search(name):
            yield Found(name, hit.start(1), "title", "in 《》", 0.55, "law_agreement", end=hit.end(1))


def _opens_with_verb(candidate_text: CandidateText, start: int) -> bool:
    """Whether the quotation is what somebody calls for (强化…机制) rather than a name."""
    first = candidate_text.tokens_in(start, start + 6)[:1]
    return bool(first) and (begins_no_name(first[0]) or goes_through(first[0], in_body=True))
