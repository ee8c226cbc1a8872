"""Documents: the raw text, the clean text, and everything that was taken out between them, with its reason."""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Callable

import streamlit as st

from app.removals import marked_raw, merged, pages_of, read_ledger
from app.session import choose_document, workspace
from app.words import KINDS, kind_hue, kind_name
from documents.edits import Edit
from storage.models import DocumentRow


@st.cache_data(max_entries=4, show_spinner=False)
def _edits(location: str, document_id: int, sha256: str, length: int, _ledger: str) -> list[Edit]:
    return read_ledger(_ledger)


@st.cache_data(max_entries=8, show_spinner=False)
def _pages(text: str) -> list[tuple[int, int]]:
    return pages_of(text)


def _paged(text: str, key: str, show: Callable[[int, int], str]) -> None:
    """The page of `text` that the person chose."""
    spans = _pages(text)
    number = 1
    if len(spans) > 1:
        number = int(
            st.number_input(
                f"Page (of {len(spans)})", 1, len(spans), 1, key=key, width=140, help="Long text is shown in pages."
            )
        )
    start, end = spans[number - 1]
    st.html(f'<div class="page" lang="zh">{show(start, end) or "&nbsp;"}</div>')


def _removed(row: DocumentRow, edits: list[Edit]) -> None:
    applied = [edit for edit in edits if edit.applied]
    if not edits:
        st.success("Nothing had to be removed from this document.", icon=":material/check:")
    gone = Counter[str]()
    for edit in edits:
        gone[edit.kind] += edit.end - edit.start
    kinds = [kind for kind in (*KINDS, *(gone.keys() - KINDS.keys())) if kind in gone]
    shown = kinds
    if kinds:
        shown = st.pills(
            "Show in colour",
            kinds,
            selection_mode="multi",
            default=[kind for kind in kinds if kind != "blank"] or kinds,
            format_func=lambda kind: f"{kind_name(kind)} · {gone[kind]:,}",
            key=f"kinds_{row.id}",
            help="Characters removed or replaced, by kind. What is not chosen stays faint.",
        )
        swatches = "".join(
            f'<style>.st-key-kinds_{row.id} button[data-variant="pills"]:nth-of-type({at}) '
            f"{{ border-left: 5px solid hsl({kind_hue(kind)} 50% 60%) }}</style>"
            for at, kind in enumerate(kinds, 1)
        )
        st.html(swatches)
    if proposals := len(edits) - len(applied):
        st.caption(f"{proposals} places look damaged and were left as they are; they are underlined with dots.")
    changes = merged(edits)
    _paged(row.raw, f"removed_page_{row.id}", lambda start, end: marked_raw(row.raw, changes, start, end, shown))


def show() -> None:
    """The page."""
    left, right = st.columns([3, 4], vertical_alignment="bottom", gap="medium")
    with left:
        chosen = choose_document()
    if chosen is None:
        return
    where = workspace()
    with where.session() as session:
        row = session.get(DocumentRow, chosen[0])
    if row is None:
        st.warning("This document is no longer in the workspace; choose another one.")
        return
    edits = _edits(where.location, row.id, row.sha256, len(row.ledger), row.ledger)
    lost = sum(edit.end - edit.start for edit in edits if edit.applied)
    encoding = html.escape(row.encoding)
    right.html(
        f'<div class="soft small facts">{len(row.raw):,} characters as supplied ({encoding}) · {lost:,} removed or replaced · '
        f"{len(row.clean):,} clean · point at a coloured passage to see why</div>"
    )
    removed, clean, raw = st.tabs(["What was removed", "Clean", "Raw"], key="document_tab", on_change="rerun")
    if removed.open:
        with removed:
            _removed(row, edits)
    if clean.open:
        with clean:
            _paged(row.clean, f"clean_page_{row.id}", lambda start, end: html.escape(row.clean[start:end]))
    if raw.open:
        with raw:
            _paged(row.raw, f"raw_page_{row.id}", lambda start, end: html.escape(row.raw[start:end]))


show()
