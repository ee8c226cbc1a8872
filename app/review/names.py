"""A name put into the glossary from the Review page, by typing or from selected Chinese, and forced at once."""

from __future__ import annotations

import streamlit as st

from app.language import nt, t
from app.plain import label
from app.session import person, say, workspace
from app.terms.form import add
from app.words import CATEGORIES
from translate.selection import SegmentFilter, count


def offer_name() -> None:
    """The button, and the form where it was pressed or Chinese was picked."""
    if not person().may("terminologist"):
        return
    if st.button(t("Add a name"), icon=":material/add:", key="add_name"):
        st.session_state["name_wanted"] = ""
    wanted = st.session_state.pop("name_wanted", None)
    if wanted is not None:
        _form(wanted)


def _form(chinese: str) -> None:
    @st.dialog(t("Add a name to the glossary"))
    def form() -> None:
        source = (st.text_input(t("Chinese"), chinese, max_chars=200, key="name_source") or "").strip()
        if source:
            with workspace().reading() as session:
                held = count(session, SegmentFilter(text=source))
            st.caption(nt("It stands in {n} sentence.", "It stands in {n} sentences.", held))
        target = st.text_input(t("English"), max_chars=400, key="name_target") or ""
        category = st.selectbox(
            t("Kind"), list(CATEGORIES), format_func=lambda name: t(CATEGORIES[name]), key="name_category"
        )
        if st.button(t("Add and approve"), type="primary", icon=":material/check:", key="name_add"):
            problem = _added(source, target, category)
            if problem:
                st.warning(label(problem), icon=":material/warning:")
            else:
                st.rerun()

    form()


def _added(source: str, target: str, category: str) -> str:
    with workspace().session() as session:
        problem = add(session, source, target, category)
    if not problem:
        say(t("{name}: added.", name=source))
    return problem
