"""Side by side as CSV, and the term ledger: UTF-8 with BOM, no cell that a spreadsheet would run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from glossary.csv_file import csv_row, csv_text, defuse
from translate.bilingual import BilingualDocument

COLUMNS = ("document", "segment", "paragraph", "source", "target", "state", "damage", "terms", "flags")
LEDGER_COLUMNS = (
    "document", "segment", "concept", "source_text", "source_start", "source_end", "expected", "found", "target_start", "target_end", "outcome",
)  # fmt: skip


def render(document: BilingualDocument) -> str:
    """One row a segment; `terms` lists each occurrence as source=found (outcome)."""
    rows = []
    for s in document.segments:
        terms = "; ".join(f"{row.occurrence.text}={row.found or '?'} ({row.outcome})" for row in s.ledger)
        flags = "; ".join(
            [f"{flag.severity}: {flag.text}" for flag in s.flags] + ([f"error: {s.error}"] if s.error else [])
        )
        rows.append((document.name, s.index + 1, s.paragraph + 1, s.source, s.target, s.state, s.damage, terms, flags))
    return to_csv(COLUMNS, rows)


def render_ledger(documents: Iterable[BilingualDocument]) -> str:
    """The term ledger: one row for each occurrence of a term in each source segment."""
    rows = []
    for document in documents:
        for s in document.segments:
            for row in s.ledger:
                o = row.occurrence
                source = (o.concept, o.text, o.start, o.end, o.expected)
                rows.append(
                    (document.name, s.index + 1, *source, row.found, row.target_start, row.target_end, row.outcome)
                )
    return to_csv(LEDGER_COLUMNS, rows)


def to_csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """CSV text with BOM; text cells defused, numbers as they are."""
    return b"".join(csv_lines(columns, rows)).decode("utf-8", "surrogatepass")


def csv_lines(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[bytes]:
    """The same row by row, as UTF-8."""
    yield ("\ufeff" + csv_text(columns, ())).encode()
    for row in rows:
        yield csv_row([defuse(cell) if isinstance(cell, str) else cell for cell in row]).encode(
            "utf-8", "surrogatepass"
        )
