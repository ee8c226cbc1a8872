"""Which segments of a workspace a person wants to see: by document, state, flag, name, engine, damage or text; a window at a time.

Segments stand in the order of their documents, then of their positions. Nothing here fetches more than is asked for, so
that a workspace of 100,000 segments answers as fast as one of a hundred.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import Boolean, ColumnElement, Select, Text, Tuple, and_, cast, func, literal, or_, select, tuple_
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Session
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from storage.models import CommentRow, OccurrenceRow, SegmentRow, TranslationRow
from translate.store import WITH_ENGLISH

# What no person needs to look at any more.
SETTLED = ("confirmed", "locked")


class Spot(NamedTuple):
    """Where a segment stands."""

    document_id: int
    position: int


class _Holds(FunctionElement[bool]):
    """Whether a column holds a text, whatever the case of its Latin letters."""

    inherit_cache = True
    type = Boolean()

    def __init__(self, column: Any, text: str) -> None:
        for mark in "/%_":
            text = text.replace(mark, f"/{mark}")
        super().__init__(column, literal(f"%{text}%"))


@compiles(_Holds)
def _ilike(element: _Holds, compiler: SQLCompiler, **options: Any) -> str:
    # The LIKE of SQLite looks at no case, and is five times as fast as lower() on both sides.
    like = "LIKE" if compiler.dialect.name == "sqlite" else "ILIKE"
    column, pattern = (compiler.process(part, **options) for part in element.clauses)
    return f"{column} {like} {pattern} ESCAPE '/'"


@dataclasses.dataclass(frozen=True, slots=True)
class SegmentFilter:
    """What is wanted; "" or 0 leaves a field open.

    `state`: missing, machine, edited, confirmed, locked; open (neither of the last two); check (`to_check`); commented (with
    an open comment). `flag`: id of a check. `outcome` and `concept` (canonical Chinese) of a name in the segment. `engine`: what
    the English is from, as the ledger has it. `text` stands in the Chinese or the English.
    """

    document_id: int = 0
    state: str = ""
    flag: str = ""
    outcome: str = ""
    concept: str = ""
    engine: str = ""
    damage: bool = False
    text: str = ""

    def conditions(self) -> list[ColumnElement[bool]]:
        """The filter as conditions on segments and their English (outer join)."""
        found: list[ColumnElement[bool]] = []
        if self.document_id:
            found.append(SegmentRow.document_id == self.document_id)
        if self.state:
            found.append(_in_state(self.state))
        if self.flag:
            found.append(_flags().contains(f'"check": "{self.flag}"', autoescape=True))
        if self.outcome or self.concept:
            found.append(_with_name(self.outcome, self.concept))
        if self.engine:
            found.append(TranslationRow.engine == self.engine)
        if self.damage:
            found.append(SegmentRow.damage > 0)
        if self.text:
            found.append(or_(_Holds(SegmentRow.source, self.text), _Holds(TranslationRow.target, self.text)))
        return found


def _flags() -> ColumnElement[str]:
    return cast(TranslationRow.flags, Text)


def _state() -> ColumnElement[str]:
    return func.coalesce(TranslationRow.state, "missing")


def to_check() -> ColumnElement[bool]:
    """Whether a person should look: flagged by a check, or of damaged Chinese, and not settled."""
    flagged = and_(TranslationRow.id.is_not(None), _flags().not_in(("[]", "null")))
    return and_(_state().not_in(SETTLED), or_(flagged, SegmentRow.damage > 0))


def _in_state(state: str) -> ColumnElement[bool]:
    if state == "open":
        return _state().not_in(SETTLED)
    if state == "check":
        return to_check()
    if state == "commented":
        return SegmentRow.id.in_(select(CommentRow.segment_id).where(CommentRow.settled.is_(False)))
    return _state() == state


def _with_name(outcome: str, concept: str) -> ColumnElement[bool]:
    names = select(OccurrenceRow.translation_id)
    if outcome:
        names = names.where(OccurrenceRow.outcome == outcome)
    if concept:
        names = names.where(OccurrenceRow.concept == concept)
    return TranslationRow.id.in_(names)


def _ordered(wanted: SegmentFilter, backwards: bool = False) -> Select[SegmentRow]:
    query = select(SegmentRow).outerjoin(TranslationRow).where(*wanted.conditions())
    columns = (SegmentRow.document_id, SegmentRow.position)
    return query.order_by(*(column.desc() if backwards else column for column in columns))


def _place() -> Tuple:
    return tuple_(SegmentRow.document_id, SegmentRow.position)


def _at(spot: Spot) -> Tuple:
    return tuple_(literal(spot.document_id), literal(spot.position))


def segments_from(session: Session, wanted: SegmentFilter, spot: Spot, limit: int) -> Sequence[SegmentRow]:
    """The first segments at `spot` or behind it, with their English and its ledger."""
    query = _ordered(wanted).where(_place() >= _at(spot)).limit(limit).options(WITH_ENGLISH)
    return session.scalars(query).all()


def segments_before(session: Session, wanted: SegmentFilter, spot: Spot, limit: int) -> Sequence[SegmentRow]:
    """The last segments before `spot`, in order, with their English and its ledger."""
    query = _ordered(wanted, backwards=True).where(_place() < _at(spot)).limit(limit).options(WITH_ENGLISH)
    return session.scalars(query).all()[::-1]


def spot_after(session: Session, wanted: SegmentFilter, spot: Spot, steps: int = 1) -> Spot | None:
    """Where the segment so many steps behind `spot` stands; None if there is none."""
    query = _ordered(wanted).where(_place() > _at(spot)).offset(steps - 1).limit(1)
    return _spot(session, query)


def spot_before(session: Session, wanted: SegmentFilter, spot: Spot, steps: int = 1) -> Spot | None:
    """Where the segment so many steps before `spot` stands; None if there is none."""
    query = _ordered(wanted, backwards=True).where(_place() < _at(spot)).offset(steps - 1).limit(1)
    return _spot(session, query)


def _spot(session: Session, query: Select[SegmentRow]) -> Spot | None:
    row = session.execute(query.with_only_columns(SegmentRow.document_id, SegmentRow.position)).first()
    return None if row is None else Spot(*row)


def sources_around(session: Session, spot: Spot) -> tuple[str, str]:
    """The Chinese before and after the segment at `spot` in its document; "" at either end."""
    query = select(SegmentRow.position, SegmentRow.source).where(
        SegmentRow.document_id == spot.document_id, SegmentRow.position.in_((spot.position - 1, spot.position + 1))
    )
    found = {row.position: row.source for row in session.execute(query)}
    return found.get(spot.position - 1, ""), found.get(spot.position + 1, "")


def count(session: Session, wanted: SegmentFilter) -> int:
    """How many segments the filter lets through."""
    query = select(func.count(SegmentRow.id)).where(*wanted.conditions())
    if wanted != SegmentFilter(document_id=wanted.document_id):
        query = query.outerjoin(TranslationRow)
    return session.scalar(query) or 0


def count_repeats(session: Session, segment: SegmentRow) -> int:
    """Other segments of the same Chinese that nobody has settled or edited."""
    return session.scalar(select(func.count()).select_from(_repeats(segment).subquery())) or 0


def repeats(session: Session, segment: SegmentRow) -> Sequence[SegmentRow]:
    """Those segments, with their English."""
    return session.scalars(_repeats(segment).options(WITH_ENGLISH)).all()


def _repeats(segment: SegmentRow) -> Select[SegmentRow]:
    same = select(SegmentRow).outerjoin(TranslationRow).where(SegmentRow.source == segment.source)
    return same.where(SegmentRow.id != segment.id, _state().in_(("missing", "machine")))


def stamp(session: Session) -> tuple[str, ...]:
    """Changes whenever segments or their English do; cheap, for caches."""
    values = (
        session.scalar(select(func.max(TranslationRow.updated))),
        session.scalar(select(func.max(TranslationRow.id))),
        session.scalar(select(func.max(SegmentRow.id))),
        session.scalar(select(func.count(CommentRow.id)).where(CommentRow.settled.is_(False))),
    )
    return tuple(str(value) for value in values)
