"""Pairs that the text itself makes: 国际原子能机构(IAEA), CNAS(中国合格评定…), 核安保(nuclear security), (下称培训中心)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from glossary.candidates.base import CandidateText, Found, category_of, head_of
from glossary.candidates.boundary import can_be_inside, first_word
from glossary.candidates.tokens import KNOWN, tokens_of

# One bracket of the two may be lost.
_LATIN = re.compile(
    r"(?P<zh>[\u4e00-\u9fff“”·—-]{2,40})(?:[(（]\s*(?P<en>[A-Z][A-Za-z0-9&/ .'-]{1,80})[)）]?|(?P<lost>[A-Z]{2,10})[)）])"
)
_ENGLISH = re.compile(r"(?P<zh>[\u4e00-\u9fff]{2,30})[(（]\s*(?P<en>[a-z][a-z'-]+(?: [A-Za-z'-]+){1,12})\s*[)）]")
_REVERSED = re.compile(r"(?<![A-Za-z])(?P<en>[A-Z][A-Z0-9/-]{1,12})[(（](?P<zh>[\u4e00-\u9fff]{4,40})[)）]")
_ALIAS = re.compile(
    r"(?P<zh>[\u4e00-\u9fff“”·—-]{4,40})[(（](?:以下|下文)?(?:简称|下称|统称|又称)(?:为)?[:：]?[“\"‘]?(?P<alias>[\u4e00-\u9fffA-Z]{2,15})[”\"’]?[)）]"
)
_ACRONYM = re.compile(r"[A-Z][A-Za-z0-9&/-]{1,11}$")


def find(candidate_text: CandidateText) -> Iterator[Found]:
    text = candidate_text.text
    for hit in _LATIN.finditer(text):
        name, start = _name_before(candidate_text, *hit.span("zh"))
        latin = (hit.group("en") or hit.group("lost") or "").strip()
        if name and _ACRONYM.match(latin):
            yield Found(name, start, "bracket", f"the text gives ({latin})", 0.9, category_of(name), acronym=latin)
        elif name and " " in latin:
            yield Found(name, start, "bracket", "the text gives its English", 0.95, category_of(name), english=latin)
    for hit in _ENGLISH.finditer(text):
        name, start = _name_before(candidate_text, *hit.span("zh"))
        if name:
            yield Found(
                name,
                start,
                "bracket",
                "the text gives its English",
                0.9,
                category_of(name) or "domain_term",
                english=hit.group("en"),
            )
    for hit in _REVERSED.finditer(text):
        name = hit.group("zh")
        yield Found(
            name,
            hit.start("zh"),
            "bracket",
            f"the text gives {hit.group('en')}",
            0.9,
            category_of(name),
            acronym=hit.group("en"),
        )
    for hit in _ALIAS.finditer(text):
        name, start = _name_before(candidate_text, *hit.span("zh"))
        if name:
            alias = hit.group("alias")
            yield Found(
                alias, hit.start("alias"), "alias", f"declared short for {name}", 0.9, category_of(name), alias_of=name
            )
            yield Found(name, start, "bracket", f"the text declares {alias} for it", 0.9, category_of(name))


def _name_before(candidate_text: CandidateText, start: int, end: int) -> tuple[str, int]:
    """The name that ends the run text[start:end] before a bracket, and its offset: back to a word that is in no name.

    A name that is known already and ends there is the answer by itself.
    """
    run = candidate_text.text[start:end]
    tokens = tokens_of(run, candidate_text.known_in(start, end))
    if tokens and tokens[-1].tag == KNOWN:
        return tokens[-1].word, start + tokens[-1].start
    if not tokens or not can_be_inside(tokens[-1]):
        return "", start
    first = first_word(tokens, len(tokens) - 1)
    plain = run[tokens[first].start :].strip("“”·—-")
    if len(plain) < 2 or (len(plain) < 4 and not head_of(plain)):
        return "", start
    return plain, start + run.rindex(plain)
