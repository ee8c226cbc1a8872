"""Documents: the raw text, the clean text, and every change between them, to be seen, restored or accepted."""

from __future__ import annotations

import dataclasses
import html
import zlib
from collections import Counter
from collections.abc import Collection

import streamlit as st

from app.entries import Entry, count_open, damage_words, entries_of, on_stretch
from app.places import show_places
from app.removals import Change, changes_of, marked_raw, merged, pages_of, read_ledger
from app.renewal import offer_renewal
from app.session import choose_document, tell_messages, workspace
from app.words import KINDS, counted, kind_words
from documents.decisions import Decisions
from documents.metadata import metadata
from documents.store import decisions_of
from storage.models import DocumentRow


@dataclasses.dataclass(frozen=True, slots=True)
class _Record:
    """What was done to a document: as it is drawn, and place by place."""

    changes: list[Change]
    entries: list[Entry]
    gone: int


@st.cache_resource(max_entries=4, show_spinner=False)
def _record(location: str, document_id: int, stamp: int, decisions: Decisions, _ledger: str) -> _Record:
    edits = read_ledger(_ledger)
    gone = sum(edit.end - edit.start for edit in edits if edit.applied)
    return _Record(changes_of(merged(edits), decisions.restored), entries_of(edits, decisions), gone)


@st.cache_data(max_entries=8, show_spinner=False)
def _pages(text: str) -> list[tuple[int, int]]:
    return pages_of(text)


def _page(text: str, key: str) -> tuple[int, int]:
    """The stretch of `text` that the person chose to see."""
    spans = _pages(text)
    number = 1
    if len(spans) > 1:
        number = int(
            st.number_input(
                f"Page (of {len(spans)})", 1, len(spans), 1, key=key, width=140, help="Long text is shown in pages."
            )
        )
    return spans[number - 1]


def _text(shown: str) -> None:
    st.html(f'<div class="page" lang="zh">{shown or "&nbsp;"}</div>')


def _kinds(row: DocumentRow, entries: list[Entry]) -> Collection[str]:
    """The kinds that the person wants to see."""
    places = Counter(edit.kind for entry in entries for edit in entry.edits[:1])
    places.update({edit.kind: 0 for entry in entries for edit in entry.edits[1:]})
    kinds = [kind for kind in (*KINDS, *sorted(places.keys() - KINDS.keys())) if kind in places]
    if not kinds:
        return kinds
    shown = st.pills(
        "Show in colour",
        kinds,
        selection_mode="multi",
        default=[kind for kind in kinds if kind != "blank"] or kinds,
        format_func=lambda kind: f"{kind_words(kind).title} · {places[kind]:,}",
        key=f"kinds_{row.id}",
        help="Places that were changed, by kind. What is not chosen stays faint.",
    )
    swatches = "".join(
        f'<style>.st-key-kinds_{row.id} button[data-variant="pills"]:nth-of-type({at}) '
        f"{{ border-left: 5px solid hsl({kind_words(kind).hue} 50% 60%) }}</style>"
        for at, kind in enumerate(kinds, 1)
    )
    st.html(swatches)
    return shown


def _changed(row: DocumentRow, record: _Record) -> None:
    """The raw text in colour, and beside it the places of the part that is shown."""
    if not record.entries:
        st.success("Nothing had to be removed from this document.", icon=":material/check:")
    shown = _kinds(row, record.entries)
    text, beside = st.columns([1.5, 1], gap="medium")
    with text:
        start, end = _page(row.raw, f"removed_page_{row.id}")
        _text(marked_raw(row.raw, record.changes, start, end, shown))
    if record.entries:
        with beside, st.container(key="places", gap="small"):
            show_places(row, on_stretch(record.entries, start, end, shown), record.entries)


def _facts(row: DocumentRow, record: _Record) -> str:
    facts = (
        f"{len(row.raw):,} characters as supplied ({html.escape(row.encoding)}) · {record.gone:,} removed or replaced · "
        f"{len(row.clean):,} clean"
    )
    if waiting := count_open(record.entries):
        facts += f" · <b>{counted(waiting, 'place')} to decide</b>"
    damage = damage_words(row.damage, record.entries, row.clean)
    said = metadata(row.clean)
    by_line = " · ".join(filter(None, (said.title, said.author, said.source, said.published)))
    lines = [html.escape(line) for line in (by_line, damage) if line]
    return f'<div class="soft small facts">{"<br>".join([facts, *lines])}</div>'


def show() -> None:
    """The page."""
    tell_messages()
    left, right = st.columns([3, 4], vertical_alignment="bottom", gap="medium")
    with left:
        chosen = choose_document()
    if chosen is None:
        return
    where = workspace()
    with where.session() as session:
        row = session.get(DocumentRow, chosen[0])
        decisions = decisions_of(session, chosen[0])
    if row is None:
        st.warning("This document is no longer in the workspace; choose another one.")
        return
    record = _record(where.location, row.id, zlib.crc32(row.ledger.encode()), decisions, row.ledger)
    right.html(_facts(row, record))
    offer_renewal(row.id)
    changed, clean, raw = st.tabs(["What was removed", "Clean", "Raw"], key="document_tab", on_change="rerun")
    if changed.open:
        with changed:
            _changed(row, record)
    if clean.open:
        with clean:
            start, end = _page(row.clean, f"clean_page_{row.id}")
            _text(html.escape(row.clean[start:end]))
    if raw.open:
        with raw:
            start, end = _page(row.raw, f"raw_page_{row.id}")
            _text(html.escape(row.raw[start:end]))


show()
