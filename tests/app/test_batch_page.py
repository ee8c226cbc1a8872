"""The batch page and the work behind it: start, pause, go on, fail with a sentence, and what is taken along."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest
from sqlalchemy import delete, func, select

import app.background as background
from app.background import BackgroundBatch
from storage import Workspace
from storage.models import DocumentRow, MemoryRow, SegmentRow, TranslationRow
from tests.app.test_pages import document_id, opened
from translate.engines.base import Engine


class Slow(Engine):
    """Waits for leave before each call."""

    name = "gloss"
    title = "Slow"
    description = "for tests"
    strategies = ("hint",)
    leave = threading.Semaphore(0)

    def translate(self, texts):
        assert Slow.leave.acquire(timeout=20)
        return [f"{''.join(c for c in text if c.isascii())} said {len(text)}." for text in texts]


def until(true, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.02)


@pytest.fixture
def untranslated(store: Workspace) -> Workspace:
    with store.session() as session:
        session.execute(delete(TranslationRow))
        session.execute(delete(MemoryRow))
    return store


def translated(store: Workspace) -> int:
    with store.session() as session:
        return session.scalar(select(func.count(TranslationRow.id))) or 0


def test_a_batch_is_paused_and_goes_on_where_it_was(untranslated: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(background, "get_engine", lambda name: Slow())
    with untranslated.session() as session:
        documents = list(session.scalars(select(DocumentRow.id)))
    batch = BackgroundBatch(untranslated)
    assert batch.start(documents, "gloss", "as-source")
    assert not batch.start(documents, "gloss", "as-source")
    run = batch.run
    assert run is not None
    # The first document is begun and waits for its engine.
    until(lambda: bool(run.done))
    time.sleep(0.2)
    batch.pause()
    Slow.leave.release(40)
    until(lambda: run.state == "paused")
    before = translated(untranslated)
    batch.resume()
    Slow.leave.release(1000)
    until(lambda: batch.run is not None and batch.run.state == "done")
    assert batch.run is not None and batch.run.report is not None
    assert batch.run.report.reused >= before > 0
    assert sum(total for _, total in batch.run.done.values()) == translated(untranslated)
    batch.forget()
    assert batch.run is None


def test_a_batch_that_breaks_off_says_so(untranslated: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(name: str) -> Engine:
        raise ZeroDivisionError

    monkeypatch.setattr(background, "get_engine", broken)
    batch = BackgroundBatch(untranslated)
    batch.start([1], "gloss", "full")
    until(lambda: batch.run is not None and batch.run.state == "failed")
    assert batch.run is not None and "ZeroDivisionError" in batch.run.error


def test_the_page_translates_what_was_chosen_and_hands_it_over(root: Path, untranslated: Workspace) -> None:
    app = opened(root, "batch")
    first = document_id(untranslated)
    app.multiselect("batch_documents").set_value([first])
    app.button[0].click()
    app.run()
    assert not app.exception
    until(lambda: translated(untranslated) > 10)
    time.sleep(0.3)
    app.run()
    assert any("translated" in element.value for element in app.success)
    app.multiselect("take_documents").set_value([first])
    app.run()
    assert not app.exception
    assert app.get("download_button")


def test_who_chooses_none_translates_all(root: Path, untranslated: Workspace) -> None:
    app = opened(root, "batch")
    assert app.multiselect("batch_documents").value == []
    app.selectbox("batch_engine").set_value("gloss")
    app.button[0].click()
    app.run()
    assert not app.exception
    with untranslated.reading() as session:
        sentences = session.scalar(select(func.count(SegmentRow.id)))
    until(lambda: translated(untranslated) == sentences)
