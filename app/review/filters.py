"""What the Review page shows and where it stands, as its address says: the address is the truth, so that a link, a reload
and a bar of the Insights page come to the same segments."""

from __future__ import annotations

import dataclasses

import streamlit as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.language import t
from app.plain import label
from app.session import workspace
from app.words import OUTCOMES, origins_words
from storage.models import DocumentRow
from translate.checks import CHECKS
from translate.selection import SegmentFilter, Spot

STATES = {
    "": "All",
    "open": "Not confirmed",
    "check": "To check",
    "commented": "With comments",
    "missing": "Not translated",
    "machine": "By machine",
    "edited": "Edited",
    "confirmed": "Confirmed",
    "locked": "Locked",
}
_FIELDS = ("state", "flag", "outcome", "concept", "engine", "text")
_LAST = "review_address"


@st.cache_data(max_entries=4, show_spinner=False)
def _names(location: str, stamp: tuple[object, ...]) -> dict[int, str]:
    with workspace().reading() as session:
        rows = session.execute(select(DocumentRow.id, DocumentRow.name).order_by(DocumentRow.name))
        return {row.id: row.name for row in rows}


def document_names(session: Session) -> dict[int, str]:
    """Names of all documents by id, in their order."""
    stamp = session.execute(select(func.count(DocumentRow.id), func.max(DocumentRow.id), func.max(DocumentRow.added)))
    return _names(workspace().location, (*stamp.one(),))


def read_filter(names: dict[int, str]) -> SegmentFilter:
    """The filter that the address says; without one, that of the last visit, or the first document."""
    params = st.query_params
    if not params:
        first = st.session_state.get("document_id") or next(iter(names), 0)
        params.from_dict(st.session_state.get(_LAST) or {"document": str(first)})
    given = {field: params.get(field, "") for field in _FIELDS}
    document = _number(params.get("document", ""))
    wanted = SegmentFilter(document if document in names else 0, damage=params.get("damage") == "1", **given)
    if wanted.state not in STATES:
        wanted = dataclasses.replace(wanted, state="")
    if wanted.document_id:
        st.session_state["document_id"] = wanted.document_id
    return wanted


def read_spot(wanted: SegmentFilter, names: dict[int, str]) -> Spot:
    """Where the address says that the person is (sentences count from 1 there)."""
    place = wanted.document_id or _number(st.query_params.get("in", "")) or min(names)
    return Spot(place, max(0, _number(st.query_params.get("sentence", "")) - 1))


def go(spot: Spot) -> None:
    """Go to a segment; for callbacks."""
    st.session_state["review_at"] = tuple(spot)
    st.query_params["sentence"] = str(spot.position + 1)
    if _number(st.query_params.get("document", "")) != spot.document_id:
        st.query_params["in"] = str(spot.document_id)


def write_address(wanted: SegmentFilter, spot: Spot) -> None:
    """Put what is shown into the address."""
    params = {field: value for field in _FIELDS if (value := getattr(wanted, field))}
    if wanted.damage:
        params["damage"] = "1"
    if wanted.document_id:
        params["document"] = str(wanted.document_id)
    else:
        params["in"] = str(spot.document_id)
    params["sentence"] = str(spot.position + 1)
    if params != st.query_params.to_dict():
        st.query_params.from_dict(params)
    st.session_state[_LAST] = params
    st.session_state["review_at"] = tuple(spot)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _set(field: str, key: str) -> None:
    """Callback of the filter's widgets."""
    value = str(st.session_state.get(key) or "").strip()
    if field == "document":
        st.query_params.update({"sentence": "1", "in": "0"})
    if value and value != "0":
        st.query_params[field] = value
    else:
        _unset(field)


def _unset(field: str) -> None:
    if field in st.query_params:
        del st.query_params[field]


def draw_filter(wanted: SegmentFilter, names: dict[int, str]) -> None:
    """Document, state and text; what else the address asks for can be taken off."""
    document, state, text = st.columns([2.2, 1.3, 1.5], vertical_alignment="bottom", gap="small")
    options = [0, *names]
    _draw_value("document_choice", wanted.document_id)
    document.selectbox(
        t("Document"),
        options,
        format_func=lambda number: names[number] if number else t("All documents"),
        key="document_choice",
        on_change=_set,
        args=("document", "document_choice"),
    )
    _draw_value("review_state", wanted.state)
    state.selectbox(
        t("Show"),
        list(STATES),
        format_func=lambda name: t(STATES[name]),
        key="review_state",
        on_change=_set,
        args=("state", "review_state"),
    )
    _draw_value("review_text", wanted.text)
    text.text_input(
        t("Search"),
        key="review_text",
        placeholder=t("Chinese or English"),
        icon=":material/search:",
        on_change=_set,
        args=("text", "review_text"),
    )


def _draw_value(key: str, value: object) -> None:
    """The address decides what a widget shows."""
    if st.session_state.get(key) != value:
        st.session_state[key] = value


def draw_further(wanted: SegmentFilter) -> None:
    """What the address asks for besides; each can be taken off."""
    checks = {check.id: check.name for check in CHECKS}
    said = {
        "flag": wanted.flag and t("Marked: {check}", check=t(checks.get(wanted.flag, wanted.flag))),
        "outcome": wanted.outcome and t("A name {outcome}", outcome=t(OUTCOMES.get(wanted.outcome, wanted.outcome))),
        "concept": wanted.concept and t("With {name}", name=wanted.concept),
        "engine": wanted.engine and t("English by {engine}", engine=origins_words(wanted.engine)),
        "damage": wanted.damage and t("Damaged Chinese"),
    }
    if not any(said.values()):
        return
    with st.container(horizontal=True, gap="small", key="further"):
        for field, words in said.items():
            if words:
                st.button(
                    label(str(words), 80),
                    icon=":material/close:",
                    key=f"without_{field}",
                    help=t("Show the others too"),
                    on_click=_unset,
                    args=(field,),
                )
