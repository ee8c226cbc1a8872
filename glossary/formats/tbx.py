"""TBX-Basic (ISO 30042:2019, TBX 3, style DCA): a concept entry each, Chinese and English terms with their standing.

preferred: the canonical name and its English · admitted: variants, acronym · deprecated: English never to use. The
category is the subject field, a scope the project subset, the sentence the context; years in a note become a note of
their own (`valid 2001–2018`), addresses in it external references. What TBX-Basic has no place for (confidence, counts)
travels in a note that begins with `zhengming`. Reading: `tbx_entries.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from xml.sax.saxutils import quoteattr

from glossary.concept import Concept
from glossary.formats.base import Read, Written, without_unwritable
from glossary.formats.fields import line_of
from glossary.formats.tbx_entries import read_entries
from glossary.formats.xml_entries import escape, looks_like_xml, root_name

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<tbx style="dca" type="TBX-Basic" xml:lang="zh-CN" xmlns="urn:iso:std:iso:30042:ed-2">
  <tbxHeader>
    <fileDesc>
      <titleStmt><title>Zhengming glossary</title></titleStmt>
      <sourceDesc><p>Chinese and English names of agencies and programmes, exported from Zhengming</p></sourceDesc>
    </fileDesc>
  </tbxHeader>
  <text>
    <body>
"""
_FOOT = """    </body>
  </text>
</tbx>
"""
_YEARS = re.compile(r"(?:^|; )((?:\d{4})?–(?:\d{4})?)(?=;|$)")
_ADDRESS = re.compile(r"https?://[^\s;,<>\"]+")


class TBX:
    """The registry's entry."""

    name = "tbx"
    suffixes = (".tbx",)

    def write(self, concepts: Sequence[Concept], suffix: str = "") -> Written:
        """All concepts; those that XML cannot hold are left out and named."""
        kept, left_out = without_unwritable(concepts)
        body = "".join(_entry(number, concept) for number, (_, concept) in enumerate(kept, 1))
        return Written((_HEAD + body + _FOOT).encode(), len(kept), left_out)

    def knows(self, data: bytes, suffix: str) -> bool:
        """TBX of this edition and of 2008 (MARTIF)."""
        return looks_like_xml(data) and (suffix == ".tbx" or root_name(data) in ("tbx", "martif"))

    def read(self, data: bytes) -> Read:
        """The concepts of a TBX file in either style, whichever dialect."""
        return read_entries(data)


def _entry(number: int, concept: Concept) -> str:
    english = "".join(_english(concept))
    lines = [
        f'      <conceptEntry id="c{number}">\n',
        *_about(concept),
        f'        <langSec xml:lang="zh-CN">\n{"".join(_chinese(concept))}        </langSec>\n',
        f'        <langSec xml:lang="en">\n{english}        </langSec>\n' if english else "",
        "      </conceptEntry>\n",
    ]
    return "".join(lines)


def _about(concept: Concept) -> Iterator[str]:
    """What is said of the concept as a whole."""
    if concept.category:
        yield f'        <descrip type="subjectField">{concept.category}</descrip>\n'
    for note in (concept.note, *(f"valid {years}" for years in _YEARS.findall(concept.note)), line_of(concept)):
        if note.strip("–"):
            yield f"        <note>{escape(note)}</note>\n"
    for address in _ADDRESS.findall(concept.note):
        yield f'        <xref type="externalCrossReference" target={quoteattr(address)}>{escape(address)}</xref>\n'


def _chinese(concept: Concept) -> Iterator[str]:
    extra = ""
    if concept.scope:
        extra += f'            <admin type="projectSubset">{escape(concept.scope)}</admin>\n'
    if concept.context:
        extra += f'            <descrip type="context">{escape(concept.context)}</descrip>\n'
    yield _term(concept.source, "preferred", "fullForm", extra)
    for form in concept.source_variants:
        yield _term(form, "admitted", "variant")


def _english(concept: Concept) -> Iterator[str]:
    if concept.target:
        yield _term(concept.target, "preferred", "fullForm")
    if concept.acronym:
        yield _term(concept.acronym, "admitted", "acronym")
    for form in concept.target_variants:
        yield _term(form, "admitted", "variant")
    for form in concept.forbidden:
        yield _term(form, "deprecated", "variant")


def _term(text: str, standing: str, kind: str, extra: str = "") -> str:
    return (
        f"          <termSec>\n            <term>{escape(text)}</term>\n"
        f'            <termNote type="administrativeStatus">{standing}Term-admn-sts</termNote>\n'
        f'            <termNote type="termType">{kind}</termNote>\n{extra}          </termSec>\n'
    )
