"""Reviewed files brought back on the Batch page: shown first, saved after a click, by who may edit."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from openpyxl import load_workbook

from glossary import Glossary
from glossary.store import load_concepts
from storage import NotAllowedError, Person, Workspace
from tests.app.test_pages import document_id, english, opened, shown
from translate.engines import get_engine
from translate.jobs.documents import load_bilingual
from translate.outputs import WRITERS
from translate.review.bringing import bring_in
from translate.review.reading import read_review_bytes
from translate.store import save_person, segments_at

TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def reviewed(store: Workspace, document: int, changes: dict[int, str]) -> bytes:
    """The workbook of a document, with other English in some rows."""
    with store.reading() as session:
        glossary = Glossary(tuple(load_concepts(session)))
        data = WRITERS["xlsx"](load_bilingual(session, document, glossary, get_engine("gloss")))
    book = load_workbook(io.BytesIO(data))
    for position, text in changes.items():
        book["translation"].cell(position + 2, 5).value = text
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_what_a_file_would_change_is_shown_and_saved_after_a_click(root: Path, store: Workspace) -> None:
    document = document_id(store)
    data = reviewed(store, document, {2: "Their <b>first</b> words.", 3: "Their other words."})
    with store.session() as session:
        row = segments_at(session, document, [3])[0]
        assert row.translation is not None
        save_person(session, row.id, row.translation.version, "Our own words.", "edited", (), ())
    before = english(store, document, 2).target
    app = opened(root, "batch")
    app.get("file_uploader")[0].set_value(("review.xlsx", data, TYPE))
    app.run()
    assert not app.exception
    page = shown(app)
    assert "Their &lt;b&gt;first&lt;/b&gt; words." in page and "Their other words." in page and "Our own words." in page
    assert english(store, document, 2).target == before
    app.button("reviewed_save").click()
    app.run()
    assert not app.exception
    assert english(store, document, 2).target == "Their <b>first</b> words."
    assert english(store, document, 3).target == "Our own words."


def test_what_is_no_review_is_one_sentence_and_a_reader_has_no_place_for_one(
    root: Path, store: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened(root, "batch")
    app.get("file_uploader")[0].set_value(("a.xlsx", b"PK damaged", TYPE))
    app.run()
    assert not app.exception
    assert any("xlsx" in error.value and "damaged" in error.value for error in app.error)
    rows = read_review_bytes(reviewed(store, document_id(store), {2: "Other words."}))
    with pytest.raises(NotAllowedError):
        bring_in(store.acting_as(Person("li", "reader")), rows, Glossary(()), "review")
    monkeypatch.setattr("app.reviewed_files.person", lambda: Person("li", "reader"))
    app = opened(root, "batch")
    assert not app.get("file_uploader")
