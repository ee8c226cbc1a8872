"""Settings: the person and their language, what holds for everybody, engines, the workspace and its users."""

from __future__ import annotations

import dataclasses
import html
import json

import streamlit as st

from app.accounts import role_said, show_accounts
from app.borrowed import borrowed
from app.facts import Facts, can_be_copied, copy_of, facts_of, words_of_size
from app.language import COOKIE, LANGUAGES, language, t
from app.passwords import LEAST
from app.plain import label
from app.presence import is_asked, secret_of_browser
from app.session import person, say, shared_workspace, tell_messages, workspace
from app.settings import Settings, load_settings, save_settings
from app.sign_in import leave, may_leave, passwords
from app.users import UserError, change_own_password, holder, list_users
from storage import NotAllowedError
from translate.engines.listing import State, all_states
from translate.forcing.naming import STYLES

_YEAR = 365 * 24 * 3600


def _person() -> None:
    """Who is at work, in which language, and the way out."""
    with st.container(horizontal=True, vertical_alignment="center", key="settings_person"):
        st.markdown(
            f"**{label(person().name)}**  \n:small[:gray[{role_said(person().role)}]]",
            width="stretch",
        )
        if may_leave():
            with st.container(horizontal=True, width="content"):
                if _has_password() and st.button(t("Change your password"), key="own_password"):
                    st.dialog(t("Change your password"))(_own_password)()
                st.button(t("Sign out"), icon=":material/logout:", on_click=leave, key="sign_out")
        else:
            st.caption(t("On this machine nobody needs to sign in."), width="content")
    st.selectbox(
        t("Language of the screens"),
        list(LANGUAGES),
        list(LANGUAGES).index(language()),
        format_func=lambda code: LANGUAGES[code],
        key="settings_language",
        on_change=_choose_language,
        width=320,
    )
    if st.session_state.pop("settings_language_new", False):
        cookie = json.dumps(f"{COOKIE}={language()}; path=/; max-age={_YEAR}; samesite=lax")
        st.html(f"<script>document.cookie = {cookie}</script>", unsafe_allow_javascript=True)


def _choose_language() -> None:
    chosen = st.session_state.get("settings_language")
    if chosen in LANGUAGES:
        st.session_state["language"] = chosen
        st.session_state["settings_language_new"] = True


def _has_password() -> bool:
    with workspace().reading() as session:
        return any(user.name == person().name and user.has_password for user in list_users(session))


def _own_password() -> None:
    """In a dialog: the present password and another one."""
    with st.form("own_password_form", border=False):
        present = st.text_input(
            t("Present password"), type="password", autocomplete="current-password", key="own_password_present"
        )
        wanted = st.text_input(
            t("New password, at least {n} characters", n=LEAST),
            type="password",
            max_chars=1000,
            autocomplete="new-password",
            key="own_password_new",
        )
        sent = st.form_submit_button(t("Change the password"), type="primary")
    if not sent:
        return
    try:
        change_own_password(shared_workspace(), passwords(), person().name, present, wanted, secret_of_browser())
    except UserError as error:
        st.error(label(borrowed(str(error))), icon=":material/error:")
        return
    say(t("Your password is changed; other browsers are signed out."))
    st.rerun()


def _for_everybody(states: list[State]) -> None:
    """What holds where nobody says otherwise; an administrator may change it."""
    with workspace().reading() as session:
        now = load_settings(session)
    fixed = not person().may("administrator")
    titles = {state.name: borrowed(state.title) for state in states if state.ready or state.name == now.engine}
    engines = list(titles) if now.engine in titles else [now.engine, *titles]
    # The key tells what is kept: what somebody else saves meanwhile is shown, not overwritten unseen.
    stamp = "_".join(str(value) for value in dataclasses.astuple(now))
    with st.form(f"settings_{stamp}", enter_to_submit=False):
        left, right = st.columns(2, gap="large")
        engine = left.selectbox(
            t("Engine"),
            engines,
            engines.index(now.engine),
            format_func=lambda name: titles.get(name, name),
            disabled=fixed,
            key=f"settings_engine_{stamp}",
            help=t("For new documents, for bringing the English up to date, and at first on the Batch page."),
        )
        styles = _styles()
        style = right.selectbox(
            t("Names"),
            STYLES,
            STYLES.index(now.style),
            format_func=lambda name: styles[name],
            disabled=fixed,
            key=f"settings_style_{stamp}",
        )
        least = left.slider(
            t("Memory: least likeness"),
            50,
            100,
            round(now.memory_least * 100),
            format="%d %%",
            disabled=fixed,
            key=f"settings_memory_least_{stamp}",
            help=t("Sentences of the translation memory less alike are not shown."),
        )
        most = right.slider(
            t("Memory: how many at most"), 1, 50, now.memory_most, disabled=fixed, key=f"settings_memory_most_{stamp}"
        )
        sent = st.form_submit_button(t("Save the settings"), type="primary", icon=":material/check:", disabled=fixed)
    if fixed:
        st.caption(t("Only an administrator changes these."))
    if sent:
        _save(Settings(engine, style, least / 100, most))


