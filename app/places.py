"""The list of places beside a document's text: why each was changed, and a button to restore it or to accept."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import Session

from app.entries import SAID, Entry, entry_html
from app.language import nt, t
from app.opened import Opened
from app.plain import label
from app.session import person, say, workspace
from app.verdicts import Outcome, choose, decide
from documents.edits import Edit
from storage import WorkspaceError
from storage.models import DocumentRow

_PAGE = 12


def show_places(document: Opened, here: Sequence[Entry]) -> None:
    """The list: places of the text that is shown, or the proposals of the whole document."""
    listed = here
    if document.proposals:
        names = {"here": t("On this page"), "proposals": t("All proposals")}
        counts = {"here": len(here), "proposals": len(document.proposals)}
        which = st.segmented_control(
            t("Places"),
            list(names),
            default="here",
            required=True,
            format_func=lambda name: f"{names[name]} · {counts[name]:,}",
            key=f"listed_{document.id}",
            label_visibility="collapsed",
            help=t("The places of the text shown, of the kinds chosen; or the proposals of the whole document."),
        )
        if which == "proposals":
            listed = document.proposals
    if not listed:
        st.caption(t("Nothing of the kinds chosen here."))
    for english in st.session_state.get("verdict_lost", {}).get(document.id, ()):
        st.info(
            t("No sentence is left for English that you wrote: {english}", english=label(english, 2000)),
            icon=":material/info:",
        )
    first = _first(document, len(listed))
    for entry in listed[first : first + _PAGE]:
        _place(document, entry)


def _first(document: Opened, total: int) -> int:
    """Index of the first place to show; the pager is drawn if there is more than one page."""
    last = max(0, (total - 1) // _PAGE)
    if not last:
        return 0
    key = f"places_page_{document.id}"
    page = min(int(st.session_state.get(key, 0)), last)

    def turn(to: int) -> None:
        st.session_state[key] = to

    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="places_pager"):
        for icon, name, to in (("left", t("Earlier places"), page - 1), ("right", t("Later places"), page + 1)):
            st.button(
                name,
                icon=f":material/chevron_{icon}:",
                key=f"places_{icon}",
                type="tertiary",
                disabled=not 0 <= to <= last,
                on_click=turn,
                args=(to,),
            )
        shown = t("{first}–{last} of", first=f"{page * _PAGE + 1:,}", last=f"{min(total, (page + 1) * _PAGE):,}")
        st.caption(f"{shown} {nt('{n} place', '{n} places', total)}")
    return page * _PAGE


def _place(document: Opened, entry: Entry) -> None:
    choices = len(entry.edits) if entry.standing == "open" else 1
    with st.container(
        key=f"place_{entry.name}", gap="xsmall", horizontal=choices == 1, vertical_alignment="top", wrap=choices > 1
    ):
        st.html(entry_html(document.raw, entry))
        if entry.standing == "removed":
            _button(t("Restore"), "restore", document, entry, None)
        elif entry.standing != "open":
            with st.container(width="content", gap="xsmall", horizontal_alignment="right"):
                st.markdown(f":green-badge[:material/check: {t(SAID[entry.standing])}]", width="content")
                _button(t("Undo"), "undo", document, entry, None)
        elif choices == 1:
            _button(t("Accept"), "accept_0", document, entry, entry.edits[0])
        else:
            with st.container(horizontal=True, gap="small"):
                for number, edit in enumerate(entry.edits):
                    reading = label(edit.replacement, 40) or t("nothing")
                    text = t("Accept {reading}", reading=reading)
                    _button(text, f"accept_{number}", document, entry, edit)


def _button(text: str, action: str, document: Opened, entry: Entry, reading: Edit | None) -> None:
    st.button(
        text,
        key=f"{action}_{document.id}_{entry.name}",
        on_click=_decide,
        args=(document.id, document.sha256, entry, action.partition("_")[0], reading),
        disabled=not person().may("reviewer"),
    )


def _decide(document_id: int, sha256: str, entry: Entry, action: str, reading: Edit | None) -> None:
    """Callback of the buttons."""

    def work(session: Session) -> Outcome:
        if reading is not None:
            return choose(session, document_id, entry.edits, reading)
        return decide(session, document_id, entry.edits, action)

    said = {"restore": t("Restored."), "accept": t("Accepted."), "undo": t("Undone.")}[action]
    st.session_state.pop("decided_together", None)
    carry_out(document_id, sha256, work, said)


def carry_out(document_id: int, sha256: str, work: Callable[[Session], Outcome], said: str) -> bool:
    """Do `work` on a document and say so, with what it did to the English; False, and why, if it could not be done."""
    st.session_state.pop("verdict_lost", None)
    try:
        with workspace().session() as session:
            row = session.get_one(DocumentRow, document_id)
            if row.sha256 != sha256:
                say(t("The document was read in anew meanwhile; look again."), ":material/warning:")
                return False
            outcome = work(session)
    except NoResultFound:
        say(t("This document is no longer in the workspace."), ":material/warning:")
        return False
    except WorkspaceError:
        say(t("The workspace is being written to by another program; try again."), ":material/warning:")
        return False
    if outcome.missing:
        said += " " + nt("{n} sentence more without English.", "{n} sentences more without English.", outcome.missing)
    if outcome.again:
        said += " " + nt(
            "English that you wrote for {n} sentence is kept, to be confirmed again.",
            "English that you wrote for {n} sentences is kept, to be confirmed again.",
            outcome.again,
        )
    if outcome.lost:
        st.session_state["verdict_lost"] = {document_id: outcome.lost}
    say(said)
    return True
