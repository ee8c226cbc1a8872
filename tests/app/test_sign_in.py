"""Who gets in: tried from outside, with forged and old cookies, tricks with headers, and as people of each role."""

from __future__ import annotations

import datetime
import types
from pathlib import Path

import pytest
import streamlit as st
from sqlalchemy import select
from streamlit.testing.v1 import AppTest

from app import doors, presence, users
from app.admission import SWITCH, is_loopback, needs_sign_in
from app.passwords import Passwords
from app.presence import COOKIE
from storage import NotAllowedError, Person, Workspace
from storage.models import Base, CommentRow, ConceptRow, SignInRow
from tests.app.conftest import GOOD, QUICK
from tests.app.test_pages import FIRST, shown

HOME = [("host", "127.0.0.1:8501")]


@pytest.mark.parametrize(
    ("bound", "client", "headers"),
    [
        ("127.0.0.1", None, HOME),
        ("localhost", "127.0.0.1", [("Host", "localhost:8501")]),
        ("::1", "::1", [("host", "[::1]:8501"), ("origin", "http://[::1]:8501")]),
        ("127.0.0.2", "127.0.0.1", [("host", "127.0.0.2"), ("origin", "http://127.0.0.2")]),
    ],
)
def test_on_this_machine_nobody_needs_to_sign_in(bound, client, headers):
    assert not needs_sign_in(bound, client, headers)


@pytest.mark.parametrize(
    ("bound", "client", "headers"),
    [
        (None, None, HOME),
        ("0.0.0.0", None, HOME),
        ("::", None, HOME),
        ("192.168.1.5", None, HOME),
        ("127.0.0.1.evil.com", None, HOME),
        ("127.0.0.1", "10.0.0.9", HOME),
        ("127.0.0.1", None, []),
        ("127.0.0.1", None, [("host", "zhengming.example.org")]),
        ("127.0.0.1", None, [("host", "localhost.evil.com")]),
        ("127.0.0.1", None, [("host", "127.0.0.1.nip.io:8501")]),
        ("127.0.0.1", None, [("host", "evil.com@127.0.0.1")]),
        ("127.0.0.1", None, [("host", "127.0.0.1/..")]),
        ("127.0.0.1", None, [("host", "127.0.0.1:x")]),
        ("127.0.0.1", None, [("host", "")]),
        ("127.0.0.1", None, [*HOME, ("host", "evil.com")]),
        ("127.0.0.1", None, [*HOME, ("X-Forwarded-For", "127.0.0.1")]),
        ("127.0.0.1", None, [*HOME, ("x-forwarded-for", "")]),
        ("127.0.0.1", None, [*HOME, ("X-Forwarded-Host", "localhost")]),
        ("127.0.0.1", None, [*HOME, ("Forwarded", "for=127.0.0.1")]),
        ("127.0.0.1", None, [*HOME, ("X-Real-IP", "127.0.0.1")]),
        ("127.0.0.1", None, [*HOME, ("Via", "1.1 proxy")]),
        ("127.0.0.1", None, [*HOME, ("CF-Connecting-IP", "127.0.0.1")]),
        ("127.0.0.1", None, [*HOME, ("origin", "https://zhengming.example.org")]),
        ("127.0.0.1", None, [*HOME, ("origin", "null")]),
    ],
)
def test_everybody_else_must_whatever_their_headers_say(bound, client, headers):
    assert needs_sign_in(bound, client, headers)


def test_a_switch_asks_for_it_on_this_machine_too(monkeypatch):
    monkeypatch.setenv(SWITCH, "always")
    assert needs_sign_in("127.0.0.1", None, HOME)


def test_addresses_of_this_machine_are_told_from_others():
    assert all(map(is_loopback, ("127.0.0.1", "127.9.9.9", "::1", "[::1]", "::ffff:127.0.0.1", "LOCALHOST")))
    assert not any(map(is_loopback, (None, "", "0.0.0.0", "::", "128.0.0.1", "::ffff:10.0.0.1", "127.1", "localhost.")))


PAGES = ("home", "documents", "glossary", "review", "batch", "settings")


def everything_shown(app: AppTest) -> str:
    kinds = (
        "html",
        "markdown",
        "title",
        "caption",
        "metric",
        "button",
        "selectbox",
        "download_button",
        "info",
        "error",
    )
    return shown(app) + "".join(str(getattr(element, "proto", element)) for kind in kinds for element in app.get(kind))


def come(root: Path, page: str = "") -> AppTest:
    app = AppTest.from_file(str(root / "app" / "main.py"), default_timeout=20)
    app.run()
    if page:
        app.switch_page(f"screens/{page}.py")
        app.run()
    return app


def assert_closed(app: AppTest) -> None:
    assert app.text_input("sign_in_name") and not app.exception
    said = everything_shown(app)
    assert FIRST not in said and "海关" not in said and "example.org" not in said
    assert [element.label for element in app.button] == ["Sign in"]
    assert not app.get("download_button") and not app.metric


@pytest.mark.parametrize("page", PAGES)
def test_without_a_sign_in_no_page_shows_anything(root, people, browser, page):
    assert_closed(come(root, page))


