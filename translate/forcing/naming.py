"""Which of a concept's English names is written: the full one or the acronym, at the first mention and after.

Styles: `as-source` leaves a right name as it stands, and gives a name that was wrong its full form at the document's
first mention and the acronym afterwards where the glossary accepts one; `full`, `first-full` and `acronym` hold for
every name of the document.
"""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Literal, get_args

from translate.alignment.words import FUNCTION_WORDS
from translate.forcing.ledger import Occurrence, find_form

Style = Literal["as-source", "full", "first-full", "acronym"]
STYLES: tuple[Style, ...] = get_args(Style)

_ACRONYM = re.compile(r"[A-Za-z0-9][A-Za-z0-9/&.\-’']{1,13}")
_HEAD = re.compile(r"\s+(?:of|for|on|in|to|and the)\s.*$")
_INSTITUTIONS = frozenset(
    """Administration Agency Authority Ministry Bureau Commission Committee Council Office Department Organization
    Organisation Union Fund Board Court Initiative Network System Convention Act Ordinance Treaty Agreement Programme
    Program Plan Strategy Framework Scheme Association Federation Institute Academy Laboratory Centre Center Secretariat
    Sub-Committee Conference Forum Government Congress Assembly Party Army Republic""".split()
)
# What follows a name that stands by itself, and not before a noun: "the Hong Kong" in "the Hong Kong dollar" does not.
_ALONE = re.compile(
    r"[’'.,;:)”\"]|$|\s+(?:is|are|was|were|has|have|had|will|would|can|may|must|should|also|and|or|to|in|on|at|for|of|by"
    r"|with|under|that|which|who|continue[sd]?|\w+ed)\b"
)
# How much the preferred name, and the number that the text at hand asks for, weigh against likeness to that text.
_PREFERRED = 0.15
_NUMBER = 0.2


def is_acronym(form: str) -> bool:
    """Whether a name is written in initials: IAEA, AML/CFT, PBoC, AIs."""
    return bool(_ACRONYM.fullmatch(form)) and sum(char.isupper() for char in form) >= 2


def is_plural(words: str) -> bool:
    """Whether a name's head looks like a plural: ends in s, but not in ss, us or is, nor as initials do (SARS)."""
    head = _HEAD.sub("", words).split(" (")[0]
    return bool(re.search(r"(?<![sui])s$", head.lower()) or re.search(r"[A-Z]s$", head)) and not re.search(
        r"\b[A-Z&]+$", head
    )


def is_proper(name: str) -> bool:
    """Whether a name is a proper one: initials, or capitals throughout, and not just the first word's."""
    words = [word for word in re.findall(r"[A-Za-z]+", name) if word not in FUNCTION_WORDS]
    return is_acronym(name) or (len(words) > 1 and all(word[0].isupper() for word in words))


def possessive_of(name: str, mark: str = "’") -> str:
    """The name as an owner: the HKMA’s, the AIs’, the General Administration of Customs’."""
    return f"{name}{mark}" if name.endswith("s") and not name.endswith("ss") else f"{name}{mark}s"


def takes_the(name: str) -> bool:
    """Whether a name is said with "the": institutions and works of several words, not places, people and plain terms."""
    head = _HEAD.sub("", name).split(" (")[0].rsplit(" ", 1)[-1]
    return " " in name and name[:1].isupper() and head in _INSTITUTIONS and not name.startswith("The ")


def with_article(text: str, name: str) -> str:
    """The name with "the" where `text` says it so by itself (the HKMA, but in Hong Kong), or such names have one."""
    if name.lower().startswith("the "):
        return name
    alone = [
        bool(re.search(r"\bthe\s+$", text[:start], re.IGNORECASE))
        for start, end in find_form(text, name)
        if (is_acronym(name) or _ALONE.match(text, end)) and text[start - 1 : start] != "("
    ]
    introduced = re.search(rf"\bthe\s(?:[A-Z]\w+\s|of\s|the\s|and\s|for\s)+\({re.escape(name)}\)", text, re.IGNORECASE)
    said = 2 * sum(alone) > len(alone) if alone else bool(introduced) or takes_the(name)
    return f"the {name}" if said else name


