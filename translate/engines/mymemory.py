"""MyMemory, a public translation memory with machine translation behind it, through deep-translator."""

from __future__ import annotations

import html
import os
import re
from collections.abc import Sequence

import requests
from deep_translator import MyMemoryTranslator
from deep_translator.base import BaseTranslator

from translate.engines.base import Limits, Price, Readiness
from translate.engines.online.deep import DeepTranslatorEngine
from translate.engines.online.engine import Unit
from translate.engines.online.faults import Barred, Fault, TooMany, Unusable

_ADDRESS = "https://api.mymemory.translated.net/get"
# What it gives back as a "translation" when there is none, with a good status.
_QUOTA = re.compile(r"MYMEMORY WARNING|YOU USED ALL AVAILABLE FREE TRANSLATIONS", re.IGNORECASE)
_COMPLAINTS = re.compile(r"QUERY LENGTH LIMIT|NO QUERY SPECIFIED|INVALID (?:LANGUAGE|EMAIL)|PLEASE SELECT TWO DISTINCT")


class MyMemoryEngine(DeepTranslatorEngine):
    """500 bytes a text, some thousand characters a day."""

    name = "mymemory"
    title = "MyMemory"
    description = "Uneven; needs the network, no key; each sentence is sent to mymemory.translated.net."
    sends = "every sentence, to api.mymemory.translated.net"
    settings = ("MYMEMORY_EMAIL",)
    limits = Limits(size=500, at_once=4)
    price = Price(0, note="free: 5,000 characters a day, 50,000 with an e-mail address in MYMEMORY_EMAIL")

    def readiness(self) -> Readiness:
        return Readiness(True, "ready if the network is; MYMEMORY_EMAIL (sent along) raises the day's limit")

    def _make(self) -> BaseTranslator:
        made = MyMemoryTranslator(source="zh-CN", target="en-US", email=os.environ.get("MYMEMORY_EMAIL"))
        # deep-translator would send the text unencrypted.
        made._base_url = _ADDRESS
        return made

    def _inspect(self, response: requests.Response) -> None:
        answer = response.json()
        fault = _fault_in(str((answer.get("responseData") or {}).get("translatedText") or ""))
        fault = fault or _fault_in(str(answer.get("responseDetails") or ""))
        if fault is not None:
            raise fault
        if str(answer.get("responseStatus", 200)) == "429":
            raise TooMany()

    def _send(self, units: Sequence[Unit]) -> list[str]:
        return [html.unescape(answer) if answer else answer for answer in super()._send(units)]


def _fault_in(text: str) -> Fault | None:
    if _QUOTA.search(text):
        return Barred("the day's free quota is spent; go on tomorrow or use another engine.")
    if _COMPLAINTS.match(text):
        return Unusable("refused the sentence.")
    return None
