"""Microsoft Translator (Azure), through deep-translator."""

from __future__ import annotations

import os

from deep_translator import MicrosoftTranslator
from deep_translator.base import BaseTranslator

from translate.engines.base import Limits, Price
from translate.engines.online.deep import DeepTranslatorEngine


class _Translator(MicrosoftTranslator):  # type: ignore[misc]
    def _get_supported_languages(self) -> dict[str, str]:
        """What we need of them; deep-translator asks the network for the list whenever one is made."""
        return {"chinese simplified": "zh-Hans", "english": "en"}


class MicrosoftEngine(DeepTranslatorEngine):
    """A key of Azure's; MICROSOFT_REGION for keys that are tied to a region."""

    name = "microsoft"
    title = "Microsoft Translator"
    description = "Fluent; needs a key of Azure's; each sentence is sent to Microsoft."
    sends = "every sentence, to api.cognitive.microsofttranslator.com"
    keys = ("MICROSOFT_API_KEY",)
    settings = ("MICROSOFT_REGION",)
    limits = Limits(size=30_000, at_once=8)
    price = Price(10, note="2 million a month free in tier F0")

    def _make(self) -> BaseTranslator:
        return _Translator(
            source="zh-Hans",
            target="en",
            api_key=os.environ.get("MICROSOFT_API_KEY", ""),
            region=os.environ.get("MICROSOFT_REGION") or None,
        )
