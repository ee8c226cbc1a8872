"""Two terms of the workspace made one, as one change set."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy.orm import Session

from glossary.concept import Concept
from glossary.folding import fold
from glossary.store.concepts import change_named, concept_row, to_concept
from storage import StaleError
from storage.models import ConceptRow, EvidenceRow


class TermAt(NamedTuple):
    """A term as a person saw it: its id, and the version of its row."""

    id: int
    version: int


def fold_terms(session: Session, kept: TermAt, other: TermAt, who: str = "") -> int:
    """Fold `other` into `kept`, its evidence too; the number of the change set.

    Raises StaleError if one of them was changed since, or if they do not hold in the same documents.
    """
    left, right = _row(session, kept), _row(session, other)
    if left.scope != right.scope or left.id == right.id:
        raise StaleError("Only two terms that hold in the same documents can be made one.")
    mine, theirs = to_concept(left), to_concept(right)
    seen = {(row.document, row.sentence) for row in (*left.evidence, *right.evidence)}

    def folded(here: list[Concept]) -> Iterable[Concept]:
        for concept in here:
            if concept.key == mine.key:
                yield fold(mine, theirs)
            elif concept.key != theirs.key:
                yield concept

    number = change_named(
        session, "merge", {mine.source, theirs.source}, folded, who, f"{theirs.source} into {mine.source}"
    )
    assert number is not None
    # A change keeps one sentence of each concept; the others are put back.
    written = concept_row(session, kept.id)
    assert written is not None
    present = {row.sentence for row in written.evidence}
    written.evidence += [
        EvidenceRow(document=document, sentence=sentence)
        for document, sentence in sorted(seen)
        if sentence not in present
    ]
    session.flush()
    return number


def _row(session: Session, term: TermAt) -> ConceptRow:
    row = concept_row(session, term.id)
    if row is None or row.version != term.version:
        raise StaleError("Somebody else changed one of these terms meanwhile; look at both again.")
    return row
