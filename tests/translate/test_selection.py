"""Segments chosen by state, flag, name and text, walked through in a window; replaced, repeated, brought in line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from glossary import Concept
from glossary.store import change_concepts
from storage import Workspace, open_workspace
from storage.models import DocumentRow, RevisionRow, SegmentRow
from translate.batch import refresh_holding, run_batch
from translate.comments import comment, comments_on, count_open_comments, settle_comment
from translate.engines import get_engine
from translate.memory.lookup import MemoryLookup
from translate.memory.store import remember
from translate.memory.unit import Unit
from translate.replacing import Wanted, affected, split
from translate.selection import (
    SegmentFilter,
    Spot,
    count,
    count_repeats,
    repeats,
    segments_before,
    segments_from,
    spot_after,
    spot_before,
    stamp,
)
from translate.store import LockedError, revisions_of, save_person

CUSTOMS = Concept(
    "海关总署", "General Administration of Customs", category="agency", status="approved", origin="authority"
)
TEXTS = {
    "a": "海关总署发布公告。\n会议在北京举行。\n海关总署发布公告。\n",
    "b": "双方签署协议。\n海关总署检查了货物。\n项目100%_完成。\n",
}


def made(location: str, tmp_path: Path) -> Workspace:
    for name, text in TEXTS.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    workspace = open_workspace(location)
    run_batch(workspace, [str(tmp_path / "*.txt")], [CUSTOMS], get_engine("gloss"), tmp_path / "out", ())
    return workspace


@pytest.fixture(params=["sqlite", "postgresql"])
def workspace(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Workspace]:
    """Two documents of three sentences each, on either database."""
    on_sqlite = request.param == "sqlite"
    location = str(tmp_path / "w.db") if on_sqlite else request.getfixturevalue("postgresql")
    opened = made(location, tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Workspace]:
    opened = made(str(tmp_path / "w.db"), tmp_path)
    yield opened
    opened.close()


def spots(workspace: Workspace, wanted: SegmentFilter) -> list[tuple[str, int]]:
    """Everything the filter lets through: document and position."""
    with workspace.reading() as session:
        names = {row.id: row.name for row in session.execute(select(DocumentRow.id, DocumentRow.name))}
        rows = segments_from(session, wanted, Spot(0, 0), 100)
        assert count(session, wanted) == len(rows)
        return [(names[row.document_id], row.position) for row in rows]


def save(workspace: Workspace, document: str, position: int, target: str, state: str) -> int:
    with workspace.session() as session:
        query = (
            select(SegmentRow).join(DocumentRow).where(DocumentRow.name == document, SegmentRow.position == position)
        )
        row = session.scalars(query).one()
        version = row.translation.version if row.translation else 0
        save_person(session, row.id, version, target, state, (), ())
        return row.id


def test_filters_let_through_what_they_say(workspace: Workspace) -> None:
    save(workspace, "a", 1, "The meeting was held in BEIJING.", "edited")
    save(workspace, "b", 0, "Both sides signed.", "confirmed")
    save(workspace, "b", 1, "Locked 100%_done.", "locked")
    everything = [(name, position) for name in "ab" for position in range(3)]
    assert spots(workspace, SegmentFilter()) == everything
    assert spots(workspace, SegmentFilter(state="edited")) == [("a", 1)]
    assert spots(workspace, SegmentFilter(state="open")) == [("a", 0), ("a", 1), ("a", 2), ("b", 2)]
    assert spots(workspace, SegmentFilter(state="machine")) == [("a", 0), ("a", 2), ("b", 2)]
    assert spots(workspace, SegmentFilter(concept="海关总署", state="machine")) == [("a", 0), ("a", 2)]
    assert spots(workspace, SegmentFilter(text="beijing")) == [("a", 1)]
    assert spots(workspace, SegmentFilter(text="100%_")) == [("b", 1), ("b", 2)]
    assert spots(workspace, SegmentFilter(text="a' OR 1=1")) == []
    assert spots(workspace, SegmentFilter(flag="no%such")) == []
    assert spots(workspace, SegmentFilter(outcome="unresolved")) == []


def test_flags_and_comments_are_filters_too(workspace: Workspace) -> None:
    with workspace.session() as session:
        row = session.scalars(select(SegmentRow).order_by(SegmentRow.id)).first()
        assert row is not None and row.translation is not None
        row.translation.flags = [{"check": "numbers", "severity": "warning", "text": "12 is missing"}]
        comment(session, row.id, "Which year?")
    assert spots(workspace, SegmentFilter(flag="numbers")) == [("a", 0)]
    assert spots(workspace, SegmentFilter(state="check")) == [("a", 0)]
    assert spots(workspace, SegmentFilter(state="commented")) == [("a", 0)]
    with workspace.session() as session:
        [said] = comments_on(session, row.id)
        settle_comment(session, said.id, True)
        assert count_open_comments(session, row.id) == 0
    assert spots(workspace, SegmentFilter(state="commented")) == []


def test_a_walk_forwards_and_back_meets_every_segment(workspace: Workspace) -> None:
    with workspace.reading() as session:
        at: Spot | None = Spot(0, -1)
        met = []
        while at is not None and (at := spot_after(session, SegmentFilter(), at)):
            met.append(at)
        assert len(met) == 6 and met == sorted(met)
        assert spot_before(session, SegmentFilter(), met[3]) == met[2]
        assert spot_after(session, SegmentFilter(), met[0], 4) == met[4]
        assert spot_after(session, SegmentFilter(), met[0], 6) is None
        above = segments_before(session, SegmentFilter(), met[3], 2)
        assert [Spot(row.document_id, row.position) for row in above] == met[1:3]


def test_the_stamp_tells_of_every_change(small: Workspace) -> None:
    seen = set()
    for state in ("edited", "confirmed", "locked"):
        save(small, "a", 1, "One.", state)
        with small.reading() as session:
            seen.add(stamp(session))
    assert len(seen) == 3


def test_history_begins_with_the_machine_and_misses_nothing(small: Workspace) -> None:
    number = save(small, "a", 1, "One.", "edited")
    save(small, "a", 1, "Two.", "confirmed")
    save(small, "a", 1, "Two.", "locked")
    with small.reading() as session:
        kept = [(row.target, row.state, row.version) for row in revisions_of(session, number)]
    assert [item[0] for item in kept][:3] == ["Two.", "Two.", "One."]
    assert [item[1] for item in kept] == ["locked", "confirmed", "edited", "machine"]
    assert [item[2] for item in kept] == [4, 3, 2, 1]
    with pytest.raises(LockedError):
        save(small, "a", 1, "Three.", "edited")
    with small.reading() as session:
        assert len(session.scalars(select(RevisionRow)).all()) == 4


def test_repeats_are_the_open_ones_of_the_same_chinese(small: Workspace) -> None:
    with small.reading() as session:
        rows = segments_from(session, SegmentFilter(), Spot(0, 0), 3)
        assert [row.position for row in repeats(session, rows[0])] == [2]
    save(small, "a", 2, "Taken.", "edited")
    with small.reading() as session:
        assert count_repeats(session, rows[0]) == 0


def test_only_sentences_that_hold_the_name_are_asked_again(small: Workspace) -> None:
    with small.session() as session:
        changed = Concept("海关总署", "China Customs", category="agency", status="approved", origin="person")
        change_concepts(session, "edit", lambda here: [changed])
    save(small, "b", 1, "The customs inspected the goods.", "confirmed")
    report = refresh_holding(small, get_engine("gloss"), ["海关总署"])
    assert not report.failures
    with small.reading() as session:
        english = {
            (row.document_id, row.position): row.translation.target
            for row in segments_from(session, SegmentFilter(), Spot(0, 0), 10)
            if row.translation
        }
    assert sum("China Customs" in text for text in english.values()) == 2
    assert "The customs inspected the goods." in english.values()
    assert refresh_holding(small, get_engine("gloss"), ["海关总署"]).translated == 0
    assert refresh_holding(small, get_engine("gloss"), ["没有此名"]).documents == []


@given(st.text("ab .(", max_size=30), st.text("ab.(", min_size=1, max_size=4), st.text("xy\\1", max_size=3))
def test_replacing_is_that_of_plain_text(text: str, find: str, replacement: str) -> None:
    assert Wanted(find, replacement).replaced(text) == text.replace(find, replacement)
    places = Wanted(find, replacement).places(text)
    assert len(places) == text.count(find) and all(text[a:b] == find for a, b in places)


def test_whole_words_and_capitals() -> None:
    wanted = Wanted("port", "harbour", match_case=False, whole_words=True)
    assert wanted.replaced("Port of export, the port's report.") == "harbour of export, the harbour's report."
    assert Wanted("(IAEA)", "", whole_words=True).replaced("Agency(IAEA)s") == "Agencys"


def test_affected_segments_are_found_and_locked_ones_told_apart(workspace: Workspace) -> None:
    save(workspace, "a", 1, "A quorum.", "edited")
    save(workspace, "b", 0, "A Quorum.", "confirmed")
    save(workspace, "b", 2, "A quorum.", "locked")
    with workspace.reading() as session:
        rows, locked = split(list(affected(session, SegmentFilter(), Wanted("quorum", "meeting"))))
        assert [row.position for row in rows] == [1] and [row.position for row in locked] == [2]
        rows, _ = split(list(affected(session, SegmentFilter(), Wanted("quorum", "meeting", match_case=False))))
        assert len(rows) == 2
        assert not list(affected(session, SegmentFilter(), Wanted("", "x")))


def test_the_memory_finds_what_is_alike_also_what_came_later(small: Workspace) -> None:
    lookup = MemoryLookup(small)
    asked = "海关总署昨天发布公告。"
    with small.reading() as session:
        assert lookup.find(session, asked, "", 0.6, 5) == []
    while not lookup.ready:
        pass
    with small.reading() as session:
        [match] = lookup.find(session, asked, "", 0.6, 5)
    assert match.unit.source == "海关总署发布公告。" and 0.6 <= match.score < 1
    assert "".join(change.new for change in match.changes) == asked
    with small.session() as session:
        remember(session, [Unit("海关总署昨日发布公告。", "Yesterday.", "confirmed")])
    with small.reading() as session:
        best = lookup.find(session, asked, "", 0.6, 5)[0]
    assert best.unit.target == "Yesterday."
