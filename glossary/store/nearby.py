"""Which terms have a form in a few given sentences, without reading the other twenty thousand.

The forms are put into one automaton, once a process. What was saved after that is told by its ids, which only grow, and
looked at beside it; ids of terms that are gone find nothing.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

import ahocorasick_rs
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from glossary.concept import Concept
from glossary.matching import normalize
from glossary.store.rows import stored_with_ids
from storage.models import ConceptRow, NameRow

# Terms saved since, above which the automaton is made anew.
_MOST_LATER = 400


@dataclasses.dataclass(frozen=True)
class FormIndex:
    """Every Chinese form that there was when it was made; `last`: the highest ids of concepts and of names then."""

    last: tuple[int, int]
    ids: tuple[int, ...]
    automaton: ahocorasick_rs.AhoCorasick


def form_index(session: Session) -> FormIndex:
    """An index of all forms that stand in the workspace now; half a second for 20,000 concepts."""
    last = _last(session)
    variants = select(NameRow.concept_id, NameRow.text).where(NameRow.role == "source_variant")
    rows = [*session.execute(select(ConceptRow.id, ConceptRow.source)), *session.execute(variants)]
    forms = [(number, form) for number, text in rows if (form := normalize(text).strip())]
    automaton = ahocorasick_rs.AhoCorasick([form for _, form in forms], matchkind=ahocorasick_rs.MATCHKIND_STANDARD)
    return FormIndex(last, tuple(number for number, _ in forms), automaton)


def is_outgrown(session: Session, index: FormIndex) -> bool:
    """Whether so much was saved, or taken out again, since the index was made that it should be made anew."""
    concept, name = _last(session)
    return concept < index.last[0] or name < index.last[1] or len(_later(session, index)) > _MOST_LATER


def standing_in(session: Session, index: FormIndex, texts: Iterable[str]) -> list[Concept]:
    """The concepts with a form in the texts, as they are now; also some saved lately that have none."""
    together = "\n".join(normalize(text) for text in texts)
    hits = index.automaton.find_matches_as_indexes(together, overlapping=True)
    ids = {index.ids[pattern] for pattern, _, _ in hits} | _later(session, index)
    return [stored.concept for stored in stored_with_ids(session, ids)]


def _last(session: Session) -> tuple[int, int]:
    return session.scalar(select(func.max(ConceptRow.id))) or 0, session.scalar(select(func.max(NameRow.id))) or 0


def _later(session: Session, index: FormIndex) -> set[int]:
    """Concepts saved since: saving one gives its names new ids."""
    concepts = select(ConceptRow.id).where(ConceptRow.id >= index.last[0])
    named = select(NameRow.concept_id).where(NameRow.id >= index.last[1])
    return {*session.scalars(concepts), *session.scalars(named)}
