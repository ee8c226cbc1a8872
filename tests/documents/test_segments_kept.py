"""Segments in the workspace follow the clean text: rows of sentences that stand again stay, whatever moves around them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, event, select

from documents import split_segments
from documents.damage import DamageMap
from documents.edits import CleanText, Edit, read_clean, write_ledger
from documents.segments import new_segments, update_segments
from storage import Workspace, open_workspace
from storage.models import DocumentRow, SegmentRow, TranslationRow

SENTENCES = ["甲。", "乙乙。", "丙丙丙。", "丁\ufffd。", "甲。\n", "戊戊。\n\n"]
TEXTS = st.lists(st.sampled_from(SENTENCES), max_size=9).map("".join)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    opened = open_workspace(tmp_path_factory.mktemp("segments") / "w.db")
    yield opened
    opened.close()


def rows_of(session, document: int) -> list[SegmentRow]:
    query = select(SegmentRow).where(SegmentRow.document_id == document).order_by(SegmentRow.position)
    return list(session.scalars(query))


def facts(text: str) -> list[tuple[object, ...]]:
    damage = DamageMap(CleanText(text, text))
    return [
        (s.index, s.paragraph, s.start, s.end, s.text, damage.of(s.start, s.end).score) for s in split_segments(text)
    ]


@settings(max_examples=120)
@given(before=TEXTS, after=TEXTS)
@example(before="甲。甲。甲。甲。乙乙。乙乙。", after="甲。甲。甲。乙乙。甲。乙乙。")
def test_segments_are_those_of_the_new_text(store: Workspace, before: str, after: str) -> None:
    with store.session() as session:
        row = DocumentRow(name="d", path="", sha256="", encoding="", raw="", clean="", ledger="")
        session.add(row)
        session.flush()
        new_segments(session, row.id, split_segments(before), DamageMap(CleanText(before, before)))
        old = rows_of(session, row.id)
        for segment in old:
            session.add(TranslationRow(segment_id=segment.id, target=segment.source, engine="", request=""))
        session.flush()
        had = Counter(segment.source for segment in old)
        session.expunge_all()
        update_segments(session, row.id, split_segments(after), DamageMap(CleanText(after, after)))
        found = rows_of(session, row.id)
        assert [(s.position, s.paragraph, s.start, s.end, s.source, s.damage) for s in found] == facts(after)
        kept = [segment for segment in found if segment.translation is not None]
        assert all(segment.translation.target == segment.source for segment in kept)
        has = Counter(segment.source for segment in found)
        assert Counter(segment.source for segment in kept) == had & has, "a sentence that stands again keeps its row"
        session.execute(delete(DocumentRow))


def test_only_what_changes_is_written(store: Workspace) -> None:
    before = "".join(f"第{number}句话。\n" for number in range(300))
    after = before.replace("第7句话", "第七句长话")
    with store.session() as session:
        row = DocumentRow(name="long", path="", sha256="", encoding="", raw="", clean="", ledger="")
        session.add(row)
        session.flush()
        new_segments(session, row.id, split_segments(before), DamageMap(CleanText(before, before)))
        statements = []

        def told(state) -> None:
            statements.append(state)

        event.listen(session, "do_orm_execute", told)
        update_segments(session, row.id, split_segments(after), DamageMap(CleanText(after, after)))
        assert len(statements) < 6
        assert [s.start for s in rows_of(session, row.id)] == [s.start for s in split_segments(after)]


def test_a_ledger_gives_back_the_clean_text() -> None:
    clean = CleanText("ab", "b", (Edit(0, 1, "", "junk", "x"),), (Edit(1, 2, "c", "typo", "y", 0.5, False),))
    assert read_clean("ab", "b", write_ledger(clean)) == clean
    assert read_clean("ab", "ab", "") == CleanText("ab", "ab")