class Names:
    """The names of one document: in which style, and which mention of its concept each occurrence is."""

    def __init__(self, style: Style = "as-source", document: Iterable[Sequence[Occurrence]] = ()) -> None:
        """`document` holds the occurrences of each of its segments; without it every mention counts as the only one."""
        self.style = style
        self._count: Counter[str] = Counter()
        self._mentions: list[tuple[int, ...]] = []
        for occurrences in document:
            numbers = []
            for occurrence in occurrences:
                numbers.append(self._count[occurrence.concept])
                self._count[occurrence.concept] += 1
            self._mentions.append(tuple(numbers))

    def mentions(self, segment: int) -> tuple[int, ...]:
        """For each occurrence of the document's segment whether it is the first mention (0) or a later one (1…)."""
        return self._mentions[segment]

    def told_by(self, occurrences: Sequence[Occurrence], mentions: Sequence[int]) -> str:
        """What the document says of how these occurrences are written: equal for equal treatment, "" where it is all one."""
        parts = []
        for occurrence, mention in zip(occurrences, mentions, strict=True):
            short = sum(map(is_acronym, occurrence.accepted))
            both = 0 < short < len(occurrence.accepted) and self._count[occurrence.concept] > 1
            parts.append("-" if not both else "first" if not mention else "later")
        told = ",".join(parts) if set(parts) - {"-"} else ""
        return told if self.style == "as-source" else f"{self.style}:{told}"

    def form(self, occurrence: Occurrence, mention: int, replaced: str = "") -> str:
        """The name to write for an occurrence, in place of `replaced`."""
        full = [form for form in occurrence.accepted if not is_acronym(form)]
        short = [form for form in occurrence.accepted if is_acronym(form) and not _of_a_part(form, full)]
        several = self._count[occurrence.concept] > 1
        if self.style != "as-source":
            # One English for one concept: what stood there before has no say.
            replaced = ""
        if short and (not full or self.style == "acronym"):
            return _fittest(short, occurrence.expected, replaced)
        if short and full and several and self.style in ("as-source", "first-full"):
            if mention:
                return _fittest(short, occurrence.expected, replaced)
            return f"{_fittest(full, occurrence.expected, replaced)} ({short[0]})"
        if not several and self.style == "as-source" and not replaced:
            return occurrence.expected
        return _fittest(full, occurrence.expected, replaced)


def _of_a_part(acronym: str, full: Sequence[str]) -> bool:
    """Whether an acronym stands for the end of the full names only: AIs for "locally incorporated authorized institutions"."""
    letters = "".join(char for char in acronym if char.isupper())
    initials = [
        "".join(word[0].upper() for word in re.findall(r"[A-Za-z]+", form) if word.lower() not in FUNCTION_WORDS)
        for form in full
    ]
    return len(letters) > 1 and any(i.endswith(letters) and len(i) > len(letters) for i in initials)


def best_cased(forms: Sequence[str]) -> list[str]:
    """`forms` without those that differ from another only by capitals throughout, or by a "the" in front."""
    kept = []
    bare = {_bare(form) for form in forms if not _shouts(form)}
    for form in forms:
        if not (_shouts(form) and _bare(form) in bare):
            kept.append(form)
    return kept


def _shouts(form: str) -> bool:
    return " " in form and form.isupper()


def _bare(form: str) -> str:
    return form.lower().removeprefix("the ")


def _fittest(forms: Sequence[str], preferred: str, replaced: str) -> str:
    """The form that fits best in place of `replaced`: like it, of the same number; the preferred one otherwise."""
    forms = best_cased(forms)
    if len(forms) == 1 or not replaced:
        return preferred if preferred in forms else forms[0]

    def fit(form: str) -> float:
        likeness = difflib.SequenceMatcher(None, form.lower(), replaced.lower(), autojunk=False).ratio()
        same_number = is_plural(form) == is_plural(replaced)
        return likeness + _PREFERRED * (form == preferred) + _NUMBER * same_number

    return max(forms, key=fit)