def _save(settings: Settings) -> None:
    with workspace().session() as session:
        save_settings(session, settings)
    say(t("Saved; it holds for everybody."))
    st.rerun()


def _styles() -> dict[str, str]:
    return {
        "as-source": t("As the text has them; full at first where a name was put right"),
        "full": t("Full names"),
        "first-full": t("Full with the acronym at first, the acronym afterwards"),
        "acronym": t("Acronyms"),
    }


def _engines(states: list[State]) -> None:
    """Each engine: ready or what is missing, what leaves the machine. Of a key only whether it is set."""
    rows = []
    for state in states:
        badge = f'<span class="badge {"confirmed" if state.ready else "missing"}">{html.escape(t("ready") if state.ready else t("not ready"))}</span>'
        keys = " · ".join(
            f"{html.escape(name)} {html.escape(t('is set') if there else t('is not set'))}"
            for name, there in {**state.keys, **state.settings}.items()
        )
        missing = "" if state.state == "ready" else f"<br>{html.escape(borrowed(state.state))}"
        rows.append(
            f'<tr><th scope="row">{html.escape(borrowed(state.title))}<div class="soft small"><code>{html.escape(state.name)}</code></div></th>'
            f'<td>{badge}<span class="soft small">{missing}</span></td>'
            f"<td>{html.escape(borrowed(state.sends))}</td>"
            f'<td class="small">{html.escape(borrowed(state.price))}<div class="soft">{keys}</div></td></tr>'
        )
    heads = (t("Engine"), t("State"), t("What leaves the machine"), t("Price, and what the environment sets"))
    head = "".join(f'<th scope="col">{html.escape(name)}</th>' for name in heads)
    st.html(f'<table class="sheet"><thead><tr>{head}</tr></thead><tbody>{"".join(rows)}</tbody></table>')


@st.cache_data(ttl=60, max_entries=4, show_spinner=False)
def _facts(location: str) -> Facts:
    with shared_workspace().reading() as session:
        return facts_of(session)


def _workspace() -> None:
    """Where it is, how large, what is in it, and a copy for who may have everything."""
    where = workspace()
    facts = _facts(where.location)
    rows = {
        t("Database"): f"{facts.kind}, {words_of_size(facts.size)}",
        t("Documents"): f"{facts.documents:,}",
        t("Sentences"): t("{all}, {done} with English", all=f"{facts.sentences:,}", done=f"{facts.translated:,}"),
        t("Names"): f"{facts.terms:,}",
        t("Translation memory"): f"{facts.memory:,}",
    }
    if person().may("administrator"):
        rows = {t("Place"): where.location, **rows}
    cells = "".join(
        f'<tr><th scope="row">{html.escape(name)}</th><td>{html.escape(value)}</td></tr>'
        for name, value in rows.items()
    )
    st.html(f'<table class="sheet short"><tbody>{cells}</tbody></table>')
    if person().may("administrator") and can_be_copied(where.engine):
        secret, shared, asked = secret_of_browser(), shared_workspace(), is_asked()

        def made() -> bytes:
            # Made when the button is pressed, which may be long after the page was drawn.
            with shared.reading() as session:
                found = holder(session, secret) if asked else None
            if asked and (found is None or not found[0].may("administrator")):
                raise NotAllowedError(t("Only an administrator takes a copy."))
            return copy_of(shared.engine)

        st.download_button(
            t("Download a copy"),
            made,
            "workspace-copy.db",
            "application/vnd.sqlite3",
            on_click="ignore",
            icon=":material/download:",
            key="settings_copy",
            help=t("The whole workspace as one file, with everything in it, also who may sign in: keep it safe."),
        )


def show() -> None:
    """The page."""
    st.title(t("Settings"))
    tell_messages()
    st.header(t("You"))
    _person()
    states = all_states()
    st.header(t("For everybody"))
    _for_everybody(states)
    st.header(t("Engines"))
    _engines(states)
    st.header(t("Workspace"))
    _workspace()
    if person().may("administrator"):
        st.header(t("Users"))
        show_accounts()


show()
