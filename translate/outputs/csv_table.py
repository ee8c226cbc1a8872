"""Side by side as CSV, and the term ledger: UTF-8 with BOM, no cell that a spreadsheet would run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from glossary.csv_file import csv_row, defuse
from translate.bilingual import BilingualDocument

COLUMNS = ("document", "segment", "paragraph", "source", "target", "state", "damage", "terms", "flags")
LEDGER_COLUMNS = (
    "document", "segment", "concept", "source_text", "source_start", "source_end", "expected", "found", "target_start", "target_end", "outcome",
)  # fmt: skip


def render(document: BilingualDocument) -> bytes:
    """One row a segment; `terms` lists each occurrence as source=found (outcome)."""
    return b"".join(csv_lines(COLUMNS, table_of(document)))


def table_of(document: BilingualDocument) -> Iterator[tuple[str | int | float, ...]]:
    """The cells of COLUMNS, a row a segment."""
    for s in document.segments:
        terms = "; ".join(f"{row.occurrence.text}={row.found or '?'} ({row.outcome})" for row in s.ledger)
        flags = [f"{flag.severity}: {flag.text}" for flag in s.flags] + ([f"error: {s.error}"] if s.error else [])
        texts = (s.source, s.target, s.state, s.damage, terms, "; ".join(flags))
        yield (document.name, s.index + 1, s.paragraph + 1, *texts)


def ledger_lines(document: BilingualDocument) -> Iterator[bytes]:
    """The document's part of the term ledger, without its header: a row for each occurrence of a term."""
    for s in document.segments:
        for row in s.ledger:
            o = row.occurrence
            source = (o.concept, o.text, o.start, o.end, o.expected)
            where = (row.found, row.target_start, row.target_end, row.outcome)
            yield _line((document.name, s.index + 1, *source, *where))


def csv_lines(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[bytes]:
    """A CSV file row by row: UTF-8 with BOM; text cells defused, numbers as they are."""
    yield ("\ufeff" + csv_row(columns)).encode()
    yield from map(_line, rows)


def _line(row: Sequence[object]) -> bytes:
    safe = [defuse(cell) if isinstance(cell, str) else cell for cell in row]
    return csv_row(safe).encode("utf-8", "surrogatepass")
