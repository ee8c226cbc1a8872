"""Segments that fail: counted, tried again by the next runs, then set aside and named."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from storage.models import AttemptRow

# Runs that try a segment before it is set aside; a change of its text, terms or engine begins anew.
MOST_ATTEMPTS = 3


def set_aside(session: Session, requests: Sequence[tuple[int, str]]) -> dict[int, str]:
    """Of (segment, request): those tried often enough, segment → its last error."""
    wanted = dict(requests)
    rows = session.scalars(
        select(AttemptRow).where(AttemptRow.segment_id.in_(list(wanted)), AttemptRow.attempts >= MOST_ATTEMPTS)
    )
    return {row.segment_id: row.error for row in rows if row.request == wanted[row.segment_id]}


def count_failure(session: Session, segment_id: int, request: str, error: str) -> int:
    """Note that a segment has failed; how often now for this request."""
    row = session.scalar(select(AttemptRow).where(AttemptRow.segment_id == segment_id))
    if row is None:
        row = AttemptRow(segment_id=segment_id, request=request, attempts=0)
        session.add(row)
    elif row.request != request:
        row.request, row.attempts = request, 0
    row.attempts += 1
    row.error = error
    return row.attempts


def forget_failures(session: Session, segment_ids: Sequence[int]) -> None:
    """These have their English now."""
    if segment_ids:
        session.execute(delete(AttemptRow).where(AttemptRow.segment_id.in_(segment_ids)))
