"""The settings page: what is kept and comes back, what each role may do, and that no key and no markup is on it."""

from __future__ import annotations

import re
import sqlite3

import pytest
from sqlalchemy import delete, insert, select, update

from app import users
from app.facts import copy_of, facts_of, words_of_size
from app.intake import take_files
from app.presence import COOKIE
from app.settings import Settings, load_settings, save_settings
from storage import NotAllowedError, Person, Workspace, open_workspace
from storage.models import DocumentRow, SettingRow, SignInRow, TranslationRow, UserRow
from tests.app.conftest import GOOD
from tests.app.test_pages import opened, shown
from tests.app.test_sign_in import come, everything_shown

KEYS = ("DEEPL_API_KEY", "MICROSOFT_API_KEY", "BAIDU_APPKEY", "OPENAI_API_KEY", "OPENAI_BASE_URL", "MYMEMORY_EMAIL")


def now(store: Workspace) -> Settings:
    with store.reading() as session:
        return load_settings(session)


def test_settings_come_back_as_they_were_kept(store):
    assert now(store) == Settings() == Settings("builtin", "as-source", 0.75, 5)
    kept = Settings("google", "acronym", 0.5, 50)
    for _ in range(2):
        with store.session() as session:
            save_settings(session, kept)
        assert now(store) == kept


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("engine", "no such engine"),
        ("engine", 7),
        ("engine", None),
        ("style", "loud"),
        ("style", ["full"]),
        ("memory_least", 0.4),
        ("memory_least", "0.9"),
        ("memory_least", True),
        ("memory_most", 0),
        ("memory_most", 2.5),
        ("made_up", "x"),
    ],
)
def test_a_bad_value_is_as_good_as_none_and_leaves_the_others(store, name, value):
    with store.session() as session:
        save_settings(session, Settings(style="full", memory_most=9))
        session.execute(delete(SettingRow).where(SettingRow.name == name))
        session.add(SettingRow(name=name, value=value))
    kept = {"style": "full", "memory_most": 9}
    kept.pop(name, None)
    assert now(store) == Settings(**kept)
    if name != "made_up":
        with store.session() as session, pytest.raises(ValueError, match=name):
            save_settings(session, Settings(**{name: value}))


def test_documents_come_in_through_the_engine_and_style_that_are_set(store, tmp_path, seeds, monkeypatch):
    asked = []

    class ReportError(Exception):
        pass

    def run(workspace, inputs, concepts, engine, out, formats, tell, style, columns):
        asked.append((engine.name, style))
        raise ReportError

    monkeypatch.setattr("app.intake.run_batch", run)
    with store.session() as session:
        save_settings(session, Settings("mymemory", "acronym"))
    with pytest.raises(ReportError):
        take_files(store, [str(next(seeds.glob("*.txt")))], lambda text, share: None)
    assert asked == [("mymemory", "acronym")]


def test_the_batch_page_begins_with_them(root, store):
    with store.session() as session:
        save_settings(session, Settings("google", "acronym"))
    app = opened(root, "batch")
    assert (app.selectbox("batch_engine").value, app.selectbox("batch_style").value) == ("google", "acronym")


def test_an_administrator_changes_them_on_the_page(root, store):
    app = opened(root, "settings")
    box = {one.label: one for one in (*app.selectbox, *app.slider)}
    assert [one.value for one in app.header] == ["You", "For everybody", "Engines", "Workspace", "Users"]
    box["Engine"].set_value("google")
    box["Names"].set_value("full")
    box["Memory: least likeness"].set_value(60)
    box["Memory: how many at most"].set_value(9)
    next(one for one in app.button if one.label == "Save the settings").click().run()
    assert not app.exception
    assert now(store) == Settings("google", "full", 0.6, 9)
    assert {one.label: one.value for one in app.slider}["Memory: how many at most"] == 9


def test_others_see_them_and_change_nothing(root, store, people, browser):
    browser.cookies[COOKIE] = people["terminologist"]
    app = come(root, "settings")
    assert [one.value for one in app.header] == ["You", "For everybody", "Engines", "Workspace"]
    assert all(one.disabled for one in (*app.slider, *app.selectbox) if one.key != "settings_language")
    assert not app.get("download_button") and str(store.location) not in everything_shown(app)
    with pytest.raises(NotAllowedError), store.acting_as(Person("t", "terminologist")).session() as session:
        save_settings(session, Settings(memory_most=9))
    assert now(store) == Settings()


def test_a_setting_whose_engine_is_no_longer_ready_is_shown_and_kept(root, store):
    with store.session() as session:
        save_settings(session, Settings("deepl"))
    app = opened(root, "settings")
    assert next(one for one in app.selectbox if one.label == "Engine").value == "deepl"


def test_of_a_key_the_page_says_only_whether_it_is_set(root, store, monkeypatch):
    for name in KEYS:
        monkeypatch.setenv(name, f"secret-of-{name}")
    app = opened(root, "settings")
    said = everything_shown(app)
    assert "secret-of" not in said
    assert "DEEPL_API_KEY is set" in said and "BAIDU_APPID is not set" in said


