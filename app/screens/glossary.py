"""Glossary: the names found in the documents; decide on them, settle their conflicts, look back, and exchange them."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from app.language import t
from app.plain import label
from app.session import person, say, tell_messages, workspace
from app.terms.conflicts import show_conflicts
from app.terms.exchange import show_exchange
from app.terms.form import add
from app.terms.log import show_history
from app.terms.panel import show_panel
from app.terms.queue import filters, follow_address, read_queue, show_list, steps
from app.words import CATEGORIES
from glossary.store import Selection

_KEYS = Path(__file__).resolve().parent.parent / "glossary_keys.js"


def _add() -> None:
    """A term typed by hand."""
    opened = st.popover(t("Add"), icon=":material/add:", width="stretch", help=t("Add a name by hand"))
    with opened, st.form("term_add", border=False):
        st.text_input(t("Chinese"), max_chars=200, key="add_source")
        st.text_input(t("English"), max_chars=400, key="add_target")
        st.selectbox(t("Kind"), list(CATEGORIES), format_func=lambda c: t(CATEGORIES[c]), key="add_kind")
        problem = st.session_state.pop("add_problem", "")
        if problem:
            st.warning(label(problem))
        st.form_submit_button(t("Add and approve"), type="primary", on_click=_added)


def _added() -> None:
    """Callback: put the typed name in; what was typed stays where it could not be."""
    state = st.session_state
    with workspace().session() as session:
        problem = add(session, state["add_source"], state["add_target"], state["add_kind"])
    if problem:
        state["add_problem"] = problem
        return
    say(t("{name}: added.", name=state["add_source"].strip()))
    state["add_source"] = state["add_target"] = state["add_kind"] = ""


def _terms() -> None:
    """The first tab: the list on the left, the selected term on the right."""
    boxes = st.columns([1.5, 1, 1.1, 1.4, 0.9] if person().may("terminologist") else [1.5, 1, 1.1, 1.4])
    selection = filters(boxes)
    if len(boxes) > 4:
        with boxes[4]:
            _add()
    queue = read_queue(selection)
    if queue is None:
        _empty(selection)
        return
    st.query_params["term"] = st.session_state["term_address"] = str(queue.current.id)
    left, right = st.columns([1, 1.35], gap="medium")
    with left:
        show_list(queue)
    with right, st.container(gap="small"):
        steps(queue)
        show_panel(queue)
    st.html(f"<script>{_KEYS.read_text(encoding='utf-8')}</script>", unsafe_allow_javascript=True)


def _empty(selection: Selection) -> None:
    if selection == Selection(status="candidate"):
        st.success(
            t("Every name is decided. Choose “{all}” under Decision to see them.", all=t("All")),
            icon=":material/check:",
        )
    elif selection == Selection():
        st.info(t("No names yet. Add documents on the Home page, or add a name by hand."), icon=":material/menu_book:")
    else:
        st.info(t("No name fits these filters."), icon=":material/filter_alt:")


def show() -> None:
    """The page; a tab is worked out only while it is open."""
    tell_messages()
    follow_address()
    st.html(f'<h1 class="unseen">{t("Glossary")}</h1>')
    names = (t("Terms"), t("Conflicts"), t("History"), t("Import and export"))
    for tab, draw in zip(
        st.tabs(names, key="glossary_tab", on_change="rerun"),
        (_terms, show_conflicts, show_history, show_exchange),
        strict=True,
    ):
        if tab.open:
            with tab:
                draw()


show()
