"""What the server answers besides Streamlit: the cookie of a sign-in is set where no script can read it, and files that
pages hand out or take in are for who is signed in."""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Sequence
from http.cookies import SimpleCookie

import streamlit as st
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.admission import needs_sign_in
from app.borrowed import borrowed
from app.plain import label
from app.presence import COOKIE
from app.session import shared_workspace
from app.users import LASTS, holder, sign_out
from storage import NotAllowedError, StaleError, WorkspaceError

TICKET = "X-Zhengming-Ticket"
_GUARDED = ("/media/", "/_stcore/upload_file", "/_stcore/metrics", "/_stcore/script-health-check", "/_stcore/agent")
_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    # No other site may draw the workbench in a frame and have its buttons pressed.
    "Content-Security-Policy": "frame-ancestors 'self'",
}


class Tickets:
    """Secrets of sign-ins on their way from a page to the cookie of its browser; a ticket serves once, for a minute."""

    _LASTS = 60.0

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: dict[str, tuple[str, float]] = {}

    def give(self, secret: str) -> str:
        """A ticket for a secret."""
        ticket, now = secrets.token_urlsafe(32), time.monotonic()
        with self._lock:
            self._waiting = {name: kept for name, kept in self._waiting.items() if kept[1] > now}
            self._waiting[ticket] = (secret, now + self._LASTS)
        return ticket

    def take(self, ticket: str) -> str:
        """The secret of a ticket, which is used up; "" if there is none."""
        with self._lock:
            secret, until = self._waiting.pop(ticket, ("", 0.0))
        return secret if until > time.monotonic() else ""


@st.cache_resource(show_spinner=False)
def tickets() -> Tickets:
    """Those of this server."""
    return Tickets()


def address_of(door: str) -> str:
    """The path of a door, sign-in or sign-out, under the app's base path."""
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{base}/{door}" if base else f"/{door}"


def routes() -> Sequence[Route]:
    """The doors."""
    return [
        Route(address_of("sign-in"), _enter, methods=["POST"]),
        Route(address_of("sign-out"), _leave, methods=["POST"]),
    ]


def middleware() -> Sequence[Middleware]:
    """What stands before every answer."""
    return [Middleware(Doors)]


async def _enter(request: Request) -> Response:
    """Give the browser its cookie: for a ticket that its page got, or anew for as long again where it holds a good one.

    The header of our own keeps forms and pictures of other sites out; a script of theirs may not send it.
    """
    ticket = request.headers.get(TICKET)
    if ticket is None:
        return Response(status_code=403)
    secret = tickets().take(ticket)
    if not secret and not ticket and await run_in_threadpool(_is_signed_in, request.cookies.get(COOKIE, "")):
        secret = request.cookies[COOKIE]
    if not secret:
        return Response(status_code=403)
    answer = Response(status_code=204, headers={"Cache-Control": "no-store"})
    answer.set_cookie(
        COOKIE,
        secret,
        max_age=int(LASTS.total_seconds()),
        path="/",
        secure=_is_encrypted(request),
        httponly=True,
        samesite="strict",
    )
    return answer


async def _leave(request: Request) -> Response:
    """Take the cookie away, and end the sign-in that it stood for."""
    if request.headers.get(TICKET) is None:
        return Response(status_code=403)
    secret = request.cookies.get(COOKIE, "")
    if secret:
        await run_in_threadpool(_end, secret)
    answer = Response(status_code=204)
    answer.delete_cookie(COOKIE, path="/", secure=_is_encrypted(request), httponly=True, samesite="strict")
    return answer


def _is_encrypted(request: Request) -> bool:
    """Whether the browser asked by https: its Origin says so, also behind a proxy."""
    return request.url.scheme == "https" or request.headers.get("Origin", "").startswith("https://")


def _end(secret: str) -> None:
    with shared_workspace().session() as session:
        sign_out(session, secret)


def _is_signed_in(secret: str) -> bool:
    if not secret:
        return False
    try:
        with shared_workspace().reading() as session:
            return holder(session, secret) is not None
    except WorkspaceError:
        return False


class Doors:
    """Middleware: files that pages hand out or take in (downloads, uploads) only for who is signed in, where one must be.

    Streamlit itself protects them by addresses that nobody can guess, and by nothing else.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """An ASGI application."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if self._is_guarded(scope["path"]) and not await run_in_threadpool(self._may_pass, scope):
            await PlainTextResponse("Sign in first.", status_code=403)(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(_ALWAYS)
            await send(message)

        await self._app(scope, receive, with_headers)

    @staticmethod
    def _is_guarded(path: str) -> bool:
        base = str(st.get_option("server.baseUrlPath") or "").strip("/")
        return path.startswith(tuple(f"/{base}{name}" if base else name for name in _GUARDED))

    @staticmethod
    def _may_pass(scope: Scope) -> bool:
        headers = Headers(scope=scope)
        client = scope["client"][0] if scope.get("client") else None
        if not needs_sign_in(st.get_option("server.address"), client, headers.items()):
            return True
        cookie: SimpleCookie = SimpleCookie()
        cookie.load(headers.get("cookie", ""))
        return COOKIE in cookie and _is_signed_in(cookie[COOKIE].value)


def tell_refusal(error: Exception) -> bool:
    """What a button's callback could not do, which main.py cannot catch, in its one sentence; other errors go their way."""
    if not isinstance(error, NotAllowedError | StaleError | WorkspaceError):
        return False
    st.error(
        label(borrowed(str(error))),
        icon=":material/lock:" if isinstance(error, NotAllowedError) else ":material/error:",
    )
    return True
