"""The list of terms: filters, the page of it that is shown, which term is selected, and the way to the next."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from app.language import t
from app.plain import label
from app.session import workspace
from app.terms.form import read_drafts, term_drafts
from app.words import CATEGORIES, ORIGINS, STATUSES
from glossary.store import Selection, concept_row, count_selected, review_queue, to_concept
from storage.models import ConceptRow

PAGE = 15
_MARKS = {"approved": ":material/check: ", "rejected": ":material/close: "}


@dataclasses.dataclass(frozen=True, slots=True)
class Queue:
    """A page of the selected terms, and the one among them (or beside them) that is looked at."""

    selection: Selection
    rows: Sequence[ConceptRow]
    current: ConceptRow
    page: int
    at: int
    total: int
    following: ConceptRow | None

    @property
    def position(self) -> int:
        """Of the current term among all selected ones, from 0."""
        return self.page * PAGE + self.at


def filters(boxes: Sequence[DeltaGenerator]) -> Selection:
    """The boxes above the list, in the first four columns; what is chosen says what it is, so that no label need stand."""
    text, status, category, origin = boxes[:4]
    bare: dict[str, Any] = {"label_visibility": "collapsed"}
    typed = text.text_input(
        t("Search"), key="term_search", placeholder=t("Chinese or English"), icon=":material/search:", **bare
    )
    decisions = {"": "All decisions", **STATUSES}
    kinds = {**CATEGORIES, "": "All kinds"}
    origins = {"": "English from any source", **ORIGINS}
    return Selection(
        status=status.selectbox(
            t("Decision"), list(decisions), 1, lambda s: t(decisions[s]), key="term_status", **bare
        ),
        category=category.selectbox(t("Kind"), list(kinds), 0, lambda c: t(kinds[c]), key="term_kind", **bare),
        origin=origin.selectbox(
            t("English known from"), list(origins), 0, lambda o: t(origins[o]), key="term_origin", **bare
        ),
        text=(typed or "").strip(),
    )


def look_at(concept_id: int) -> None:
    """Show this term, whatever the filters say; they are opened. For callbacks, and before the filters are drawn."""
    state = st.session_state
    state["term_search"] = state["term_status"] = state["term_kind"] = state["term_origin"] = ""
    state["term_selection"] = Selection()
    state["term_page"] = 0
    state["term"] = state["term_pinned"] = concept_id


def follow_address() -> None:
    """Show the term that the address names (glossary?term=7), if another page or a reload asks for it."""
    wanted = st.query_params.get("term", "")
    if wanted.isascii() and wanted.isdigit() and len(wanted) < 10 and wanted != st.session_state.get("term_address"):
        st.session_state["term_address"] = wanted
        look_at(int(wanted))


def read_queue(selection: Selection) -> Queue | None:
    """The page to show; None if no term fits the selection. A new selection begins at its first term."""
    state = st.session_state
    if state.get("term_selection") != selection:
        state["term_selection"] = selection
        state["term_page"] = 0
        for name in ("term", "term_pinned", "term_pick"):
            state.pop(name, None)
    with workspace().reading() as session:
        total = count_selected(session, selection)
        page = min(int(state.get("term_page", 0)), max(0, (total - 1) // PAGE))
        found = review_queue(session, selection, page * PAGE, PAGE + 1)
        ids = [row.id for row in found]
        at = _at(ids[:PAGE])
        current = found[at] if found else None
        pinned = state.get("term_pinned")
        if pinned is not None and pinned not in ids:
            current = concept_row(session, pinned) or current
        if current is None:
            return None
        read_drafts(session, [*ids, current.id])
    beside = not found or current is not found[at]
    following = (found[0] if beside else found[at + 1] if at + 1 < len(found) else None) if found else None
    state["term_page"], state["term"] = page, current.id
    return Queue(selection, found[:PAGE], current, page, at, total, following)


def _at(ids: Sequence[int]) -> int:
    """Which row of the page is looked at."""
    pick = st.session_state.pop("term_pick", None)
    if pick is not None:
        return max(0, min(int(pick), len(ids) - 1))
    wanted = st.session_state.get("term")
    return ids.index(wanted) if wanted in ids else 0


def go_on(queue: Queue, moved: bool) -> None:
    """After a decision, to the term that comes next; `moved`: the decided one has left its place in the list."""
    if queue.following is None:
        return
    st.session_state.pop("term_pinned", None)
    st.session_state["term"] = queue.following.id
    if not moved and queue.at == PAGE - 1:
        st.session_state["term_page"] = queue.page + 1


def _go(queue: Queue, step: int) -> None:
    to = max(0, min(queue.position + step, queue.total - 1))
    st.session_state.pop("term_pinned", None)
    st.session_state["term_page"], st.session_state["term_pick"] = divmod(to, PAGE)


def _next_undecided(queue: Queue) -> None:
    """Candidates come first in every selection: the next one is the next row, or else the first of all."""
    if queue.following is not None and queue.following.status == "candidate":
        _go(queue, 1)
        return
    if queue.selection.status not in ("", "candidate"):
        st.session_state["term_status"] = "candidate"
    st.session_state["term_page"] = st.session_state["term_pick"] = 0
    st.session_state.pop("term_pinned", None)


def steps(queue: Queue) -> None:
    """The buttons to the terms around the one that is looked at."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.button(
            t("Previous"),
            key="term_previous",
            icon=":material/arrow_upward:",
            disabled=queue.position == 0,
            on_click=_go,
            args=(queue, -1),
        )
        st.button(
            t("Next"),
            key="term_next",
            icon=":material/arrow_downward:",
            disabled=queue.following is None,
            on_click=_go,
            args=(queue, 1),
        )
        st.button(
            t("Next undecided"),
            key="term_undecided",
            icon=":material/fast_forward:",
            on_click=_next_undecided,
            args=(queue,),
        )
        keys()


