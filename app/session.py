"""What the pages share: the open workspace, the glossary as it is now, and the document that is looked at."""

from __future__ import annotations

import os
from pathlib import Path

import streamlit as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.plain import label
from app.words import share
from glossary import Glossary
from glossary.store import load_concepts, termbase_stamp
from storage import DEFAULT_WORKSPACE, Person, Workspace, open_workspace
from storage.models import DocumentRow
from storage.people import this_person

_WORKSPACE = "ZHENGMING_WORKSPACE"
_KEYS = Path(__file__).resolve().parent / "keys.js"


def workspace() -> Workspace:
    """The workspace named by ZHENGMING_WORKSPACE, opened once a process, for the person at work. Raises WorkspaceError."""
    return shared_workspace().acting_as(person())


def shared_workspace() -> Workspace:
    """The same workspace for nobody in particular, with every right: for signing in, and for what outlives a session."""
    return _open(os.environ.get(_WORKSPACE) or DEFAULT_WORKSPACE)


def person() -> Person:
    """Who is at work: whoever has signed in, else whoever runs the app on this machine."""
    signed_in = st.session_state.get("person")
    return signed_in if isinstance(signed_in, Person) else this_person()


@st.cache_resource(show_spinner=False)
def _open(location: str) -> Workspace:
    return open_workspace(location)


def glossary_now(session: Session) -> Glossary:
    """The termbase as a glossary; made anew only when the termbase has changed."""
    return _glossary(workspace().location, termbase_stamp(session), session)


@st.cache_resource(show_spinner=False, max_entries=2)
def _glossary(location: str, stamp: tuple[int, ...], _session: Session) -> Glossary:
    return Glossary(tuple(load_concepts(_session)))


def choose_document() -> tuple[int, str] | None:
    """A box to choose a document with; its id and name, None (and a way to begin) while there is none.

    The choice is shared by the pages and stands in the address, so that a reload comes back to it.
    """
    with workspace().session() as session:
        damage = {
            row[0]: row[1:] for row in session.execute(select(DocumentRow.id, DocumentRow.name, DocumentRow.damage))
        }
    # Worst first; the undamaged by name.
    names = {
        number: f"{name} · {share(score)} damaged" if score else name
        for number, (name, score) in sorted(damage.items(), key=lambda item: (-item[1][1], item[1][0]))
    }
    if not names:
        st.info("There are no documents yet. Add some on the Home page.", icon=":material/description:")
        st.page_link("screens/home.py", label="Go to Home", icon=":material/home:")
        return None
    wanted = st.session_state.get("document_id") or _number(st.query_params.get("document", ""))
    options = list(names)
    chosen = st.selectbox(
        "Document",
        options,
        index=options.index(wanted) if wanted in names else 0,
        format_func=lambda number: names[number],
        key="document_choice",
    )
    st.session_state["document_id"] = chosen
    st.query_params["document"] = str(chosen)
    return chosen, damage[chosen][0]


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def say(text: str, icon: str = ":material/check:") -> None:
    """A short message that outlives the rerun after a button."""
    st.session_state.setdefault("messages", []).append((text, icon))


def tell_messages() -> None:
    """Show what `say` kept."""
    for text, icon in st.session_state.pop("messages", []):
        st.toast(label(text), icon=icon)


def listen_to_keys() -> None:
    """Let the shortcuts work in the text boxes of this page."""
    st.html(f"<script>{_KEYS.read_text(encoding='utf-8')}</script>", unsafe_allow_javascript=True)
