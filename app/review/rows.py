"""The sentences on the Review page: those around as one list, and the one under review with its box and buttons."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence

import streamlit as st

from app.desk import Draft, Place, give_up, judged, place_of, put_aside
from app.drafts import keep_draft_row
from app.language import t
from app.plain import label
from app.review.actions import Typed, pressed, was_saved
from app.sentences import badge, damage_badge, flag_lines, hues_of, stored_segment, term_lines
from app.session import person, workspace
from storage.models import SegmentRow
from translate.bilingual import BilingualSegment
from translate.outputs.html_page import marked_source, marked_target


def rows_html(rows: Sequence[SegmentRow], names: Mapping[int, str], unsaved: Mapping[int, Draft], before: int) -> str:
    """Rows of sentences that are not under review; where another document begins (after `before`), its name stands."""
    parts = []
    for row in rows:
        if row.document_id != before:
            parts.append(f'<div class="soft small of">{html.escape(names.get(row.document_id, ""))}</div>')
            before = row.document_id
        parts.append(_row(row, row.id in unsaved))
    return "".join(parts)


def _row(row: SegmentRow, unsaved: bool) -> str:
    segment = stored_segment(row)
    hues = hues_of(segment.ledger)
    state = badge(segment.state) + (f" {badge('unsaved')}" if unsaved else "")
    number = row.position + 1
    return (
        f'<div class="row" data-go="{row.document_id}.{row.position}">'
        f'<button type="button" class="go" data-go="{row.document_id}.{row.position}" '
        f'aria-label="{html.escape(t("Go to sentence {number}", number=number))}">{number}</button>'
        f'<div class="cell zh" lang="zh-Hans" dir="auto">{_source(segment, hues)}{damage_badge(row)}</div>'
        f'<div class="cell" lang="en" dir="auto">{marked_target(segment, hues)} <span class="state">{state}</span>'
        f"{flag_lines(segment.flags)}</div></div>"
    )


def _source(segment: BilingualSegment, hues: dict[str, int]) -> str:
    return marked_source(segment, hues, t("No word of the English seems to render this."))


def active(row: SegmentRow, document: str, draft: Draft | None, checks: int) -> tuple[Place, str, bool]:
    """The sentence under review. Its place, the English shown in its box, and whether that can be written in."""
    place = place_of(row, document)
    stored = row.translation.target if row.translation else ""
    locked = row.translation is not None and row.translation.state == "locked"
    editable = person().may("reviewer") and not locked
    with st.container(border=True, key="active"):
        if draft and draft.version != place.version:
            _conflict(row, place, stored, draft)
            return place, stored, False
        text = draft.text if draft else stored
        if draft:
            with workspace().reading() as session:
                segment = judged(session, row, document, text)
        else:
            segment = stored_segment(row)
        _sides(row, place, segment, editable)
        _buttons(row, place, segment, checks)
    return place, text, editable


def _sides(row: SegmentRow, place: Place, segment: BilingualSegment, editable: bool) -> None:
    hues = hues_of(segment.ledger)
    source, target = st.columns([1, 1.12], gap="small")
    source.html(
        f'<div class="number" data-place="{place.segment_id}.{place.version}">{row.position + 1}</div>'
        f'<div class="cell zh" lang="zh-Hans" dir="auto">{_source(segment, hues)}{damage_badge(row)}</div>'
        f"{term_lines(segment.ledger, hues, editable)}"
    )
    with target:
        st.text_area(
            t("English of sentence {number}", number=row.position + 1),
            segment.target,
            key=place.key,
            height="content",
            label_visibility="collapsed",
            disabled=not editable,
            on_change=_changed,
            args=(place,),
        )
        st.html(
            f'<div class="cell preview" lang="en" dir="auto">{marked_target(segment, hues)} {badge(segment.state)}</div>'
            f"{flag_lines(segment.flags)}"
        )


def _changed(place: Place) -> None:
    """Callback of the box: remember what was typed."""
    text = st.session_state.get(place.key)
    if text is not None and not was_saved(Typed(place.segment_id, place.version, text)):
        put_aside(place.segment_id, place.version, text)


def _buttons(row: SegmentRow, place: Place, segment: BilingualSegment, checks: int) -> None:
    at, problem = st.session_state.pop("review_problem", (0, ""))
    if problem and at == row.id:
        st.warning(label(problem, 2000), icon=":material/warning:")
    state = row.translation.state if row.translation else "missing"
    may = person().may("reviewer")
    if may and state != "locked" and any(flag.severity == "error" for flag in segment.flags):
        st.text_input(t("To confirm in spite of the error, say why it is none"), key=f"note_{row.id}", max_chars=300)
    first = {
        "confirm": (t("Confirm and next"), "check", not may or state == "locked", "Ctrl+Enter"),
        "save": (t("Reopen") if state == "confirmed" else t("Save"), "save", not may or state == "locked", "Ctrl+S"),
        "lock": (
            t("Unlock") if state == "locked" else t("Lock"),
            "lock_open" if state == "locked" else "lock",
            not may or state == "missing",
            "Alt+L",
        ),
        "copy": (t("Copy the Chinese"), "content_copy", not may or state == "locked", "Alt+C"),
    }
    second = {
        "previous": (t("Previous"), "arrow_upward", False, "Alt+PageUp"),
        "next": (t("Next"), "arrow_downward", False, "Alt+PageDown"),
        "check": (t("Next to check"), "flag", not checks, "F8"),
    }
    for names, look in ((first, "secondary"), (second, "tertiary")):
        with st.container(horizontal=True, gap="small"):
            for action, (words, icon, off, keys) in names.items():
                st.button(
                    words,
                    icon=f":material/{icon}:",
                    type="primary" if action == "confirm" else look,  # type: ignore[arg-type]
                    key=f"act_{action}",
                    disabled=off,
                    help=keys,
                    on_click=pressed,
                    args=(action, place),
                )


def _conflict(row: SegmentRow, place: Place, stored: str, draft: Draft) -> None:
    """Somebody saved other English meanwhile: both texts, and the person chooses."""
    st.warning(t("This sentence was changed by somebody else while you were writing. Which English is to stay?"))
    st.html(f'<div class="cell zh" lang="zh-Hans" dir="auto">{html.escape(row.source)}</div>')
    sides = st.columns(2)
    for side, words, text in ((0, t("Yours, not saved"), draft.text), (1, t("Saved meanwhile"), stored)):
        sides[side].html(
            f'<div class="soft small">{html.escape(words)}</div>'
            f'<div class="cell" lang="en" dir="auto">{html.escape(text)}</div>'
        )

    def go_on() -> None:
        with workspace().session() as session:
            keep_draft_row(session, person().name, "segment", row.id, place.version, draft.text)

    sides[0].button(t("Go on with mine"), key="keep_mine", on_click=go_on)
    sides[1].button(t("Take the other"), key="take_theirs", on_click=give_up, args=(row.id,))
