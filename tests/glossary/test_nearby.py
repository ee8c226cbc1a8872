"""What the pages ask of the termbase without reading all of it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from documents.reader import RawDocument
from documents.store import keep_document
from glossary import Concept
from glossary.store import (
    Selection,
    add_concept,
    change_named,
    decide,
    history,
    load_concepts,
    open_conflicts,
    reopen,
    review_queue,
    settle,
    settlements,
    sync_concepts,
    to_concept,
    undo,
)
from glossary.store.nearby import form_index, is_outgrown, standing_in
from glossary.store.search import prepare_search, search_is_ready, segments_with
from storage import StaleError, Workspace, open_workspace

CUSTOMS = Concept("海关总署", "GACC", source_variants=("總署",), status="approved")
OFFICE = Concept("海关", "Customs", status="approved")
FAR = Concept("世界银行", "World Bank", status="candidate")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Workspace]:
    opened = open_workspace(tmp_path / "w.db")
    yield opened
    opened.close()


@pytest.fixture
def session(store: Workspace) -> Iterator[Session]:
    with store.session() as opened:
        sync_concepts(opened, [CUSTOMS, OFFICE, FAR])
        yield opened


def names(concepts: list[Concept]) -> set[str]:
    return {concept.source for concept in concepts}


def test_the_terms_in_a_sentence_are_found_nested_ones_too(session: Session) -> None:
    index = form_index(session)
    assert names(standing_in(session, index, ["“海关”总署发布公告。"])) == {"海关总署", "海关", "世界银行"}
    add_concept(session, Concept("公告", "notice"))
    index = form_index(session)
    assert names(standing_in(session, index, ["总署发布。"])) == {"海关总署", "公告"}


def test_what_was_saved_after_the_index_is_found_as_it_is_now(session: Session) -> None:
    for number in range(5):
        add_concept(session, Concept(f"某局{number}", "Bureau"))
    index = form_index(session)
    row = next(row for row in review_queue(session, Selection(), 0, 9) if row.source == "世界银行")
    decide(session, row.id, row.version, dataclasses.replace(to_concept(row), source_variants=("世行",)))
    add_concept(session, Concept("新局", "New Bureau"))
    found = {concept.source: concept for concept in standing_in(session, index, ["世行与新局。"])}
    assert found["世界银行"].source_variants == ("世行",)
    assert "新局" in found and "海关" not in found
    assert not is_outgrown(session, index)
    undo(session)
    undo(session)
    change_named(session, "x", ["某局3", "某局4"], lambda here: [])
    assert is_outgrown(session, index)


def test_named_terms_are_changed_and_the_others_stay(session: Session) -> None:
    number = change_named(session, "x", ["海关"], lambda here: [dataclasses.replace(here[0], target="Customs House")])
    assert {c.source: c.target for c in load_concepts(session)} == {
        "海关总署": "GACC",
        "海关": "Customs House",
        "世界银行": "World Bank",
    }
    [latest, *_] = history(session)
    assert (latest.number, len(latest.changes)) == (number, 1)
    assert [done.number for done in history(session, before=number)] == [1]


def test_a_settled_conflict_can_be_opened_again_and_a_stale_one_is_refused(session: Session) -> None:
    add_concept(session, Concept("海关总局", "GACC"))
    [conflict] = open_conflicts(session)
    row = next(row for row in review_queue(session, Selection(), 0, 9) if row.source == "海关总局")
    decide(session, row.id, row.version, dataclasses.replace(to_concept(row), note="seen"))
    with pytest.raises(StaleError, match="Somebody else"):
        settle(session, conflict, "海关总署")
    assert [c.target for c in load_concepts(session) if c.source == "海关总局"] == ["GACC"]
    settle(session, conflict)
    assert open_conflicts(session) == []
    assert [row.sentence for row in settlements(session)] == [conflict.sentence]
    reopen(session, conflict.id)
    [again] = open_conflicts(session)
    assert again.id == conflict.id
    settle(session, again, "海关总署")
    assert [(c.target, c.status) for c in load_concepts(session) if c.source == "海关总局"] == [("", "candidate")]


def test_a_session_that_only_looks_finds_the_index_made_before(store: Workspace, tmp_path: Path) -> None:
    with store.session() as session:
        keep_document(session, RawDocument("a", str(tmp_path / "a.txt"), "海关总署发布公告。", "utf-8", "0" * 64))
    with store.reading() as session:
        assert not search_is_ready(session)
    with store.session() as session:
        prepare_search(session)
    with store.reading() as session:
        assert search_is_ready(session)
        assert [number for _, number, _ in segments_with(session, "海关总署")] == [1]
