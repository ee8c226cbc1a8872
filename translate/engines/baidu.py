"""Baidu Fanyi's open platform, through deep-translator."""

from __future__ import annotations

import os

import requests
from deep_translator import BaiduTranslator
from deep_translator.base import BaseTranslator

from translate.engines.base import Limits, Price
from translate.engines.online.deep import DeepTranslatorEngine
from translate.engines.online.faults import Barred, Fault, Passing, TooMany, Unusable

# Its error codes, https://fanyi-api.baidu.com/doc/21; the status is always 200 and deep-translator drops the code.
_PASSING = {"52001", "52002"}
_TOO_MANY = {"54003", "54005"}
_KEY = {"52003", "54001", "58000", "58002", "90107"}
_SPENT = {"54004"}


class BaiduEngine(DeepTranslatorEngine):
    """An app id and its key; the free plan takes one request a second."""

    name = "baidu"
    title = "Baidu Fanyi"
    description = "Fluent, made for Chinese; needs an app id and key; each sentence is sent to Baidu."
    sends = "every sentence, to fanyi-api.baidu.com"
    keys = ("BAIDU_APPID", "BAIDU_APPKEY")
    limits = Limits(size=6_000, at_once=2, per_second=1)
    price = Price(49, "CNY", "free quota by plan")
    form = True

    def _make(self) -> BaseTranslator:
        return BaiduTranslator(
            source="zh",
            target="en",
            appid=os.environ.get("BAIDU_APPID", ""),
            appkey=os.environ.get("BAIDU_APPKEY", ""),
        )

    def _inspect(self, response: requests.Response) -> None:
        code = str(response.json().get("error_code") or "")
        if code and code != "52000":
            raise _fault(code)


def _fault(code: str) -> Fault:
    if code in _TOO_MANY:
        return TooMany()
    if code in _PASSING:
        return Passing(f"the server has trouble (code {code}); try again later.")
    if code in _KEY:
        return Barred(f"refused access (code {code}); check BAIDU_APPID and BAIDU_APPKEY.")
    if code in _SPENT:
        return Barred("the account is empty; top it up or use another engine.")
    return Unusable(f"refused the sentence (code {code}).")
