"""Any OpenAI-compatible chat endpoint: a server of one's own (llama.cpp, vLLM, Ollama) or a cloud."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any

from translate.engines.base import Limits, Readiness
from translate.engines.chat_prompt import SYSTEM, answers_in, question
from translate.engines.online import OnlineEngine
from translate.engines.online.engine import Unit
from translate.engines.online.faults import Passing, Unusable


class ChatEngine(OnlineEngine):
    """Eight segments a request with their terms and neighbours; an answer that is for another segment is refused."""

    name = "chat"
    title = "Chat model (OpenAI-compatible)"
    description = "As fluent as the model; sentences, terms and neighbours are sent to the server in OPENAI_BASE_URL."
    sends = "every sentence with its terms and neighbours, to the server in OPENAI_BASE_URL"
    keys = ("OPENAI_API_KEY",)
    settings = ("OPENAI_BASE_URL", "OPENAI_MODEL")
    limits = Limits(size=6_000, texts=8, at_once=8)
    price = None
    strategies = ("hint",)
    wants_context = True

    def __init__(self, *arguments: Any, **options: Any) -> None:
        options.setdefault("timeout", (10, 180))
        super().__init__(*arguments, **options)
        self._json_mode = True

    @property
    def signature(self) -> str:
        return f"{self.name}:{self.version}:{os.environ.get('OPENAI_MODEL', '')}"

    def readiness(self) -> Readiness:
        missing = [name for name in self.settings if not os.environ.get(name) and not (self._url and "URL" in name)]
        if missing:
            return Readiness(False, f"set {' and '.join(missing)} (and OPENAI_API_KEY where the server wants a key)")
        return Readiness(True, f"ready if the server is; model {os.environ['OPENAI_MODEL']}")

    def _send(self, units: Sequence[Unit]) -> list[str]:
        try:
            return self._ask(units)
        except Unusable:
            if not self._json_mode:
                raise
            # Some servers refuse the option for JSON; the answer is checked either way.
            self._json_mode = False
            return self._ask(units)

    def _ask(self, units: Sequence[Unit]) -> list[str]:
        base = (self._url or os.environ["OPENAI_BASE_URL"]).rstrip("/")
        key = os.environ.get("OPENAI_API_KEY", "")
        body: dict[str, Any] = {
            "model": os.environ["OPENAI_MODEL"],
            "temperature": 0,
            "messages": [
                {"role": "system", "content": SYSTEM},
                {"role": "user", "content": question(units)},
            ],
        }
        if self._json_mode:
            body["response_format"] = {"type": "json_object"}
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        response = self.transport.request("POST", f"{base}/chat/completions", json=body, headers=headers)
        choice = response.json()["choices"][0]
        if choice.get("finish_reason") == "length":
            raise Unusable("the model's answer was cut off.")
        if choice.get("finish_reason") == "content_filter":
            raise Unusable("the model's provider refused the sentence.")
        try:
            return answers_in(choice["message"]["content"] or "", units)
        except ValueError:
            raise Passing("the model did not keep to the answer format.") from None
