"""Who is at work in this tab of a browser: read anew at each run, so that a removal or another role holds at once."""

from __future__ import annotations

import dataclasses
import time

import streamlit as st
from streamlit.runtime import Runtime, exists, get_instance
from streamlit.runtime.scriptrunner import get_script_run_ctx

from app.admission import always_asked, needs_sign_in
from app.language import t
from app.users import holder, renew
from storage import NotAllowedError, Person, Workspace
from storage.people import this_person

COOKIE = "zhengming_sign_in"
# A run asks several times who is at work; a fragment runs without the end of main.py, which forgets the answer.
_HOLDS = 1.0
_SEEN = "presence_seen"
_WHOSE = "presence_whose"
RENEWED = "presence_renewed"


@dataclasses.dataclass(frozen=True, slots=True)
class _Seen:
    secret: str
    at: float
    person: Person | None


def person_here(workspace: Workspace) -> Person:
    """Who is at work: whoever has signed in; where none need, whoever runs the app. `workspace` must be nobody's.

    Raises NotAllowedError where the sign-in is missing or over, or somebody else has signed in in this browser meanwhile.
    """
    if exists() and get_script_run_ctx(suppress_warning=True) is None:
        # A download that is made after its page was drawn: it reads, and Doors lets only who is signed in fetch it.
        return Person("", "reader")
    if not is_asked():
        person = st.session_state.get("person")
        return person if isinstance(person, Person) else this_person()
    whose = st.session_state.get(_WHOSE)
    person = signed_in(workspace)
    if person is None:
        raise NotAllowedError(t("You are not signed in any more. Reload the page and sign in."))
    if whose not in (None, person.name):
        raise NotAllowedError(t("{name} has signed in in this browser; nothing was changed.", name=person.name))
    return person


def signed_in(workspace: Workspace) -> Person | None:
    """Who is signed in in this browser, None if nobody is. What another person left in this tab is thrown away."""
    secret = secret_of_browser()
    seen = st.session_state.get(_SEEN)
    if isinstance(seen, _Seen) and seen.secret == secret and time.monotonic() - seen.at < _HOLDS:
        return seen.person
    found = None
    if secret:
        with workspace.reading() as session:
            found = holder(session, secret)
    person, old = found or (None, False)
    if st.session_state.get(_WHOSE) not in (None, person and person.name):
        forget_all()
    if old:
        with workspace.session() as session:
            renew(session, secret)
        st.session_state[RENEWED] = True
    if person is not None:
        st.session_state[_WHOSE] = person.name
        st.session_state["person"] = person
    st.session_state[_SEEN] = _Seen(secret, time.monotonic(), person)
    return person


def forget_seen() -> None:
    """At the end of a run: the next one looks anew."""
    st.session_state.pop(_SEEN, None)


def forget_all() -> None:
    """Nothing that a person did in this tab stays in it, but the language of the screens."""
    for key in list(st.session_state):
        if key != "language":
            del st.session_state[key]


def is_asked() -> bool:
    """Whether this browser must be signed in (app/admission.py)."""
    if not exists() or type(get_instance()) is not Runtime:
        # No server: code of the pages called by itself, or by Streamlit's AppTest.
        return always_asked()
    return needs_sign_in(st.get_option("server.address"), *request_of_browser())


def request_of_browser() -> tuple[str | None, list[tuple[str, str]]]:
    """Address and headers of the browser; none where it has gone away, which nobody takes for this machine's."""
    headers = st.context.headers
    return st.context.ip_address, [(name, value) for name in headers for value in headers.get_all(name)]


def secret_of_browser() -> str:
    """What the browser holds of its sign-in; "" if nothing."""
    return str(st.context.cookies.get(COOKIE) or "")
