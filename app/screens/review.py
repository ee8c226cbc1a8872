"""Review: Chinese and English side by side, names highlighted in both; mend a sentence, confirm it, go on."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from app.desk import KIND, Draft, Place
from app.drafts import drafts_among
from app.language import nt, t
from app.renewal import offer_renewal
from app.review.actions import listen, pressed
from app.review.beside import beside
from app.review.filters import document_names, draw_filter, draw_further, read_filter, read_spot, write_address
from app.review.names import offer_name
from app.review.replace import offer_replacing, offer_undo
from app.review.rows import active, rows_html
from app.session import person, tell_messages, workspace
from storage.models import SegmentRow
from translate.selection import SegmentFilter, Spot, count, segments_before, segments_from, stamp

_PAGE = 25
# Sentences shown above the one under review, so that it stays near the same place of the screen.
_ABOVE = 2
_KEYS = {
    "Ctrl+Enter": "confirm and go on",
    "Ctrl+S": "save, confirm later",
    "Alt+Page Up / Alt+Page Down": "the sentence before, the next one",
    "F8": "the next sentence to check",
    "Alt+1 … Alt+9": "put in the first … ninth name at the cursor",
    "Alt+C": "copy the Chinese into the English",
    "Alt+L": "lock, unlock",
}


@st.cache_data(max_entries=64, show_spinner=False)
def _counts(location: str, now: tuple[str, ...], document_id: int) -> tuple[int, int, int]:
    """Segments of a document (0: of all), those settled, and those to check."""
    with workspace().reading() as session:
        states = (count(session, SegmentFilter(document_id, state)) for state in ("", "confirmed", "locked", "check"))
        total, confirmed, locked, check = states
    return total, confirmed + locked, check


def _window(wanted: SegmentFilter, spot: Spot) -> tuple[Sequence[SegmentRow], Sequence[SegmentRow], dict[int, Draft]]:
    """The sentences before `spot`, that at or behind it and those that follow, and this person's drafts among them."""
    with workspace().reading() as session:
        rows = segments_from(session, wanted, spot, _PAGE)
        if not rows:
            # Behind the last one, or the filter has let it go: the last that there is.
            rows = segments_before(session, wanted, spot, 1)
        above = segments_before(session, wanted, Spot(rows[0].document_id, rows[0].position), _ABOVE) if rows else []
        kept = drafts_among(session, person().name, KIND, [row.id for row in (*above, *rows)])
    return above, rows, {number: Draft(*draft) for number, draft in kept.items()}


def show() -> None:
    """The page."""
    tell_messages()
    with workspace().reading() as session:
        names = document_names(session)
        now = stamp(session)
    if not names:
        st.info(t("There are no documents yet. Add some on the Home page."), icon=":material/description:")
        st.page_link("screens/home.py", label=t("Go to Home"), icon=":material/home:")
        return
    wanted = read_filter(names)
    st.session_state["review_wanted"] = wanted
    draw_filter(wanted, names)
    total, done, checks = _counts(workspace().location, now, wanted.document_id)
    _tools(wanted, names, total, done, checks)
    # In places of their own: what comes and goes must not move the sentences, or their boxes are made anew.
    with st.container(key="notices"):
        draw_further(wanted)
        if wanted.document_id:
            offer_renewal(wanted.document_id)
    spot = read_spot(wanted, names)
    above, rows, drafts = _window(wanted, spot)
    if not rows:
        _empty(wanted, total)
        return
    row = rows[0]
    spot = Spot(row.document_id, row.position)
    write_address(wanted, spot)
    sentences, side = st.columns([2.5, 1], gap="medium")
    with sentences, st.container(key="sentences", gap="small"):
        first = wanted.document_id
        st.html(f'<div class="rows above">{rows_html(above, names, drafts, first)}</div>')
        place, shown, editable = active(row, names.get(row.document_id, ""), drafts.get(row.id), checks)
        listen(place, shown, editable)
        st.html(f'<div class="rows">{rows_html(rows[1:], names, drafts, row.document_id)}</div>')
        _pager(place, bool(above), len(rows) == _PAGE)
    with side, st.container(key="beside_panel"):
        beside(row, editable)


def _tools(wanted: SegmentFilter, names: dict[int, str], total: int, done: int, checks: int) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="tools"):
        said = t("{done} of {total} confirmed", done=f"{done:,}", total=f"{total:,}")
        st.progress(done / total if total else 0.0, f"{said} · {nt('{n} to check', '{n} to check', checks)}", width=280)
        offer_name()
        offer_replacing(wanted, names)
        offer_undo(names)
        with st.popover(t("Keys"), icon=":material/keyboard:"):
            for keys, what in _KEYS.items():
                st.markdown(f"`{keys}` {t(what)}")


def _pager(place: Place, before: bool, after: bool) -> None:
    if not before and not after:
        return
    with st.container(horizontal=True, horizontal_alignment="center"):
        for action, words, icon, there in (
            ("back", t("{n} back", n=_PAGE), "chevron_left", before),
            ("on", t("{n} on", n=_PAGE), "chevron_right", after),
        ):
            st.button(
                words,
                key=f"act_{action}",
                icon=f":material/{icon}:",
                disabled=not there,
                on_click=pressed,
                args=(action, place),
            )


def _empty(wanted: SegmentFilter, total: int) -> None:
    if not total:
        st.info(t("This document has no sentences left after cleaning; see the Documents page for what was removed."))
    elif wanted.state == "check":
        st.success(t("Nothing to check here."), icon=":material/check:")
    elif wanted.state == "open":
        st.success(t("Every sentence here is confirmed."), icon=":material/check:")
    else:
        st.info(t("No sentence fits this filter."), icon=":material/filter_alt:")


show()
