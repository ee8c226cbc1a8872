"""LibreTranslate, on a server of one's own (no key needed) or on libretranslate.com, through deep-translator."""

from __future__ import annotations

import os

from deep_translator import LibreTranslator
from deep_translator.base import BaseTranslator

from translate.engines.base import Limits, Price, Readiness
from translate.engines.online.deep import DeepTranslatorEngine

_PUBLIC = "https://libretranslate.com/"


class LibreTranslateEngine(DeepTranslatorEngine):
    """Text and key go into the body; deep-translator would put both into the address."""

    name = "libretranslate"
    title = "LibreTranslate"
    description = "Open source; a server of your own, or libretranslate.com with a key; each sentence is sent there."
    sends = "every sentence, to the server in LIBRETRANSLATE_URL, else to libretranslate.com"
    keys = ("LIBRE_API_KEY",)
    settings = ("LIBRETRANSLATE_URL",)
    limits = Limits(size=6_000, at_once=8)
    price = Price(0, note="free on a server of one's own; libretranslate.com by plan")
    form = True

    def readiness(self) -> Readiness:
        if self._url or os.environ.get("LIBRETRANSLATE_URL"):
            return Readiness(True, "ready if the server is")
        if os.environ.get("LIBRE_API_KEY"):
            return Readiness(True, "ready if the network is")
        return Readiness(False, "set LIBRETRANSLATE_URL to your server, or LIBRE_API_KEY for libretranslate.com")

    def _make(self) -> BaseTranslator:
        key = os.environ.get("LIBRE_API_KEY", "")
        address = self._url or os.environ.get("LIBRETRANSLATE_URL") or _PUBLIC
        # It refuses to be made without a key, also for a server that wants none.
        made = LibreTranslator(source="zh", target="en", api_key=key or "none", custom_url=address)
        made._base_url = address.rstrip("/") + "/"
        made.api_key = key
        return made
