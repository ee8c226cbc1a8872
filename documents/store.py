"""Documents and their segments in the workspace."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from documents.damage import DamageMap
from documents.decisions import Decisions, key_of
from documents.edits import CleanText, Edit, write_ledger
from documents.pipeline import clean
from documents.reader import RawDocument
from documents.segmentation import Segment, split_segments
from storage.models import DecisionRow, DocumentRow, SegmentRow


def keep_document(
    session: Session, raw: RawDocument, apply_kinds: frozenset[str] = frozenset()
) -> tuple[DocumentRow, CleanText]:
    """Clean a document as a person decided about its edits before, and keep it: its row, new or brought up to date.

    `apply_kinds` are kinds whose proposals are all accepted. Where the text changed, a sentence that stands again word
    for word keeps its translation, so that no confirmed work is lost.
    """
    raw = with_free_name(session, raw)
    row = session.scalar(select(DocumentRow).where(DocumentRow.name == raw.name))
    decisions = decisions_of(session, row.id) if row is not None else Decisions()
    cleaned = clean(raw.text, dataclasses.replace(decisions, kinds=apply_kinds))
    if row is None:
        row = DocumentRow(name=raw.name)
        session.add(row)
    row.path, row.sha256, row.encoding = raw.path, raw.sha256, raw.encoding
    _fill(session, row, cleaned)
    return row, cleaned


def decide_edit(session: Session, document_id: int, edit: Edit, action: str) -> CleanText:
    """Keep what a person decided about an edit (restore, accept, or undo either), and clean the document again."""
    row = session.get_one(DocumentRow, document_id)
    key = key_of(edit)
    session.execute(delete(DecisionRow).where(DecisionRow.document_id == document_id, DecisionRow.key == key))
    if action != "undo":
        session.add(DecisionRow(document_id=document_id, key=key, action=action))
    session.flush()
    cleaned = clean(row.raw, decisions_of(session, document_id))
    _fill(session, row, cleaned)
    return cleaned


def decisions_of(session: Session, document_id: int) -> Decisions:
    """What was decided about the edits of a document."""
    rows = session.execute(select(DecisionRow.action, DecisionRow.key).where(DecisionRow.document_id == document_id))
    made: dict[str, set[str]] = {"restore": set(), "accept": set()}
    for action, key in rows:
        made[action].add(key)
    return Decisions(frozenset(made["restore"]), frozenset(made["accept"]))


def with_free_name(session: Session, raw: RawDocument) -> RawDocument:
    """`raw` under a name that no other file's document has in this workspace (stem, stem-2, …), its path made whole."""
    path = raw.path if raw.path == "-" else str(Path(raw.path).absolute())
    for number in itertools.count(1):
        name = raw.name if number == 1 else f"{raw.name}-{number}"
        row = session.scalar(select(DocumentRow).where(DocumentRow.name == name))
        if row is None or row.path == path or row.sha256 == raw.sha256:
            return dataclasses.replace(raw, name=name, path=path)
    raise AssertionError("unreachable")


def _fill(session: Session, row: DocumentRow, cleaned: CleanText) -> None:
    """Put the text, its ledger and its damage into the row; new segments only where the clean text changed."""
    segments = split_segments(cleaned.text)
    damage = DamageMap(cleaned)
    changed = row.clean != cleaned.text or len(row.segments) != len(segments)
    row.raw, row.clean, row.ledger = cleaned.raw, cleaned.text, write_ledger(cleaned)
    row.damage = damage.of().score
    if not row.segments:
        _new_segments(session, row, segments, damage)
        return
    if changed:
        _replace_segments(session, row, segments)
    for segment in row.segments:
        segment.damage = damage.of(segment.start, segment.end).score


def _new_segments(session: Session, row: DocumentRow, segments: Sequence[Segment], damage: DamageMap) -> None:
    """The segments of a document that has none, in one statement."""
    session.flush()
    if not segments:
        return
    session.execute(
        insert(SegmentRow),
        [
            {
                "document_id": row.id,
                "position": segment.index,
                "paragraph": segment.paragraph,
                "start": segment.start,
                "end": segment.end,
                "source": segment.text,
                "damage": damage.of(segment.start, segment.end).score,
            }
            for segment in segments
        ],
    )
    session.expire(row, ["segments"])


def _replace_segments(session: Session, row: DocumentRow, segments: Sequence[Segment]) -> None:
    """New segments; a sentence that stands again word for word keeps its row, and with it its translation."""
    old: dict[str, list[SegmentRow]] = {}
    for segment_row in row.segments:
        old.setdefault(segment_row.source, []).append(segment_row)
    rows = [old[s.text].pop(0) if old.get(s.text) else SegmentRow(source=s.text) for s in segments]
    row.segments = rows
    # All leave their positions before any takes its new one.
    for number, segment_row in enumerate(rows):
        segment_row.position = -1 - number
        segment_row.paragraph = segment_row.start = segment_row.end = 0
    session.flush()
    for segment_row, segment in zip(rows, segments, strict=True):
        segment_row.position, segment_row.paragraph = segment.index, segment.paragraph
        segment_row.start, segment_row.end = segment.start, segment.end
    session.flush()


def list_documents(session: Session) -> list[tuple[int, str, int]]:
    """Id, name and number of segments of every document, by name; no text is fetched."""
    query = (
        select(DocumentRow.id, DocumentRow.name, func.count(SegmentRow.id))
        .outerjoin(SegmentRow)
        .group_by(DocumentRow.id, DocumentRow.name)
        .order_by(DocumentRow.name)
    )
    return [(number, name, segments) for number, name, segments in session.execute(query)]


def clean_texts(session: Session) -> dict[str, str]:
    """The clean text of every document by name."""
    return {row.name: row.clean for row in session.execute(select(DocumentRow.name, DocumentRow.clean))}


def sentences_with(session: Session, text: str, limit: int) -> list[tuple[str, str]]:
    """Document name and sentence of the first segments that hold `text`."""
    query = (
        select(DocumentRow.name, SegmentRow.source)
        .join(SegmentRow)
        .where(SegmentRow.source.contains(text, autoescape=True))
        .order_by(SegmentRow.id)
        .limit(limit)
    )
    return [(name, sentence) for name, sentence in session.execute(query)]
