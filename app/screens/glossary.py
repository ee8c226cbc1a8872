"""Glossary: the names found in the documents, each with its sentences; approve, edit, reject, add, download."""

from __future__ import annotations

import dataclasses

import streamlit as st

from app.plain import label
from app.session import listen_to_keys, say, tell_messages, workspace
from app.terms import TermDraft, TermForm, add, csv_bytes, decided, described, evidence_html, term_drafts
from app.words import CATEGORIES, ORIGINS, STATUSES
from glossary.store import (
    Selection,
    concept_row,
    count_selected,
    decide,
    review_queue,
    to_concept,
)
from storage import StaleError
from storage.models import ConceptRow

_PAGE = 15


def _csv() -> bytes:
    with workspace().session() as session:
        return csv_bytes(session)


def _filters() -> Selection:
    text, status, category, origin = st.columns([1.6, 1, 1, 1])
    typed = text.text_input("Search", key="term_search", placeholder="Chinese or English", icon=":material/search:")
    return Selection(
        status=status.selectbox(
            "Decision", ["", *STATUSES], 1, format_func=lambda s: STATUSES.get(s, "All"), key="term_status"
        ),
        category=category.selectbox(
            "Kind", ["", *list(CATEGORIES)[1:]], format_func=lambda c: CATEGORIES[c] if c else "All", key="term_kind"
        ),
        origin=origin.selectbox(
            "English known from", ["", *ORIGINS], format_func=lambda o: ORIGINS.get(o, "Any source"), key="term_origin"
        ),
        text=(typed or "").strip(),
    )


