"""Sightings of all documents → candidates: one a name, with score, reasons, category and variants."""

from __future__ import annotations

import dataclasses
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from glossary.candidates.base import BODIES, NAMES
from glossary.candidates.boundary import begins_no_name
from glossary.candidates.places import is_place
from glossary.candidates.specific import is_generic, names_a_kind
from glossary.candidates.statistics import Standing
from glossary.candidates.survey import Sighting
from glossary.concept import CORE, Concept
from glossary.matching import normalize
from glossary.words import tokens_of

# Below this a candidate is noise more often than a name (development gold).
LEAST_SCORE = 0.51
# Characters that make another name of a name.
_TELLING = frozenset("0123456789一二三四五六七八九十百东西南北中外上下前后新旧总副大小省市县区不非")
NUMBERED = re.compile(r"第[0-9一二三四五六七八九十百]+|首届|(?:19|20)[0-9]{2}")
# A province has a body of its own by the name of a national one: 陕西省核与辐射安全中心.
_UNITS = ("省", "市", "自治区", "县")
_SAYS_SO = frozenset(("title", "quotation", "bracket", "list"))


@dataclasses.dataclass(frozen=True, slots=True)
class Candidate:
    """A name that the text offers; `variants` are other forms of it, `reasons` what made the score."""

    name: str
    category: str
    score: float
    reasons: tuple[str, ...]
    acronym: str = ""
    english: str = ""
    variants: tuple[str, ...] = ()
    listed: int = 0
    """Times it was read off a list with a shared head, where it may not stand as such."""


def candidates(
    sightings: Iterable[Sighting], known: Mapping[str, Concept], standing: Mapping[str, Standing]
) -> list[Candidate]:
    """Candidates that are not `known`, best first. `known` and `standing` go by normalised names."""
    seen: dict[str, list[Sighting]] = defaultdict(list)
    for sighting in sightings:
        seen[normalize(sighting.found.name)].append(sighting)
    made = {
        name: candidate
        for name, group in seen.items()
        if name not in known and (candidate := _scored(name, group, standing.get(name, Standing())))
    }
    made = {name: c for name, c in made.items() if not _runs_in(name, made, known, standing)}
    return sorted(_one_a_thing(made, standing), key=_rank)


def _rank(candidate: Candidate) -> tuple[int, float, str]:
    order = 0 if candidate.category in CORE else 1 if candidate.category in NAMES else 2
    return order, -candidate.score, candidate.name


def _scored(name: str, group: list[Sighting], standing: Standing) -> Candidate | None:
    found = [sighting.found for sighting in group]
    best = max(found, key=lambda f: (f.score, f.source))
    sources = {f.source for f in found}
    proper = max(sighting.proper for sighting in group)
    category = best.category
    score = best.score + 0.04 * min(3, len(group) - 1) + 0.08 * (len(sources) - 1)
    reasons = list(dict.fromkeys(f.reason for f in found))[:4]
    if proper:
        score += 0.06 * min(proper, 3)
        reasons.append("holds a proper name")
    elif category in NAMES and not sources & _SAYS_SO and (category in BODIES or len(name) < 8):
        score -= 0.25
        reasons.append("common words only")
    if category in NAMES and is_generic(name, category):
        score -= 0.5
        reasons.append("names a kind")
    elif names_a_kind(name, proper) and not sources & _SAYS_SO:
        score -= 0.25 if proper else 0.4
    if standing.count >= 3 and min(standing.left, standing.right) == 0:
        score -= 0.15
        reasons.append("always next to the same character")
    elif standing.count >= 3:
        score += 0.03
        reasons.append(f"stands freely ({standing.left:.1f} and {standing.right:.1f} bits)")
    score = round(min(0.99, score), 3)
    if score < LEAST_SCORE:
        return None
    return Candidate(
        best.name,
        category,
        score,
        tuple(reasons),
        acronym=next((f.acronym for f in found if f.acronym), ""),
        english=next((f.english for f in found if f.english), ""),
        listed=sum(f.source == "list" for f in found),
    )


def _runs_in(
    name: str, made: Mapping[str, Candidate], known: Mapping[str, Concept], standing: Mapping[str, Standing]
) -> bool:
    """Whether `name` is a word that begins no name run together with a name that is seen elsewhere too."""
    count = standing.get(name, Standing()).count
    if NUMBERED.match(name):
        return False
    tokens = tokens_of(name)
    for at, token in enumerate(tokens[:-1], start=1):
        rest = name[tokens[at].start :]
        before = name[: tokens[at].start]
        if rest in known and known[rest].category in NAMES and is_place(before) and not before.endswith(_UNITS):
            return True
        is_name = rest in known or (rest in made and standing.get(rest, Standing()).count > count)
        if is_name and (begins_no_name(token) or token.tag in ("v", "nr", "vd", "ad", "m", "q", "t")):
            return True
    return False


def _one_a_thing(made: Mapping[str, Candidate], standing: Mapping[str, Standing]) -> list[Candidate]:
    """The candidates, forms of one name under the form that stands most often."""
    kept: dict[str, Candidate] = {}
    places: dict[str, str] = {}
    for name in sorted(made, key=lambda n: (-standing.get(n, Standing()).count, -made[n].score, n)):
        own, asked = _shapes(name)
        main = next((places[key] for key in asked if key in places), "")
        if main:
            kept[main] = dataclasses.replace(
                kept[main],
                variants=(*kept[main].variants, made[name].name),
                acronym=kept[main].acronym or made[name].acronym,
                english=kept[main].english or made[name].english,
            )
            continue
        kept[name] = made[name]
        for key in own:
            places.setdefault(key, name)
    return list(kept.values())


def _shapes(name: str) -> tuple[list[str], list[str]]:
    """Keys under which a name is filed, and under which it asks for another form of itself.

    One name are: the bare one and the one with 中华人民共和国, the same characters in another order, and one that lost a
    character (no numeral and no direction) to noise.
    """
    bare = name.removeprefix("中华人民共和国")
    same = [f"={bare}"]
    if len(bare) >= 6:
        same.append("~" + "".join(sorted(bare)))
    if len(bare) < 9:
        return same, same
    shorter = [bare[:at] + bare[at + 1 :] for at in range(1, len(bare) - 1) if bare[at] not in _TELLING]
    own = [f"+{bare}", *(f"-{form}" for form in shorter)]
    asked = [f"-{bare}", *(f"+{form}" for form in shorter)]
    return same + own, same + asked
