"""Names in quotation marks, with the head that may follow (“一带一路”倡议), and titles in 《》."""

from __future__ import annotations

import re
from collections.abc import Iterator

from glossary.candidates.base import CandidateText, Found, category_of

_QUOTED = re.compile(r"[“‘]([^“”‘’，,。；;：:！!？?、\n]{2,40})[”’]([\u4e00-\u9fff]{0,4})")
_TITLE = re.compile(r"《([^《》\n]{2,60})》")
_FOLLOWING_HEADS = (
    "倡议",
    "计划",
    "工程",
    "行动",
    "合作",
    "战略",
    "机制",
    "规划",
    "平台",
    "系统",
    "中心",
    "论坛",
    "峰会",
    "项目",
)
_HAN = re.compile("[\u4e00-\u9fff]{2}")


def find(candidate_text: CandidateText) -> Iterator[Found]:
    text = candidate_text.text
    for hit in _QUOTED.finditer(text):
        name, after = hit.groups()
        if not _HAN.search(name):
            continue
        head = next((head for head in _FOLLOWING_HEADS if after.startswith(head)), "")
        if head:
            yield Found(name + head, hit.start(), "quotation", f"quoted before {head}", 0.75, "programme_initiative")
        elif category := category_of(name):
            yield Found(name, hit.start(1), "quotation", "quoted, with the head of a name", 0.7, category)
        else:
            yield Found(name, hit.start(1), "quotation", "quoted", 0.3, "domain_term")
    for hit in _TITLE.finditer(text):
        if _HAN.search(hit.group(1)):
            category = category_of(hit.group(1))
            score = 0.85 if category == "law_agreement" else 0.55
            yield Found(hit.group(1), hit.start(1), "title", "in 《》", score, category or "law_agreement")
