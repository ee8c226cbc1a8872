"""What the pages look things up in, made behind the first of them and not while somebody waits for it."""

from __future__ import annotations

import threading

import streamlit as st

from app.session import index_now, shared_workspace
from glossary.store.search import make_searchable
from storage import WorkspaceError
from translate.alignment.unrendered import unrendered


def prepare() -> None:
    """Begin, once a process and workspace."""
    _begun(shared_workspace().location)


@st.cache_resource(show_spinner=False)
def _begun(location: str) -> threading.Thread:
    thread = threading.Thread(target=_work, name="Preparing", daemon=True)
    thread.start()
    return thread


def _work() -> None:
    try:
        with shared_workspace().reading() as session:
            index_now(session)
        make_searchable(shared_workspace())
    except WorkspaceError:
        # Whoever needs it makes it then, and is told what is wrong.
        return
    # Review looks at every sentence so; what it reads for the first takes most of a second.
    unrendered("海关", "The customs.")
