"""What is known about a document, and taking it out of the workspace."""

from __future__ import annotations

import html

import streamlit as st
from sqlalchemy.exc import NoResultFound

from app.document_list import LANGUAGE_NAMES
from app.language import t
from app.opened import Opened
from app.plain import escaped, label
from app.session import person, say, workspace
from documents.store import remove_document
from storage import WorkspaceError

_HASH = 12


def show_particulars(document: Opened) -> None:
    """The panel, and below it the button that removes the document."""
    said = document.said
    facts = [
        (t("Title"), said.title),
        (t("Author"), said.author),
        (t("Source"), said.source),
        (t("Date"), said.published),
        (t("Language"), t(LANGUAGE_NAMES[document.language])),
        (t("File"), document.file),
        (t("Encoding"), document.encoding),
        (t("SHA-256"), f"{document.sha256[:_HASH]}…"),
        (t("Added"), f"{document.added:%Y-%m-%d %H:%M} UTC"),
    ]
    rows = "".join(f"<dt>{html.escape(name)}</dt><dd><bdi>{escaped(value) or '–'}</bdi></dd>" for name, value in facts)
    st.html(f'<dl class="particulars">{rows}</dl>')
    st.caption(t("Title, author, source and date are read from the text itself; “–” where it does not say."))
    may = person().may("reviewer")
    if st.button(
        t("Remove this document…"),
        icon=":material/delete:",
        key=f"remove_{document.id}",
        disabled=not may,
        help=None if may else t("It takes the role of a reviewer to remove a document."),
    ):
        _ask(document)


def _ask(document: Opened) -> None:
    @st.dialog(t("Remove this document?"))
    def ask() -> None:
        st.markdown(
            t(
                "**{name}** leaves the workspace, with its sentences, their English, its history and comments. English that "
                "people wrote stays in the translation memory, and the names stay in the glossary.",
                name=label(document.name),
            )
        )
        with st.container(horizontal=True):
            st.button(
                t("Remove"), type="primary", key="remove_now", on_click=_remove, args=(document.id, document.name)
            )
            if st.button(t("Keep it"), key="remove_not"):
                st.rerun()

    ask()


def _remove(document_id: int, name: str) -> None:
    """Callback of the dialog."""
    try:
        with workspace().session() as session:
            remove_document(session, document_id)
    except NoResultFound:
        pass
    except WorkspaceError:
        say(t("The workspace is being written to by another program; try again."), ":material/warning:")
        return
    if st.session_state.get("document_id") == document_id:
        del st.session_state["document_id"]
    st.query_params.pop("document", None)
    say(t("{name} was removed.", name=name))
