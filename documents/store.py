"""Documents and their segments in the workspace."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from documents.edits import CleanText, write_ledger
from documents.reader import RawDocument
from documents.segmentation import Segment
from storage.models import DocumentRow, SegmentRow, TranslationRow


def with_free_name(session: Session, raw: RawDocument) -> RawDocument:
    """`raw` under a name that no other file's document has in this workspace (stem, stem-2, …), its path made whole."""
    path = raw.path if raw.path == "-" else str(Path(raw.path).absolute())
    for number in itertools.count(1):
        name = raw.name if number == 1 else f"{raw.name}-{number}"
        row = session.scalar(select(DocumentRow).where(DocumentRow.name == name))
        if row is None or row.path == path or row.sha256 == raw.sha256:
            return dataclasses.replace(raw, name=name, path=path)
    raise AssertionError("unreachable")


def save_document(session: Session, raw: RawDocument, clean: CleanText, segments: Sequence[Segment]) -> DocumentRow:
    """The document's row, new or brought up to date. Where the text changed, a sentence that stands again word for
    word keeps its translation, so that no confirmed work is lost."""
    row = session.scalar(select(DocumentRow).where(DocumentRow.name == raw.name))
    if row is None:
        row = DocumentRow(name=raw.name)
        session.add(row)
    elif row.clean == clean.text and row.raw == clean.raw and len(row.segments) == len(segments):
        row.path = raw.path
        return row
    row.path, row.sha256, row.encoding = raw.path, raw.sha256, raw.encoding
    row.raw, row.clean, row.ledger = clean.raw, clean.text, write_ledger(clean)
    _replace_segments(session, row, segments)
    return row


def _replace_segments(session: Session, row: DocumentRow, segments: Sequence[Segment]) -> None:
    kept: dict[str, list[TranslationRow]] = {}
    for old in row.segments:
        if old.translation is not None:
            kept.setdefault(old.source, []).append(old.translation)
    fresh = [
        SegmentRow(position=s.index, paragraph=s.paragraph, start=s.start, end=s.end, source=s.text) for s in segments
    ]
    # Old rows leave their positions before new ones take them.
    for number, old in enumerate(row.segments):
        old.position = -1 - number
    session.flush()
    outdated = list(row.segments)
    for new in fresh:
        row.segments.append(new)
    session.flush()
    for new in fresh:
        if kept.get(new.source):
            translation = kept[new.source].pop(0)
            translation.segment = new
    session.flush()
    for old in outdated:
        session.refresh(old)
        row.segments.remove(old)
    session.flush()


def document_names(session: Session) -> list[str]:
    """The names of all documents, in order."""
    return list(session.scalars(select(DocumentRow.name).order_by(DocumentRow.name)))
