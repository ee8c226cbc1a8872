"""Conflicts: each is found, said in a sentence, settled once, and then holds its peace."""

from __future__ import annotations

import pytest

from glossary import Concept
from glossary.authority import authority
from glossary.checking import beyond_limits, check
from glossary.settling import NotInConflictError, resolve, settle_beside, settled_beside
from glossary.store import history, load_concepts, open_conflicts, settle, sync_concepts, undo
from storage import open_workspace

A = Concept("海关总署", "General Administration of Customs")
CASES = {
    "two names": [A, Concept("中华人民共和国海关总署", "Chinese Customs")],
    "alias": [A, Concept("中国海关", "China Customs", source_variants=("海关总署",))],
    "one name for two": [A, Concept("中国海关", "General administration of customs")],
    "forbidden": [A, Concept("中国海关", "China Customs", forbidden=("General Administration of Customs",))],
    "cycle": [
        Concept("甲局", "A", source_variants=("乙局",)),
        Concept("乙局", "B", source_variants=("丙局",)),
        Concept("丙局", "C", source_variants=("甲局",)),
    ],
    "fault": [Concept("甲局", "A", forbidden=("a",))],
}


@pytest.mark.parametrize("kind", CASES)
def test_each_kind_is_found_and_named(kind):
    found = [conflict for conflict in check([*CASES[kind], Concept("无关", "Other")]) if conflict.kind == kind]
    assert len(found) == 1
    assert all(concept.source in str(found[0]) for concept in CASES[kind])
    assert "Other" not in str(found[0])


def test_two_rows_for_one_name_are_two_names():
    [conflict] = check([A, Concept("海关总署", "Customs")])
    assert str(conflict) == (
        "海关总署: stands 2 times, with two names, Customs and General Administration of Customs; keep one row."
    )


def test_rejected_and_scoped_names_contradict_nobody():
    assert check([A, Concept("中国海关", A.target, status="rejected")]) == []
    assert check([A, Concept("海关", A.target, scope="d1"), Concept("海关", A.target, scope="d2")]) == []


def test_the_authority_file_contradicts_itself_nowhere():
    assert [str(conflict) for conflict in check(authority())] == []


@pytest.mark.parametrize("kind", [kind for kind in CASES if kind != "fault"])
def test_keeping_one_side_ends_the_conflict(kind):
    concepts = CASES[kind]
    [conflict] = [c for c in check(concepts) if c.kind == kind]
    for side in conflict.concepts:
        after = resolve(concepts, conflict, side.source)
        assert [c.kind for c in check(after) if c.kind == kind] == []
        kept = next(c for c in after if c.source == side.source)
        assert kept.target == side.target
    assert resolve(concepts, conflict, conflict.concepts[0].target) == resolve(
        concepts, conflict, conflict.concepts[0].source
    )
    with pytest.raises(NotInConflictError, match="is no side of this conflict"):
        resolve(concepts, conflict, "别的")


def test_the_loser_of_a_name_becomes_a_candidate():
    [conflict] = check(CASES["one name for two"])
    after = resolve(CASES["one name for two"], conflict, "海关总署")
    assert (after[1].target, after[1].status) == ("", "candidate")


def test_a_settlement_is_remembered_until_the_names_change():
    concepts = CASES["one name for two"]
    [conflict] = check(concepts)
    assert check(concepts, {conflict.id}) == []
    changed = [concepts[0], Concept("中国海关总局", A.target)]
    assert len(check(changed, {conflict.id})) == 1


def test_settlements_beside_a_file(tmp_path):
    path = tmp_path / "g.csv"
    assert settled_beside(path) == set()
    [first] = check(CASES["one name for two"])
    [second] = check(CASES["fault"])
    for conflict in (first, second):
        settle_beside(path, conflict, "", "translator")
    assert settled_beside(path) == {first.id, second.id}
    assert "translator" in (tmp_path / "g.csv.settled.csv").read_text(encoding="utf-8-sig")


def test_settling_in_a_workspace_is_a_change_that_can_be_undone(tmp_path):
    store = open_workspace(tmp_path / "w.db")
    with store.session() as session:
        sync_concepts(session, CASES["one name for two"])
        [conflict] = open_conflicts(session)
        settle(session, conflict, keep="海关总署", who="translator")
        assert open_conflicts(session) == []
        assert [c.target for c in load_concepts(session)] == [A.target, ""]
        latest = history(session)[0]
        assert (latest.who, latest.action) == ("translator", "settle")
        # Taken back, the names stand again as they were, and the conflict stays settled.
        undo(session)
        assert [c.target for c in load_concepts(session)] == [c.target for c in CASES["one name for two"]]
        assert open_conflicts(session) == []
    store.close()


def test_limits_of_other_systems_are_told_beforehand():
    found = list(beyond_limits([Concept("核", "x" * 300)]))
    assert [system for system, _ in found] == ["amazon"]
    assert "at most 200 bytes" in found[0][1]
