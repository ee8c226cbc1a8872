"""The part of the Settings page where an administrator keeps the list of users."""

from __future__ import annotations

import streamlit as st

from app.borrowed import borrowed
from app.language import nt, t
from app.passwords import LEAST
from app.plain import label
from app.presence import secret_of_browser
from app.session import person, say, workspace
from app.sign_in import passwords
from app.users import User, UserError, add_user, list_users, remove_user, set_password, set_role
from storage.people import ROLES

_SHOWN = 20
_PROBLEM = "accounts_problem"


def role_words() -> dict[str, str]:
    """What each role may do, in a few words."""
    return {
        "reader": t("looks at everything, changes nothing"),
        "reviewer": t("translates, edits, confirms, comments"),
        "terminologist": t("settles names as well"),
        "administrator": t("settings and users as well"),
    }


def role_titles() -> dict[str, str]:
    """What each role is called."""
    return {
        "reader": t("Reader"),
        "reviewer": t("Reviewer"),
        "terminologist": t("Terminologist"),
        "administrator": t("Administrator"),
    }


def role_said(role: str) -> str:
    """A role and what it may do, in one line."""
    return t("{role}: {what}", role=role_titles()[role], what=role_words()[role])


def show_accounts() -> None:
    """Who may sign in, as what; each change holds at once."""
    with workspace().reading() as session:
        users = list_users(session)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(
            nt("**{n}** person may sign in.", "**{n}** people may sign in.", len(users))
            if users
            else t("Nobody may sign in yet. On this machine none need; from others nobody can come in."),
            width="stretch",
        )
        if st.button(t("Add a user"), icon=":material/person_add:", key="user_add"):
            st.dialog(t("Add a user"))(_new)()
    if problem := st.session_state.pop(_PROBLEM, ""):
        st.error(label(problem), icon=":material/error:")
    wanted = ""
    if len(users) > _SHOWN:
        wanted = st.text_input(t("Find a user"), icon=":material/search:", key="user_find")
    found = [user for user in users if wanted.casefold() in user.name.casefold()]
    for user in found[:_SHOWN]:
        _row(user)
    if len(found) > _SHOWN:
        st.caption(t("{n} more; find them by name.", n=len(found) - _SHOWN))


def _row(user: User) -> None:
    titles = role_titles()
    mine = user.name == person().name
    with st.container(horizontal=True, vertical_alignment="center", key=f"user_{user.number}"):
        how = t("password") if user.has_password else t("OpenID Connect only")
        st.markdown(f"{label(user.name)}{' · ' + t('you') if mine else ''}  \n:small[:gray[{how}]]", width="stretch")
        key = f"user_role_{user.number}_{user.role}"
        st.selectbox(
            t("Role of {name}", name=label(user.name)),
            ROLES,
            ROLES.index(user.role),
            format_func=lambda role: titles[role],
            key=key,
            label_visibility="collapsed",
            width=180,
            on_change=_change_role,
            args=(user.name, key),
        )
        if st.button(
            t("Password"),
            key=f"user_password_{user.number}",
            help=t("Give {name} another password", name=label(user.name)),
        ):
            st.dialog(t("Another password for {name}", name=label(user.name)))(_password)(user)
        if st.button(
            t("Remove"), key=f"user_remove_{user.number}", help=t("{name} can no longer sign in", name=label(user.name))
        ):
            st.dialog(t("Remove {name}?", name=label(user.name)))(_removal)(user)


def _change_role(name: str, key: str) -> None:
    role = st.session_state.get(key)
    if role is None:
        return
    try:
        with workspace().session() as session:
            set_role(session, name, role)
    except UserError as error:
        st.session_state.pop(key, None)
        st.session_state[_PROBLEM] = borrowed(str(error))
    else:
        say(t("{name} is {role} now.", name=name, role=role_titles()[role]))


def _new() -> None:
    """In a dialog: name, role and password of a new user."""
    with st.form("user_new", border=False):
        name = st.text_input(t("Name or e-mail address"), max_chars=200, key="user_new_name")
        role = st.selectbox(t("Role"), ROLES, 1, format_func=role_said, key="user_new_role")
        password = st.text_input(
            t("Password"),
            type="password",
            max_chars=1000,
            autocomplete="new-password",
            help=t("At least {n} characters. Left empty, they come in through OpenID Connect only.", n=LEAST),
            key="user_new_password",
        )
        sent = st.form_submit_button(t("Add"), type="primary")
    if not sent:
        return
    try:
        with workspace().session() as session:
            add_user(session, passwords(), name, role, password)
    except UserError as error:
        st.error(label(borrowed(str(error))), icon=":material/error:")
        return
    say(t("{name} may sign in now.", name=name))
    st.rerun()


def _password(user: User) -> None:
    """In a dialog: another password for a user."""
    st.caption(t("Every browser where they are signed in is signed out."))
    with st.form("user_password", border=False):
        password = st.text_input(
            t("Password, at least {n} characters", n=LEAST),
            type="password",
            max_chars=1000,
            autocomplete="new-password",
            key="user_password_new",
        )
        sent = st.form_submit_button(t("Change the password"), type="primary")
    if not sent:
        return
    try:
        with workspace().session() as session:
            keep = secret_of_browser() if user.name == person().name else ""
            set_password(session, passwords(), user.name, password, keep)
    except UserError as error:
        st.error(label(borrowed(str(error))), icon=":material/error:")
        return
    say(t("{name} has another password.", name=user.name))
    st.rerun()


def _removal(user: User) -> None:
    """In a dialog: whether to remove a user."""
    st.markdown(
        t("They are signed out at once. What they saved stays, with their name; what they typed and did not save goes.")
    )
    if not st.button(t("Remove"), type="primary", key="user_remove_sure"):
        return
    try:
        with workspace().session() as session:
            remove_user(session, user.name)
    except UserError as error:
        st.error(label(borrowed(str(error))), icon=":material/error:")
        return
    say(t("{name} may not sign in any more.", name=user.name))
    st.rerun()
