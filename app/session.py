"""What the pages share: the open workspace, the glossary as it is now, and messages."""

from __future__ import annotations

import os
from collections.abc import Iterable

import streamlit as st
from sqlalchemy.orm import Session

from app.plain import label
from app.presence import person_here
from glossary import Concept, Glossary
from glossary.store import load_concepts, termbase_stamp
from glossary.store.nearby import FormIndex, form_index, is_outgrown, standing_in
from storage import DEFAULT_WORKSPACE, Person, Workspace, open_workspace

_WORKSPACE = "ZHENGMING_WORKSPACE"


def workspace() -> Workspace:
    """The workspace named by ZHENGMING_WORKSPACE, opened once a process, for the person at work. Raises WorkspaceError."""
    return shared_workspace().acting_as(person())


def shared_workspace() -> Workspace:
    """The same workspace for nobody in particular, with every right: for signing in, and for what outlives a session."""
    return _open(os.environ.get(_WORKSPACE) or DEFAULT_WORKSPACE)


def person() -> Person:
    """Who is at work: whoever has signed in, or where none need whoever runs the app. Raises NotAllowedError if nobody is."""
    return person_here(shared_workspace())


@st.cache_resource(show_spinner=False)
def _open(location: str) -> Workspace:
    return open_workspace(location)


def glossary_now(session: Session) -> Glossary:
    """The termbase as a glossary; made anew only when the termbase has changed."""
    return glossary_at(workspace().location, session)


def glossary_at(location: str, session: Session) -> Glossary:
    """`glossary_now` for what works behind the pages, where nobody is at work."""
    return _glossary(location, termbase_stamp(session), session)


@st.cache_resource(show_spinner=False, max_entries=2)
def _glossary(location: str, stamp: tuple[int, ...], _session: Session) -> Glossary:
    return Glossary(tuple(load_concepts(_session)))


def index_now(session: Session) -> FormIndex:
    """Every Chinese form of the termbase; made anew when much has been saved since."""
    held = _kept_index(shared_workspace().location, session)
    if is_outgrown(session, held[0]):
        held[0] = form_index(session)
    return held[0]


def terms_near(session: Session, texts: Iterable[str]) -> list[Concept]:
    """The concepts with a form in these texts, as they are now."""
    return standing_in(session, index_now(session), texts)


def glossary_near(session: Session, texts: Iterable[str]) -> Glossary:
    """What of the termbase matters to these texts; quick beside twenty thousand terms."""
    return Glossary(tuple(terms_near(session, texts)))


@st.cache_resource(show_spinner=False, max_entries=4)
def _kept_index(location: str, _session: Session) -> list[FormIndex]:
    return [form_index(_session)]


def say(text: str, icon: str = ":material/check:") -> None:
    """A short message that outlives the rerun after a button."""
    st.session_state.setdefault("messages", []).append((text, icon))


def tell_messages() -> None:
    """Show what `say` kept."""
    for text, icon in st.session_state.pop("messages", []):
        st.toast(label(text), icon=icon)