def _page_number(total: int, selection: Selection) -> int:
    """The page to show; a new selection begins at the first."""
    last = max(0, (total - 1) // _PAGE)
    if st.session_state.get("term_selection") != selection:
        st.session_state["term_selection"] = selection
        st.session_state["term_page"] = 0
    page = min(int(st.session_state.get("term_page", 0)), last)
    st.session_state["term_page"] = page
    return page


def _turn(step: int) -> None:
    st.session_state["term_page"] = max(0, int(st.session_state.get("term_page", 0)) + step)
    st.session_state.pop("term", None)


def _select(concept_id: int) -> None:
    st.session_state["term"] = concept_id


def _queue(rows: list[ConceptRow], selected: int | None, page: int, total: int) -> None:
    """The list on the left: a button for each term."""
    with st.container(key="term_list", gap=None):
        for row in rows:
            concept = to_concept(row)
            draft = term_drafts().get(row.id)
            english = label(draft.form.target if draft else concept.target, 70) or "*no English yet*"
            mark = ":orange[:material/edit:] " if draft else ""
            st.button(
                f"{mark}**{label(concept.source, 30)}** {english}",
                key=f"term_{row.id}",
                type="primary" if row.id == selected else "tertiary",
                width="stretch",
                wrap=False,
                on_click=_select,
                args=(row.id,),
            )
    first = page * _PAGE + 1
    back, where, forward = st.columns([1, 2, 1], vertical_alignment="center")
    back.button(
        "Earlier", key="term_back", disabled=page == 0, on_click=_turn, args=(-1,), icon=":material/chevron_left:"
    )
    where.caption(f"{first:,}–{first + len(rows) - 1:,} of {total:,}", text_alignment="center")
    forward.button(
        "Later",
        key="term_forward",
        disabled=first + len(rows) > total,
        on_click=_turn,
        args=(1,),
        icon=":material/chevron_right:",
    )


def _decide(concept_id: int, version: int, status: str, following: int | None) -> None:
    """Save the form of a term, as a callback, and go on to the next one after a decision."""
    form = TermForm.read(st.session_state, concept_id, version)
    with workspace().session() as session:
        row = concept_row(session, concept_id)
        if row is None:
            say("This term is no longer in the glossary.", ":material/warning:")
            return
        before = to_concept(row)
        after = decided(before, form, status or row.status)
        if problem := form.problem(after):
            st.session_state["term_problem"] = (concept_id, problem)
            return
        try:
            decide(session, concept_id, version, after)
        except StaleError:
            term_drafts()[concept_id] = TermDraft(version, form)
            return
    term_drafts().pop(concept_id, None)
    say(f"{after.source}: {STATUSES[after.status].lower() if status else 'saved'}.")
    if status and following is not None:
        st.session_state["term"] = following


def _detail(row: ConceptRow, following: int | None) -> None:
    """The selected term: its sentences, where its English is from, and the form."""
    concept = to_concept(row)
    with workspace().session() as session:
        first, others = evidence_html(session, concept)
    st.html(described(concept) + first)
    at, problem = st.session_state.get("term_problem", (0, ""))
    if at == row.id and problem:
        st.warning(label(problem), icon=":material/warning:")
        del st.session_state["term_problem"]
    stored = TermForm.of(concept)
    draft = term_drafts().get(row.id)
    if draft and draft.version != row.version:
        _conflict(row, draft)
        draft = None
    with st.container(border=True, key="term_form"):
        (draft.form if draft else stored).draw(row.id, row.version, stored)
        later = "Save, decide later" if row.status == "candidate" else "Save"
        with st.container(horizontal=True):
            for name, status, icon, shortcut in (
                ("Approve", "approved", ":material/check:", "Ctrl+Enter"),
                ("Reject", "rejected", ":material/close:", "Alt+X"),
                (later, "", ":material/save:", "Alt+S"),
            ):
                st.button(
                    name,
                    type="primary" if status == "approved" else "secondary",
                    icon=icon,
                    shortcut=shortcut,
                    key=f"{status or 'save'}_{row.id}",
                    on_click=_decide,
                    args=(row.id, row.version, status, following),
                )
    if others:
        st.html(f'<div class="soft small">More sentences</div>{others}')


def _conflict(row: ConceptRow, draft: TermDraft) -> None:
    """Somebody saved the term while this person was typing: theirs is in the form, and the person chooses."""
    st.warning(
        "Somebody else changed this term meanwhile; below is what they saved. Your English was: "
        f"{label(draft.form.target) or '(none)'}",
        icon=":material/warning:",
    )

    def go_on() -> None:
        term_drafts()[row.id] = TermDraft(row.version, draft.form)
        for field in dataclasses.fields(TermForm):
            st.session_state.pop(f"{field.name}_{row.id}_{row.version}", None)

    def take_theirs() -> None:
        term_drafts().pop(row.id, None)

    with st.container(horizontal=True):
        st.button("Go on with mine", key="keep_mine", on_click=go_on)
        st.button("Take theirs", key="take_theirs", on_click=take_theirs)


def _add() -> None:
    """A term typed by hand."""
    with st.popover("Add a name", icon=":material/add:"), st.form("term_add", clear_on_submit=True, border=False):
        source = st.text_input("Chinese", max_chars=200)
        target = st.text_input("English", max_chars=400)
        category = st.selectbox("Kind", list(CATEGORIES), format_func=CATEGORIES.__getitem__)
        if st.form_submit_button("Add and approve", type="primary"):
            with workspace().session() as session:
                problem = add(session, source or "", target or "", category)
            if problem:
                st.warning(label(problem))
            else:
                say(f"{(source or '').strip()}: added.")
                st.rerun()


def show() -> None:
    """The page."""
    tell_messages()
    where = workspace()
    with st.container(horizontal=True, vertical_alignment="center"):
        st.subheader("Glossary", width="stretch")
        _add()
        # A function: the file is made when it is asked for, not at every click.
        st.download_button(
            "Download all as CSV", _csv, "glossary.csv", "text/csv", icon=":material/download:", on_click="ignore"
        )
    selection = _filters()
    with where.session() as session:
        total = count_selected(session, selection)
        page = _page_number(total, selection)
        rows = list(review_queue(session, selection, page * _PAGE, _PAGE))
    if not rows:
        _empty(selection)
        return
    ids = [row.id for row in rows]
    wanted = st.session_state.get("term")
    at = ids.index(wanted) if wanted in ids else 0
    following = ids[at + 1] if at + 1 < len(ids) else None
    st.session_state["term"] = ids[at]
    left, right = st.columns([1, 1.35], gap="medium")
    with left:
        _queue(rows, ids[at], page, total)
    with right:
        _detail(rows[at], following)
    listen_to_keys()


def _empty(selection: Selection) -> None:
    if selection == Selection(status="candidate"):
        st.success("Every name is decided. Choose “All” under Decision to see them.", icon=":material/check:")
    elif dataclasses.astuple(selection) == ("", "", "", ""):
        st.info("No names yet. Add documents on the Home page, or add a name by hand.", icon=":material/menu_book:")
    else:
        st.info("No name fits these filters.", icon=":material/filter_alt:")


show()
