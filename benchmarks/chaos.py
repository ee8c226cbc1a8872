"""Kills at random moments: a batch killed again and again ends with the outputs of one left in peace, nothing paid twice.

A server in a process of its own plays Google's page and counts what it is asked. The job runs in forked processes, which
are killed (SIGKILL) after a seeded time, until one comes to its end. Workspaces are SQLite files, or databases of their
own on a PostgreSQL server (python -m benchmarks.chaos KILLS SEGMENTS postgresql://…). A request that is under way when its process dies is
asked again: that is the most that can be paid twice, and it is counted.
"""

from __future__ import annotations

import argparse
import asyncio
import dataclasses
import html
import json
import multiprocessing
import os
import random
import signal
import tempfile
import time
import uuid
from collections import Counter
from multiprocessing.connection import Connection
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from urllib.request import urlopen

from sqlalchemy import create_engine
from sqlalchemy import text as sql

from glossary import Concept
from storage import open_workspace
from translate.engines import get_engine
from translate.engines.google import GoogleEngine
from translate.engines.online.engine import READERS
from translate.jobs.run import run_batch

_LATENCY = 0.01
_AT_ONCE = 4
# Requests waiting for their answer, and answers on their way into the workspace.
_UNDER_WAY = _AT_ONCE + READERS
SEGMENTS = 400
_LONGEST = 0.8
# More would only meet a job that has all its answers.
_KILLS_A_JOB = 12
_CONCEPTS = (
    Concept("国际原子能机构", "International Atomic Energy Agency", "IAEA"),
    Concept("海关总署", "General Administration of Customs"),
)


@dataclasses.dataclass
class Result:
    """`in_flight`: asked again since a kill met them on their way; `doubled`: asked again for no such reason."""

    kills: int = 0
    jobs: int = 0
    segments: int = 0
    lost: int = 0
    doubled: int = 0
    in_flight: int = 0
    different_files: int = 0


class _Page:
    """Google's page; `asked` counts each text, `answered` those whose answer went out whole."""

    def __init__(self) -> None:
        self.asked: Counter[str] = Counter()
        self.answered: Counter[str] = Counter()

    async def serve(self, ready: Connection) -> None:
        server = await asyncio.start_server(self._connected, "127.0.0.1", 0, backlog=128)
        ready.send(server.sockets[0].getsockname()[1])
        async with server:
            await server.serve_forever()

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while request := await reader.readuntil(b"\r\n\r\n"):
                address = urlsplit(request.split(b" ", 2)[1].decode())
                if address.path == "/counts":
                    body = json.dumps(self.asked).encode()
                    self.asked.clear()
                else:
                    text = parse_qs(address.query)["q"][0]
                    self.asked[text] += 1
                    await asyncio.sleep(_LATENCY)
                    english = "".join(c for c in text if c.isascii()).strip()
                    body = f'<div class="result-container">{html.escape(english)} said {len(text)}.</div>'.encode()
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body) + body)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()


def _serve(ready: Connection) -> None:
    asyncio.run(_Page().serve(ready))


