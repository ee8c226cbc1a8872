"""Short names and bodies named by their kind (市委, 国务院, 中国队), which single sentences use and glossaries leave out."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from importlib import resources

import ahocorasick_rs

from glossary.candidates.base import CandidateText
from glossary.candidates.places import is_place
from glossary.words import Token

Mention = tuple[int, int, str]
# A place and what it has: teams, armies, governments, committees.
_OF_PLACE = re.compile(
    r"(?:国家)?(?:男|女)?(?:子)?(?:足球|篮球|排球|乒乓球|羽毛球)?(?:男|女)?队|军方|军|海军|空军|陆军|政府|市委|县委|区委|省委|党委|议会|国会|警方|代表团|外交部|国防部|财政部|司法部|内政部|商务部|农业部|教育部|卫生部|央行|中央银行|最高法院|足协|奥委会"
)
_ARMIES = re.compile(r"[美日英德俄印苏法伊以韩朝越](?:军|空军|海军)(?![事官用队方人])")
_COMMERCIAL = re.compile(r"银行")
_PUBLIC_BANK = re.compile(r"中央|人民银行|国家|开发|进出口|世界银行|投资银行|央行")
_VENUE = re.compile(
    r"(?:美术馆|展览馆|体育馆|体育场|展览中心|会展中心|博览中心|会议中心|酒店|饭店|宾馆|机场|口岸|大桥|铁路|公路)$"
)


_SPORTS = re.compile(r"vs|主场|客场|球|联赛|赛季|比赛|夺冠|平局|战胜|冠军|队")


@functools.cache
def _short(sports: bool) -> ahocorasick_rs.AhoCorasick:
    text = resources.files(__package__).joinpath("short_names.txt").read_text(encoding="utf-8")
    general, _, clubs = text.partition("# From here on in texts about sports only.")
    lines = [line for line in (general + (clubs if sports else "")).splitlines() if not line.startswith("#")]
    names = sorted({name for line in lines for name in line.split()})
    return ahocorasick_rs.AhoCorasick(names, matchkind=ahocorasick_rs.MATCHKIND_LEFTMOST_LONGEST)


def settled(candidate_text: CandidateText, found: Iterable[Mention]) -> list[Mention]:
    """`found` with the short names that the model passed over, commercial banks and venues told from bodies."""
    text = candidate_text.folded
    mentions = [(start, end, _kind(text[start:end], category)) for start, end, category in found]
    for start, end in _by_rule(candidate_text):
        over = [mention for mention in mentions if mention[0] < end and start < mention[1]]
        if any(m[2] not in ("place", "person") or not (start <= m[0] and m[1] <= end) for m in over):
            continue
        mentions = [mention for mention in mentions if mention not in over]
        mentions.append((start, end, "agency"))
    return mentions


def _kind(name: str, category: str) -> str:
    if _COMMERCIAL.search(name) and not _PUBLIC_BANK.search(name):
        return "company"
    return "place" if _VENUE.search(name) else category


def _by_rule(candidate_text: CandidateText) -> list[tuple[int, int]]:
    text = candidate_text.folded
    spans = [hit.span() for hit in _ARMIES.finditer(text)]
    automaton = _short(bool(_SPORTS.search(text)))
    edges = {token.start for token in candidate_text.tokens} | {len(text)}
    for _, start, end in automaton.find_matches_as_indexes(text):
        whole = (start in edges and end in edges) or text[end : end + 1] == "长"
        if whole and not _in_word(candidate_text, start, end):
            spans.append((start, end))
    spans.extend(_with_place(text, candidate_text.tokens))
    spans.sort(key=lambda span: (span[0] - span[1], span[0]))
    return spans


def _in_word(candidate_text: CandidateText, start: int, end: int) -> bool:
    """Whether a Latin name is cut out of a longer word."""
    text = candidate_text.folded
    before, after = text[start - 1 : start], text[end : end + 1]
    return text[start].isascii() and ((before.isascii() and before.isalnum()) or (after.isascii() and after.isalnum()))


def _with_place(text: str, tokens: list[Token]) -> list[tuple[int, int]]:
    spans = []
    for token in tokens:
        if token.word[-1] == "队" and is_place(token.word[:-1]):
            spans.append((token.start, token.end))
        elif len(token.word) > 1 and is_place(token.word):
            hit = _OF_PLACE.match(text, token.end)
            if hit and hit.end() > token.end and text[hit.end() : hit.end() + 1] not in ("伍", "员", "长", "友"):
                spans.append((token.start, hit.end()))
    return spans
