"""Engines that misbehave: a server on loopback plays four translation services and gives bad answers, seeded.

    python benchmarks/misbehaving.py [--segments N] [--faults SHARE]

Google's page, LibreTranslate, MyMemory and an OpenAI-style endpoint, through the program's own adapters. In a share of the
segments the server mangles placeholders in every way known, drops names, answers for another segment, echoes, says
nothing, breaks off, sends entities, 429, 500, half a page or a captcha. Told is whether every occurrence has its row,
whether any text of one segment stands in another, and whether a name was lost unseen.
"""

from __future__ import annotations

import argparse
import html
import json
import os
import random
import re
import sys
import threading
import time
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

NAMES = (
    ("国际原子能机构", "International Atomic Energy Agency"),
    ("海关总署", "General Administration of Customs"),
    ("国家核安全局", "National Nuclear Safety Administration"),
    ("外汇基金", "Exchange Fund"),
    ("一带一路", "Belt and Road Initiative"),
    ("核安保", "nuclear security"),
)
FAULTS = (
    "lowercase", "spaced", "split", "spelt out", "doubled", "dropped", "names translated", "other segment", "echo", "empty",
    "truncated", "entities", "429", "500", "half", "captcha",
)  # fmt: skip
_CODE = re.compile(r"(XT|QZ|ZK|VQ)(\d+)([XQZV])")
_MARK = re.compile(r"Mark(\d+)")


def source_of(number: int) -> str:
    """The number-th segment: its own mark, and one to three names."""
    chance = random.Random(number)
    names = [chance.choice(NAMES)[0] for _ in range(chance.randint(1, 3))]
    return f"{names[0]}于第Mark{number}号文件公布检验结果，{'与'.join(names[1:]) or '各方'}表示欢迎。"


class Server(ThreadingHTTPServer):
    """Gives each text the same English; the fault of a text happens as often as `patience` says, then no more."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, share: float, seed: int = 1) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.share, self.seed = share, seed
        self.asked: Counter[str] = Counter()
        self.given: Counter[str] = Counter()
        self.lock = threading.Lock()
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.server_port}"

    def fault(self, text: str) -> str:
        """The fault for a text, "" for none. Faults of the line pass after the first time, faults of the answer stay."""
        mark = _MARK.search(text)
        chance = random.Random(f"{self.seed} {mark.group(1) if mark else text}")
        if chance.random() >= self.share:
            return ""
        kind = chance.choice(FAULTS)
        with self.lock:
            self.asked[text] += 1
            passing = kind in ("429", "500", "half") or (kind in ("other segment", "captcha") and chance.random() < 0.5)
            if passing and self.asked[text] > 1:
                return ""
            self.given[kind] += 1
        return kind

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hung up is no news."""


