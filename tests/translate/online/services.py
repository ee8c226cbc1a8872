"""A real HTTP server on loopback that plays every translation service, with faults that a word in the text asks for."""

from __future__ import annotations

import hashlib
import html
import json
import socket
import struct
import threading
import time
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

KEY = "sk-very-secret-0123"
# A word in the text → how often its fault happens (for the same texts) before the service answers well.
PASSING = {"限流": 2, "抖动": 1, "断线": 1, "截断": 1}


def english_of(text: str) -> str:
    return f"English of <{text}> & 'more'"


class Services(ThreadingHTTPServer):
    """`asked`: how often each text was asked for; `seen`: every path, header and body, for a look at what was sent."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Service)
        self.asked: Counter[str] = Counter()
        self.seen: list[tuple[str, dict[str, str], str]] = []
        self.glossaries: list[dict[str, object]] = []
        self.running = 0
        self.most_running = 0
        self.allowed = 10_000
        self.refused = 0
        self.lock = threading.Lock()
        self.stalled = threading.Event()
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def let_go(self) -> None:
        """Answer who was made to wait, and wait until all are gone."""
        self.stalled.set()
        deadline = time.monotonic() + 10
        while self.running and time.monotonic() < deadline:
            time.sleep(0.001)
        self.stalled.clear()

    def close(self) -> None:
        self.stalled.set()
        self.shutdown()
        self.server_close()

    def handle_error(self, request, client_address):
        pass


class _Service(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Head and body in one packet, at once: two of them wait 40 ms for each other.
    wbufsize = -1
    disable_nagle_algorithm = True
    server: Services

    def do_GET(self):
        self._serve("")

    def do_POST(self):
        self._serve(self.rfile.read(int(self.headers.get("Content-Length", 0))).decode())

    def _serve(self, body: str) -> None:
        parts = urlsplit(self.path)
        query = {key: values[0] for key, values in parse_qs(parts.query).items()}
        with self.server.lock:
            self.server.seen.append((self.path, dict(self.headers), body))
            self.server.running += 1
            self.server.most_running = max(self.server.most_running, self.server.running)
            too_many = self.server.running > self.server.allowed
            self.server.refused += too_many
        try:
            service = getattr(self, "_" + parts.path.strip("/").replace("/", "_"))
            if too_many:
                self._answer(429, "slow down", {"Retry-After": "0.05"})
            else:
                service(query, body)
        finally:
            with self.server.lock:
                self.server.running -= 1

    def log_message(self, *arguments):
        pass

    # The services

    def _m(self, query, body):
        text = query["q"]
        if self._faulty([text]):
            return
        if "验证" in text:
            self._answer(200, "<html>Our systems have detected unusual traffic</html>")
        else:
            self._answer(200, f'<div class="result-container">{html.escape(self._english(text))}</div>')

    def _get(self, query, body):
        text = query["q"]
        if self._faulty([text]):
            return
        answer = {"responseData": {"translatedText": html.escape(self._english(text))}, "responseStatus": 200}
        if "配额" in text:
            answer["responseData"]["translatedText"] = (
                "MYMEMORY WARNING: YOU USED ALL AVAILABLE FREE TRANSLATIONS FOR TODAY."
            )
            answer["responseStatus"] = 429
        self._json({**answer, "matches": []})

    def _translate(self, query, body):
        form = {key: values[0] for key, values in parse_qs(body).items()}
        if not self._faulty([form["q"]]):
            self._json({"translatedText": self._english(form["q"])})

    def _microsoft(self, query, body):
        (entry,) = json.loads(body)
        if not self._faulty([entry["text"]]):
            self._json([{"translations": [{"text": self._english(entry["text"]), "to": "en"}]}])

    def _baidu(self, query, body):
        form = {key: values[0] for key, values in parse_qs(body).items()}
        text = form["q"]
        signed = hashlib.md5((form["appid"] + text + form["salt"] + KEY).encode()).hexdigest()
        if form["sign"] != signed:
            self._json({"error_code": "54001", "error_msg": f"Invalid Sign {form['appid']}"})
        elif "配额" in text:
            self._json({"error_code": "54004", "error_msg": "Please recharge"})
        elif not self._faulty([text]):
            self._json({"from": "zh", "to": "en", "trans_result": [{"src": text, "dst": self._english(text)}]})

    def _v2_translate(self, query, body):
        asked = json.loads(body)
        if any("配额" in text for text in asked["text"]):
            self._answer(456, json.dumps({"message": "Quota exceeded"}))
        elif not self._faulty(asked["text"]):
            mark = " [glossary]" if asked.get("glossary_id") else ""
            self._json(
                {
                    "translations": [
                        {"detected_source_language": "ZH", "text": self._english(text) + mark, "billed_characters": 1}
                        for text in asked["text"]
                    ]
                }
            )

    def _v2_glossaries(self, query, body):
        if self.command == "POST":
            made = {
                **json.loads(body),
                "glossary_id": f"g{len(self.server.glossaries)}",
                "ready": True,
                "creation_time": "2026-01-01T00:00:00.000000Z",
                "entry_count": 1,
            }
            self.server.glossaries.append(made)
            self._json(made)
        else:
            self._json({"glossaries": self.server.glossaries})

    def _v1_chat_completions(self, query, body):
        asked = json.loads(body)
        segments = json.loads(asked["messages"][-1]["content"])["segments"]
        if self._faulty([segment["zh"] for segment in segments]):
            return
        texts = [segment["zh"] for segment in segments]
        given = [{"id": s["id"], "zh": s["zh"][:6], "en": self._english(s["zh"])} for s in segments]
        if len(given) > 1 and any("乱序" in text for text in texts):
            given.reverse()
        if len(given) > 1 and any("调换" in text for text in texts):
            # The right ids in the right order, over the answers of other segments.
            given = [
                {**answer, "zh": other["zh"], "en": other["en"]}
                for answer, other in zip(given, given[1:] + given[:1], strict=True)
            ]
        content = json.dumps({"segments": given}, ensure_ascii=False)
        if any("围栏" in text for text in texts):
            content = f"<think>hm</think>\n```json\n{content}\n```"
        if any("闲聊" in text for text in texts):
            content = "Sure! Here is your translation."
        self._json({"choices": [{"message": {"content": content}, "finish_reason": "stop"}]})

    # Faults and answers

    def _english(self, text: str) -> str:
        if "回声" in text:
            return text
        return "" if "空答" in text else english_of(text)

    def _faulty(self, texts: list[str]) -> bool:
        """Answer with the fault that a text asks for; False where none does (any more)."""
        whole = "\n".join(texts)
        with self.server.lock:
            for text in texts:
                self.server.asked[text] += 1
            asked = {word: sum(self.server.asked[t] for t in texts if word in t) for word in PASSING}
        if "总限" in whole:
            self._answer(429, "slow down")
        elif "坏" in whole:
            self._answer(500, "error")
        elif "钥匙" in whole:
            self._answer(401, json.dumps({"error": {"code": 401000, "message": f"bad key {KEY}"}}))
        elif "停住" in whole:
            self.server.stalled.wait(5)
        elif "限流" in whole and asked["限流"] <= PASSING["限流"]:
            self._answer(429, "slow down", {"Retry-After": "0.01"})
        elif "抖动" in whole and asked["抖动"] <= PASSING["抖动"]:
            self._answer(503, "error")
        elif "断线" in whole and asked["断线"] <= PASSING["断线"]:
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.shutdown(socket.SHUT_RDWR)
            self.close_connection = True
        elif "截断" in whole and asked["截断"] <= PASSING["截断"]:
            self._answer(200, '{"translatedText": "Engl', {})
        else:
            time.sleep(0.002)
            return False
        return True

    def _json(self, answer: object) -> None:
        self._answer(200, json.dumps(answer))

    def _answer(self, status: int, body: str, headers: dict[str, str] | None = None) -> None:
        data = body.encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8" if body.startswith("<") else "application/json")
        self.send_header("Content-Length", str(len(data)))
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)