@pytest.mark.parametrize("forged", ["x", "' OR 1=1 --", "\udc80", "0" * 43])
def test_a_forged_cookie_is_no_sign_in(root, people, browser, forged):
    browser.cookies[COOKIE] = forged
    assert_closed(come(root, "documents"))


def test_the_hash_in_the_database_is_no_cookie(root, store, people, browser):
    with store.reading() as session:
        browser.cookies[COOKIE] = session.scalars(select(SignInRow.key)).first()
    assert_closed(come(root))


def test_an_old_sign_in_is_none(root, store, people, browser):
    browser.cookies[COOKIE] = people["reviewer"]
    assert FIRST in everything_shown(come(root, "review"))
    with store.session() as session:
        for row in session.scalars(select(SignInRow)):
            row.expires = users._now()
    assert_closed(come(root, "review"))


def test_a_sign_in_in_use_is_renewed_with_its_cookie(root, store, people, browser):
    browser.cookies[COOKIE] = people["reader"]
    app = come(root, "settings")
    assert "fetch(" not in shown(app)
    with store.session() as session:
        for row in session.scalars(select(SignInRow)):
            row.expires = users._now() + datetime.timedelta(hours=3)
    app.run()
    assert 'fetch("/sign-in"' in shown(app) and "reload" not in shown(app)
    with store.reading() as session:
        assert users.holder(session, people["reader"]) == (Person("reader@example.org", "reader"), False)
    assert "fetch(" not in shown(app.run())


def test_who_is_removed_is_out_at_the_next_click_and_another_role_holds(root, store, people, browser):
    browser.cookies[COOKIE] = people["terminologist"]
    app = come(root, "settings")
    assert "terminologist@example.org" in app.markdown[0].value.replace("\\", "").replace("\u2060", "")
    with store.session() as session:
        users.set_role(session, "terminologist@example.org", "administrator")
    assert app.run().button("user_add")
    with store.session() as session:
        users.remove_user(session, "terminologist@example.org")
    assert_closed(app.run())
    assert "person" not in app.session_state


def test_a_callback_of_somebody_removed_meanwhile_is_refused_and_changes_nothing(root, store, people, browser):
    browser.cookies[COOKIE] = people["administrator"]
    with store.session() as session:
        users.add_user(session, Passwords(QUICK), "second", "administrator", GOOD)
    app = come(root, "settings")
    role = next(box for box in app.selectbox if box.key.startswith("user_role_") and box.value == "reader")
    with store.session() as session:
        users.remove_user(session, "administrator@example.org")
    role.set_value("administrator").run()
    assert len(app.exception) == 1
    with store.reading() as session:
        assert {user.name: user.role for user in users.list_users(session)}["reader@example.org"] == "reader"


def test_signing_in_and_out_with_name_and_password(root, store, people, browser):
    app = come(root, "settings")
    app.text_input("sign_in_name").input("reader@example.org")
    app.text_input("sign_in_password").input("wrong password!")
    app.button[0].click().run()
    assert "do not fit together" in app.error[0].value and "reload" not in shown(app)
    app.text_input("sign_in_password").input(GOOD)
    app.button[0].click().run()
    assert "/sign-in" in shown(app) and "location.reload()" in shown(app)
    [ticket] = doors.tickets()._waiting
    secret = doors.tickets().take(ticket)
    assert doors.tickets().take(ticket) == "" and secret not in everything_shown(app)
    browser.cookies[COOKIE] = secret
    app = come(root, "settings")
    app.session_state["drafts"] = {1: "typed"}
    app.button("sign_out").click().run()
    assert_closed(app)
    assert "drafts" not in app.session_state and "/sign-out" in shown(app)
    with store.reading() as session:
        assert users.holder(session, secret) is None


def test_after_three_failures_there_is_a_wait(root, people, browser):
    app = come(root)
    for _ in range(4):
        app.text_input("sign_in_name").input("reader@example.org")
        app.text_input("sign_in_password").input("wrong password!")
        app.button[0].click().run()
    assert "Wait" in app.error[0].value
    app.text_input("sign_in_password").input(GOOD)
    app.button[0].click().run()
    assert "location.reload()" not in shown(app)


def test_where_nobody_can_sign_in_the_page_says_what_to_run(root, store, browser, monkeypatch):
    monkeypatch.setenv(SWITCH, "always")
    app = come(root)
    assert "python -m app users add NAME --role administrator" in app.info[0].value
    assert not app.text_input


def test_somebody_else_in_the_same_tab_finds_nothing_of_the_first(root, people, browser):
    browser.cookies[COOKIE] = people["reviewer"]
    app = come(root, "settings")
    app.session_state["drafts"] = {1: "typed by the reviewer"}
    app.session_state["review_at"] = (1, 1)
    browser.cookies[COOKIE] = people["reader"]
    app.run()
    assert not app.exception and "drafts" not in app.session_state and "review_at" not in app.session_state
    assert app.session_state["person"] == Person("reader@example.org", "reader")


