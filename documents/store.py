"""Documents and their segments in the workspace."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Callable, Sequence
from pathlib import Path

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from documents.damage import DamageMap
from documents.decisions import Decisions, count_waiting, key_of, with_decisions
from documents.edits import CleanText, Edit, read_clean, write_ledger
from documents.pipeline import clean
from documents.reader import RawDocument
from documents.segmentation import split_segments
from documents.segments import new_segments, update_segments
from storage.models import DecisionRow, DocumentRow, OriginalRow, SegmentRow

# Cleaning a text of this many characters takes seconds: it is done once, not again at every decision of a person.
_LONG = 100_000
_MOST_RECENT = 3
_recent: dict[str, CleanText] = {}
_TOGETHER = 500


def keep_document(
    session: Session, raw: RawDocument, apply_kinds: frozenset[str] = frozenset()
) -> tuple[DocumentRow, CleanText]:
    """Clean a document as a person decided about its edits before, and keep it: its row, new or brought up to date.

    `apply_kinds` are kinds whose proposals are all accepted. Where the text changed, a sentence that stands again word
    for word keeps its translation, so that no confirmed work is lost.
    """
    # PostgreSQL keeps no null character, and SQLite counts a text's length up to the first: another control character
    # stands for it, which is cleaned away just so.
    raw = dataclasses.replace(with_free_name(session, raw), text=raw.text.replace("\x00", "\x01"))
    row = session.scalar(select(DocumentRow).where(DocumentRow.name == raw.name))
    decisions = decisions_of(session, row.id) if row is not None else Decisions()
    cleaned = _clean_again(raw.text, dataclasses.replace(decisions, kinds=apply_kinds))
    known = row is not None
    if row is None:
        row = DocumentRow(name=raw.name)
        session.add(row)
    row.path, row.sha256, row.encoding, row.columns = raw.path, raw.sha256, raw.encoding, list(raw.columns)
    _fill(session, row, cleaned, decisions)
    if known or raw.data:
        _keep_original(session, row.id, raw.data)
    return row, cleaned


def _keep_original(session: Session, document_id: int, data: bytes) -> None:
    kept = session.get(OriginalRow, document_id)
    if kept is not None and kept.data != data:
        session.delete(kept)
        session.flush()
        kept = None
    if kept is None and data:
        session.add(OriginalRow(document_id=document_id, data=data))


def original_of(session: Session, document_id: int) -> bytes:
    """The file that a document came in as, where its format can be written back; b"" where it is not kept."""
    return session.scalar(select(OriginalRow.data).where(OriginalRow.document_id == document_id)) or b""


def decide_edit(session: Session, document_id: int, edit: Edit, action: str) -> CleanText:
    """Keep what a person decided about an edit (restore, accept, or undo either), and clean the document again."""
    return decide_edits(session, document_id, [edit], action)


def decide_edits(session: Session, document_id: int, edits: Sequence[Edit], action: str) -> CleanText:
    """`decide_edit` for many edits of a document, which is cleaned once. Raises NoResultFound if it is gone."""
    row = session.get_one(DocumentRow, document_id)
    if len(row.raw) >= _LONG and not decisions_of(session, document_id):
        # What stands in the ledger is what cleaning makes of the text where nobody has decided anything.
        _undecided(row.raw, lambda: read_clean(row.raw, row.clean, row.ledger))
    keys = list(dict.fromkeys(map(key_of, edits)))
    for at in range(0, len(keys), _TOGETHER):
        named = DecisionRow.key.in_(keys[at : at + _TOGETHER])
        session.execute(delete(DecisionRow).where(DecisionRow.document_id == document_id, named))
    if action != "undo" and keys:
        session.execute(
            insert(DecisionRow), [{"document_id": document_id, "key": key, "action": action} for key in keys]
        )
    decisions = decisions_of(session, document_id)
    cleaned = _clean_again(row.raw, decisions)
    _fill(session, row, cleaned, decisions)
    return cleaned


def clean_ahead(raw: str) -> None:
    """Clean a long text before the right to write is held, so that nobody waits for it: keep_document then finds it done."""
    if len(raw) >= _LONG:
        _undecided(raw, lambda: clean(raw))


def _clean_again(raw: str, decisions: Decisions) -> CleanText:
    if len(raw) < _LONG:
        return clean(raw, decisions)
    return with_decisions(_undecided(raw, lambda: clean(raw)), decisions)


def _undecided(raw: str, make: Callable[[], CleanText]) -> CleanText:
    """A long text cleaned as if nobody had decided anything; of the last few texts it is at hand."""
    found = _recent.pop(raw, None) or make()
    _recent[raw] = found
    while len(_recent) > _MOST_RECENT:
        _recent.pop(next(iter(_recent)), None)
    return found


def remove_document(session: Session, document_id: int) -> None:
    """Take a document out of the workspace, with its segments and their English; the translation memory stays as it is.

    Raises NoResultFound if it is gone.
    """
    session.delete(session.get_one(DocumentRow, document_id))


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


def _fill(session: Session, row: DocumentRow, cleaned: CleanText, decisions: Decisions) -> None:
    """Put the text, its ledger and its damage into the row; new segments only where the clean text changed."""
    damage = DamageMap(cleaned)
    row.raw, row.clean, row.ledger = cleaned.raw, cleaned.text, write_ledger(cleaned)
    row.damage, row.waiting = damage.of().score, count_waiting(cleaned.edits, decisions)
    row.version = (row.version or 0) + 1
    session.flush()
    segments = split_segments(cleaned.text)
    if session.scalar(select(SegmentRow.id).where(SegmentRow.document_id == row.id).limit(1)) is None:
        new_segments(session, row.id, segments, damage)
    else:
        update_segments(session, row.id, segments, damage)
    session.expire(row, ["segments"])


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