def _documents(folder: Path, chosen: random.Random, segments: int) -> None:
    """Two documents; some sentences hold terms, some stand twice."""
    names = ["国际原子能机构", "海关总署", "双方", "代表团"]
    for document in ("a", "b"):
        lines = [f"{chosen.choice(names)}第{chosen.randint(1, 300)}次在北京会谈。" for _ in range(segments // 2)]
        (folder / f"{document}.txt").write_text("\n".join(lines), encoding="utf-8")


def _new_workspace(place: Path, server: str) -> str:
    """Where a job's workspace is: a file, or a new database of the server."""
    if not server:
        return str(place / "w.db")
    name = f"chaos_{uuid.uuid4().hex}"
    engine = create_engine(server.replace("postgresql://", "postgresql+psycopg://", 1), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(sql(f"CREATE DATABASE {name}"))
    engine.dispose()
    return f"{server.rpartition('/')[0]}/{name}"


def _work(folder: Path, url: str, place: Path, location: str) -> None:
    """One run of the job, in a process of its own."""
    workspace = open_workspace(location)
    engine = GoogleEngine(url, pause=0.02, at_once=_AT_ONCE)
    report = run_batch(workspace, [str(folder)], _CONCEPTS, engine, place / "out", ("csv", "html", "jsonl"))
    workspace.close()
    os._exit(1 if report.failures else 0)


def _warm_up(place: Path) -> None:
    """Load here what every run would load anew: kills are to meet the work, not the start."""
    (place / "in").mkdir()
    (place / "in" / "a.txt").write_text("国际原子能机构在北京会谈。", encoding="utf-8")
    workspace = open_workspace(place / "w.db")
    run_batch(workspace, [str(place / "in")], _CONCEPTS, get_engine("gloss"), place / "out", ("csv",))
    workspace.close()


def _until_done(folder: Path, url: str, place: Path, server: str, chosen: random.Random | None, most: int) -> int:
    """Run the job to its end, killing it up to `most` times; how often it was killed."""
    kills = 0
    location = _new_workspace(place, server)
    while True:
        child = os.fork()
        if not child:
            try:
                _work(folder, url, place, location)
            finally:
                os._exit(2)
        if chosen is not None and kills < most:
            time.sleep(chosen.uniform(0, _LONGEST))
            os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        if os.WIFEXITED(status):
            if os.WEXITSTATUS(status):
                raise RuntimeError("the job failed")
            return kills
        kills += 1


def _counts(url: str) -> Counter[str]:
    with urlopen(url.replace("/m", "/counts"), timeout=10) as answer:
        return Counter(json.load(answer))


def chaos(kills: int, segments: int = SEGMENTS, database: str = "", seed: int = 1) -> Result:
    """Jobs under fire until so many kills have happened."""
    result = Result()
    chosen = random.Random(seed)
    ours, theirs = multiprocessing.get_context("fork").Pipe()
    server = multiprocessing.get_context("fork").Process(target=_serve, args=(theirs,), daemon=True)
    server.start()
    url = f"http://127.0.0.1:{ours.recv()}/m"
    with tempfile.TemporaryDirectory() as made:
        _warm_up(Path(made))
    try:
        while result.kills < kills:
            with tempfile.TemporaryDirectory() as made:
                sizes = (min(_KILLS_A_JOB, kills - result.kills), segments)
                _one_job(Path(made), (url, database), chosen, sizes, result)
    finally:
        server.terminate()
    return result


def _one_job(
    place: Path, servers: tuple[str, str], chosen: random.Random, sizes: tuple[int, int], result: Result
) -> None:
    url, database = servers
    for name in ("in", "peace", "fire"):
        (place / name).mkdir()
    most, segments = sizes
    _documents(place / "in", chosen, segments)
    _until_done(place / "in", url, place / "peace", database, None, 0)
    peace = _counts(url)
    killed = _until_done(place / "in", url, place / "fire", database, chosen, most)
    fire = _counts(url)
    result.jobs += 1
    result.kills += killed
    result.segments += segments
    result.lost += sum(text not in fire for text in peace)
    again = sum((fire - peace).values())
    result.in_flight += min(again, killed * _UNDER_WAY)
    result.doubled += max(0, again - killed * _UNDER_WAY)
    files = sorted(path.name for path in (place / "peace" / "out").iterdir())
    result.different_files += sum(
        (place / "peace" / "out" / name).read_bytes() != (place / "fire" / "out" / name).read_bytes() for name in files
    )


def main(kills: int = 200, segments: int = SEGMENTS, database: str = "") -> None:
    """Print the result; exit status 1 if anything was lost, paid twice or came out different."""
    result = chaos(kills, segments, database)
    print(json.dumps(dataclasses.asdict(result)))
    if result.lost or result.doubled or result.different_files:
        raise SystemExit(1)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kills", nargs="?", type=int, default=200)
    parser.add_argument("segments", nargs="?", type=int, default=SEGMENTS)
    parser.add_argument("database", nargs="?", default="")
    given = parser.parse_args()
    main(given.kills, given.segments, given.database)
