"""HTTP for one engine: a connection kept open in each thread, never without a timeout, at the engine's pace."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any, TypeVar

import requests
from requests.adapters import HTTPAdapter

from translate.engines.online.faults import Barred, Fault, Passing, TooMany, Unreachable, fault_of
from translate.engines.online.pace import Pace

Inspect = Callable[[requests.Response], None]
T = TypeVar("T")
_MOMENT = 0.0003


class Transport:
    """One engine's way to its server. `timeout`: seconds to connect, and between two pieces of the answer."""

    def __init__(self, pace: Pace, keys: tuple[str, ...], timeout: tuple[float, float], pause: float) -> None:
        self._pace = pace
        self._keys = keys
        self._timeout = timeout
        self._pause = pause
        self._local = threading.local()

    def request(
        self, method: str, url: str, inspect: Inspect = lambda response: None, **options: Any
    ) -> requests.Response:
        """The answer to one request. Raises a Fault for anything that is no success, also as `inspect` sees it."""
        session = self._session()
        # All that needs no server is done before a place is taken.
        try:
            prepared = session.prepare_request(requests.Request(method, url, **options))
        except requests.RequestException:
            raise Barred("the server's address is not a valid one; check the variable that holds it.") from None
        settings = self._settings(session, url)
        with self._pace.slot() as began:
            response = self._guarded(lambda: self._exchange(session, prepared, settings))
        # The server has answered: its place is free while the answer is read. Whoever waited for it sends first; without
        # this moment he would wait until this thread has read, since only one runs at a time.
        time.sleep(_MOMENT)
        self._guarded(lambda: response.content)
        if "charset" not in response.headers.get("Content-Type", ""):
            response.encoding = "utf-8"
        try:
            fault = fault_of(response.status_code, response.headers, self._keys)
            if fault is not None:
                raise fault
            inspect(response)
        except Fault as fault:
            if isinstance(fault, TooMany):
                self._pace.too_many(began, fault.retry_after or self._pause)
            raise
        self._pace.went_well()
        return response

    def _exchange(
        self, session: requests.Session, prepared: requests.PreparedRequest, settings: dict[str, Any]
    ) -> requests.Response:
        """One request; the session's own way, which is slower, only where the server sends it elsewhere."""
        options = {**settings, "timeout": self._timeout, "stream": True}
        response = session.get_adapter(str(prepared.url)).send(prepared, **options)
        if response.is_redirect:
            response.close()
            return session.send(prepared, **options)
        return response

    def _guarded(self, work: Callable[[], T]) -> T:
        try:
            return work()
        except requests.Timeout:
            raise Passing("no answer in time; try again later.") from None
        except requests.exceptions.ChunkedEncodingError:
            raise Passing("the answer broke off; try again later.") from None
        except requests.ConnectionError:
            raise Unreachable() from None
        except requests.RequestException as error:
            raise Passing(f"no usable answer ({type(error).__name__}).") from None

    def _settings(self, session: requests.Session, url: str) -> dict[str, Any]:
        """Proxies and certificates of the environment, looked up once an address: it takes a millisecond."""
        known: dict[str, dict[str, Any]] = self._local.settings
        host = url.split("?")[0]
        if host not in known:
            session.trust_env = True
            known[host] = dict(session.merge_environment_settings(url, {}, None, None, None))
            known[host].pop("stream")
            session.trust_env = False
        return known[host]

    def _session(self) -> requests.Session:
        if not hasattr(self._local, "session"):
            self._local.settings = {}
            self._local.session = requests.Session()
            self._local.session.trust_env = False
            adapter = HTTPAdapter(pool_connections=2, pool_maxsize=2)
            self._local.session.mount("https://", adapter)
            self._local.session.mount("http://", adapter)
        session: requests.Session = self._local.session
        return session
