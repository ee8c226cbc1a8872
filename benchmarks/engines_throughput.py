"""Requests a second of an online engine against a server with 50 ms latency, beside deep-translator's own batch.

The server plays Google's page in a process of its own and answers each request after 50 ms, not before. Ideal, with 8 at
once, is 160 a second.
"""

from __future__ import annotations

import asyncio
import html
import multiprocessing
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from urllib.parse import parse_qs, urlsplit

from deep_translator import GoogleTranslator

from translate.engines.google import GoogleEngine

LATENCY = 0.050
AT_ONCE = 8
SENTENCES = 800
_SLOW_SENTENCES = 80


def _serve(ready: Connection) -> None:
    asyncio.run(_server(ready))


async def _server(ready: Connection) -> None:
    server = await asyncio.start_server(_answer, "127.0.0.1", 0, backlog=128)
    ready.send(server.sockets[0].getsockname()[1])
    async with server:
        await server.serve_forever()


async def _answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while request := await reader.readuntil(b"\r\n\r\n"):
            until = asyncio.get_running_loop().time() + LATENCY
            text = parse_qs(urlsplit(request.split(b" ", 2)[1].decode()).query)["q"][0]
            body = f'<div class="result-container">{html.escape(english_of(text))}</div>'.encode()
            await asyncio.sleep(until - asyncio.get_running_loop().time())
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body) + body)
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        pass
    finally:
        writer.close()


def english_of(text: str) -> str:
    """What the server answers: the Latin letters and digits of a text, in English enough to pass for one."""
    kept = "".join(char if char.isascii() else " " for char in text)
    return f"{' '.join(kept.split())} was said in {len(text)} characters."


def _timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def main() -> None:
    """Print the throughput of our engine and of deep-translator's translate_batch."""
    ours, theirs = multiprocessing.Pipe()
    server = multiprocessing.Process(target=_serve, args=(theirs,), daemon=True)
    server.start()
    try:
        address = f"http://127.0.0.1:{ours.recv()}/m"
        texts = [f"这是第{number}句要翻译的话。" for number in range(SENTENCES)]
        engine = GoogleEngine(address, per_second=0, at_once=AT_ONCE)
        engine.translate([f"热身第{number}句。" for number in range(4 * AT_ONCE)])
        answers: list[str] = []
        seconds = _timed(lambda: answers.extend(engine.translate(texts)))
        assert answers == [english_of(text) for text in texts]
        ideal = SENTENCES * LATENCY / AT_ONCE
        print(f"{'':<44}{'sentences/s':>12}{'of ideal':>10}  target")
        print(f"{'ours, 8 at once':<44}{SENTENCES / seconds:>12.1f}{ideal / seconds:>10.1%}  >= 95 %")
        translator = GoogleTranslator(source="zh-CN", target="en")
        translator._base_url = address
        slow = _timed(lambda: translator.translate_batch(texts[:_SLOW_SENTENCES]))
        rate = _SLOW_SENTENCES / slow
        print(f"{'deep-translator, translate_batch':<44}{rate:>12.1f}{rate * ideal / SENTENCES:>10.1%}")
    finally:
        server.terminate()


if __name__ == "__main__":
    main()
