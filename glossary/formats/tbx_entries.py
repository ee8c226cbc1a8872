"""Reading TBX: the edition of 2019 in both styles (DCA: `<termNote type="…">`, DCT: `<min:administrativeStatus>`), and
MARTIF of 2008 (`termEntry`, `langSet`, `tig`, `ntig`)."""

from __future__ import annotations

import dataclasses
import re
from typing import Any

from lxml import etree

from glossary.concept import CATEGORIES, Concept
from glossary.csv_file import GlossaryError, Problem
from glossary.formats.base import Read
from glossary.formats.fields import fields_of, is_line
from glossary.formats.xml_entries import children, entries, language_of, local_name, text_of

_VALID = re.compile(r"valid (\d{4})?–(\d{4})?")
_ACRONYMS = ("acronym", "abbreviation", "initialism")


@dataclasses.dataclass(frozen=True, slots=True)
class _Term:
    """A term with its administrative status ("" if none is given) and kind."""

    text: str
    status: str
    kind: str


def read_entries(data: bytes) -> Read:
    """The concepts in TBX. Raises GlossaryError if there is no entry or the file is damaged."""
    concepts: list[Concept] = []
    problems: list[Problem] = []
    number = 0
    for number, entry in enumerate(entries(data, ("conceptEntry", "termEntry"), "TBX"), 1):
        concept = _concept(entry)
        if concept is None:
            problems.append(Problem(number, "has no Chinese term and was left out."))
        else:
            concepts.append(concept)
    if not number:
        raise GlossaryError("has no concept entries; is it a TBX file?")
    return Read(concepts, problems)


def _concept(entry: etree._Element) -> Concept | None:
    terms: dict[str, list[_Term]] = {}
    notes: list[str] = []
    values: dict[str, Any] = {}
    for section in entry.iterchildren("*"):
        if local_name(section) in ("langSec", "langSet"):
            for holder in children(section, "termSec", "tig", "ntig"):
                found = _categories(holder)
                if text := found.get("term"):
                    term = _Term(text, found.get("administrativeStatus", ""), found.get("termType", ""))
                    terms.setdefault(language_of(section), []).append(term)
                    values.setdefault("scope", found.get("projectSubset", ""))
                    values.setdefault("context", found.get("context", ""))
        else:
            notes += [text_of(note) for note in children(section, "note")]
    if not terms.get("zh"):
        return None
    field = _categories(entry).get("subjectField", "")
    values["category"] = field if field in CATEGORIES else ""
    for note in filter(is_line, notes):
        values |= fields_of(note)
    values["note"] = "; ".join(n for n in notes if n and not is_line(n) and not _VALID.fullmatch(n))
    return _assembled(sorted(terms["zh"], key=_rank), sorted(terms.get("en", []), key=_rank), values)


def _assembled(chinese: list[_Term], english: list[_Term], values: dict[str, Any]) -> Concept:
    """The concept of its terms, in the order of their standing."""
    right = [term for term in english if not _is_wrong(term)]
    acronym = next((t.text for t in right if t.kind in _ACRONYMS), "")
    names = [t.text for t in right if t.kind not in _ACRONYMS or t.text != acronym]
    if not names and acronym and all(t.status != "admittedTerm-admn-sts" for t in right):
        # An entry that knows nothing but an acronym has it for its name.
        names, acronym = [acronym], ""
    values.setdefault("status", "approved" if names else "candidate")
    return Concept(
        source=chinese[0].text,
        target=names[0] if names else "",
        acronym=acronym,
        source_variants=tuple(t.text for t in chinese[1:]),
        target_variants=tuple(names[1:]),
        forbidden=tuple(t.text for t in english if _is_wrong(t)),
        **values,
    )


def _categories(holder: etree._Element) -> dict[str, str]:
    """First value of each data category in a term section or entry: an element of that name, or one of that type."""
    found: dict[str, str] = {}
    for element in holder.iterdescendants("*"):
        if element.text:
            found.setdefault(element.get("type") or local_name(element), element.text.strip())
    return found


def _rank(term: _Term) -> int:
    """Preferred terms first, then those of no standing, then admitted ones; acronyms after names."""
    order = {"preferredTerm": 0, "": 1, "admittedTerm": 2, "supersededTerm": 3}
    return order.get(term.status.removesuffix("-admn-sts"), 4 if _is_wrong(term) else 1)


def _is_wrong(term: _Term) -> bool:
    return term.status.startswith(("deprecated", "notRecommended", "obsolete", "forbidden"))
