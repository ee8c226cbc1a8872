"""What a workspace has come to, counted: how names came to stand, what the checks mark, damage, review, rewriting.

Everything is counted once for all documents, a few statements in all, and then narrowed to some of them in memory. No
Streamlit in here; app/figures.py puts the counts into words.
"""

from __future__ import annotations

import dataclasses
import datetime
from collections import Counter
from collections.abc import Collection

from rapidfuzz.distance import Levenshtein
from sqlalchemy import ColumnElement, Select, Text, and_, case, cast, exists, func, select
from sqlalchemy.orm import Session, aliased
from sqlalchemy.sql.selectable import Subquery

from storage.models import ConceptRow, DocumentRow, OccurrenceRow, RevisionRow, SegmentRow, TranslationRow
from translate.checks import CHECKS
from translate.selection import SETTLED, to_check

# Names in English that no person had to put there.
STANDING = ("engine", "hinted", "placeholder", "repaired")


@dataclasses.dataclass(frozen=True, slots=True)
class Facts:
    """The counts of some documents. Every counter has the document's id first in its key, or as its key.

    `states` (document, state): sentences; `damaged`, `flagged`: sentences; `unread`: sentences to check; `outcomes` (document, engine, outcome): names;
    `mended`: names that stand because a person rewrote the sentence; `flags` (document, check): sentences; `names`
    (document, concept): occurrences; `confirmed` (document, person, hour in UTC): sentences that are confirmed now.
    `unsettled`: the Chinese of names to decide that stand in sentences.
    """

    documents: dict[int, tuple[str, float]]
    states: Counter[tuple[int, str]]
    damaged: Counter[int]
    unread: Counter[int]
    flagged: Counter[int]
    outcomes: Counter[tuple[int, str, str]]
    mended: Counter[int]
    flags: Counter[tuple[int, str]]
    names: Counter[tuple[int, str]]
    confirmed: Counter[tuple[int, str, datetime.datetime]]
    unsettled: frozenset[str]
    waiting: tuple[Waiting, ...]
    to_decide: int

    def of(self, documents: Collection[int]) -> Facts:
        """The counts of these documents alone; of all if there are none. Names to decide are everybody's."""
        if not documents:
            return self
        wanted = set(documents)
        return dataclasses.replace(
            self,
            documents={number: self.documents[number] for number in self.documents if number in wanted},
            damaged=Counter({number: self.damaged[number] for number in wanted}),
            unread=Counter({number: self.unread[number] for number in wanted}),
            flagged=Counter({number: self.flagged[number] for number in wanted}),
            mended=Counter({number: self.mended[number] for number in wanted}),
            states=Counter({key: n for key, n in self.states.items() if key[0] in wanted}),
            outcomes=Counter({key: n for key, n in self.outcomes.items() if key[0] in wanted}),
            flags=Counter({key: n for key, n in self.flags.items() if key[0] in wanted}),
            names=Counter({key: n for key, n in self.names.items() if key[0] in wanted}),
            confirmed=Counter({key: n for key, n in self.confirmed.items() if key[0] in wanted}),
        )


@dataclasses.dataclass(frozen=True, slots=True)
class Waiting:
    """A name to decide: its Chinese, and in how many documents and how often it was found."""

    source: str
    documents: int
    count: int


@dataclasses.dataclass(frozen=True, slots=True)
class Rewriting:
    """A confirmed sentence against what the machine first made of it: `words` of the longer text, `changed` of them.

    `confirmed`: when, in UTC.
    """

    document_id: int
    position: int
    engine: str
    words: int
    changed: int
    confirmed: datetime.datetime

    @property
    def share(self) -> float:
        """The words that were changed, put in or taken out, from 0 to 1."""
        return self.changed / self.words if self.words else 0.0


