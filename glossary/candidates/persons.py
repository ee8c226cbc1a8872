"""Chinese names of persons, where a title stands beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from glossary.candidates.base import CandidateText, Found
from glossary.english.persons import person

_TITLES = "局长|署长|关长|司长|主任|院长|所长|部长|处长|科长|主席|总理|总统|书记|秘书长|总干事|大使|代表|董事长|总裁|总经理|经理|校长|会长|站长|专家|研究员|教授|发言人|负责人|同志|先生|女士|记者|工程师|队长|市长|省长|县长|委员"
_BEFORE = re.compile(rf"(?:{_TITLES})$")
_AFTER = re.compile(rf"(?:副|总)?(?:{_TITLES})")


def find(candidate_text: CandidateText) -> Iterator[Found]:
    text = candidate_text.folded
    for name in candidate_text.tagged:
        if name.kind != "PER" or not person(text[name.start : name.end]):
            continue
        titled = _BEFORE.search(text[max(0, name.start - 4) : name.start]) or _AFTER.match(text, name.end)
        if titled:
            reason = f"a person by the model, beside {titled.group()}"
            yield Found(text[name.start : name.end], name.start, "person", reason, 0.6, "person", end=name.end)
