"""Many places of a document decided at one stroke: removals of a kind restored, sure proposals accepted, and one undo."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import streamlit as st

from app.entries import Entry
from app.language import nt, t
from app.opened import Opened
from app.places import carry_out
from app.session import person
from app.verdicts import decide
from app.words import kind_words
from documents.edits import Edit

_SURE = 90
_LAST = "decided_together"


def removed_of(entries: Iterable[Entry], kind: str) -> list[Edit]:
    """The edits that were removed as `kind`, as one decision restores them."""
    return [edit for entry in entries if entry.standing == "removed" for edit in entry.edits if edit.kind == kind]


def sure_readings(entries: Iterable[Entry], least: float) -> list[Edit]:
    """Of each open place the likeliest reading, if it is at least so sure (0–1) and no other is as sure."""
    found = []
    for entry in entries:
        if entry.standing == "open":
            best, *others = sorted(entry.edits, key=lambda edit: -edit.confidence)
            if best.confidence >= least and (not others or others[0].confidence < best.confidence):
                found.append(best)
    return found


def decide_together(document: Opened) -> None:
    """The controls, and what was done last with a button to undo it."""
    _undo_bar(document)
    may = person().may("reviewer")
    removed = document.removed
    if not removed and not document.waiting:
        return
    with st.popover(
        t("Decide many at once"), icon=":material/done_all:", disabled=not may, key=f"together_{document.id}"
    ):
        if may and removed:
            _restore(document, removed)
        if may and document.waiting:
            _accept(document)


def _restore(document: Opened, removed: Counter[str]) -> None:
    kinds = sorted(removed, key=lambda kind: -removed[kind])
    kind = st.selectbox(
        t("Restore what was removed as"),
        kinds,
        format_func=lambda kind: f"{t(kind_words(kind).title)} · {removed[kind]:,}",
        key=f"together_kind_{document.id}",
    )
    st.button(
        nt("Restore {n} place", "Restore {n} places", removed[kind]),
        key=f"together_restore_{document.id}",
        on_click=_restore_all,
        args=(document, kind),
    )


def _restore_all(document: Opened, kind: str) -> None:
    """Callback of the button."""
    edits = removed_of(document.entries, kind)
    _decide(document.id, document.sha256, edits, "restore", document.removed[kind])


def _accept(document: Opened) -> None:
    least = st.number_input(
        t("Accept proposals that are at least so sure (%)"), 1, 100, _SURE, step=5, key=f"together_sure_{document.id}"
    )
    edits = sure_readings(document.proposals, least / 100)
    st.button(
        nt("Accept {n} proposal", "Accept {n} proposals", len(edits)),
        key=f"together_accept_{document.id}",
        on_click=_decide,
        args=(document.id, document.sha256, edits, "accept", len(edits)),
        disabled=not edits,
        help=t("Where several readings are equally likely, the place stays for you to decide."),
    )


def _decide(document_id: int, sha256: str, edits: Sequence[Edit], action: str, places: int) -> None:
    """Callback of the buttons."""
    said = (
        nt("{n} place restored.", "{n} places restored.", places)
        if action == "restore"
        else nt("{n} proposal accepted.", "{n} proposals accepted.", places)
    )
    if carry_out(document_id, sha256, lambda session: decide(session, document_id, edits, action), said):
        st.session_state[_LAST] = (document_id, edits, said)


def _undo(document_id: int, sha256: str, edits: Sequence[Edit]) -> None:
    """Callback: all of what was decided last is as it was before."""
    if carry_out(document_id, sha256, lambda session: decide(session, document_id, edits, "undo"), t("Undone.")):
        st.session_state.pop(_LAST, None)


def _undo_bar(document: Opened) -> None:
    decided, edits, said = st.session_state.get(_LAST, (0, (), ""))
    if decided != document.id:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="undo_together"):
        st.markdown(f":material/check: {said}", width="stretch")
        st.button(
            t("Undo"),
            key="undo_all",
            on_click=_undo,
            args=(document.id, document.sha256, edits),
            icon=":material/undo:",
        )
