"""Signing in to an app that others can reach, in a real browser and with bare requests of somebody who wants in."""

from __future__ import annotations

import re
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

from app.passwords import Passwords
from app.presence import COOKIE
from app.users import add_user, remove_user, set_role
from storage import open_workspace
from tests.app.conftest import GOOD, QUICK
from tests.browser.conftest import FIRST, App, picture
from tests.browser.provider import CLIENT, SECRET, Provider


@pytest.fixture(scope="module")
def app(workspace: Path, root: Path) -> Iterator[App]:
    """The app for the whole network, with two users."""
    store = open_workspace(workspace)
    with store.session() as session:
        add_user(session, Passwords(QUICK), "boss@example.org", "administrator", GOOD)
        add_user(session, Passwords(QUICK), "li@example.org", "reviewer", GOOD)
    store.close()
    started = App(root, workspace).start("--server.address", "0.0.0.0")
    yield started
    started.close()


def sign_in(page: Page, name: str) -> None:
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_label("Password", exact=True).fill(GOOD)
    page.get_by_role("button", name="Sign in").click()


def test_signed_in_over_a_reload_and_in_another_tab_until_signed_out(page: Page, address: str, root: Path) -> None:
    page.goto(f"{address}/documents")
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    expect(page.get_by_role("link", name="Documents")).to_have_count(0)
    picture(page, root, "sign-in")
    page.get_by_label("Name", exact=True).fill("boss@example.org")
    page.get_by_label("Password", exact=True).fill("wrong password!")
    page.keyboard.press("Enter")
    expect(page.get_by_text("do not fit together")).to_be_visible()
    sign_in(page, "boss@example.org")
    expect(page.get_by_role("link", name="Documents")).to_be_visible()
    [cookie] = [one for one in page.context.cookies() if one["name"] == COOKIE]
    assert cookie["httpOnly"] and cookie["sameSite"] == "Strict" and COOKIE not in page.evaluate("document.cookie")
    page.reload()
    expect(page.get_by_role("link", name="Documents")).to_be_visible()
    other = page.context.new_page()
    other.goto(f"{address}/settings")
    expect(other.get_by_role("heading", name="Users")).to_be_visible()
    picture(other, root, "settings")
    other.get_by_role("button", name="Sign out").click()
    expect(other.get_by_text("You are signed out.")).to_be_visible()
    deadline = time.monotonic() + 5
    while any(one["name"] == COOKIE for one in page.context.cookies()) and time.monotonic() < deadline:
        other.wait_for_timeout(50)
    assert not [one for one in page.context.cookies() if one["name"] == COOKIE]
    # The first tab still stands there with its connection of before; its next click finds it signed out.
    page.get_by_role("link", name="Review").click()
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()


def test_a_browser_that_keeps_no_cookies_is_told_so(page: Page, address: str) -> None:
    def lost(route: Route) -> None:
        if route.request.headers["x-zhengming-ticket"]:
            route.fulfill(status=204)
        else:
            route.continue_()

    page.route("**/sign-in", lost)
    page.goto(address)
    sign_in(page, "boss@example.org")
    expect(page.get_by_text("This browser keeps no cookies")).to_be_visible()


def test_another_role_and_removal_hold_at_the_next_click(page: Page, address: str, workspace: Path) -> None:
    page.goto(f"{address}/settings")
    sign_in(page, "li@example.org")
    expect(page.get_by_role("heading", name="Workspace")).to_be_visible()
    expect(page.get_by_role("heading", name="Users")).to_have_count(0)
    store = open_workspace(workspace)
    with store.session() as session:
        set_role(session, "li@example.org", "administrator")
    page.get_by_role("link", name="Batch").click()
    page.get_by_role("link", name="Settings").click()
    expect(page.get_by_role("heading", name="Users")).to_be_visible()
    with store.session() as session:
        remove_user(session, "li@example.org")
    store.close()
    page.get_by_role("button", name="Remove").first.click()
    expect(page.get_by_role("button", name="Sign in").or_(page.get_by_text("not signed in any more"))).to_be_visible()
    page.reload()
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()


def status(address: str, path: str, **headers: str) -> int:
    request = urllib.request.Request(address + path, headers={k.replace("_", "-"): v for k, v in headers.items()})
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def test_a_download_is_for_who_is_signed_in(page: Page, address: str) -> None:
    page.goto(f"{address}/settings")
    sign_in(page, "boss@example.org")
    with page.expect_download() as taken:
        page.get_by_role("button", name="Download a copy").click()
    url = taken.value.url
    assert "/media/" in url
    cookie = next(one for one in page.context.cookies() if one["name"] == COOKIE)
    path = url.removeprefix(address)
    assert status(address, path) == 403
    assert status(address, path, Cookie=f"{COOKIE}={'x' * 43}") == 403
    assert status(address, path, Host="127.0.0.1") == 403
    assert status(address, path, Cookie=f"{COOKIE}={cookie['value']}") == 200
    assert status(address, "/_stcore/upload_file/some-session/some-file") == 403


