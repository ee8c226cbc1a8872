"""Review: Chinese and English side by side, names highlighted in both; mend a sentence, confirm it, go on."""

from __future__ import annotations

import html
from bisect import bisect_left, bisect_right

import streamlit as st

from app.desk import Draft, Place, drafts, judged, keep_draft, place_of, save, to_check
from app.plain import label
from app.renewal import offer_renewal
from app.sentences import badge, damage_badge, flag_lines, hues_of, stored_segment, term_lines
from app.session import choose_document, listen_to_keys, say, tell_messages, workspace
from storage.models import SegmentRow
from translate.bilingual import BilingualSegment
from translate.outputs.html_page import marked_source, marked_target
from translate.store import count_by_state, segment_positions, segments_at

_PAGE = 25
# Sentences shown above the one under review, so that it stays near the same place of the screen.
_ABOVE = 1
_FILTERS = {"": "All", "open": "Not confirmed", "flagged": "To check", "confirmed": "Confirmed"}
_COLUMNS = [0.42, 5, 5.6]


def _go(document_id: int, position: int) -> None:
    st.session_state["review_at"] = (document_id, position)


def _current(document_id: int) -> int:
    """The position under review: where the person went, or what the address says (counted from 1 there)."""
    at_document, position = st.session_state.get("review_at", (0, 0))
    if at_document == document_id:
        return int(position)
    said = st.query_params.get("sentence", "")
    return int(said) - 1 if said.isascii() and said.isdigit() and 0 < len(said) < 9 and not at_document else 0


def _save(place: Place, state: str, following: int | None) -> None:
    """Callback of Save and Confirm."""
    text = st.session_state.get(place.key)
    if text is None:
        return
    problem = save(place, text, state, bool(st.session_state.get(f"anyway_{place.segment_id}")))
    if problem:
        st.session_state["review_problem"] = (place.segment_id, problem)
    elif state == "confirmed" and following is not None:
        _go(place.document_id, following)
    else:
        say("Confirmed." if state == "confirmed" else "Saved.")


def _row(row: SegmentRow) -> None:
    """A sentence that is not under review."""
    segment = stored_segment(row)
    hues = hues_of(segment.ledger)
    number, source, target = st.columns(_COLUMNS, gap="small")
    number.button(
        str(row.position + 1), key=f"go_{row.id}", type="tertiary", on_click=_go, args=(row.document_id, row.position)
    )
    source.html(f'<div class="cell zh" lang="zh-Hans">{marked_source(segment, hues)}{damage_badge(row)}</div>')
    unsaved = ' <span class="badge unsaved">Not saved</span>' if row.id in drafts() else ""
    target.html(
        f'<div class="cell" lang="en">{marked_target(segment, hues)} <span class="state">{badge(segment.state)}{unsaved}</span>'
        f"{flag_lines(segment.flags)}</div>"
    )


def _active(row: SegmentRow, document: str, positions: list[int], flagged: list[int]) -> None:
    """The sentence under review, with its text box and buttons."""
    place = place_of(row, document)
    stored = row.translation.target if row.translation else ""
    draft = drafts().get(row.id)
    with st.container(border=True, key="active"):
        if draft and draft.version != place.version:
            _conflict(row, place, stored, draft)
            return
        text = draft.text if draft else stored
        with workspace().session() as session:
            segment = judged(session, row, document, text) if draft else stored_segment(row)
        hues = hues_of(segment.ledger)
        number, source, target = st.columns(_COLUMNS, gap="small")
        number.html(f'<div class="number">{row.position + 1}</div>')
        source.html(
            f'<div class="cell zh" lang="zh-Hans">{marked_source(segment, hues)}{damage_badge(row)}</div>{term_lines(segment.ledger, hues)}'
        )
        with target:
            st.text_area(
                "English",
                text,
                key=place.key,
                height="content",
                label_visibility="collapsed",
                on_change=keep_draft,
                args=(place, stored),
            )
            st.html(
                f'<div class="cell preview" lang="en">{marked_target(segment, hues)} {badge("unsaved") if draft else badge(segment.state)}</div>'
                f"{flag_lines(segment.flags)}"
            )
            _buttons(place, segment, positions, flagged)