def stamp(session: Session) -> tuple[object, ...]:
    """Changes whenever a figure may; a few milliseconds. Concepts are counted by id and version, not by their names."""
    statements = (
        # One extreme a statement: an index answers each.
        select(func.max(TranslationRow.updated)),
        select(func.max(TranslationRow.id)),
        select(func.count(TranslationRow.id)),
        select(func.max(OccurrenceRow.id)),
        select(func.max(RevisionRow.id)),
        select(func.count(SegmentRow.id)),
        select(func.max(SegmentRow.id)),
        select(func.count(DocumentRow.id)),
        select(func.sum(DocumentRow.damage)),
        select(func.sum(ConceptRow.version)),
        select(func.count(ConceptRow.id)),
        select(func.count(ConceptRow.id)).where(ConceptRow.status == "candidate"),
    )
    return tuple(session.scalar(statement) for statement in statements)


def gather(session: Session, waiting: int = 20) -> Facts:
    """The counts of the whole workspace, with the `waiting` most frequent names to decide."""
    states: Counter[tuple[int, str]] = Counter()
    damaged: Counter[int] = Counter()
    unread: Counter[int] = Counter()
    for document, state, number, doubtful, open_ones in session.execute(_states()):
        states[document, state] += number
        damaged[document] += doubtful
        unread[document] += open_ones
    outcomes: Counter[tuple[int, str, str]] = Counter()
    mended: Counter[int] = Counter()
    names: Counter[tuple[int, str]] = Counter()
    for document, engine, outcome, concept, number, by_person in session.execute(_outcomes()):
        outcomes[document, engine, outcome] += number
        mended[document] += by_person
        names[document, concept] += number
    flags, flagged = _flags(session)
    candidates = (ConceptRow.status == "candidate",)
    said = select(ConceptRow.source).where(*candidates, ConceptRow.source.in_(select(OccurrenceRow.concept)))
    return Facts(
        documents={
            number: (name, damage)
            for number, name, damage in session.execute(
                select(DocumentRow.id, DocumentRow.name, DocumentRow.damage).order_by(DocumentRow.name)
            )
        },
        states=states,
        damaged=damaged,
        unread=unread,
        flagged=flagged,
        outcomes=outcomes,
        mended=mended,
        flags=flags,
        names=names,
        confirmed=_confirmed(session),
        unsettled=frozenset(session.scalars(said)),
        waiting=tuple(
            Waiting(*row)
            for row in session.execute(
                select(ConceptRow.source, ConceptRow.documents, ConceptRow.count)
                .where(*candidates)
                .order_by(ConceptRow.documents.desc(), ConceptRow.count.desc(), ConceptRow.id)
                .limit(waiting)
            )
        ),
        to_decide=session.scalar(select(func.count(ConceptRow.id)).where(*candidates)) or 0,
    )


def rewritings(session: Session) -> list[Rewriting]:
    """Each sentence that is confirmed now against the machine's first English of it; those without one are left out.

    Distance is Levenshtein's over words (as in TER, without its shifts), of the longer text's words.
    """
    last, machine, settled = _history(), aliased(RevisionRow), aliased(RevisionRow)
    query = (
        select(
            SegmentRow.document_id,
            SegmentRow.position,
            machine.engine,
            machine.target,
            TranslationRow.target,
            settled.made,
        )
        .join(last, last.c.segment_id == SegmentRow.id)
        .join(TranslationRow, TranslationRow.segment_id == SegmentRow.id)
        .join(machine, machine.id == last.c.machine)
        .join(settled, settled.id == last.c.settled)
        .where(TranslationRow.state.in_(SETTLED))
    )
    found = []
    for document, position, engine, before, after, made in session.execute(query):
        old, new = before.split(), after.split()
        found.append(
            Rewriting(document, position, engine, max(len(old), len(new)), int(Levenshtein.distance(old, new)), made)
        )
    return found


def _states() -> Select[int, str, int, int, int]:
    """Sentences by document and state: how many, of damaged Chinese, and to check."""
    state = func.coalesce(TranslationRow.state, "missing")
    doubtful = func.sum(case((SegmentRow.damage > 0, 1), else_=0))
    waiting = func.sum(case((to_check(), 1), else_=0))
    return (
        select(SegmentRow.document_id, state, func.count(SegmentRow.id), doubtful, waiting)
        .outerjoin(TranslationRow, TranslationRow.segment_id == SegmentRow.id)
        .group_by(SegmentRow.document_id, state)
    )


