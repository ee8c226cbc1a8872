"""Which sentence of the workspace a sentence of a file is: by its document and its Chinese, near where it was."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.models import DocumentRow, SegmentRow
from translate.review.key import fingerprint, holdable
from translate.review.row import ReviewRow


@dataclasses.dataclass(frozen=True, slots=True)
class Located:
    """A sentence of a file, and the id of its segment; None where there is no such sentence, and `reason` says why."""

    row: ReviewRow
    segment_id: int | None
    reason: str = ""


def locate(session: Session, rows: Iterable[ReviewRow]) -> list[Located]:
    """The sentences with their segments, in order. What was moved by edits elsewhere in the document is still found."""
    names = {
        holdable(name).strip(): (number, name)
        for number, name in session.execute(select(DocumentRow.id, DocumentRow.name))
    }
    by_document: dict[str, list[ReviewRow]] = {}
    for row in rows:
        by_document.setdefault(row.document.strip(), []).append(row)
    found: list[Located] = []
    for document, group in by_document.items():
        if document not in names:
            found += [Located(row, None, f"no document {document} in the workspace") for row in group]
            continue
        number, name = names[document]
        found += _in_document(session, number, [dataclasses.replace(row, document=name) for row in group])
    return found


def _in_document(session: Session, document_id: int, rows: Sequence[ReviewRow]) -> list[Located]:
    query = select(SegmentRow.position, SegmentRow.id, SegmentRow.source).where(SegmentRow.document_id == document_id)
    segments: dict[str, dict[int, int]] = {}
    for position, number, source in session.execute(query):
        segments.setdefault(fingerprint(source), {})[position] = number
    taken: dict[int, int] = {}
    # Who stands where it stood takes its place first: of equal sentences none takes another's.
    for at, row in enumerate(rows):
        if row.index in segments.get(row.source, {}):
            taken[at] = segments[row.source].pop(row.index)
    for at, row in enumerate(rows):
        left = segments.get(row.source, {})
        if at not in taken and left:
            taken[at] = left.pop(min(left, key=lambda position: (abs(position - row.index), position)))
    reason = "no sentence of the document has its Chinese"
    return [Located(row, taken.get(at), "" if at in taken else reason) for at, row in enumerate(rows)]
