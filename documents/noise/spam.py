"""Adverts of material sites: inserts between sentences, paid-part marks, recruiting paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from documents.edits import Edit
from documents.noise.base import NoiseKind, lines_of

_MARK = re.compile(r"##\s*paid\s*(?:begin|end)\s*##", re.IGNORECASE)
_INSERT = re.compile(r"[\[［][^\[\]\n]{0,40}?【[^【】\n]{2,40}】[^\[\]\n]{0,3}[\]］]")
_JUNK = re.compile(r"[^\w\u4e00-\u9fff]+")
_LURE = re.compile(r"公众号|微信号|素材|关注|加群|网盘|客服|会员群|代笔|代写")
_RECRUIT = re.compile(
    r"公众号|微信|客服|会员|网盘|素材|代笔|代写|润笔|代发布|接单|下载|svip|vip|好评|假冒|优惠|(?:加|联系)(?:Q|q|V|v|群)|有意.{0,4}联系|欢迎加入",
    re.I,
)
_LONGEST = 400


def find(text: str) -> Iterator[Edit]:
    for hit in _MARK.finditer(text):
        yield Edit(hit.start(), hit.end(), "", "spam", "mark of a paid part", 0.99)
    for hit in _INSERT.finditer(text):
        if _LURE.search(_JUNK.sub("", hit.group())):
            yield Edit(hit.start(), hit.end(), "", "spam", "advert inserted in the text", 0.98)
    for at, line in lines_of(text):
        if len(line) <= _LONGEST and len({hit.group().lower() for hit in _RECRUIT.finditer(line)}) >= 3:
            yield Edit(at, at + len(line), "", "spam", "advertising paragraph", 0.9)


KIND = NoiseKind("spam", "adverts", find)
