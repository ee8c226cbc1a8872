"""What people typed and have not saved, kept in the workspace: a reload or a new start of the server loses nothing."""

from __future__ import annotations

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session

from storage.models import DraftRow


def load_draft(session: Session, who: str, kind: str, target_id: int) -> tuple[int, str] | None:
    """The version typed over and the text of a person's draft for a segment or concept (`kind`); None if there is none."""
    row = session.scalars(_of(who, kind, target_id)).first()
    return None if row is None else (row.version, row.text)


def keep_draft_row(session: Session, who: str, kind: str, target_id: int, version: int, text: str) -> None:
    """Keep what a person typed over `version` of a segment or concept."""
    row = session.scalars(_of(who, kind, target_id)).first()
    if row is None:
        row = DraftRow(who=who, kind=kind, target_id=target_id)
        session.add(row)
    row.version, row.text = version, text


def forget_draft(session: Session, who: str, kind: str, target_id: int) -> None:
    """The draft was saved or given up."""
    session.execute(delete(DraftRow).where(DraftRow.who == who, DraftRow.kind == kind, DraftRow.target_id == target_id))


def drafts_among(session: Session, who: str, kind: str, targets: list[int]) -> dict[int, tuple[int, str]]:
    """A person's drafts for these segments or concepts, by id, as `load_draft` gives them."""
    query = select(DraftRow).where(DraftRow.who == who, DraftRow.kind == kind, DraftRow.target_id.in_(targets))
    return {row.target_id: (row.version, row.text) for row in session.scalars(query)}


def _of(who: str, kind: str, target_id: int) -> Select[DraftRow]:
    return select(DraftRow).where(DraftRow.who == who, DraftRow.kind == kind, DraftRow.target_id == target_id)
