"""The whole batch at size: overhead around the engine, memory, time by size, resume of a finished job, a slow online engine.

    python -m benchmarks.batch_scale [SEGMENTS]

Each job runs in a process of its own, over made-up news in documents of 200 sentences with the names of the authority
file. Overhead is what the batch takes beyond the engine's own time for the same texts; the online engine is a server of
50 ms latency, 8 requests at once. Nothing of ../shared is needed.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.engines_throughput import AT_ONCE, LATENCY, _serve, english_of
from glossary import Concept
from storage import open_workspace
from translate.engines.base import Engine
from translate.jobs.run import run_batch
from translate.jobs.runners import LocalRunner
from translate.jobs.runners.cluster import DaskRunner

SEGMENTS = 100_000
ONLINE_SEGMENTS = 6_400
CLUSTER_SEGMENTS = 2_000
_A_SENTENCE = 0.010
_A_DOCUMENT = 200
_CONCEPTS = (
    Concept("国际原子能机构", "International Atomic Energy Agency", "IAEA"),
    Concept("海关总署", "General Administration of Customs"),
    Concept("国家核安全局", "National Nuclear Safety Administration", "NNSA"),
    Concept("一带一路", "Belt and Road"),
)
_PARTS = (
    ("昨天", "今年3月", "上周五", "据介绍", "当天下午", "会议期间", "近日", "2023年以来"),
    ("国际原子能机构", "海关总署", "国家核安全局", "双方代表", "有关部门", "专家组", "该公司", "一带一路沿线国家"),
    ("在北京", "在上海口岸", "与地方政府", "同各国代表", "通过视频会议", "根据新的规定"),
    ("讨论了", "检查了", "发布了", "提出了", "完成了", "推动了", "签署了"),
    ("核安保", "进出口货物", "计量标准", "培训", "边境贸易", "辐射监测", "数据交换", "能力建设"),
    ("方面的合作协议", "工作的年度计划", "项目的最新进展", "设备的技术要求", "领域的三项建议"),
)


def documents(folder: Path, segments: int) -> None:
    """So many sentences in documents of their own; each sentence is the only one of its kind."""
    chosen = random.Random(7)
    folder.mkdir(parents=True)
    lines: list[str] = []
    for number in range(segments):
        words = "".join(chosen.choice(part) for part in _PARTS)
        lines.append(f"{words}，涉及{number}个项目。")
        if len(lines) == _A_DOCUMENT or number == segments - 1:
            (folder / f"{number // _A_DOCUMENT:05}.txt").write_text("\n".join(lines), encoding="utf-8")
            lines = []


def _job(folder: str, place: str, url: str) -> None:
    """One run of the batch; prints seconds, the engine's own, and memory."""
    from translate.engines import get_engine
    from translate.engines.google import GoogleEngine

    engine = GoogleEngine(url, per_second=0, at_once=AT_ONCE) if url else get_engine("gloss")
    engine.translate(["热身。"])
    spent = [0.0]
    ask = engine.translate_each

    def timed(*asked):  # type: ignore[no-untyped-def]
        started = time.perf_counter()
        answers = ask(*asked)
        spent[0] += time.perf_counter() - started
        return answers

    engine.translate_each = timed  # type: ignore[method-assign]
    workspace = open_workspace(f"{place}/w.db")
    started = time.perf_counter()
    report = run_batch(workspace, [folder], _CONCEPTS, engine, Path(place) / "out", ("csv",))
    seconds = time.perf_counter() - started
    workspace.close()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    size = sum(path.stat().st_size for path in Path(place).glob("w.db*")) / 2**20
    told = {"size": size, "seconds": seconds, "engine": spent[0], "peak": peak, "translated": report.translated}
    print(json.dumps({**told, "failures": len(report.failures)}))


def job(folder: Path, place: Path, url: str = "") -> dict[str, float]:
    """A run in a process of its own, and what it measured."""
    command = [sys.executable, "-m", "benchmarks.batch_scale", "--job", str(folder), str(place), url]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=Path(__file__).parent.parent)
    measured: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return measured


def _embedded(made: Path, segments: int) -> None:
    print(
        f"{'word gloss, offline':<28}{'seconds':>9}{'per 1,000':>11}{'beyond the engine':>19}{'peak MB':>9}{'workspace MB':>14}"
    )
    for count in (segments // 4, segments):
        documents(made / f"in{count}", count)
        place = made / f"at{count}"
        place.mkdir()
        first = job(made / f"in{count}", place)
        rest = first["seconds"] - first["engine"]
        print(
            f"{count:>10,} segments{first['seconds']:>18.1f}{first['seconds'] / count * 1000:>11.2f}"
            f"{rest / first['engine']:>19.1%}{first['peak']:>9.0f}{first['size']:>14.0f}"
        )
        again = job(made / f"in{count}", place)
        print(f"{'':>10} started again{again['seconds']:>14.1f}{'':>30}{again['peak']:>9.0f}")


class Waiting(Engine):
    """Takes 10 ms for a sentence, as a small neural model does on one core, and no processor."""

    name = "waiting"
    title = "Waiting"
    description = "for this benchmark"
    strategies = ("hint",)

    def translate(self, texts: list[str]) -> list[str]:
        """Latin letters of each text."""
        time.sleep(_A_SENTENCE * len(texts))
        return [english_of(text) for text in texts]


def _cluster(made: Path) -> None:
    """The same job in one process and on a cluster of this machine."""
    documents(made / "clustered", CLUSTER_SEGMENTS)
    took = {}
    for name in ("local", "dask"):
        workspace = open_workspace(made / f"{name}.db")
        runner = DaskRunner(Waiting, str(made / f"{name}.db")) if name == "dask" else LocalRunner(Waiting())
        started = time.perf_counter()
        run_batch(workspace, [str(made / "clustered")], _CONCEPTS, Waiting(), made / name, ("csv",), runner=runner)
        took[name] = time.perf_counter() - started
        runner.close()
        workspace.close()
    print(
        f"\nengine of {_A_SENTENCE * 1000:.0f} ms a sentence, {CLUSTER_SEGMENTS:,} segments: {took['local']:.1f} s in one process, "
        f"{took['dask']:.1f} s on {os.cpu_count()} Dask workers of this machine ({took['local'] / took['dask']:.2f} times as fast)"
    )


def _online(made: Path) -> None:
    ours, theirs = multiprocessing.Pipe()
    server = multiprocessing.Process(target=_serve, args=(theirs,), daemon=True)
    server.start()
    try:
        documents(made / "online", ONLINE_SEGMENTS)
        place = made / "at-online"
        place.mkdir()
        measured = job(made / "online", place, f"http://127.0.0.1:{ours.recv()}/m")
    finally:
        server.terminate()
    assert not measured["failures"]
    ideal = ONLINE_SEGMENTS * LATENCY / AT_ONCE
    print(
        f"\nonline engine, {LATENCY * 1000:.0f} ms, {AT_ONCE} at once: {ONLINE_SEGMENTS / measured['seconds']:.1f} "
        f"segments/s, {ideal / measured['seconds']:.1%} of ideal"
    )


def main(segments: int = SEGMENTS) -> None:
    """Print the tables."""
    with tempfile.TemporaryDirectory() as made:
        _online(Path(made))
        _cluster(Path(made))
        _embedded(Path(made), segments)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--job"]:
        _job(*sys.argv[2:5])
    else:
        main(*map(int, sys.argv[1:2]))
