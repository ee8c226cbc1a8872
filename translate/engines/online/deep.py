"""deep-translator behind our base: its classes build the requests and read the answers, our transport sends them.

A translator object is one thread's own: a shared one gives other threads' answers (42 of 400 measured).
"""

from __future__ import annotations

import abc
import threading
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

import requests
from deep_translator import baidu, exceptions, google, libre, microsoft, mymemory
from deep_translator.base import BaseTranslator

from translate.engines.online.engine import OnlineEngine, Unit
from translate.engines.online.faults import Unusable


class _Calls(threading.local):
    """Whose request it is that deep-translator makes in this thread."""

    engine: DeepTranslatorEngine | None = None


_calls = _Calls()


class _Requests:
    """Stands where deep-translator's modules expect `requests`, which they call without a timeout or connection."""

    exceptions = requests.exceptions

    @staticmethod
    def get(url: str, **options: Any) -> requests.Response:
        if _calls.engine is None:
            return requests.get(url, timeout=60, **options)
        return _calls.engine.exchange("GET", url, options)

    @staticmethod
    def post(url: str, **options: Any) -> requests.Response:
        if _calls.engine is None:
            return requests.post(url, timeout=60, **options)
        return _calls.engine.exchange("POST", url, options)


for _module in (baidu, google, libre, microsoft, mymemory):
    _module.requests = _Requests


class DeepTranslatorEngine(OnlineEngine):
    """Subclasses give `_make`, and `_inspect` where a service hides its errors in a good-looking answer."""

    # Whether what deep-translator puts into the address goes into the body instead, keys and text unseen by proxies.
    form: ClassVar[bool] = False

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._local = threading.local()

    @abc.abstractmethod
    def _make(self) -> BaseTranslator:
        """A new translator of deep-translator, zh → en."""

    def _inspect(self, response: requests.Response) -> None:
        """Raise a Fault for an answer that is none."""

    def exchange(self, method: str, url: str, options: Mapping[str, Any]) -> requests.Response:
        """Send what deep-translator has put together."""
        sent = {key: value for key, value in options.items() if value is not None}
        if self.form:
            sent["data"] = sent.pop("params", {})
        return self.transport.request(method, url, self._inspect, **sent)

    def _send(self, units: Sequence[Unit]) -> list[str]:
        if not hasattr(self._local, "translator"):
            self._local.translator = self._make()
            if self._url:
                self._local.translator._base_url = self._url
        _calls.engine = self
        try:
            return [self._local.translator.translate(unit.text) for unit in units]
        except (exceptions.TranslationNotFound, StopIteration):
            raise Unusable("no usable answer.") from None
        finally:
            _calls.engine = None
