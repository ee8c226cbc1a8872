"""Pairs that the text itself makes: 国际原子能机构(IAEA), CNAS(中国合格评定…), 核安保(nuclear security), (下称培训中心)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from glossary.candidates.base import CandidateText, Found, bare_head, category_of
from glossary.candidates.boundary import begins_no_name, trimmed

# One bracket of the two may be lost.
_LATIN = re.compile(
    r"(?P<zh>[\u4e00-\u9fff“”·—-]{2,40})(?:\(\s*(?P<en>[A-Z][A-Za-z0-9&/ .,'-]{1,80})\)?|(?P<lost>[A-Z]{2,10})\))"
)
_ENGLISH = re.compile(r"(?P<zh>[\u4e00-\u9fff]{2,30})\(\s*(?P<en>[a-z][a-z'-]+(?: [A-Za-z'-]+){1,12})\s*\)")
_REVERSED = re.compile(r"(?<![A-Za-z])(?P<en>[A-Z][A-Z0-9/-]{1,12})\((?:即)?(?P<zh>[\u4e00-\u9fff]{4,40})\)")
_SHORT = r"(?:以下|下文|以下均)?(?:简称|下称|统称|又称)(?:为)?:?"
_ALIAS = re.compile(
    rf"(?P<zh>[\u4e00-\u9fff“”·—-]{{4,40}})(?:\({_SHORT}[“\"‘]?(?P<alias>[\u4e00-\u9fffA-Z]{{2,15}})[”\"’]?\)|,{_SHORT}[“\"‘](?P<quoted>[\u4e00-\u9fffA-Z]{{2,15}})[”\"’])"
)
_ACRONYM = re.compile(r"[A-Z][A-Za-z0-9&/-]{1,11}$")
_NO_ACRONYM = re.compile(r"[A-Z][a-z]+$|[IVX]+$|[A-Z]\d*$")


def find(candidate_text: CandidateText) -> Iterator[Found]:
    text = candidate_text.folded
    for hit in _LATIN.finditer(text):
        latin = (hit.group("en") or hit.group("lost") or "").strip()
        if span := name_before(candidate_text, *hit.span("zh")):
            yield from _paired(text[slice(*span)], span, latin)
    for hit in _ENGLISH.finditer(text):
        if span := name_before(candidate_text, *hit.span("zh"), least=2):
            name = text[slice(*span)]
            category = category_of(name) or "domain_term"
            reason = "the text gives its English"
            yield Found(name, span[0], "bracket", reason, 0.9, category, english=hit.group("en"), end=span[1])
    for hit in _REVERSED.finditer(text):
        name, latin = hit.group("zh"), hit.group("en")
        reason = f"the text gives {latin}"
        yield Found(name, hit.start("zh"), "bracket", reason, 0.9, category_of(name), acronym=latin, end=hit.end("zh"))
    for hit in _ALIAS.finditer(text):
        if span := name_before(candidate_text, *hit.span("zh")):
            name = text[slice(*span)]
            group = "alias" if hit.group("alias") else "quoted"
            alias, category = hit.group(group), category_of(name)
            reason = f"declared short for {name}"
            yield Found(alias, hit.start(group), "alias", reason, 0.9, category, alias_of=name, end=hit.end(group))
            reason = f"the text declares {alias} for it"
            yield Found(name, span[0], "bracket", reason, 0.9, category, end=span[1])


def _paired(name: str, span: tuple[int, int], latin: str) -> Iterator[Found]:
    category = category_of(name)
    score = 0.9 if category else 0.6
    if _ACRONYM.match(latin) and not _NO_ACRONYM.match(latin):
        reason = f"the text gives ({latin})"
        yield Found(name, span[0], "bracket", reason, score, category or "domain_term", acronym=latin, end=span[1])
    elif " " in latin:
        reason = "the text gives its English"
        yield Found(name, span[0], "bracket", reason, 0.95, category or "domain_term", english=latin, end=span[1])


def name_before(candidate_text: CandidateText, start: int, end: int, least: int = 4) -> tuple[int, int] | None:
    """The name that ends the run text[start:end] before a bracket.

    A name that the model sees to end there, or that is known, is the answer, the longer of the two; else the words back
    to one that begins no name; `least` characters, if it has no head.
    """
    text = candidate_text.folded
    while end > start and text[end - 1] in "”“·—-":
        end -= 1
    known = [name.start for name in candidate_text.known_in(start, end) if name.end == end]
    seen = [name.start for name in candidate_text.tagged if name.end == end and name.kind in ("ORG", "PRG")]
    if known or seen:
        first = max(start, min(known + seen))
        return trimmed(candidate_text, first, end)
    tokens = candidate_text.tokens_in(start, end)
    if not tokens or tokens[-1].end != end:
        return None
    first = end
    for token in reversed(tokens):
        if begins_no_name(token) or token.tag in ("v", "m", "q", "x", "nr", "vd", "ad"):
            break
        first = token.start
    name = text[first:end].strip("“”·—-")
    if len(name) < 2 or (len(name) < least and not bare_head(name)):
        return None
    return first, end
