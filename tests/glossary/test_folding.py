"""Two terms made one: what comes of it, in the workspace too, and the way back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from glossary import Concept
from glossary.folding import fold
from glossary.store import TermAt, add_concept, concept_row, fold_terms, history, load_concepts, undo
from storage import StaleError, open_workspace
from storage.models import ConceptRow, EvidenceRow

KEPT = Concept(
    "海关总署",
    "General Administration of Customs",
    "GACC",
    ("总署",),
    ("Customs Administration",),
    ("Customs Office",),
    "agency",
    count=5,
    documents=2,
    context="海关总署发布公告。",
    note="n",
)
OTHER = Concept(
    "国家海关总署",
    "China Customs Head Office",
    "CCHO",
    ("总署", "海关署"),
    ("Customs office", "General administration of customs"),
    ("GACC", "Custom House"),
    "",
    "candidate",
    "text",
    0.5,
    count=3,
    documents=3,
    context="国家海关总署表示。",
    note="m",
)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    store = open_workspace(tmp_path / "w.db")
    with store.session() as opened:
        yield opened
    store.close()


def at(session: Session, source: str) -> TermAt:
    row = session.scalars(select(ConceptRow).where(ConceptRow.source == source)).one()
    return TermAt(row.id, row.version)


def test_the_other_names_become_variants_and_what_is_forbidden_stays_out() -> None:
    made = fold(KEPT, OTHER)
    assert (made.source, made.target, made.acronym) == ("海关总署", "General Administration of Customs", "GACC")
    assert made.source_variants == ("总署", "国家海关总署", "海关署")
    assert made.target_variants == ("Customs Administration", "China Customs Head Office", "CCHO")
    assert made.forbidden == ("Customs Office", "Custom House")
    assert (made.count, made.documents, made.status, made.origin) == (8, 3, "approved", "person")
    assert (made.category, made.note, made.context) == ("agency", "n; m", KEPT.context)


def test_a_term_without_english_takes_the_other_one_unless_it_is_forbidden() -> None:
    made = fold(Concept("海关署", status="candidate", origin="text"), KEPT)
    assert (made.target, made.origin, made.status) == (KEPT.target, "person", "candidate")
    assert KEPT.target not in made.target_variants
    wary = Concept("海关署", forbidden=(KEPT.target,), status="candidate")
    assert fold(wary, KEPT).target == "" and KEPT.target not in fold(wary, KEPT).accepted


_forms = st.lists(st.sampled_from(["A", "b", "a", "B", "C", "海", "关"]), max_size=3).map(tuple)
_concepts = st.builds(
    Concept,
    source=st.sampled_from(["海", "关", "总"]),
    target=st.sampled_from(["", "A", "B"]),
    acronym=st.sampled_from(["", "C"]),
    source_variants=_forms,
    target_variants=_forms,
    forbidden=_forms,
)


@given(_concepts, _concepts)
def test_nothing_is_both_right_and_wrong_and_no_chinese_name_is_lost(kept: Concept, other: Concept) -> None:
    made = fold(kept, other)
    wrong = {form.lower() for form in made.forbidden}
    assert not wrong & {form.lower() for form in (made.target, *made.target_variants) if form and form != kept.target}
    assert {*kept.sources, *other.sources} <= set(made.sources)
    assert len(set(made.sources)) == len(made.sources)


def test_a_merge_is_one_change_keeps_evidence_and_can_be_taken_back(session: Session) -> None:
    add_concept(session, KEPT)
    add_concept(session, OTHER)
    add_concept(session, Concept("世界海关组织", "World Customs Organization"))
    before = load_concepts(session)
    number = fold_terms(session, at(session, "海关总署"), at(session, "国家海关总署"))
    assert [concept.source for concept in load_concepts(session)] == ["海关总署", "世界海关组织"]
    row = concept_row(session, at(session, "海关总署").id)
    assert row is not None and row.version == 2 and row.decided
    assert sorted(seen.sentence for seen in row.evidence) == sorted([KEPT.context, OTHER.context])
    [latest, *_] = history(session)
    assert (latest.number, latest.action, len(latest.changes)) == (number, "merge", 2)
    undo(session, number)
    assert {c.source: c for c in load_concepts(session)} == {c.source: c for c in before}
    assert session.scalars(select(EvidenceRow.sentence).where(EvidenceRow.sentence == OTHER.context)).all()


def test_a_merge_of_what_was_changed_meanwhile_is_refused(session: Session) -> None:
    add_concept(session, KEPT)
    add_concept(session, OTHER)
    add_concept(session, Concept("总局", "Office", scope="a document"))
    kept, other = at(session, "海关总署"), at(session, "国家海关总署")
    with pytest.raises(StaleError, match="Somebody else"):
        fold_terms(session, kept, TermAt(other.id, other.version + 1))
    with pytest.raises(StaleError, match="same documents"):
        fold_terms(session, kept, at(session, "总局"))
    with pytest.raises(StaleError, match="same documents"):
        fold_terms(session, kept, kept)
    assert len(load_concepts(session)) == 3
