"""Translations, term ledgers and jobs in the workspace."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Sequence
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session, selectinload

from storage import StaleError, person_of
from storage.models import DocumentRow, JobRow, OccurrenceRow, ProfileRow, RevisionRow, SegmentRow, TranslationRow
from translate.checks import Flag
from translate.forcing.ledger import LedgerRow
from translate.forcing.naming import STYLES, Style
from translate.forcing.profile import Share
from translate.memory.store import remember
from translate.memory.unit import Unit, context_key


class LockedError(Exception):
    """A locked translation is not changed. The message says so in one sentence."""


# For segments that are fetched with their English and its ledger.
WITH_ENGLISH = selectinload(SegmentRow.translation).selectinload(TranslationRow.occurrences)


def save_machine(
    session: Session,
    segment: SegmentRow,
    target: str,
    engine: str,
    request: str,
    ledger: Sequence[LedgerRow],
    flags: Sequence[Flag],
    seconds: float = 0.0,
) -> bool:
    """Keep a machine's English for a segment; False, and nothing done, where a person has edited or confirmed it."""
    row = segment.translation
    if row is not None and row.state != "machine":
        return False
    if row is None:
        row = TranslationRow(segment=segment, state="machine")
        session.add(row)
    else:
        row.version += 1
    row.engine, row.request, row.seconds = engine, request, seconds
    _fill(row, target, ledger, flags)
    return True


@dataclasses.dataclass(frozen=True, slots=True)
class Machined:
    """A machine's English for a segment, as `save_machine` takes it."""

    segment_id: int
    target: str
    engine: str
    request: str
    ledger: Sequence[LedgerRow]
    flags: Sequence[Flag]
    seconds: float


def save_machined(session: Session, made: Sequence[Machined]) -> None:
    """`save_machine` for many segments: those that have no English yet in a few statements."""
    ids = [item.segment_id for item in made]
    query = select(SegmentRow).join(TranslationRow).where(SegmentRow.id.in_(ids)).options(WITH_ENGLISH)
    known = {segment.id: segment for segment in session.scalars(query)}
    for item in made:
        if item.segment_id in known:
            segment = known[item.segment_id]
            told = (item.target, item.engine, item.request, item.ledger, item.flags, item.seconds)
            save_machine(session, segment, *told)
    fresh = [item for item in made if item.segment_id not in known]
    if not fresh:
        return
    rows = [
        {
            "segment_id": item.segment_id,
            "target": item.target,
            "state": "machine",
            "engine": item.engine,
            "request": item.request,
            "flags": [flag.as_dict() for flag in item.flags],
            "seconds": item.seconds,
        }
        for item in fresh
    ]
    numbers = session.execute(insert(TranslationRow).returning(TranslationRow.segment_id, TranslationRow.id), rows)
    translation_of = {row.segment_id: row.id for row in numbers}
    occurrences = [
        {"translation_id": translation_of[item.segment_id], **_occurrence(entry)}
        for item in fresh
        for entry in item.ledger
    ]
    if occurrences:
        session.execute(insert(OccurrenceRow), occurrences)


def save_person(
    session: Session,
    segment_id: int,
    version: int,
    target: str,
    state: str,
    ledger: Sequence[LedgerRow],
    flags: Sequence[Flag],
    note: str = "",
) -> int:
    """Keep a person's English (`state` edited, confirmed or locked); the new version. `note` goes into its history.

    Raises StaleError if it is not at `version`, LockedError if it is locked and this does not unlock it.
    """
    row = session.scalar(select(TranslationRow).where(TranslationRow.segment_id == segment_id).with_for_update())
    if row is None:
        if version:
            raise StaleError("This segment is no longer there; reload the page.")
        row = TranslationRow(segment_id=segment_id, engine="person", request="")
        session.add(row)
    elif row.version != version:
        raise StaleError("Somebody else changed this segment meanwhile; look at both texts and save again.")
    elif row.state == "locked" and target != row.target:
        raise LockedError("This sentence is locked; unlock it before you change it.")
    else:
        keep_revision(session, row, "machine" if row.state == "machine" else "")
    row.state = state
    _fill(row, target, ledger, flags)
    row.version = version + 1
    session.flush()
    keep_revision(session, row, person_of(session).name, note)
    _remember_person(session, segment_id, row)
    return row.version