def heard(port: int, host: str = "127.0.0.1", **headers: str) -> bytes:
    """All that the app says to somebody who runs every page over a bare connection, and calls it `host`."""
    said = b""
    extra = {name.replace("_", "-"): value for name, value in headers.items()}
    with connect(
        f"ws://{host}:{port}/_stcore/stream",
        sock=socket.create_connection(("127.0.0.1", port)),
        additional_headers=extra,
        subprotocols=["streamlit"],  # type: ignore[list-item]
        max_size=None,
    ) as connection:
        for name in ("", "documents", "glossary", "review", "batch", "settings"):
            asked = BackMsg()
            asked.rerun_script.page_name = name
            connection.send(asked.SerializeToString())
            while True:
                message = connection.recv(timeout=10)
                said += bytes(message)  # type: ignore[arg-type]
                told = ForwardMsg()
                told.ParseFromString(bytes(message))  # type: ignore[arg-type]
                if told.WhichOneof("type") == "script_finished":
                    break
    return said


def test_a_bare_connection_hears_nothing_of_the_documents(app: App, address: str) -> None:
    for headers in ({}, {"Cookie": f"{COOKIE}=forged"}, {"X_Forwarded_For": "127.0.0.1"}):
        said = heard(app.port, **headers)
        assert b"sign_in_password" in said
        assert FIRST.encode() not in said and "海关".encode() not in said and b"example.org" not in said


def test_an_app_for_this_machine_asks_whoever_comes_through_a_proxy_or_by_another_name(
    workspace: Path, root: Path
) -> None:
    here = App(root, workspace).start()
    try:
        assert FIRST.encode() in heard(here.port)
        rebound = {"host": "rebound.evil.com", "Origin": f"http://rebound.evil.com:{here.port}"}
        for asked in ({"X_Forwarded_For": "127.0.0.1"}, {"Forwarded": "for=127.0.0.1"}, rebound):
            said = heard(here.port, **asked)
            assert b"sign_in_password" in said and FIRST.encode() not in said and "海关".encode() not in said
    finally:
        here.close()


def test_who_the_provider_vouches_for_signs_in_and_nobody_else(
    page: Page, app: App, workspace: Path, root: Path, tmp_path: Path
) -> None:
    # Beside the app of the other tests, which knows its users.
    here = App(root, workspace, ZHENGMING_SIGN_IN="always")
    provider = Provider(f"{here.address}/oauth2callback", email="boss@example.org", email_verified=False)
    keys = tmp_path / "secrets.toml"
    keys.write_text(
        f'[auth]\nredirect_uri = "{provider.redirect_uri}"\ncookie_secret = "a long random string"\n'
        f'client_id = "{CLIENT}"\nclient_secret = "{SECRET}"\n'
        f'server_metadata_url = "{provider.address}/.well-known/openid-configuration"\n',
        encoding="utf-8",
    )
    here.start("--secrets.files", str(keys))
    try:
        page.goto(f"{here.address}/settings")
        page.get_by_role("button", name="Sign in with your organisation").click()
        page.get_by_role("link", name="Continue as Li Wei").click()
        expect(page.get_by_text("does not vouch for an e-mail address")).to_be_visible()
        # Their word would be the same again, and a click there be lost in the sign-out.
        expect(page.get_by_role("button", name="Sign in as somebody else")).to_be_visible()
        expect(page.get_by_role("button", name="Sign in with your organisation")).to_have_count(0)

        provider.claims = {"email": "stranger@example.org", "email_verified": True}
        page.get_by_role("button", name="Sign in as somebody else").click()
        page.get_by_role("button", name="Sign in with your organisation").click()
        page.get_by_role("link", name="Continue as Li Wei").click()
        expect(page.get_by_text(re.compile("^stranger@.* is not among the users here"))).to_be_visible()
        assert not [one for one in page.context.cookies() if one["name"] == COOKIE]

        provider.claims["email"] = "boss@example.org"
        page.get_by_role("button", name="Sign in as somebody else").click()
        page.get_by_role("button", name="Sign in with your organisation").click()
        page.get_by_role("link", name="Continue as Li Wei").click()
        page.get_by_role("link", name="Settings", exact=True).click()
        expect(page.get_by_role("heading", name="Users")).to_be_visible()
        page.get_by_role("button", name="Sign out").click()
        expect(page.get_by_role("button", name="Sign in with your organisation")).to_be_visible()
        expect(page.get_by_role("heading", name="Users")).to_have_count(0)
        page.goto(f"{here.address}/settings")
        expect(page.get_by_role("button", name="Sign in with your organisation")).to_be_visible()
        assert provider.refused == []
    finally:
        here.close()
        provider.close()
