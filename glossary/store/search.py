"""Finding the sentences that hold a word, over all documents of a workspace.

On SQLite an FTS5 index with the trigram tokenizer answers for three characters or more; it is made at the first search
and kept in step by triggers. Shorter words, other databases and SQLite without FTS5 read every sentence instead.
Quotation marks are left out on both sides, so that 一带一路倡议 is found in “一带一路”倡议.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sqlalchemy import ColumnElement, func, select, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from glossary.matching import QUOTES, normalize
from storage import Workspace
from storage.models import DocumentRow, SegmentRow
from storage.people import for_nobody

_TRIGRAM = 3
# What may be written otherwise in a text than it is compared: half- or full-width signs, dashes, dots.
_MAY_DIFFER = re.compile(r"[\s!-/:-@\[-`{-~·]+")
_TRIGGERS = ("segment_search_insert", "segment_search_delete", "segment_search_update")


def segments_with(session: Session, query: str, limit: int = 0) -> Iterator[tuple[str, int, str]]:
    """Document, number from 1 and text of each segment that may hold `query`, in the order of the documents' names."""
    parts = [part for part in _MAY_DIFFER.split(normalize(query)) if part]
    rows = (
        select(DocumentRow.name, SegmentRow.position, SegmentRow.source)
        .join(SegmentRow.document)
        .order_by(DocumentRow.name, SegmentRow.position)
    )
    long = [part for part in parts if len(part) >= _TRIGRAM]
    if long and _has_index(session):
        phrases = " AND ".join(f'"{part}"' for part in long)
        found = text("SELECT rowid FROM segment_search WHERE segment_search MATCH :phrases").bindparams(phrases=phrases)
        rows = rows.where(SegmentRow.id.in_(found.columns(SegmentRow.id)))
        parts = [part for part in parts if len(part) < _TRIGRAM]
    rows = rows.where(*(_bare(SegmentRow.source.expression).icontains(part, autoescape=True) for part in parts))
    for name, position, source in session.execute(rows.limit(limit) if limit else rows):
        yield name, position + 1, source


def prepare_search(session: Session) -> None:
    """Make the index in a session that may write: one that only looks would make it anew at every search."""
    _has_index(session)


def make_searchable(workspace: Workspace) -> None:
    """Make the index of a workspace where there is none yet, in a session that keeps it."""
    with workspace.reading() as session:
        ready = search_is_ready(session)
    if not ready:
        with workspace.session() as session:
            prepare_search(session)


def search_is_ready(session: Session) -> bool:
    """Whether searches need not make an index first: it is there, or this database has none."""
    return session.get_bind().dialect.name != "sqlite" or _count_triggers(session) == len(_TRIGGERS)


def all_sentences(session: Session) -> Iterator[tuple[str, str]]:
    """Document and text of every segment."""
    query = select(DocumentRow.name, SegmentRow.source).join(SegmentRow.document).order_by(SegmentRow.id)
    yield from ((name, source) for name, source in session.execute(query))


def _bare(column: ColumnElement[str]) -> ColumnElement[str]:
    """A text without quotation marks."""
    for quote in QUOTES:
        column = func.replace(column, quote, "")
    return column


def _bare_sql(column: str) -> str:
    for quote in QUOTES:
        literal = quote.replace("'", "''")
        column = f"replace({column}, '{literal}', '')"
    return column


def _has_index(session: Session) -> bool:
    """Whether the index is there, making it if it can be made."""
    if session.get_bind().dialect.name != "sqlite":
        return False
    if _count_triggers(session) == len(_TRIGGERS):
        return True
    try:
        with session.begin_nested():
            _make_index(session)
    except OperationalError:
        # SQLite without FTS5, or without its trigram tokenizer.
        return False
    return True


def _count_triggers(session: Session) -> int:
    kept = text(
        "SELECT count(*) FROM sqlite_master WHERE name LIKE 'segment\\_search\\_%' ESCAPE '\\' AND type = 'trigger'"
    )
    return session.scalar(kept) or 0


def _make_index(session: Session) -> None:
    """The index, filled, and the triggers that keep it so; whatever half of them was left is replaced."""
    insert = "INSERT INTO segment_search (rowid, text) {values};"
    forget = "DELETE FROM segment_search WHERE rowid = old.id;"
    remember = insert.format(values=f"VALUES (new.id, {_bare_sql('new.source')})")
    statements = [
        "DROP TABLE IF EXISTS segment_search",
        *(f"DROP TRIGGER IF EXISTS {name}" for name in _TRIGGERS),
        "CREATE VIRTUAL TABLE segment_search USING fts5 (text, tokenize = 'trigram')",
        insert.format(values=f"SELECT id, {_bare_sql('source')} FROM segments"),  # noqa: S608, no word of a person in it
        f"CREATE TRIGGER segment_search_insert AFTER INSERT ON segments BEGIN {remember} END",
        f"CREATE TRIGGER segment_search_delete AFTER DELETE ON segments BEGIN {forget} END",
        f"CREATE TRIGGER segment_search_update AFTER UPDATE OF source ON segments BEGIN {forget} {remember} END",
    ]
    with for_nobody(session) as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
