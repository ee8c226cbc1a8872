"""Google Translate's public page, through deep-translator."""

from __future__ import annotations

import requests
from deep_translator import GoogleTranslator
from deep_translator.base import BaseTranslator

from translate.engines.base import Limits
from translate.engines.online.deep import DeepTranslatorEngine
from translate.engines.online.faults import Barred, Passing


class GoogleEngine(DeepTranslatorEngine):
    """The page meant for small phones: a web address with the sentence in it, an HTML page back."""

    name = "google"
    title = "Google Translate (public page)"
    description = "Fluent; needs the network, no key; each sentence is sent to translate.google.com."
    sends = "every sentence, to translate.google.com"
    strategies = ("hint", "placeholder")
    # Nine bytes a character in the address; Google refuses addresses over about 16 kB.
    limits = Limits(size=13_500, in_address=True, at_once=8)

    def _make(self) -> BaseTranslator:
        return GoogleTranslator(source="zh-CN", target="en")

    def _inspect(self, response: requests.Response) -> None:
        if "result-container" in response.text:
            return
        if "unusual traffic" in response.text or "captcha" in response.text.lower():
            raise Barred("asks for a captcha; wait some hours, or use another engine.")
        if "Error 500" in response.text:
            raise Passing("the server has trouble; try again later.")
