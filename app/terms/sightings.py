"""Where a term stands in the documents: its sentences, found by the search index, as a concordance."""

from __future__ import annotations

import dataclasses
import html
from collections.abc import Sequence

import streamlit as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.language import t
from app.plain import escaped
from app.session import shared_workspace
from glossary import Concept
from glossary.concordance import Line
from glossary.matching import Matcher
from glossary.store.search import make_searchable, search_is_ready, segments_with
from storage.models import DocumentRow, SegmentRow

# Sentences that are read for one form of a name: enough to judge it by, and soon there.
MOST = 300
_AROUND = 60

Found = tuple[tuple[str, int, str], ...]


@dataclasses.dataclass(frozen=True, slots=True)
class Concordance:
    """The first places of a term, how many there are in what was read, in how many documents, and whether there are more."""

    lines: tuple[Line, ...]
    places: int
    documents: int
    more: bool


def sentences_holding(session: Session, forms: Sequence[str]) -> tuple[list[tuple[str, int, str]], bool]:
    """Sentences (document, number from 1, text) that may hold one of the forms, each once; whether there are more."""
    _ready(session)
    stamp = _stamp(session)
    found: dict[tuple[str, int], str] = {}
    more = False
    for form in forms:
        rows = _sentences(shared_workspace().location, stamp, form, session)
        more = more or len(rows) == MOST
        found |= {(document, number): text for document, number, text in rows}
    return [(document, number, text) for (document, number), text in found.items()], more


# A word of two characters is looked for in every sentence: what was found is kept while the documents stay as they are.
@st.cache_data(max_entries=128, show_spinner=False)
def _sentences(location: str, stamp: tuple[int, int], form: str, _session: Session) -> Found:
    return tuple(segments_with(_session, form, MOST))


def _stamp(session: Session) -> tuple[int, int]:
    """Changes when sentences come or go; cheap."""
    return session.scalar(select(func.max(SegmentRow.id))) or 0, session.scalar(select(func.count(DocumentRow.id))) or 0


def _ready(session: Session) -> None:
    """Make the search index where there is none yet: once, and in a session that keeps it."""
    if not search_is_ready(session):
        session.rollback()
        with st.spinner(t("Making the search index, once")):
            make_searchable(shared_workspace())


def concordance_of(session: Session, concept: Concept, most: int) -> Concordance:
    """The first `most` places of a term, under all its Chinese names, in the order of the documents."""
    rows, more = sentences_holding(session, concept.sources)
    # Its own names everywhere: a scope and what runs on are for forcing, here a person wants to see all.
    matcher = Matcher([dataclasses.replace(concept, scope="", origin="person")])
    lines: list[Line] = []
    places = 0
    documents = set()
    for document, number, text in rows:
        for match in matcher.find(text):
            places += 1
            documents.add(document)
            if len(lines) < most:
                left, right = text[max(0, match.start - _AROUND) : match.start], text[match.end : match.end + _AROUND]
                lines.append(Line(document, number, left, text[match.start : match.end], right))
    return Concordance(tuple(lines), places, len(documents), more)


def lines_html(session: Session, lines: Sequence[Line]) -> str:
    """A concordance as HTML: the name in the middle, each line with a link to its sentence under Review."""
    names = {line.document for line in lines}
    named = select(DocumentRow.name, DocumentRow.id).where(DocumentRow.name.in_(names))
    ids = {row[0]: row[1] for row in session.execute(named)}
    said = html.escape(t("Open this sentence under Review"))
    rows = []
    for line in lines:
        href = f"review?document={ids.get(line.document, 0)}&amp;sentence={line.segment}"
        rows.append(
            f'<li lang="zh-Hans"><span class="left"><span>{escaped(line.left)}</span></span>'
            f'<mark style="--h:210">{escaped(line.word)}</mark><span class="right">{escaped(line.right)}</span>'
            f'<a class="soft" href="{href}" target="_blank" title="{said}"><bdi>{escaped(line.document)}</bdi>'
            f"<span>{line.segment}</span></a></li>"
        )
    return f'<ul class="kwic">{"".join(rows)}</ul>'