def keys() -> None:
    """The list of the keys."""
    names = (
        ("Ctrl+Enter", t("Approve and go on")),
        ("F2", t("Edit the English")),
        ("Alt+X", t("Reject and go on")),
        ("Alt+S", t("Save, decide later")),
        ("Alt+M", t("Merge with another term")),
        ("Alt+PageDown", t("Next term")),
        ("Alt+PageUp", t("Previous term")),
        ("F8", t("Next undecided term")),
    )
    with st.popover(t("Keys"), icon=":material/keyboard:", type="tertiary"):
        rows = "".join(f"<tr><td><kbd>{key}</kbd></td><td>{said}</td></tr>" for key, said in names)
        st.html(f'<table class="keys">{rows}</table>')


def _turn(step: int) -> None:
    st.session_state["term_page"] = max(0, int(st.session_state.get("term_page", 0)) + step)
    for name in ("term", "term_pinned"):
        st.session_state.pop(name, None)


def _select(concept_id: int) -> None:
    st.session_state.pop("term_pinned", None)
    st.session_state["term"] = concept_id


def show_list(queue: Queue) -> None:
    """The list: a button for each term, and the way to other pages."""
    with st.container(key="term_list", gap=None):
        for row in queue.rows:
            concept = to_concept(row)
            draft = term_drafts().get(row.id)
            english = label(draft.form.target if draft else concept.target, 70) or f"*{t('no English yet')}*"
            mark = ":material/edit: " if draft else _MARKS.get(row.status, "")
            st.button(
                f"{mark}**{label(concept.source, 30)}** {english}",
                key=f"term_{row.id}",
                type="primary" if row.id == queue.current.id else "tertiary",
                width="stretch",
                wrap=False,
                on_click=_select,
                args=(row.id,),
            )
    first, last = queue.page * PAGE + 1, queue.page * PAGE + len(queue.rows)
    back, where, forward = st.columns([1, 1.6, 1], vertical_alignment="center")
    back.button(
        t("Earlier"),
        key="term_back",
        disabled=queue.page == 0,
        on_click=_turn,
        args=(-1,),
        icon=":material/chevron_left:",
    )
    where.caption(
        t("{first}–{last} of {total}", first=f"{first:,}", last=f"{last:,}", total=f"{queue.total:,}"),
        text_alignment="center",
    )
    forward.button(
        t("Later"),
        key="term_forward",
        disabled=last >= queue.total,
        on_click=_turn,
        args=(1,),
        icon=":material/chevron_right:",
    )