def _buttons(place: Place, segment: BilingualSegment, positions: list[int], flagged: list[int]) -> None:
    _, problem = st.session_state.pop("review_problem", (0, ""))
    if problem:
        # keys.js knows a new refusal by its number, and puts the cursor back into the box.
        held = st.session_state["held"] = st.session_state.get("held", 0) + 1
        st.container(key=f"held_{held}").warning(label(problem, 2000), icon=":material/warning:")
    if any(flag.severity == "error" for flag in segment.flags):
        st.checkbox("Confirm anyway", key=f"anyway_{place.segment_id}", help="Confirm although an error is marked.")
    at = bisect_right(positions, place.position)
    following = positions[at] if at < len(positions) else None
    before = bisect_left(positions, place.position) - 1
    previous = positions[before] if before >= 0 else None
    flag_at = bisect_right(flagged, place.position)
    next_flag = flagged[flag_at] if flag_at < len(flagged) else None
    with st.container(horizontal=True, gap="small"):
        st.button(
            "Confirm and next" if following is not None else "Confirm",
            type="primary",
            icon=":material/check:",
            shortcut="Ctrl+Enter",
            key="confirm",
            on_click=_save,
            args=(place, "confirmed", following),
        )
        reopening = segment.state == "confirmed"
        st.button(
            "Reopen" if reopening else "Save",
            shortcut="Ctrl+S",
            key="save",
            on_click=_save,
            args=(place, "edited", None),
        )
    with st.container(horizontal=True, gap="small"):
        for name, shortcut, goal in (
            ("Previous", "Alt+PageUp", previous),
            ("Next", "Alt+PageDown", following),
            ("Next to check", "F8", next_flag),
        ):
            st.button(
                name,
                type="tertiary",
                shortcut=shortcut,
                key=name.lower().replace(" ", "_"),
                disabled=goal is None,
                on_click=_go,
                args=(place.document_id, goal),
            )


def _conflict(row: SegmentRow, place: Place, stored: str, draft: Draft) -> None:
    """Somebody saved other English meanwhile: both texts, and the person chooses."""
    st.warning("This sentence was changed by somebody else while you were writing. Which English is to stay?")
    st.html(f'<div class="cell zh" lang="zh-Hans">{html.escape(row.source)}</div>')
    mine, theirs = st.columns(2)
    mine.html(
        f'<div class="soft small">Yours, not saved</div><div class="cell" lang="en">{html.escape(draft.text)}</div>'
    )
    theirs.html(f'<div class="soft small">Saved meanwhile</div><div class="cell" lang="en">{html.escape(stored)}</div>')
    if mine.button("Go on with mine", key="keep_mine"):
        drafts()[row.id] = Draft(place.version, draft.text)
        st.rerun()
    if theirs.button("Take the other", key="take_theirs"):
        del drafts()[row.id]
        st.rerun()


def show() -> None:
    """The page."""
    tell_messages()
    top = st.columns([3, 2.6, 2], vertical_alignment="bottom", gap="medium")
    with top[0]:
        chosen = choose_document()
    if chosen is None:
        return
    document_id, document = chosen
    only = top[1].segmented_control(
        "Show", list(_FILTERS), default="", required=True, format_func=_FILTERS.__getitem__, key="review_filter"
    )
    with workspace().session() as session:
        counts = count_by_state(session, document_id)
        positions = segment_positions(session, document_id, only or "")
        flagged = to_check(session, document_id)
        if only == "flagged":
            positions = flagged
        at = min(bisect_left(positions, _current(document_id)), len(positions) - 1)
        first = max(0, at - _ABOVE)
        rows = segments_at(session, document_id, positions[first : first + _PAGE]) if positions else []
    total = sum(number for state, number in counts.items() if state != "flagged")
    done = counts.get("confirmed", 0)
    top[2].progress(done / total if total else 0.0, f"{done:,} of {total:,} confirmed · {len(flagged):,} to check")
    offer_renewal(document_id)
    if not rows:
        _empty(only or "", total)
        return
    position = positions[at]
    _go(document_id, position)
    st.query_params["sentence"] = str(position + 1)
    for row in rows:
        if row.position == position:
            _active(row, document, positions, flagged)
        elif row.position < position:
            with st.container(key="above"):
                _row(row)
        else:
            _row(row)
    _pager(document_id, positions, at)
    listen_to_keys()


def _pager(document_id: int, positions: list[int], at: int) -> None:
    if len(positions) <= _PAGE:
        return
    with st.container(horizontal=True, horizontal_alignment="center"):
        earlier, later = max(0, at - _PAGE), min(len(positions) - 1, at + _PAGE)
        st.button(
            f"{_PAGE} back",
            key="page_back",
            disabled=at == 0,
            on_click=_go,
            args=(document_id, positions[earlier]),
            icon=":material/chevron_left:",
        )
        st.button(
            f"{_PAGE} on",
            key="page_on",
            disabled=at == len(positions) - 1,
            on_click=_go,
            args=(document_id, positions[later]),
            icon=":material/chevron_right:",
        )


def _empty(only: str, total: int) -> None:
    if not total:
        st.info("This document has no sentences left after cleaning; see the Documents page for what was removed.")
    elif only == "flagged":
        st.success("Nothing to check in this document.", icon=":material/check:")
    elif only == "open":
        st.success("Every sentence of this document is confirmed.", icon=":material/check:")
    else:
        st.info("No sentence is confirmed yet.")


show()