def test_a_browser_that_went_away_is_not_taken_for_this_machines(monkeypatch):
    runtime = object.__new__(presence.Runtime)
    monkeypatch.setattr(presence, "exists", lambda: True)
    monkeypatch.setattr(presence, "get_instance", lambda: runtime)
    monkeypatch.setattr("streamlit.runtime.context._get_client_context", lambda: None)
    assert presence.is_asked()


def test_a_thread_without_a_session_only_reads(store, monkeypatch):
    monkeypatch.setattr(presence, "exists", lambda: True)
    monkeypatch.setattr(presence, "get_script_run_ctx", lambda **_: None)
    person = presence.person_here(store)
    with pytest.raises(NotAllowedError), store.acting_as(person).session() as session:
        session.add(CommentRow(segment_id=1, who="x", text="x"))


def rows(store: Workspace) -> dict[str, list[str]]:
    with store.engine.connect() as connection:
        tables = [table for table in Base.metadata.sorted_tables if table.name != "sign_ins"]
        kept = {table.name: sorted(map(repr, connection.execute(table.select()))) for table in tables}
    # What the program notes for itself (app/forcing.py).
    return {name: [row for row in told if "carried_over" not in row] for name, told in kept.items()}


@pytest.mark.parametrize("page", PAGES)
def test_a_reader_who_presses_every_button_there_is_writes_nothing(root, store, people, browser, page, monkeypatch):
    # As a browser would that does not heed what is disabled.
    monkeypatch.setattr("streamlit.testing.v1.element_tree.Widget._assert_can_interact", lambda self: None)
    browser.cookies[COOKIE] = people["reader"]
    before = rows(store)
    app = come(root, page)
    pressed = set()
    while waiting := [one for one in app.button if one.key and one.key not in {*pressed, "sign_out"}]:
        pressed.add(waiting[0].key)
        waiting[0].click().run()
        if app.exception:
            app = come(root, page)
    assert pressed or page == "documents"
    assert rows(store) == before


@pytest.mark.parametrize(("role", "starts"), [("reader", 0), ("reviewer", 1)])
def test_a_batch_is_begun_by_who_may_translate(root, store, people, browser, role, starts, monkeypatch):
    monkeypatch.setattr("streamlit.testing.v1.element_tree.Widget._assert_can_interact", lambda self: None)
    started = []
    monkeypatch.setattr("app.background.BackgroundBatch.start", lambda self, *what: started.append(what))
    browser.cookies[COOKIE] = people[role]
    app = come(root, "batch")
    button = next(one for one in app.button if one.label == "Start")
    assert button.disabled == (not starts)
    button.click().run()
    assert len(started) == starts


def test_a_reader_who_calls_the_code_behind_the_pages_writes_nothing(store, people):
    before = rows(store)
    acting = store.acting_as(Person("reader@example.org", "reader"))
    from app.settings import Settings, save_settings
    from glossary.store import change_concepts
    from translate.store import save_person

    for write in (
        lambda s: save_person(s, 1, 1, "mine", "confirmed", (), ()),
        lambda s: change_concepts(s, "edit", lambda here: here[1:]),
        lambda s: s.delete(s.scalars(select(ConceptRow)).first()),
        lambda s: save_settings(s, Settings(memory_most=7)),
        lambda s: users.set_role(s, "reader@example.org", "administrator"),
        lambda s: users.remove_user(s, "reviewer@example.org"),
    ):
        with pytest.raises(NotAllowedError), acting.session() as session:
            write(session)
    assert rows(store) == before


@pytest.fixture
def provider(people, browser, monkeypatch):
    """A provider that vouches for whatever a test puts in."""
    claims: dict[str, object] = {}
    user = types.SimpleNamespace(is_logged_in=True, to_dict=lambda: claims)
    monkeypatch.setattr("app.sign_in._has_provider", lambda: True)
    monkeypatch.setattr(st, "user", user)
    return claims


def test_whom_the_provider_vouches_for_comes_in_by_their_address(root, provider):
    provider.update(email="Reader@EXAMPLE.org", email_verified=True)
    app = come(root)
    assert "location.reload()" in shown(app) and not app.error


@pytest.mark.parametrize(
    ("claims", "words"),
    [
        ({"email": "<b>stranger@evil.com"}, "administrator\\@\u2060example"),
        ({"email": "reader@example.org", "email_verified": False}, "does not vouch"),
        ({"email": "reader@example.org", "email_verified": "false"}, "does not vouch"),
        ({"email": ""}, "does not vouch"),
        ({}, "does not vouch"),
    ],
)
def test_others_are_refused_in_one_sentence(root, provider, claims, words):
    provider.update(claims)
    app = come(root)
    assert len(app.error) == 1 and words.replace("\\", "") in app.error[0].value.replace("\\", "")
    assert "location.reload()" not in shown(app) and "<b>" not in app.error[0].value


def test_an_old_word_of_the_provider_does_not_sign_in_again(root, provider):
    provider.update(email="reader@example.org", iat=1_000_000_000)
    app = come(root)
    assert app.button("by_provider") and "location.reload()" not in shown(app)
