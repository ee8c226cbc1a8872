"""DeepL, through DeepL's own package and with its own glossaries; deep-translator's DeepL no longer works."""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
import os
import threading
from collections.abc import Sequence
from typing import Any

from translate.engines.base import EngineError, Limits, Price, Readiness
from translate.engines.online import OnlineEngine
from translate.engines.online.engine import Unit
from translate.engines.online.faults import Fault

_INSTALL = "install it with: python -m pip install -r requirements-engines.txt"
# Those that we make on DeepL's side carry this name and the hash of what is in them.
_GLOSSARY = "zhengming-"


class DeepLEngine(OnlineEngine):
    """Up to fifty texts a request. A job's terms become a glossary at DeepL, made once for the same terms."""

    name = "deepl"
    title = "DeepL"
    description = "Fluent; needs a key; sentences, and the job's terms as a glossary, are sent to DeepL."
    sends = "every sentence and the job's terms, to api.deepl.com (api-free.deepl.com with a free key)"
    keys = ("DEEPL_API_KEY",)
    # A request may hold 128 KiB.
    limits = Limits(size=100_000, texts=20, at_once=4)
    price = Price(25, note="500,000 a month free with a free key")
    strategies = ("hint", "placeholder")

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._local = threading.local()
        self._glossary: str | None = None
        self._glossary_name = ""

    @property
    def asked_as(self) -> str:
        return f"{self.signature}:{self._glossary_name}"

    def readiness(self) -> Readiness:
        if importlib.util.find_spec("deepl") is None:
            return Readiness(False, f"the package deepl is missing; {_INSTALL}")
        return super().readiness()

    def begin(self, terms: Sequence[tuple[str, str]]) -> None:
        """Use DeepL's glossary of these terms; makes it there if there is none yet. Raises EngineError."""
        entries = {source: target for source, target in terms if source.strip() and target.strip()}
        if not entries or not self.readiness().ready:
            self._glossary, self._glossary_name = None, ""
            return
        name = _GLOSSARY + hashlib.sha256(repr(sorted(entries.items())).encode()).hexdigest()[:16]
        try:
            there = {item.name: item.glossary_id for item in self._client().list_glossaries() if item.ready}
            if name not in there:
                there[name] = self._client().create_glossary(name, "ZH", "EN", entries).glossary_id
        except Fault as fault:
            raise EngineError(f"{self.title}: the glossary: {fault.sentence}", fatal=fault.fatal) from None
        except Exception as error:
            raise EngineError(f"{self.title}: the glossary could not be made ({type(error).__name__}).") from None
        self._glossary, self._glossary_name = there[name], name

    def _send(self, units: Sequence[Unit]) -> list[str]:
        options: dict[str, Any] = {"glossary": self._glossary} if self._glossary else {}
        results = self._client().translate_text(
            [unit.text for unit in units],
            source_lang="ZH",
            target_lang="EN-US",
            split_sentences="nonewlines",
            preserve_formatting=True,
            **options,
        )
        return [result.text for result in results]

    def _client(self) -> Any:
        """DeepL's translator of this thread, its HTTP replaced by our transport."""
        if not hasattr(self._local, "client"):
            package = importlib.import_module("deepl")
            self._local.client = package.Translator(
                os.environ.get("DEEPL_API_KEY", ""), server_url=self._url or None, send_platform_info=False
            )
            self._local.client._client.close()
            self._local.client._client = _Http(self)
        return self._local.client


class _Http:
    """Stands where DeepL's package has its HTTP client, which retries and waits by rules of its own."""

    def __init__(self, engine: DeepLEngine) -> None:
        self._engine = engine

    def request_with_backoff(
        self,
        method: str,
        url: str,
        data: dict[str, Any] | None,
        json: dict[str, Any] | None,
        headers: dict[str, str],
        stream: bool = False,
        **options: Any,
    ) -> tuple[int, str]:
        response = self._engine.transport.request(method, url, data=data or None, json=json, headers=headers, **options)
        response.encoding = "UTF-8"
        return response.status_code, response.text

    def close(self) -> None:
        """Connections belong to the transport."""