def keep_revision(session: Session, row: TranslationRow, who: str, note: str = "") -> None:
    """Put a translation as it is now into the history of its segment, unless this version of it is there."""
    if not was_target(session, row.segment_id, row.version, row.target):
        told = {"version": row.version, "target": row.target, "state": row.state, "engine": row.engine}
        session.add(RevisionRow(segment_id=row.segment_id, who=who, note=note, made=row.updated, **told))


def was_target(session: Session, segment_id: int, version: int, target: str) -> bool:
    """Whether a segment's history has this English for this version."""
    same = (RevisionRow.segment_id == segment_id, RevisionRow.version == version, RevisionRow.target == target)
    return session.scalar(select(RevisionRow.id).where(*same).limit(1)) is not None


def revisions_of(session: Session, segment_id: int) -> Sequence[RevisionRow]:
    """The history of a segment's English, latest first."""
    query = select(RevisionRow).where(RevisionRow.segment_id == segment_id)
    return session.scalars(query.order_by(RevisionRow.id.desc())).all()


def _remember_person(session: Session, segment_id: int, row: TranslationRow) -> None:
    """A person's English goes into the memory too, with the sentences around it."""
    segment = session.get(SegmentRow, segment_id)
    if segment is None or not row.target.strip():
        return
    near = segments_at(session, segment.document_id, [segment.position - 1, segment.position + 1])
    around = {other.position - segment.position: other.source for other in near}
    name = session.scalars(select(DocumentRow.name).where(DocumentRow.id == segment.document_id)).one()
    unit = Unit(
        segment.source,
        row.target,
        "confirmed" if row.state == "locked" else row.state,
        context_key(around.get(-1, ""), around.get(1, "")),
        who=person_of(session).name,
        document=name,
    )
    remember(session, [unit])


def _fill(row: TranslationRow, target: str, ledger: Sequence[LedgerRow], flags: Sequence[Flag]) -> None:
    row.target = target
    save_proof(row, ledger, flags)


def save_proof(row: TranslationRow, ledger: Sequence[LedgerRow], flags: Sequence[Flag]) -> None:
    """Keep the ledger and flags of a translation whose text stays."""
    row.flags = [flag.as_dict() for flag in flags]
    row.occurrences = [OccurrenceRow(**_occurrence(entry)) for entry in ledger]


def _occurrence(entry: LedgerRow) -> dict[str, Any]:
    return {
        "concept": entry.occurrence.concept,
        "source_text": entry.occurrence.text,
        "source_start": entry.occurrence.start,
        "source_end": entry.occurrence.end,
        "expected": entry.occurrence.expected,
        "found": entry.found,
        "target_start": entry.target_start,
        "target_end": entry.target_end,
        "outcome": entry.outcome,
    }


def keep_profile(session: Session, engine: str, profile: Sequence[Share]) -> None:
    """Keep what was measured of an engine, by its signature."""
    for share in profile:
        session.merge(ProfileRow(engine=engine, way=share.way, sent=share.sent, kept=share.kept))


def load_profile(session: Session, engine: str) -> list[Share]:
    """What was measured of an engine; nothing where it was not."""
    rows = session.scalars(select(ProfileRow).where(ProfileRow.engine == engine).order_by(ProfileRow.way))
    return [Share(row.way, row.sent, row.kept) for row in rows]  # type: ignore[arg-type]


def start_job(session: Session, kind: str, engine: str, glossary: str) -> JobRow:
    """A new running job."""
    job = JobRow(kind=kind, state="running", engine=engine, glossary=glossary)
    session.add(job)
    session.flush()
    return job


def end_job(session: Session, job_id: int, state: str, summary: dict[str, Any]) -> None:
    """Close a job as done, failed or stopped."""
    job = session.get_one(JobRow, job_id)
    job.state, job.summary = state, summary
    job.finished = datetime.datetime.now(datetime.UTC).replace(tzinfo=None)


def last_style(session: Session) -> Style:
    """The style of names of the last batch that came to its end."""
    query = (
        select(JobRow.summary).where(JobRow.kind == "batch", JobRow.finished.is_not(None)).order_by(JobRow.id.desc())
    )
    summary = session.scalars(query.limit(1)).first() or {}
    return next((style for style in STYLES if style == summary.get("names")), "as-source")


def segments_at(session: Session, document_id: int, positions: Sequence[int]) -> Sequence[SegmentRow]:
    """The segments at these positions, with their English and its term ledger."""
    query = (
        select(SegmentRow)
        .where(SegmentRow.document_id == document_id, SegmentRow.position.in_(positions))
        .options(WITH_ENGLISH)
        .order_by(SegmentRow.position)
    )
    return session.scalars(query).all()
