"""Persons with their titles as English has them: 陈晖院长 is President Chen Hui."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from translate.engines.gloss.chunk import TITLES, title_of
from translate.engines.gloss.segment import Segmenter
from translate.engines.gloss.spelling import SPELLING, SURNAMES
from translate.engines.gloss.tokens import Token

_OFFICES = frozenset("司局部处")
_COMMON = frozenset("王李张刘陈杨赵黄周吴徐孙朱胡郭林宋郑谢韩唐冯于董程曹袁邓许沈曾彭吕蒋蔡丁魏薛潘汪")
_TITLE = re.compile("|".join(sorted(TITLES, key=len, reverse=True)))


def persons_in(run: str, segmenter: Segmenter) -> Iterator[tuple[int, int, str]]:
    """(start, end, English) of each Chinese person with a title behind the name, of a run of Chinese characters. A foreign name
    that nobody has given the English of is left out."""
    at = 0
    for name, title in itertools.pairwise(segmenter.tokens(run)):
        end = at + len(name.zh)
        if title.zh in TITLES and title.en and _is_chinese_person(name):
            yield at, end + len(title.zh), f"{title_of(title)} {name.en}"
        at = end


def title_behind(text: str, segmenter: Segmenter) -> tuple[str, str]:
    """(Chinese, English) of the title that `text` begins with; of nothing if it begins with none."""
    found = _TITLE.match(text)
    if not found:
        return "", ""
    [first, *_] = segmenter.tokens(found[0])
    return (found[0], title_of(first)) if first.zh == found[0] else ("", "")


def is_person(name: str, segmenter: Segmenter) -> bool:
    """Whether `name`, Chinese, looks like that of a person: 陈晖, or 格罗西, which no dictionary knows as a place."""
    tokens = segmenter.tokens(name)
    spelt = len(name) > 1 and all(char in SPELLING or char in "·•" for char in name) and not segmenter.known(name)
    return spelt or (len(tokens) == 1 and _is_chinese_person(tokens[0]))


def _is_chinese_person(token: Token) -> bool:
    name = token.zh
    if token.pos != "nr" or name[0] not in SURNAMES or len(name) > 3:
        return False
    # 司 is a surname and a department; 卢拉 may be Lula, 李明 is Li Ming.
    if len(name) == 1:
        return name not in _OFFICES
    return not all(char in SPELLING for char in name) or (len(name) == 2 and name[0] in _COMMON)
