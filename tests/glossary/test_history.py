"""Every change of the termbase is on record, and can be taken back."""

from __future__ import annotations

import dataclasses

import pytest
from sqlalchemy import func, select

from glossary import Concept, merge
from glossary.store import (
    Selection,
    add_concept,
    change_concepts,
    decide,
    history,
    load_concepts,
    review_queue,
    sync_concepts,
    termbase_stamp,
    undo,
)
from storage import StaleError, open_workspace
from storage.models import ChangeRow, ConceptRow, NameRow

CUSTOMS = Concept("海关总署", "GACC", "G", ("总署",), ("Customs",), ("X",), context="海关总署。", note="n", count=2)
OTHER = Concept("世界海关组织", "WCO", status="candidate", origin="text")


@pytest.fixture
def session(tmp_path):
    store = open_workspace(tmp_path / "w.db")
    with store.session() as opened:
        yield opened
    store.close()


def stored(session) -> dict[str, Concept]:
    return {concept.source: concept for concept in load_concepts(session)}


def decided(session, source: str, **fields) -> None:
    row = next(row for row in review_queue(session, Selection(), 0, 99) if row.source == source)
    decide(session, row.id, row.version, dataclasses.replace(stored(session)[source], **fields), who="reviewer")


def test_a_decision_is_kept_with_who_when_before_and_after(session):
    sync_concepts(session, [CUSTOMS, OTHER])
    decided(session, "世界海关组织", target="World Customs Organization", status="approved")
    latest, first = history(session)
    assert (first.action, len(first.changes)) == ("list", 2)
    assert (latest.who, latest.action) == ("reviewer", "approved")
    assert latest.made >= first.made
    [change] = latest.changes
    assert (change.before.target, change.after.target) == ("WCO", "World Customs Organization")
    assert str(change) == ("世界海关组织: target 'WCO' → 'World Customs Organization'; status 'candidate' → 'approved'")
    assert [done.number for done in history(session, "海关总署")] == [first.number]


def test_what_only_counts_is_no_change(session):
    sync_concepts(session, [CUSTOMS])
    sync_concepts(session, [dataclasses.replace(CUSTOMS, count=99, context="另一句。", confidence=0.9)])
    assert len(history(session)) == 1
    assert stored(session)["海关总署"].count == 99


def test_undo_and_undoing_the_undo(session):
    sync_concepts(session, [CUSTOMS, OTHER])
    decided(session, "海关总署", target="Customs of China", source_variants=())
    stamp = termbase_stamp(session)
    done = undo(session, who="reviewer")
    assert stored(session) == {"海关总署": CUSTOMS, "世界海关组织": OTHER}
    assert termbase_stamp(session) != stamp
    row = session.scalars(select(ConceptRow).where(ConceptRow.source == "海关总署")).one()
    assert not row.decided
    undo(session, history(session)[0].number)
    assert stored(session)["海关总署"].target == "Customs of China"
    assert done.undoes == history(session)[2].number


def test_an_import_is_undone_as_one(session):
    sync_concepts(session, [CUSTOMS])
    theirs = [Concept("海关总署", "Customs"), Concept("边检站", "Station")]
    change_concepts(session, "import", lambda here: merge(here, theirs)[0], "reviewer", "theirs.csv")
    assert [c.target for c in load_concepts(session)] == ["Customs", "Station"]
    assert len(undo(session).changes) == 2
    assert stored(session) == {"海关总署": CUSTOMS}
    assert session.scalar(select(func.count(NameRow.id)).where(NameRow.text == "Station")) == 0


def test_what_was_taken_out_comes_back(session):
    sync_concepts(session, [CUSTOMS, OTHER])
    assert sync_concepts(session, [CUSTOMS]).removed == 1
    undo(session)
    assert stored(session)["世界海关组织"] == OTHER


def test_what_was_changed_again_is_not_undone(session):
    add_concept(session, CUSTOMS)
    first = history(session)[0].number
    decided(session, "海关总署", target="Other")
    with pytest.raises(StaleError, match="changed again since"):
        undo(session, first)
    assert stored(session)["海关总署"].target == "Other"
    undo(session)
    undo(session, first)
    assert stored(session) == {}
    with pytest.raises(StaleError, match="nothing to undo"):
        undo(session)
    with pytest.raises(StaleError, match="no change 999"):
        undo(session, 999)


def test_a_form_opened_before_an_import_is_stale_after_it(session):
    sync_concepts(session, [CUSTOMS])
    [row] = review_queue(session, Selection(), 0, 9)
    concept_id, version = row.id, row.version
    change_concepts(session, "import", lambda here: merge(here, [Concept("海关总署", "Customs")])[0])
    with pytest.raises(StaleError):
        decide(session, concept_id, version, CUSTOMS)


def test_ten_thousand_terms_come_and_go_as_they_are(session):
    concepts = [dataclasses.replace(CUSTOMS, source=f"海关{number}", count=number) for number in range(10_000)]
    sync_concepts(session, concepts)
    assert load_concepts(session) == concepts
    sync_concepts(session, [dataclasses.replace(c, note="new") for c in concepts[:5000]])
    assert len(load_concepts(session)) == 5000
    undo(session)
    assert sorted(load_concepts(session), key=lambda c: c.count) == concepts
    assert session.scalar(select(func.count(ChangeRow.id))) == 30_000
