"""The sign-in: by name and password, or through OpenID Connect where `[auth]` of Streamlit's secrets names a provider."""

from __future__ import annotations

import html
import json
import math
import time
from importlib.util import find_spec
from typing import Any

import streamlit as st
from streamlit.errors import StreamlitSecretNotFoundError

from app.doors import TICKET, address_of, tickets
from app.language import t
from app.passwords import Passwords, Waits
from app.plain import label
from app.presence import RENEWED, forget_all, is_asked, request_of_browser, secret_of_browser, signed_in
from app.session import person, shared_workspace
from app.users import LASTS, administrators, anybody, sign_in, sign_in_by_address, sign_out

_LEFT = "sign_in_left"
_PROBLEM = "sign_in_problem"


@st.cache_resource(show_spinner=False)
def passwords() -> Passwords:
    """Made once a server: the hash of nobody's password takes as long as any."""
    return Passwords()


@st.cache_resource(show_spinner=False)
def _waits() -> Waits:
    return Waits()


def is_admitted() -> bool:
    """Whether the pages may be shown to this browser. Raises WorkspaceError."""
    workspace = shared_workspace()
    if not is_asked():
        person()
        return True
    if signed_in(workspace) is None:
        return False
    if st.session_state.pop(RENEWED, False):
        _at_door("sign-in", "", reload=False)
    return True


def may_leave() -> bool:
    """Whether there is anything to sign out of."""
    return is_asked()


def leave() -> None:
    """Callback of “Sign out”: the sign-in is over, and nothing of it stays in this tab."""
    if secret := secret_of_browser():
        with shared_workspace().session() as session:
            sign_out(session, secret)
    forget_all()
    st.session_state[_LEFT] = True


def show_sign_in() -> None:
    """The page for who is not signed in; nothing of the workspace is on it."""
    st.html("<style>.stMainBlockContainer { max-width: 27rem }</style>")
    st.title("Zhengming 正名")
    provider = _has_provider()
    vouched = provider and st.user.is_logged_in and _is_fresh(st.user.to_dict())
    if st.session_state.pop(_LEFT, False):
        _at_door("sign-out", "", reload=False)
        if provider and st.user.is_logged_in:
            _forget_provider()
        st.success(t("You are signed out."), icon=":material/check:")
    elif vouched and _by_provider():
        return
    with shared_workspace().reading() as session:
        somebody = anybody(session)
    if not somebody:
        st.info(
            t("Nobody can sign in yet. On the machine of this app run")
            + " `python -m app users add NAME --role administrator`",
            icon=":material/person_add:",
        )
        return
    if provider and not vouched:
        st.button(
            t("Sign in with your organisation"), on_click=st.login, type="primary", width="stretch", key="by_provider"
        )
    _form(first=not provider)


def _form(first: bool) -> None:
    """Name and password."""
    with st.form("sign_in", enter_to_submit=True):
        name = st.text_input(t("Name"), max_chars=200, autocomplete="username", key="sign_in_name")
        password = st.text_input(
            t("Password"), type="password", max_chars=1000, autocomplete="current-password", key="sign_in_password"
        )
        sent = st.form_submit_button(
            t("Sign in"), type="primary" if first else "secondary", icon=":material/login:", width="stretch"
        )
    if sent:
        _try(name, password)
    if problem := st.session_state.pop(_PROBLEM, ""):
        st.error(label(problem), icon=":material/lock:")


def _try(name: str, password: str) -> None:
    address = request_of_browser()[0] or "here"
    waiting = _waits().seconds(name, address)
    if waiting > 0:
        st.session_state[_PROBLEM] = t(
            "That was wrong too often. Wait {seconds} seconds, then try again.", seconds=math.ceil(waiting)
        )
        return
    secret = sign_in(shared_workspace(), passwords(), name, password)
    if secret is None:
        _waits().failed(name, address)
        st.session_state[_PROBLEM] = t("This name and password do not fit together.")
        return
    _waits().succeeded(name, address)
    _enter(secret)


def _enter(secret: str) -> None:
    """Have the browser fetch its cookie and load the page anew, which is signed in then."""
    _at_door("sign-in", tickets().give(secret), reload=True)


def _at_door(door: str, ticket: str, reload: bool) -> None:
    """Let the browser knock at a door of app/doors.py; to `reload`, it must have kept the cookie, else the page says so."""
    sentence = html.escape(t("This browser keeps no cookies for this address; allow them, then load the page again."))
    then = """
        .then(() => knock("")).then(answer => {
            if (answer.ok) location.reload(); else document.getElementById("no_cookies").hidden = false;
        })"""
    st.html(
        f"""<p id="no_cookies" class="flag error" role="alert" hidden>{sentence}</p>
        <script>{{
        const knock = ticket => fetch({json.dumps(address_of(door))}, {{method: "POST", headers: {{{json.dumps(TICKET)}: ticket}}}});
        knock({json.dumps(ticket)}){then if reload else ""}
        }}</script>""",
        unsafe_allow_javascript=True,
    )


def _has_provider() -> bool:
    """Whether secrets name an OpenID Connect provider, and the packages that speak to it are here."""
    try:
        named = "auth" in st.secrets
    except (FileNotFoundError, StreamlitSecretNotFoundError):
        return False
    return named and all(find_spec(name) is not None for name in ("authlib", "httpx"))


def _by_provider() -> bool:
    """Sign in whom the provider vouches for; False, with a sentence why, where they may not."""
    user = st.user.to_dict()
    address = str(user.get("email") or "")
    if not address or not _is_verified(user):
        st.error(
            t("Your organisation does not vouch for an e-mail address of yours; ask there."), icon=":material/lock:"
        )
    elif secret := sign_in_by_address(shared_workspace(), address):
        _enter(secret)
        return True
    else:
        with shared_workspace().reading() as session:
            whom = ", ".join(administrators(session)[:3])
        st.error(
            label(
                t("{address} is not among the users here; ask an administrator: {whom}.", address=address, whom=whom)
            ),
            icon=":material/lock:",
        )
    if st.button(t("Sign in as somebody else"), key="other_account"):
        _forget_provider()
    return False


def _forget_provider() -> None:
    """The browser is sent to the sign-in anew; nothing is drawn till then, for a click on it would be lost."""
    st.logout()
    st.stop()


def _is_verified(user: dict[str, Any]) -> bool:
    """Whether the address is the person's own; a provider that does not say so is believed, one that denies it is not."""
    return str(user.get("email_verified", True)).lower() not in ("false", "0", "no")


def _is_fresh(user: dict[str, Any]) -> bool:
    """Whether the provider said so within the time that a sign-in lasts: Streamlit keeps its word for thirty days."""
    said = user.get("iat")
    return not isinstance(said, int | float) or time.time() - said < LASTS.total_seconds()
