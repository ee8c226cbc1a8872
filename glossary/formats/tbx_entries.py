"""Reading TBX: the edition of 2019 in both styles (DCA: `<termNote type="…">`, DCT: `<min:administrativeStatus>`), and
MARTIF of 2008 (`termEntry`, `langSet`, `tig`, `ntig`)."""

from __future__ import annotations

import dataclasses
import re

from lxml import etree

from glossary.concept import CATEGORIES, Concept
from glossary.csv_file import GlossaryError, Problem
from glossary.formats.base import Read
from glossary.formats.fields import fields_of, is_line
from glossary.formats.xml_entries import XML_LANG, children, entries, text_of

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
    for section in children(entry, "langSec", "langSet"):
        language = (section.get(XML_LANG) or section.get("lang") or "").lower().partition("-")[0].partition("_")[0]
        for holder in children(section, "termSec", "tig", "ntig"):
            term = _term(holder)
            if term.text:
                terms.setdefault(language, []).append(term)
    if not terms.get("zh"):
        return None
    chinese = sorted(terms["zh"], key=_rank)
    english = sorted(terms.get("en", []), key=_rank)
    right = [term for term in english if not _is_wrong(term)]
    acronym = next((t.text for t in right if t.kind in _ACRONYMS), "")
    names = [t.text for t in right if t.kind not in _ACRONYMS or t.text != acronym]
    if not names and acronym and all(t.status != "admittedTerm-admn-sts" for t in right):
        # An entry that knows nothing but an acronym has it for its name.
        names, acronym = [acronym], ""
    source, *variants = [t.text for t in chinese]
    notes = [text_of(note) for note in children(entry, "note")]
    values = {name: value for note in notes if is_line(note) for name, value in fields_of(note).items()}
    values.setdefault("status", "approved" if names else "candidate")
    values.setdefault("category", _category(entry))
    return Concept(
        source=source,
        target=names[0] if names else "",
        acronym=acronym,
        source_variants=tuple(variants),
        target_variants=tuple(names[1:]),
        forbidden=tuple(t.text for t in english if _is_wrong(t)),
        scope=_first(entry, "projectSubset"),
        context=_first(entry, "context"),
        note="; ".join(note for note in notes if note and not is_line(note) and not _VALID.fullmatch(note)),
        **values,
    )


def _term(holder: etree._Element) -> _Term:
    text = next((text_of(term) for term in children(holder, "term")), "")
    return _Term(text, _first(holder, "administrativeStatus"), _first(holder, "termType"))


def _first(holder: etree._Element, category: str) -> str:
    """Value of a data category: an element of that name, or one of that type."""
    for element in holder.iter("*"):
        if element.get("type") == category or etree.QName(element).localname == category:
            return text_of(element)
    return ""


def _rank(term: _Term) -> int:
    """Preferred terms first, then those of no standing, then admitted ones; acronyms after names."""
    order = {"preferredTerm": 0, "": 1, "admittedTerm": 2, "supersededTerm": 3}
    return order.get(term.status.removesuffix("-admn-sts"), 4 if _is_wrong(term) else 1)


def _is_wrong(term: _Term) -> bool:
    return term.status.startswith(("deprecated", "notRecommended", "obsolete", "forbidden"))


def _category(entry: etree._Element) -> str:
    field = _first(entry, "subjectField")
    return field if field in CATEGORIES else ""