def _outcomes() -> Select[int, str, str, str, int, int]:
    """Names by document, engine, outcome and concept: how many, and how many because a person rewrote the sentence."""
    as_made = exists().where(
        RevisionRow.segment_id == TranslationRow.segment_id,
        RevisionRow.state == "machine",
        RevisionRow.target == TranslationRow.target,
    )
    # The ledger calls repaired what a machine mended and what a person did (translate/jobs/proof.py).
    by_person = and_(OccurrenceRow.outcome == "repaired", TranslationRow.state != "machine", ~as_made)
    key = (SegmentRow.document_id, TranslationRow.engine, OccurrenceRow.outcome, OccurrenceRow.concept)
    return (
        select(*key, func.count(OccurrenceRow.id), func.sum(case((by_person, 1), else_=0)))
        .join(TranslationRow, TranslationRow.id == OccurrenceRow.translation_id)
        .join(SegmentRow, SegmentRow.id == TranslationRow.segment_id)
        .group_by(*key)
    )


def _flags(session: Session) -> tuple[Counter[tuple[int, str]], Counter[int]]:
    """Sentences by (document, check), and sentences with a flag by document."""
    kept = cast(TranslationRow.flags, Text)
    sums = [func.sum(case((_names_check(kept, check.id), 1), else_=0)) for check in CHECKS]
    query = (
        select(SegmentRow.document_id, func.count(TranslationRow.id), *sums)
        .join(TranslationRow, TranslationRow.segment_id == SegmentRow.id)
        .where(kept.not_in(("[]", "null")))
        .group_by(SegmentRow.document_id)
    )
    flags: Counter[tuple[int, str]] = Counter()
    flagged: Counter[int] = Counter()
    for document, sentences, *numbers in session.execute(query):
        flagged[document] = sentences
        flags.update({(document, check.id): n for check, n in zip(CHECKS, numbers, strict=True) if n})
    return flags, flagged


def _names_check(kept: ColumnElement[str], check: str) -> ColumnElement[bool]:
    """Whether a list of flags has one of a check. A flag's own words cannot look like it: JSON escapes their quotes."""
    return kept.contains(f'"check": "{check}"', autoescape=True)


def _history() -> Subquery:
    """By segment: the revision that was the machine's first, and the one that last confirmed it (else locked it)."""
    confirmed = func.max(case((RevisionRow.state == "confirmed", RevisionRow.id)))
    locked = func.max(case((RevisionRow.state == "locked", RevisionRow.id)))
    return (
        select(
            RevisionRow.segment_id,
            func.coalesce(confirmed, locked).label("settled"),
            func.min(case((RevisionRow.state == "machine", RevisionRow.id))).label("machine"),
        )
        .group_by(RevisionRow.segment_id)
        .subquery()
    )


def _confirmed(session: Session) -> Counter[tuple[int, str, datetime.datetime]]:
    last = _history()
    # Both databases write a time as 2026-11-28 21:58:51.
    hour = func.substr(cast(RevisionRow.made, Text), 1, 13)
    query = (
        select(SegmentRow.document_id, RevisionRow.who, hour, func.count(RevisionRow.id))
        .join(last, last.c.settled == RevisionRow.id)
        .join(SegmentRow, SegmentRow.id == RevisionRow.segment_id)
        .join(TranslationRow, TranslationRow.segment_id == SegmentRow.id)
        .where(TranslationRow.state.in_(SETTLED))
        .group_by(SegmentRow.document_id, RevisionRow.who, hour)
    )
    found: Counter[tuple[int, str, datetime.datetime]] = Counter()
    for document, who, said, number in session.execute(query):
        found[document, who, datetime.datetime.fromisoformat(f"{said}:00")] += number
    return found
