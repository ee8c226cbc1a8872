"""What Home says of a workspace in figures, and a cheap stamp that tells when they must be counted anew."""

from __future__ import annotations

import dataclasses

from sqlalchemy import Text, cast, func, or_, select
from sqlalchemy.orm import Session

from storage.models import DocumentRow, SegmentRow, TranslationRow
from translate.selection import SETTLED


@dataclasses.dataclass(frozen=True, slots=True)
class Overview:
    """Documents; segments by state of their English. `to_check`: segments that are not settled and are flagged or of
    damaged Chinese; `damaged`: the latter alone; `waiting`: places that a person must decide."""

    documents: int
    states: dict[str, int]
    to_check: int
    damaged: int
    waiting: int

    @property
    def sentences(self) -> int:
        """Segments of every state."""
        return sum(self.states.values())

    @property
    def settled(self) -> int:
        """Segments whose English a person has confirmed or locked."""
        return sum(self.states.get(state, 0) for state in SETTLED)


def stamp(session: Session) -> tuple[str, ...]:
    """Changes whenever a segment or its English does; a few milliseconds at 100,000 segments."""
    # SQLite is quick at count(*) and at max() only where each stands alone.
    queries = (
        select(func.count()).select_from(SegmentRow),
        select(func.max(SegmentRow.id)),
        select(func.count()).select_from(TranslationRow),
        select(func.max(TranslationRow.updated)),
        select(func.count(DocumentRow.id), func.sum(DocumentRow.damage), func.sum(DocumentRow.waiting)),
    )
    return tuple(str(value) for query in queries for value in session.execute(query).one())


def overview(session: Session) -> Overview:
    """The figures as they are now; a tenth of a second at 100,000 segments."""
    flagged = cast(TranslationRow.flags, Text).not_in(("[]", "null"))
    by_state = select(TranslationRow.state, flagged, func.count()).group_by(TranslationRow.state, flagged)
    states: dict[str, int] = {}
    flags = 0
    for state, has_flag, number in session.execute(by_state):
        states[state] = states.get(state, 0) + number
        flags += number if has_flag and state not in SETTLED else 0
    segments = session.scalar(select(func.count()).select_from(SegmentRow)) or 0
    if missing := segments - sum(states.values()):
        states["missing"] = missing
    unflagged = or_(TranslationRow.id.is_(None), ~flagged)
    open_damage = (
        select(unflagged, func.count(SegmentRow.id))
        .outerjoin(TranslationRow)
        .where(SegmentRow.damage > 0, func.coalesce(TranslationRow.state, "missing").not_in(SETTLED))
        .group_by(unflagged)
    )
    damaged = {bool(row[0]): row[1] for row in session.execute(open_damage)}
    return Overview(
        documents=session.scalar(select(func.count(DocumentRow.id))) or 0,
        states=states,
        to_check=flags + damaged.get(True, 0),
        damaged=sum(damaged.values()),
        waiting=session.scalar(select(func.sum(DocumentRow.waiting))) or 0,
    )