HOSTILE = "<img src=x onerror=window.hacked=1> **b** [x](http://e.vil) :red[r] $x$"


def test_names_of_users_are_never_markup(root, store, people, browser):
    with store.session() as session:
        session.execute(insert(UserRow).values(name=HOSTILE, role="administrator", password=""))
    browser.cookies[COOKIE] = users.sign_in_by_address(store, HOSTILE)
    app = come(root, "settings")
    assert not app.exception
    for text in [one.value for one in app.markdown] + [one.label for one in (*app.selectbox, *app.button)]:
        assert not re.search(r"(?<!\\)(<img|\*\*b|\[x\]\(|:red\[|\$x)", text), text
    assert "<img" not in shown(app)
    app.button("sign_out").click().run()
    assert not app.exception


def press(app, opener: str, label: str) -> None:
    """Press a button of a dialog; AppTest runs the whole page, so that what opened the dialog is pressed with it."""
    app.button(opener).click()
    next(one for one in app.button if one.label == label and one.key != opener).click().run()
    assert not app.exception


def test_users_are_added_changed_and_removed_on_the_page(root, store, people, browser):
    browser.cookies[COOKIE] = people["administrator"]
    app = come(root, "settings")
    app.button("user_add").click().run()
    app.text_input("user_new_name").input("new@example.org")
    app.text_input("user_new_password").input("short")
    press(app, "user_add", "Add")
    assert "at least 12" in app.error[0].value.replace("\\", "")
    app.text_input("user_new_password").input(GOOD)
    press(app, "user_add", "Add")
    with store.reading() as session:
        found = {user.name: user for user in users.list_users(session)}
    new = found["new@example.org"]
    assert (new.role, new.has_password) == ("reviewer", True)
    app = come(root, "settings")
    app.selectbox(f"user_role_{new.number}_reviewer").set_value("terminologist").run()
    app.button(f"user_remove_{new.number}").click().run()
    with store.reading() as session:
        assert session.get(UserRow, new.number).role == "terminologist"
    app.button(f"user_remove_{new.number}").click()
    app.button("user_remove_sure").click().run()
    with store.reading() as session:
        assert session.get(UserRow, new.number) is None


def test_the_last_administrator_is_told_so_and_stays(root, store, people, browser):
    browser.cookies[COOKIE] = people["administrator"]
    app = come(root, "settings")
    box = next(one for one in app.selectbox if one.key.startswith("user_role_") and one.value == "administrator")
    box.set_value("reader").run()
    assert "last administrator" in app.error[0].value and not app.exception
    assert app.selectbox(box.key).value == "administrator"


def test_changing_ones_own_password_wants_the_present_one_and_keeps_this_browser_in(root, store, people, browser):
    browser.cookies[COOKIE] = people["reader"]
    elsewhere = users.sign_in_by_address(store, "reader@example.org")
    app = come(root, "settings")
    app.button("own_password").click().run()
    for present, error in (("not the password", "not your present password"), (GOOD, "")):
        app.text_input("own_password_present").input(present)
        app.text_input("own_password_new").input("a new good one!")
        press(app, "own_password", "Change the password")
        assert [error in one.value.replace("\\", "") for one in app.error] == ([True] if error else [])
    with store.reading() as session:
        assert users.holder(session, people["reader"]) and not users.holder(session, elsewhere)


def test_the_language_is_chosen_for_this_browser(root, store):
    app = opened(root, "settings")
    app.selectbox("settings_language").set_value("zh_Hans").run()
    assert app.session_state["language"] == "zh_Hans"
    assert 'document.cookie = "zhengming_language=zh_Hans; path=/' in shown(app)
    app.run()
    assert "document.cookie" not in shown(app)


def test_a_copy_is_whole_while_others_write_and_nobody_is_signed_in_there(store, people, tmp_path):
    with store.session() as session:
        session.execute(update(TranslationRow).values(target="being written"))
        session.flush()
        made = copy_of(store.engine)
    path = tmp_path / "copy.db"
    path.write_bytes(made)
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    copy = open_workspace(path)
    with copy.reading() as session, store.reading() as ours:
        assert facts_of(session).documents == facts_of(ours).documents == 3
        assert session.scalars(select(SignInRow)).all() == []
        assert not session.scalar(select(TranslationRow.id).where(TranslationRow.target == "being written"))
        assert len(session.scalars(select(UserRow)).all()) == 4
    copy.close()


def test_facts_on_postgresql(postgresql):
    store = open_workspace(postgresql)
    with store.session() as session:
        session.add(DocumentRow(name="d", path="", sha256="", encoding="", raw="", clean="", ledger=""))
    with store.reading() as session:
        facts = facts_of(session)
    assert (facts.kind, facts.documents, facts.sentences) == ("PostgreSQL", 1, 0) and facts.size > 1_000_000
    store.close()


def test_sizes_in_words():
    assert [words_of_size(n) for n in (0, 999, 12_345, 189_038_592, 3_200_000_000)] == [
        "0 bytes",
        "999 bytes",
        "12 kB",
        "189 MB",
        "3.2 GB",
    ]
