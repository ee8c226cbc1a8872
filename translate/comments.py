"""What reviewers say to each other about a segment."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from storage import person_of
from storage.models import CommentRow


def comments_on(session: Session, segment_id: int) -> Sequence[CommentRow]:
    """The comments on a segment, oldest first."""
    return session.scalars(select(CommentRow).where(CommentRow.segment_id == segment_id).order_by(CommentRow.id)).all()


def count_open_comments(session: Session, segment_id: int) -> int:
    """Comments on a segment that nobody has settled."""
    query = select(func.count(CommentRow.id)).where(CommentRow.segment_id == segment_id, CommentRow.settled.is_(False))
    return session.scalar(query) or 0


def comment(session: Session, segment_id: int, text: str) -> None:
    """Say something about a segment."""
    session.add(CommentRow(segment_id=segment_id, who=person_of(session).name, text=text))


def settle_comment(session: Session, comment_id: int, settled: bool) -> None:
    """Mark a comment as settled, or as open again."""
    row = session.get(CommentRow, comment_id)
    if row is not None:
        row.settled = settled
