"""Batches as jobs: fallback, repeats, the memory, what fails, what is stopped and killed, and the plan before it all."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete, select

from documents.watching import FolderWatch
from glossary import Concept
from storage import open_workspace
from storage.models import AttemptRow, DocumentRow, MemoryRow, SegmentRow, TranslationRow
from tests.interrupting import interruptible
from tests.translate.online.services import Services
from translate.engines.base import Engine, EngineError, Usage
from translate.engines.fallback import FallbackEngine
from translate.engines.online import OnlineEngine
from translate.engines.online.faults import Barred, Unusable
from translate.jobs.attempts import MOST_ATTEMPTS
from translate.jobs.planning import plan_batch
from translate.jobs.report import Run, record_of, render_html, render_json
from translate.jobs.run import refresh, run_batch
from translate.store import save_person

CUSTOMS = Concept("海关总署", "General Administration of Customs")
TEXT = "海关总署表示欢迎。\n双方会谈。\n代表团离开北京。\n双方会谈。"


class Offline(Engine):
    """Keeps Latin letters, counts what it is asked, breaks on a word."""

    name = "offline"
    title = "Offline"
    description = "for tests"
    strategies = ("hint",)

    def __init__(self, breaks_on=""):
        self.asked: list[str] = []
        self.breaks_on = breaks_on

    def translate(self, texts):
        if self.breaks_on and any(self.breaks_on in text for text in texts):
            raise EngineError(f"{self.title}: broke.")
        self.asked.extend(texts)
        return [f"{''.join(c for c in text if c.isascii())} said {len(text)}." for text in texts]


class Other(Offline):
    name = "other"
    title = "Other"


class Online(OnlineEngine):
    """The same over the base of online engines; a fault for a word."""

    name = "online"
    title = "Online"
    description = "for tests"
    strategies = ("hint",)

    def __init__(self, faults=None):
        super().__init__(attempts=1, pause=0.0, at_once=1)
        self.asked: list[str] = []
        self.faults = faults or {}

    def _send(self, units):
        for word, fault in self.faults.items():
            if word in units[0].text:
                # The texts beside it have their answers by then.
                time.sleep(0.3)
                raise fault
        self.asked.extend(unit.text for unit in units)
        return [f"{''.join(c for c in unit.text if c.isascii())} said {len(unit.text)}." for unit in units]


@pytest.fixture(params=["sqlite", "postgresql"])
def work(tmp_path, request):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(TEXT, encoding="utf-8")
    location = tmp_path / "w.db" if request.param == "sqlite" else request.getfixturevalue("postgresql")
    workspace = open_workspace(location)
    yield tmp_path, workspace
    workspace.close()


def batch(work, engine, concepts=(CUSTOMS,)):
    path, workspace = work
    return run_batch(workspace, [str(path / "in")], concepts, engine, path / "out", ("csv", "jsonl"))


def test_a_repeated_segment_is_asked_once_also_in_another_document(work):
    (work[0] / "in" / "b.txt").write_text("双方会谈。\n另外一句。", encoding="utf-8")
    engine = Offline()
    report = batch(work, engine)
    assert len(engine.asked) == len(set(engine.asked)) == 4
    assert (report.translated, report.reused) == (4, 2)
    with work[1].session() as session:
        assert len(session.scalars(select(TranslationRow)).all()) == 6


def test_a_document_that_comes_back_is_not_asked_again(work):
    engine = Offline()
    batch(work, engine)
    with work[1].session() as session:
        session.execute(delete(DocumentRow))
    engine.asked.clear()
    assert batch(work, engine).reused == 4
    assert engine.asked == []


def test_fallback_keeps_which_engine_it_was_and_asks_nothing_again(work):
    first, second = Offline(breaks_on="会谈"), Other()
    report = batch(work, FallbackEngine([first, second]))
    assert report.failures == [] and second.asked == ["双方会谈。"]
    with work[1].session() as session:
        engines = session.scalars(select(TranslationRow.engine).join(SegmentRow).order_by(SegmentRow.position)).all()
    assert engines == ["offline:1", "other:1", "offline:1", "other:1"]
    first.asked.clear(), second.asked.clear()
    assert batch(work, FallbackEngine([first, second])).reused == 4
    assert first.asked + second.asked == []


def test_a_segment_that_both_fail_names_both(work):
    report = batch(work, FallbackEngine([Offline("离开"), Other("离开")]))
    assert report.failures == ["a, segment 3: Offline: broke. Other: broke."]


def test_a_segment_that_always_fails_is_set_aside_and_named_until_something_changes(work):
    engine = Online({"离开": Unusable("no usable answer.")})
    for _ in range(MOST_ATTEMPTS):
        assert batch(work, engine).failures == ["a, segment 3: Online: no usable answer."]
    sent = engine.usage.requests
    report = batch(work, engine)
    assert (report.set_aside, engine.usage.requests) == (1, sent)
    assert report.failures == ["a, segment 3: set aside after 3 runs; Online: no usable answer."]
    engine.faults = {}
    assert batch(work, engine, (CUSTOMS, Concept("代表团", "delegation"))).failures == []
    with work[1].session() as session:
        assert session.scalars(select(AttemptRow)).all() == []


def test_a_refused_key_stops_the_job_with_one_sentence_and_it_goes_on_later(work):
    engine = Online({"离开": Barred("refused access.")})
    report = batch(work, engine)
    assert len(report.failures) == 1 and "start the same command again" in report.failures[0]
    done = list(engine.asked)
    assert 0 < len(done) < 3
    engine = Online()
    assert batch(work, engine).failures == []
    assert not set(engine.asked) & set(done)
    with work[1].session() as session:
        assert session.scalars(select(AttemptRow)).all() == []


def test_answers_are_kept_the_moment_they_come(work):
    engine = Online({"离开": KeyboardInterrupt()})
    with pytest.raises(KeyboardInterrupt):
        batch(work, engine)
    with work[1].session() as session:
        assert session.scalars(select(TranslationRow)).all() == []
    done = list(engine.asked)
    assert len(done) == 2
    again = Online()
    assert batch(work, again).failures == []
    assert again.asked == ["代表团离开北京。"]


def _confirm(work, position, text):
    with work[1].session() as session:
        segment = session.scalars(select(SegmentRow).where(SegmentRow.position == position)).one()
        save_person(session, segment.id, segment.translation.version, text, "confirmed", (), ())


def test_what_a_person_confirmed_is_used_for_the_same_sentence_elsewhere(work):
    batch(work, Offline())
    _confirm(work, 1, "The two sides held talks.")
    (work[0] / "in" / "b.txt").write_text("双方会谈。", encoding="utf-8")
    engine = Offline()
    batch(work, engine)
    assert engine.asked == []
    assert "The two sides held talks." in (work[0] / "out" / "b.csv").read_text(encoding="utf-8-sig")
    with work[1].session() as session:
        states = session.scalars(select(TranslationRow.state).where(TranslationRow.engine == "memory:confirmed")).all()
    assert states == ["machine"]


def test_but_not_where_a_term_in_it_has_another_name_now(work):
    batch(work, Offline())
    _confirm(work, 0, "The General Administration of Customs welcomed it.")
    (work[0] / "in" / "b.txt").write_text("海关总署表示欢迎。", encoding="utf-8")
    batch(work, Offline(), (Concept("海关总署", "GACC"),))
    assert "GACC" in (work[0] / "out" / "b.csv").read_text(encoding="utf-8-sig")


def test_machine_units_are_remembered_with_engine_and_glossary(work):
    report = batch(work, Offline())
    with work[1].session() as session:
        rows = session.scalars(select(MemoryRow)).all()
    assert len(rows) == 3
    assert {(row.engine, row.glossary, row.who, row.state) for row in rows} == {
        ("offline:1", report.glossary, "machine", "machine")
    }


def test_refresh_asks_only_what_the_termbase_touches(work):
    engine = Offline()
    batch(work, engine)
    engine.asked.clear()
    assert refresh(work[1], engine).translated == 0
    assert engine.asked == []


def test_a_dry_run_counts_and_keeps_nothing(work):
    path, workspace = work
    engine = Online()
    plan = plan_batch(workspace, [str(path / "in"), str(path / "none.txt")], (CUSTOMS,), engine)
    assert (plan.segments, plan.send, plan.repeated, plan.characters) == (4, 3, 1, 22)
    assert len(plan.problems) == 1 and engine.asked == [] and plan.cost == "free"
    with workspace.session() as session:
        assert session.scalars(select(DocumentRow)).all() == []
    batch(work, engine)
    plan = plan_batch(workspace, [str(path / "in")], (CUSTOMS,), engine)
    assert (plan.current, plan.send, plan.characters) == (4, 0, 0)


def test_the_run_report_has_what_it_takes_to_run_again(work):
    report = batch(work, Offline("离开"))
    report.notes.append("<script>")
    started = datetime(2026, 1, 1, tzinfo=UTC)
    record = record_of(Run(["in"], ["csv"], Offline(), Usage(), started, started + timedelta(hours=1)), report)
    assert json.loads(render_json(record)) == record
    assert record["engine"] == "offline:1" and len(record["glossary"]) > 8 and record["versions"]["opencc"]
    page = render_html(record)
    assert "a, segment 3: Offline: broke." in page and "<script>" not in page


def test_ctrl_c_ends_a_batch_within_two_seconds_though_the_server_says_nothing(work, root):
    server = Services()
    (work[0] / "in" / "a.txt").write_text("双方会谈。\n停住。\n" * 20, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(root), "LIBRETRANSLATE_URL": server.url}
    command = [sys.executable, "-m", "translate", "batch", "in", "--engine", "libretranslate", "--workspace", "k.db"]
    with interruptible(command, cwd=work[0], env=environment, stderr=subprocess.PIPE) as job:
        deadline = time.monotonic() + 30
        while "停住。" not in server.asked and time.monotonic() < deadline:
            time.sleep(0.02)
        time.sleep(0.2)
        started = time.monotonic()
        job.send_signal(signal.SIGINT)
        _, said = job.communicate(timeout=20)
        assert time.monotonic() - started < 2
        assert job.returncode == 1 and b"start the same command again" in said
    server.close()


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_a_job_killed_again_and_again_ends_as_if_left_in_peace(root, database, request):
    server = [request.getfixturevalue("postgresql_server")] if database == "postgresql" else []
    command = [sys.executable, "-m", "benchmarks.chaos", "3", "100", *server]
    done = subprocess.run(command, cwd=root, capture_output=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout.decode() + done.stderr.decode()
    result = json.loads(done.stdout)
    assert result["kills"] == 3 and result["lost"] == result["doubled"] == result["different_files"] == 0


def test_a_watched_folder_is_translated_as_documents_appear_in_it(tmp_path, root):
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    (tmp_path / "g.csv").write_text("source,target\n海关总署,General Administration of Customs\n", encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "translate",
        "batch",
        "--watch",
        str(folder),
        "--glossary",
        str(tmp_path / "g.csv"),
    ]
    command += ["--out", str(out), "--to", "csv", "--workspace", str(tmp_path / "w.db")]
    with interruptible(command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as watching:
        for name in ("a", "b"):
            (folder / f"{name}.txt").write_text(f"{name}海关总署表示欢迎。", encoding="utf-8")
            until = time.monotonic() + 30
            while not (out / f"{name}.csv").exists() and time.monotonic() < until:
                time.sleep(0.1)
        time.sleep(0.5)
        watching.send_signal(signal.SIGINT)
        _, told = watching.communicate(timeout=10)
    assert (watching.returncode, b"No longer watching" in told) == (0, True)
    ledger = (out / "term_ledger.csv").read_text(encoding="utf-8-sig")
    assert ledger.count("General Administration of Customs") == 4


def test_a_file_that_is_still_growing_waits(tmp_path):
    watch = FolderWatch(tmp_path)
    assert watch.look() == []
    (tmp_path / "a.txt").write_text("海关")
    assert watch.look() == []
    (tmp_path / "a.txt").write_text("海关总署")
    assert watch.look() == []
    assert watch.look() == [tmp_path / "a.txt"]
    assert watch.look() == []
    (tmp_path / "a.txt").write_text("海关总署表示欢迎。")
    watch.look()
    assert watch.look() == [tmp_path / "a.txt"]


def test_a_workspace_that_is_full_ends_the_batch_with_a_sentence_and_goes_on_when_there_is_room(tmp_path, root):
    (tmp_path / "in").mkdir()
    for number in range(12):
        lines = [f"海关总署第{number}号公告第{line}条已经发布。" for line in range(60)]
        (tmp_path / "in" / f"{number:02}.txt").write_text("\n".join(lines), encoding="utf-8")
    (tmp_path / "g.csv").write_text("source,target\n海关总署,General Administration of Customs\n", encoding="utf-8")
    command = [sys.executable, "-m", "translate", "batch", str(tmp_path / "in"), "--glossary", str(tmp_path / "g.csv")]
    # How good the English is does not matter here.
    command += ["--engine", "gloss"]
    command += ["--out", str(tmp_path / "out"), "--to", "csv", "--workspace", str(tmp_path / "w.db")]
    # No file of this process may grow beyond this: the disk is full in the middle of the work.
    small = 350_000
    limited = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({small}, {small}))"
    start = f"import signal, sys, runpy; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); {limited}; sys.argv[0] = ''; runpy.run_module('translate', run_name='__main__')"
    full = subprocess.run([sys.executable, "-c", start, *command[3:]], cwd=root, capture_output=True, check=False)
    told = full.stderr.decode()
    assert (full.returncode, "Traceback" in told, "cannot be used now" in told) == (1, False, True), told
    after = subprocess.run(command, cwd=root, capture_output=True, check=False)
    assert after.returncode == 0, after.stderr.decode()
    assert len(list((tmp_path / "out").glob("*.csv"))) == 13
