"""The Google adapter against a real HTTP server on loopback that plays Google's page, with its faults."""

from __future__ import annotations

import html
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest

from translate.engines.base import EngineError
from translate.engines.google import GoogleEngine


class _Page(BaseHTTPRequestHandler):
    asked: Counter[str] = Counter()

    def do_GET(self):
        text = parse_qs(urlsplit(self.path).query)["q"][0]
        self.asked[text] += 1
        status, body = self._answer(text)
        self.send_response(status)
        self.end_headers()
        self.wfile.write(body.encode())

    def _answer(self, text: str) -> tuple[int, str]:
        if "限流" in text and self.asked[text] < 3:
            return 429, "slow down"
        if "总限" in text:
            return 429, "slow down"
        if "坏" in text:
            return 500, "error"
        if "验证" in text:
            return 200, "<html>Our systems have detected unusual traffic</html>"
        if "回声" in text:
            return 200, f'<div class="result-container">{html.escape(text)}</div>'
        return 200, f'<div class="result-container">English of &lt;{html.escape(text)}&gt; &amp; more</div>'

    def log_message(self, *arguments):
        pass


@pytest.fixture(scope="module")
def google():
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield GoogleEngine(url=f"http://127.0.0.1:{server.server_port}/m", pause=0.01)
    server.shutdown()


def test_answers_come_unescaped_in_order(google):
    assert google.translate(["甲", "乙"]) == ["English of <甲> & more", "English of <乙> & more"]


def test_threads_get_their_own_answers(google):
    texts = [f"第{n}句" for n in range(80)]
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda text: google.translate([text])[0], texts))
    assert answers == [f"English of <{text}> & more" for text in texts]


def test_a_passing_limit_is_waited_out(google):
    assert google.translate(["限流"]) == ["English of <限流> & more"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("总限", "too many requests"),
        ("坏", "not reachable"),
        ("验证", "no usable answer"),
        ("回声", "untranslated"),
        ("长" * 2000, "too long"),
    ],
)
def test_a_failure_is_one_sentence(google, text, words):
    with pytest.raises(EngineError, match=words) as caught:
        google.translate([text])
    assert "\n" not in str(caught.value)


def test_no_network_is_one_sentence():
    with pytest.raises(EngineError, match="not reachable; check the network"):
        GoogleEngine(url="http://127.0.0.1:9/m", attempts=1).translate(["甲"])


def test_what_holds_no_chinese_is_not_sent(google):
    assert google.translate(["。", "IAEA 2021", ""]) == ["。", "IAEA 2021", ""]
