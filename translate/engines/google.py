"""Google Translate's public page, through deep-translator. The text leaves this machine."""

from __future__ import annotations

import re
import threading
from typing import Any

import requests
from deep_translator import GoogleTranslator, exceptions
from deep_translator import google as _module
from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, wait_exponential

from translate.engines.base import Engine, EngineError, Readiness

_TIMEOUT = (10, 30)
_MOST_CHARACTERS = 1500
_HAN = re.compile("[\u3400-\u9fff]")


class _TimedRequests:
    """Stands where deep-translator expects the `requests` module: the same `get`, but never without a timeout."""

    @staticmethod
    def get(url: str, **options: Any) -> requests.Response:
        return requests.get(url, timeout=_TIMEOUT, **options)


_module.requests = _TimedRequests


class GoogleEngine(Engine):
    """One GoogleTranslator a thread: a shared one gives other threads' answers."""

    name = "google"
    title = "Google Translate (public page)"
    description = "Fluent; needs the network, no key; each sentence is sent to translate.google.com."
    online = True
    strategies = ("hint", "placeholder")

    def __init__(self, url: str = "", attempts: int = 3, pause: float = 1.0) -> None:
        """`url` replaces Google's address (tests play it on loopback); `pause` is the first wait in seconds."""
        self._url = url
        self._retry = Retrying(
            retry=retry_if_exception_type(
                (exceptions.TooManyRequests, exceptions.RequestError, requests.ConnectionError, requests.Timeout)
            ),
            stop=stop_after_attempt(attempts),
            wait=wait_exponential(multiplier=pause, max=30),
            reraise=True,
        )
        self._local = threading.local()

    def readiness(self) -> Readiness:
        return Readiness(True, "ready if the network is; sends each sentence to translate.google.com; no key")

    def translate(self, texts: list[str]) -> list[str]:
        return [self._one(text) for text in texts]

    def _one(self, text: str) -> str:
        if not _HAN.search(text):
            return text
        if len(text) > _MOST_CHARACTERS:
            raise EngineError(f"{self.title}: a sentence of {len(text)} characters is too long; split it.")
        try:
            answer = self._retry(self._translator().translate, text)
        except exceptions.TooManyRequests:
            raise EngineError(f"{self.title}: too many requests; wait some minutes and start again.") from None
        except (requests.RequestException, exceptions.RequestError):
            raise EngineError(f"{self.title}: not reachable; check the network, or use an offline engine.") from None
        except Exception as error:
            raise EngineError(f"{self.title}: no usable answer ({type(error).__name__}).") from None
        if not answer or answer.strip() == text.strip():
            raise EngineError(f"{self.title}: gave the sentence back untranslated.")
        return str(answer)

    def _translator(self) -> GoogleTranslator:
        if not hasattr(self._local, "translator"):
            self._local.translator = GoogleTranslator(source="zh-CN", target="en")
            if self._url:
                self._local.translator._base_url = self._url
        translator: GoogleTranslator = self._local.translator
        return translator
