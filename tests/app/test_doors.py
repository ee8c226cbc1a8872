"""What the server answers besides Streamlit: cookies, files that pages hand out, headers; asked without a browser."""

from __future__ import annotations

import asyncio

import pytest
import streamlit as st
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from app import doors, users
from app.admission import SWITCH
from app.presence import COOKIE
from storage import NotAllowedError, StaleError


def ask(
    app, method: str, path: str, headers: dict[str, str], client: str = "10.0.0.9"
) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body of an answer, without a server."""
    told: list[dict] = []

    async def send(message):
        told.append(message)

    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}

    raw = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": "http", "http_version": "1.1", "method": method, "path": path, "raw_path": path.encode()}
    scope |= {"query_string": b"", "root_path": "", "scheme": "http", "headers": raw, "client": (client, 5)}
    asyncio.run(app({**scope, "server": ("x", 80)}, receive, send))
    given = {name.decode(): value.decode() for name, value in told[0]["headers"]}
    return told[0]["status"], given, b"".join(message.get("body", b"") for message in told)


@pytest.fixture
def server(people) -> Starlette:
    async def file(request):
        return PlainTextResponse("海关")

    paths = ("/media/{name}", "/_stcore/upload_file/{session}/{name}", "/_stcore/metrics", "/_stcore/health", "/")
    routes = [*doors.routes(), *(Route(path, file, methods=["GET", "PUT"]) for path in paths)]
    return Starlette(routes=routes, middleware=doors.middleware())


@pytest.mark.parametrize("path", ["/media/a.csv", "/_stcore/upload_file/1/2", "/_stcore/metrics"])
def test_files_are_for_who_is_signed_in(server, store, people, path):
    for cookie in ("", f"{COOKIE}=forged", f'{COOKIE}="; x=', "other=1"):
        status, _, body = ask(server, "GET", path, {"host": "x", "cookie": cookie})
        assert (status, body) == (403, b"Sign in first.")
    good = {"host": "x", "cookie": f"a=b; {COOKIE}={people['reader']}"}
    assert ask(server, "GET", path, good)[0] == 200
    with store.session() as session:
        users.remove_user(session, "reader@example.org")
    assert ask(server, "GET", path, good)[0] == 403


def test_on_this_machine_files_are_open_and_behind_a_proxy_they_are_not(server, monkeypatch):
    monkeypatch.delenv(SWITCH)
    monkeypatch.setattr(st, "get_option", {"server.address": "127.0.0.1", "server.baseUrlPath": ""}.get)
    here = {"host": "127.0.0.1:8501"}
    assert ask(server, "GET", "/media/a", here, client="127.0.0.1")[0] == 200
    assert ask(server, "GET", "/media/a", {**here, "x-forwarded-for": "127.0.0.1"}, client="127.0.0.1")[0] == 403
    assert ask(server, "GET", "/media/a", {"host": "evil.com"}, client="127.0.0.1")[0] == 403
    assert ask(server, "GET", "/media/a", here)[0] == 403


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(server):
    ticket = doors.tickets().give("the secret")
    asked = {"host": "x", doors.TICKET: ticket, "origin": "https://x"}
    status, given, _ = ask(server, "POST", "/sign-in", asked)
    assert status == 204
    cookie = given["set-cookie"].lower()
    for part in (
        f"{COOKIE}=the secret".replace(" ", " "),
        "httponly",
        "samesite=strict",
        "secure",
        "max-age=43200",
        "path=/",
    ):
        assert part in cookie.replace('"', "")
    assert ask(server, "POST", "/sign-in", asked)[0] == 403
    assert (
        "secure"
        not in ask(server, "POST", "/sign-in", {"host": "x", doors.TICKET: doors.tickets().give("s")})[1][
            "set-cookie"
        ].lower()
    )


def test_a_cookie_is_renewed_for_who_holds_a_good_one_only(server, people):
    good = {"host": "x", doors.TICKET: "", "cookie": f"{COOKIE}={people['reader']}"}
    status, given, _ = ask(server, "POST", "/sign-in", good)
    assert status == 204 and people["reader"] in given["set-cookie"]
    assert ask(server, "POST", "/sign-in", {**good, "cookie": f"{COOKIE}=forged"})[0] == 403
    assert ask(server, "POST", "/sign-in", {"host": "x", "cookie": good["cookie"]})[0] == 403
    assert ask(server, "GET", "/sign-in", good)[0] == 405


def test_signing_out_at_the_door_ends_it_and_other_sites_cannot(server, store, people):
    cookie = {"host": "x", "cookie": f"{COOKIE}={people['reader']}"}
    assert ask(server, "POST", "/sign-out", cookie)[0] == 403
    status, given, _ = ask(server, "POST", "/sign-out", {**cookie, doors.TICKET: ""})
    assert status == 204 and "max-age=0" in given["set-cookie"].lower()
    with store.reading() as session:
        assert users.holder(session, people["reader"]) is None


def test_every_answer_keeps_frames_of_other_sites_out(server):
    _, given, _ = ask(server, "GET", "/", {"host": "x"})
    assert given["content-security-policy"] == "frame-ancestors 'self'"
    assert given["x-content-type-options"] == "nosniff"


def test_a_ticket_does_not_last(monkeypatch):
    tickets = doors.Tickets()
    ticket = tickets.give("secret")
    monkeypatch.setattr("time.monotonic", lambda now=doors.time.monotonic: now() + 61)
    assert tickets.take(ticket) == ""


def test_a_refusal_from_a_callback_is_told_and_other_errors_go_their_way(monkeypatch):
    told: list[str] = []
    monkeypatch.setattr(st, "error", lambda text, icon: told.append(text))
    assert doors.tell_refusal(NotAllowedError("As reader you cannot")) is True
    assert doors.tell_refusal(StaleError("Somebody else was quicker")) is True
    assert doors.tell_refusal(ValueError("secret")) is False
    assert told == ["As reader you cannot", "Somebody else was quicker"]