def english(text: str, kind: str) -> str:
    """A plain English of what was sent, mangled."""
    if kind == "echo":
        return text
    if kind == "empty":
        return ""
    if kind == "captcha":
        return "<html><body>Our systems have detected unusual traffic. captcha</body></html>"
    mark = _MARK.search(text)
    number = mark.group(1) if mark else "0"
    if kind == "other segment":
        return f"Weather in the north stays cold and children like to swim; see Mark{int(number) + 1}."
    carried = _CODE.findall(text)
    names = re.findall(r"[A-Z][A-Za-z]+(?: (?:and|of|the|for|[A-Z][A-Za-z]+))*|nuclear security", _CODE.sub("", text))
    said = ["".join(code) for code in carried] or [name for name in names if not name.startswith("Mark")]
    if kind == "names translated":
        said = ["the competent office" for _ in said]
    elif kind == "dropped":
        said = []
    elif carried:
        said = [_mangled(code, kind) for code in said]
    elif kind == "lowercase":
        said = [name.lower() for name in said]
    first, rest = (said[0] if said else "it"), said[1:]
    answer = f"{first} announced the inspection results in document Mark{number}, and {' and '.join(rest) or 'all sides'} welcomed it."
    if kind == "doubled" and said:
        answer = f"{first} {answer}"
    if kind == "truncated":
        answer = answer[: len(answer) // 2]
    return html.escape(f"“{answer}” & 'so'") if kind == "entities" else answer


def _mangled(code: str, kind: str) -> str:
    letters, digits, last = code[:2], code[2:-1], code[-1]
    if kind == "lowercase":
        return code.lower()
    if kind == "spaced":
        return f"{letters[0]} {letters[1]} {digits} {last}"
    if kind == "split":
        return f"{letters}-{digits}-{last}"
    if kind == "spelt out" and int(digits) < 20:
        from translate.forcing.carriers.placeholder import number_words

        return f"{letters} {number_words()[int(digits)]} {last}"
    return code


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Server

    def do_GET(self) -> None:
        self._serve({name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()})

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        self._serve(json.loads(body) if body.startswith("{") else {k: v[0] for k, v in parse_qs(body).items()})

    def log_message(self, format: str, *arguments: Any) -> None:
        """Quiet."""

    def _serve(self, asked: dict[str, Any]) -> None:
        if "messages" in asked:
            segments = json.loads(asked["messages"][-1]["content"])["segments"]
            given = [
                {"id": s["id"], "zh": s["zh"][:6], "en": english(s["zh"], self.server.fault(s["zh"]))} for s in segments
            ]
            content = json.dumps({"segments": given}, ensure_ascii=False)
            self._answer(200, json.dumps({"choices": [{"message": {"content": content}, "finish_reason": "stop"}]}))
            return
        text = asked["q"]
        kind = self.server.fault(text)
        if kind in ("429", "500"):
            self._answer(int(kind), "slow down")
        elif kind == "half":
            self._answer(200, '{"translatedText": "The resu')
        elif self.path.startswith("/m"):
            page = english(text, kind)
            self._answer(200, page if kind == "captcha" else f'<div class="result-container">{html.escape(page)}</div>')
        elif self.path.startswith("/get"):
            self._answer(
                200,
                json.dumps(
                    {"responseData": {"translatedText": english(text, kind)}, "responseStatus": 200, "matches": []}
                ),
            )
        else:
            self._answer(200, json.dumps({"translatedText": english(text, kind)}))

    def _answer(self, status: int, body: str) -> None:
        data = body.encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8" if body.startswith("<") else "application/json")
        self.send_header("Content-Length", str(len(data)))
        if status == 429:
            self.send_header("Retry-After", "0")
        self.end_headers()
        self.wfile.write(data)


def engines_at(url: str) -> list[Any]:
    """The adapters, pointed at the server."""
    from translate.engines.chat import ChatEngine
    from translate.engines.google import GoogleEngine
    from translate.engines.libretranslate import LibreTranslateEngine
    from translate.engines.mymemory import MyMemoryEngine

    os.environ.setdefault("LIBRE_API_KEY", "none")
    os.environ.setdefault("OPENAI_API_KEY", "none")
    os.environ.setdefault("OPENAI_MODEL", "played")
    options: dict[str, Any] = {"pause": 0.001, "timeout": (5, 10), "per_second": 0, "attempts": 3}
    paths = ((GoogleEngine, "/m"), (LibreTranslateEngine, "/"), (MyMemoryEngine, "/get"), (ChatEngine, "/v1"))
    return [kind(url + path, **options) for kind, path in paths]


def run(segments: int, share: float) -> dict[str, Counter[str]]:
    """For each engine the outcomes of all occurrences, and under "wrong" what must not happen."""
    from glossary import Concept, Glossary
    from translate import requests_for
    from translate.checks import run_checks
    from translate.forcing.chain import force_all

    glossary = Glossary(tuple(Concept(source, target) for source, target in NAMES))
    server = Server(share)
    results: dict[str, Counter[str]] = {}
    try:
        for engine in engines_at(server.url):
            counts = results.setdefault(engine.name, Counter())
            for start in range(0, segments, 64):
                numbers = range(start, min(segments, start + 64))
                requests = requests_for([source_of(number) for number in numbers], glossary)
                for number, request, result in zip(numbers, requests, force_all(requests, engine), strict=True):
                    counts.update(row.outcome for row in result.ledger)
                    counts["wrong: rows"] += len(result.ledger) != len(request.occurrences)
                    others = {mark for mark in _MARK.findall(result.text) if int(mark) != number}
                    counts["wrong: text of another segment"] += bool(others)
                    flags = run_checks(request.source, result.text, result.ledger)
                    unseen = any(row.outcome == "unresolved" for row in result.ledger) and not (result.error or flags)
                    counts["wrong: lost unseen"] += unseen
                    counts["wrong: placeholder left"] += bool(_CODE.search(result.text))
                    counts["failed, named"] += bool(result.error)
    finally:
        server.shutdown()
        server.server_close()
    return results


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--segments", type=int, default=2500, help="for each of the four engines (default 2500)")
    parser.add_argument("--faults", type=float, default=0.3)
    options, _ = parser.parse_known_args()
    start = time.perf_counter()
    for name, counts in run(options.segments, options.faults).items():
        print(f"{name}: {options.segments} segments, faults in {options.faults:.0%}")
        print("  " + ", ".join(f"{what} {count}" for what, count in sorted(counts.items())))
    print(f"{time.perf_counter() - start:.0f} s")


if __name__ == "__main__":
    main()
