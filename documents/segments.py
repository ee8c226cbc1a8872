"""The segments of a document in the workspace: made, and brought up to date when its clean text changes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, delete, insert, select, update
from sqlalchemy.orm import Session

from documents.damage import DamageMap
from documents.segmentation import Segment
from storage.models import SegmentRow

_TOGETHER = 500
_MOVED = ("position", "paragraph", "start", "end")


class _Stored(NamedTuple):
    """A segment as it is in the workspace."""

    id: int
    position: int
    paragraph: int
    start: int
    end: int
    source: str
    damage: float


def new_segments(session: Session, document_id: int, segments: Sequence[Segment], damage: DamageMap) -> None:
    """The segments of a document, in one statement."""
    if segments:
        rows = [{"document_id": document_id, "source": s.text, **_place(s, damage)} for s in segments]
        session.execute(insert(SegmentRow), rows)


def update_segments(session: Session, document_id: int, segments: Sequence[Segment], damage: DamageMap) -> None:
    """Bring a document's segments up to date; a sentence that stands again word for word keeps its row and its English.

    Only rows that change are written.
    """
    old = _stored(session, document_id)
    kept = _kept(old, segments)
    staying = {row.id for row in kept if row is not None}
    gone = [row.id for row in old if row.id not in staying]
    for at in range(0, len(gone), _TOGETHER):
        session.execute(delete(SegmentRow).where(SegmentRow.id.in_(gone[at : at + _TOGETHER])))
    pairs = list(zip(kept, segments, strict=True))
    moved = [row.position for row, segment in pairs if row is not None and row.position != segment.index]
    away = min(moved, default=len(old))
    if moved:
        # All leave their positions before any takes its new one.
        _shift(session, SegmentRow.position >= away, document_id, {"position": -1 - SegmentRow.position})
    places = [_place(segment, damage) for segment in segments]
    together = _moved_together(kept, places, away)
    _move(session, document_id, kept[together:], places[together:], away)
    changed = [
        {"id": row.id, **place}
        for row, place in zip(kept[:together], places[:together], strict=True)
        if row is not None and (row.position >= away or _differs(row, place))
    ]
    if changed:
        session.execute(update(SegmentRow), changed)
    new_segments(session, document_id, [segment for row, segment in pairs if row is None], damage)
    _forget(session, document_id)


def _differs(row: _Stored, place: dict[str, Any]) -> bool:
    return any(getattr(row, name) != value for name, value in place.items())


def _step(row: _Stored | None, place: dict[str, Any]) -> tuple[int, ...] | None:
    """How far a segment has moved; None for a new one, and one whose damage is another."""
    if row is None or row.damage != place["damage"]:
        return None
    return tuple(place[name] - getattr(row, name) for name in _MOVED)


def _moved_together(kept: Sequence[_Stored | None], places: Sequence[dict[str, Any]], away: int) -> int:
    """From which segment on all have moved equally far, as behind a change, and all or none have left their positions."""
    at = len(kept)
    while at and (step := _step(kept[at - 1], places[at - 1])) and step == _step(kept[-1], places[-1]):
        at -= 1
    positions = [row.position for row in kept[at:] if row is not None]
    return at if not positions or min(positions) >= away or max(positions) < away else len(kept)


def _move(
    session: Session, document_id: int, rows: Sequence[_Stored | None], places: Sequence[dict[str, Any]], away: int
) -> None:
    """Move the last segments of a document, which have moved equally far, in one statement."""
    if not rows or rows[0] is None or (step := _step(rows[0], places[0])) is None:
        return
    first = rows[0].position
    left = first >= away
    if not left and not any(step):
        return
    behind = SegmentRow.position <= -1 - first if left else SegmentRow.position >= first
    values = {name: getattr(SegmentRow, name) + by for name, by in zip(_MOVED, step, strict=True) if by}
    if left:
        values["position"] = -1 - SegmentRow.position + step[0]
    _shift(session, behind, document_id, values)


def _shift(session: Session, which: ColumnElement[bool], document_id: int, values: dict[str, Any]) -> None:
    statement = update(SegmentRow).where(SegmentRow.document_id == document_id, which).values(values)
    session.execute(statement, execution_options={"synchronize_session": False})


def _place(segment: Segment, damage: DamageMap) -> dict[str, Any]:
    """Where a segment stands, and how damaged it is."""
    return {
        "position": segment.index,
        "paragraph": segment.paragraph,
        "start": segment.start,
        "end": segment.end,
        "damage": damage.of(segment.start, segment.end).score,
    }


def _stored(session: Session, document_id: int) -> list[_Stored]:
    columns = [getattr(SegmentRow, name) for name in _Stored._fields]
    query = select(*columns).where(SegmentRow.document_id == document_id).order_by(SegmentRow.position)
    return [_Stored(*row) for row in session.execute(query)]


def _kept(old: Sequence[_Stored], segments: Sequence[Segment]) -> list[_Stored | None]:
    """For each segment the row of the same sentence: before and behind the change in order, between by what they say."""
    shorter = min(len(old), len(segments))
    first = next((at for at in range(shorter) if old[at].source != segments[at].text), shorter)
    behind = 0
    while behind < shorter - first and old[-1 - behind].source == segments[-1 - behind].text:
        behind += 1
    free: dict[str, list[_Stored]] = {}
    for row in old[first : len(old) - behind]:
        free.setdefault(row.source, []).append(row)
    between = segments[first : len(segments) - behind]
    matched = [free[s.text].pop(0) if free.get(s.text) else None for s in between]
    return [*old[:first], *matched, *old[len(old) - behind :]]


def _forget(session: Session, document_id: int) -> None:
    """What the session has fetched of these segments is not true any more."""
    for row in list(session.identity_map.values()):
        if isinstance(row, SegmentRow) and row.document_id == document_id:
            session.expire(row)
