"""The list of places beside a document's text: why each was changed, and a button to restore it or to accept."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st
from sqlalchemy.exc import NoResultFound, OperationalError
from sqlalchemy.orm import Session

from app.entries import SAID, Entry, entry_html
from app.plain import label
from app.session import say, workspace
from app.verdicts import Outcome, choose, decide
from app.words import counted
from documents.edits import Edit
from storage.models import DocumentRow

_PAGE = 12
_LISTS = {"here": "On this page", "proposals": "All proposals"}


def show_places(row: DocumentRow, here: Sequence[Entry], everywhere: Sequence[Entry]) -> None:
    """The list: places of the text that is shown, or the proposals of the whole document."""
    listed = here
    # Decided ones stay in the list, so that a slip can be undone where it was made.
    proposals = [entry for entry in everywhere if entry.standing not in ("removed", "restored")]
    if proposals:
        counts = {"here": len(here), "proposals": len(proposals)}
        which = st.segmented_control(
            "Places",
            list(_LISTS),
            default="here",
            required=True,
            format_func=lambda name: f"{_LISTS[name]} · {counts[name]:,}",
            key=f"listed_{row.id}",
            label_visibility="collapsed",
            help="The places of the text shown, of the kinds chosen; or the proposals of the whole document.",
        )
        if which == "proposals":
            listed = proposals
    if not listed:
        st.caption("Nothing of the kinds chosen here.")
    for english in st.session_state.get("verdict_lost", {}).get(row.id, ()):
        st.info(f"No sentence is left for English that you wrote: {label(english, 2000)}", icon=":material/info:")
    first = _first(row, len(listed))
    for entry in listed[first : first + _PAGE]:
        _place(row, entry)


def _first(row: DocumentRow, total: int) -> int:
    """Index of the first place to show; the pager is drawn if there is more than one page."""
    last = max(0, (total - 1) // _PAGE)
    if not last:
        return 0
    key = f"places_page_{row.id}"
    page = min(int(st.session_state.get(key, 0)), last)

    def turn(to: int) -> None:
        st.session_state[key] = to

    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="places_pager"):
        for icon, name, to in (("left", "Earlier places", page - 1), ("right", "Later places", page + 1)):
            st.button(
                "",
                icon=f":material/chevron_{icon}:",
                key=f"places_{icon}",
                help=name,
                type="tertiary",
                disabled=not 0 <= to <= last,
                on_click=turn,
                args=(to,),
            )
        st.caption(f"{page * _PAGE + 1:,}–{min(total, (page + 1) * _PAGE):,} of {counted(total, 'place')}")
    return page * _PAGE


def _place(row: DocumentRow, entry: Entry) -> None:
    choices = len(entry.edits) if entry.standing == "open" else 1
    with st.container(
        key=f"place_{entry.name}", gap="xsmall", horizontal=choices == 1, vertical_alignment="top", wrap=choices > 1
    ):
        st.html(entry_html(row.raw, entry))
        if entry.standing == "removed":
            _button("Restore", "restore", row, entry, None)
        elif entry.standing != "open":
            with st.container(width="content", gap="xsmall", horizontal_alignment="right"):
                st.markdown(f":green-badge[:material/check: {SAID[entry.standing]}]", width="content")
                _button("Undo", "undo", row, entry, None)
        elif choices == 1:
            _button("Accept", "accept_0", row, entry, entry.edits[0])
        else:
            with st.container(horizontal=True, gap="small"):
                for number, edit in enumerate(entry.edits):
                    _button(f"Accept {label(edit.replacement, 40) or 'nothing'}", f"accept_{number}", row, entry, edit)


def _button(text: str, action: str, row: DocumentRow, entry: Entry, reading: Edit | None) -> None:
    st.button(
        text,
        key=f"{action}_{row.id}_{entry.name}",
        on_click=_decide,
        args=(row.id, row.sha256, entry, action.partition("_")[0], reading),
    )


def _decide(document_id: int, sha256: str, entry: Entry, action: str, reading: Edit | None) -> None:
    """Callback of the buttons."""

    def work(session: Session) -> Outcome:
        if reading is not None:
            return choose(session, document_id, entry.edits, reading)
        return decide(session, document_id, entry.edits, action)

    said = {"restore": "Restored.", "accept": "Accepted.", "undo": "Undone."}[action]
    st.session_state.pop("verdict_lost", None)
    outcome = _carried_out(document_id, sha256, work)
    if outcome is None:
        return
    if outcome.missing:
        said += f" {counted(outcome.missing, 'sentence')} more without English."
    if outcome.again:
        said += f" English that you wrote for {counted(outcome.again, 'sentence')} is kept, to be confirmed again."
    if outcome.lost:
        st.session_state["verdict_lost"] = {document_id: outcome.lost}
    say(said)


def _carried_out(document_id: int, sha256: str, work: Callable[[Session], Outcome]) -> Outcome | None:
    """What `work` did; None, and a message, if it could not be done."""
    try:
        with workspace().session() as session:
            row = session.get_one(DocumentRow, document_id)
            if row.sha256 != sha256:
                say("The document was read in anew meanwhile; look again.", ":material/warning:")
                return None
            return work(session)
    except NoResultFound:
        say("This document is no longer in the workspace.", ":material/warning:")
    except OperationalError:
        say("The workspace is being written to by another program; try again.", ":material/warning:")
    return None
