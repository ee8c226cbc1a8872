"""A batch on a real Dask cluster of this machine: the same outputs as in one process, also when a worker dies on the way."""

from __future__ import annotations

import os
import signal
import threading
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

from glossary import Concept
from storage import open_workspace
from storage.models import AnswerRow
from translate.__main__ import app
from translate.engines.base import Engine
from translate.engines.online import OnlineEngine
from translate.jobs.run import run_batch
from translate.jobs.runners.cluster import DaskRunner

CUSTOMS = Concept("海关总署", "General Administration of Customs", "GACC")


class Slow(Engine):
    """Takes its time for each call, and says in which process it was."""

    name = "slow"
    title = "Slow"
    description = "for tests"
    strategies = ("hint",)

    def translate(self, texts):
        time.sleep(0.15)
        return [f"{''.join(c for c in text if c.isascii())} said {len(text)}." for text in texts]


class Paid(OnlineEngine):
    """Over the base of online engines; nothing is sent anywhere."""

    name = "paid"
    title = "Paid"
    description = "for tests"
    strategies = ("hint",)

    def _send(self, units):
        return [f"{''.join(c for c in unit.text if c.isascii())} said {len(unit.text)}." for unit in units]


def _documents(folder: Path, count: int) -> None:
    folder.mkdir()
    for document in ("a", "b"):
        lines = [f"{document}{number}海关总署第{number}次发布公告。" for number in range(count)]
        (folder / f"{document}.txt").write_text("\n".join(lines), encoding="utf-8")


def _outputs(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_a_worker_killed_midway_changes_nothing(tmp_path, database, request):
    _documents(tmp_path / "in", 160)
    location = str(tmp_path / "w.db") if database == "sqlite" else request.getfixturevalue("postgresql")
    alone = open_workspace(tmp_path / "alone.db")
    run_batch(alone, [str(tmp_path / "in")], (CUSTOMS,), Slow(), tmp_path / "alone", ("csv",))
    alone.close()
    workspace = open_workspace(location)
    runner = DaskRunner(Slow, location)
    [victim, *_] = runner._client.run(os.getpid).values()
    killer = threading.Timer(0.5, os.kill, (victim, signal.SIGKILL))
    killer.start()
    try:
        report = run_batch(
            workspace, [str(tmp_path / "in")], (CUSTOMS,), Slow(), tmp_path / "cluster", ("csv",), runner=runner
        )
        assert victim not in runner._client.run(os.getpid).values()
    finally:
        killer.join()
        runner.close()
        workspace.close()
    assert (report.failures, report.translated) == ([], 320)
    assert _outputs(tmp_path / "cluster") == _outputs(tmp_path / "alone")


def test_what_workers_pay_for_is_counted_and_kept_in_the_workspace(tmp_path):
    _documents(tmp_path / "in", 8)
    location = str(tmp_path / "w.db")
    workspace = open_workspace(location)
    runner = DaskRunner(Paid, location)
    try:
        report = run_batch(
            workspace, [str(tmp_path / "in")], (CUSTOMS,), Paid(), tmp_path / "out", ("csv",), runner=runner
        )
        assert (report.failures, runner.usage.requests) == ([], 16)
        with workspace.session() as session:
            assert session.query(AnswerRow).count() == 16
    finally:
        runner.close()
        workspace.close()


def test_a_cluster_that_is_not_there_is_told(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text("海关总署表示欢迎。", encoding="utf-8")
    command = ["batch", "a.txt", "--engine", "gloss", "--out", "o", "--workspace", "w.db"]
    done = CliRunner().invoke(app, [*command, "--runner", "dask", "--scheduler", "tcp://127.0.0.1:1"])
    assert (done.exit_code, "no Dask scheduler can be reached" in done.output) == (2, True)
    done = CliRunner().invoke(app, [*command, "--runner", "elsewhere"])
    assert (done.exit_code, "local, dask" in done.output) == (2, True)
