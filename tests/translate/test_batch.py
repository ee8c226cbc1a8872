"""The batch: goes on where it was, never overwrites a person, re-translates only what a change touches."""

from __future__ import annotations

import csv
import io
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from glossary import Concept, Glossary
from glossary.store import decide, load_concepts
from storage import StaleError, open_workspace
from storage.models import ConceptRow, DocumentRow, JobRow, OccurrenceRow, SegmentRow, TranslationRow
from translate import translate
from translate.batch import count_outdated, refresh, run_batch
from translate.engines.base import Engine, EngineError
from translate.store import save_person

AGENCY = Concept("国际原子能机构", "International Atomic Energy Agency", "IAEA")
CUSTOMS = Concept("海关总署", "General Administration of Customs")
TEXT = "国际原子能机构访华。\n海关总署表示欢迎。\n双方会谈。"


class Counting(Engine):
    """Echoes hints in English, counts what it is asked, and breaks when told to."""

    name = "counting"
    title = "Counting"
    description = "for tests"
    strategies = ("hint",)

    def __init__(self):
        self.asked: list[str] = []
        self.breaks_on = ""
        self.interrupts_on = ""

    def translate(self, texts):
        for text in texts:
            if self.interrupts_on and self.interrupts_on in text:
                raise KeyboardInterrupt
            if self.breaks_on and self.breaks_on in text:
                raise EngineError("Counting: broke.")
        self.asked.extend(texts)
        return ["".join(c for c in text if c.isascii()) + " said." for text in texts]


@pytest.fixture
def work(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(TEXT, encoding="utf-8")
    workspace = open_workspace(tmp_path / "w.db")
    yield tmp_path, workspace
    workspace.close()


def batch(work, engine, concepts=(AGENCY, CUSTOMS), formats=("csv",)):
    path, workspace = work
    return run_batch(workspace, [str(path / "in")], concepts, engine, path / "out", formats)


def rows_of(path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))


def test_every_occurrence_has_its_ledger_row_in_file_and_workspace(work):
    report = batch(work, Counting())
    ledger = rows_of(work[0] / "out" / "term_ledger.csv")
    assert [(row["source_text"], row["found"], row["outcome"]) for row in ledger] == [
        ("国际原子能机构", "International Atomic Energy Agency", "hinted"),
        ("海关总署", "General Administration of Customs", "hinted"),
    ]
    with work[1].session() as session:
        assert session.query(OccurrenceRow).count() == sum(report.outcomes.values()) == 2
        assert session.scalars(select(JobRow.state)).all() == ["done"]


def test_a_second_run_asks_nothing_and_writes_the_same_bytes(work):
    engine = Counting()
    batch(work, engine)
    first = {path.name: path.read_bytes() for path in (work[0] / "out").iterdir()}
    asked = len(engine.asked)
    report = batch(work, engine)
    assert (len(engine.asked), report.reused, report.translated) == (asked, 3, 0)
    assert {path.name: path.read_bytes() for path in (work[0] / "out").iterdir()} == first


def test_a_changed_term_re_translates_only_the_segments_that_hold_it(work):
    engine = Counting()
    batch(work, engine)
    engine.asked.clear()
    batch(work, engine, (AGENCY, Concept("海关总署", "GACC")))
    assert engine.asked == [" GACC 表示欢迎。".strip()]


def test_what_was_stopped_goes_on_where_it_was(work):
    lines = [f"第{n}句话。" for n in range(100)]
    (work[0] / "in" / "a.txt").write_text("\n".join(lines), encoding="utf-8")
    engine = Counting()
    engine.interrupts_on = "第80句"
    with pytest.raises(KeyboardInterrupt):
        batch(work, engine)
    done = len(engine.asked)
    assert 0 < done < 100
    with work[1].session() as session:
        assert session.scalars(select(JobRow.state)).all() == ["stopped"]
    engine.interrupts_on = ""
    report = batch(work, engine)
    assert (report.reused, len(engine.asked)) == (done, 100)


def test_a_failing_segment_is_named_and_tried_again_next_time(work):
    engine = Counting()
    engine.breaks_on = "会谈"
    report = batch(work, engine)
    assert report.failures == ["a, segment 3: Counting: broke."]
    assert [row["state"] for row in rows_of(work[0] / "out" / "a.csv")] == ["machine", "machine", "failed"]
    assert "not translated yet" in rows_of(work[0] / "out" / "a.csv")[2]["flags"]
    engine.breaks_on = ""
    assert batch(work, engine).failures == []


def test_bad_inputs_are_named_and_the_others_done(work):
    (work[0] / "in" / "bad.txt").write_bytes(bytes(range(256)) * 8)
    (work[0] / "in" / "empty.txt").write_bytes(b"\n\n")
    report = batch(work, Counting())
    assert [document.name for document in report.documents] == ["a"]
    assert len(report.failures) == 2


def _segment(session, position: int) -> SegmentRow:
    return session.scalars(select(SegmentRow).where(SegmentRow.position == position)).one()


def test_a_persons_english_is_never_overwritten_also_when_the_document_changes(work):
    batch(work, Counting())
    with work[1].session() as session:
        segment = _segment(session, 2)
        save_person(session, segment.id, segment.translation.version, "The two sides held talks.", "confirmed", (), ())
    (work[0] / "in" / "a.txt").write_text("新的一句。\n" + TEXT, encoding="utf-8")
    batch(work, Counting())
    with work[1].session() as session:
        assert session.query(SegmentRow).count() == 4
        translation = _segment(session, 3).translation
        assert (translation.target, translation.state) == ("The two sides held talks.", "confirmed")
    assert rows_of(work[0] / "out" / "a.csv")[3]["target"] == "The two sides held talks."


def test_the_second_of_two_reviewers_is_told(work):
    batch(work, Counting())
    with work[1].session() as session:
        segment = _segment(session, 0)
        version = segment.translation.version
        save_person(session, segment.id, version, "First.", "edited", (), ())
    with pytest.raises(StaleError, match="Somebody else"), work[1].session() as session:
        save_person(session, segment.id, version, "Second.", "edited", (), ())
    with work[1].session() as session:
        assert session.scalars(select(TranslationRow.target).where(TranslationRow.state == "edited")).all() == [
            "First."
        ]


def test_a_person_may_write_while_the_engine_works(work):
    batch(work, Counting())

    class Slow(Counting):
        def translate(self, texts):
            with work[1].session() as session:
                segment = _segment(session, 2)
                save_person(session, segment.id, segment.translation.version, "Talks.", "confirmed", (), ())
            return super().translate(texts)

    batch(work, Slow(), (AGENCY, Concept("海关总署", "GACC")))
    assert [row["target"].split() for row in rows_of(work[0] / "out" / "a.csv")][1:] == [["GACC", "said."], ["Talks."]]


def test_many_writers_at_once_are_told_or_served_never_lost(work):
    batch(work, Counting())

    def write(number: int) -> str:
        other = open_workspace(work[0] / "w.db")
        try:
            with other.session() as session:
                segment = _segment(session, 0)
                save_person(session, segment.id, segment.translation.version, f"Text {number}", "edited", (), ())
        finally:
            other.close()
        return f"Text {number}"

    with ThreadPoolExecutor(8) as pool:
        written = list(pool.map(write, range(24)))
    with work[1].session() as session:
        translation = _segment(session, 0).translation
        assert translation.target in written
        assert translation.version == 1 + 24


def test_what_a_person_decided_about_a_term_outlives_the_next_import(work):
    batch(work, Counting())
    with work[1].session() as session:
        row = session.scalars(select(ConceptRow).where(ConceptRow.source == "海关总署")).one()
        decide(session, row.id, row.version, Concept("海关总署", "China Customs HQ"))
    report = batch(work, Counting())
    assert report.notes == [f"1 terms keep what was decided about them in the workspace {work[1].location}."]
    with work[1].session() as session:
        assert {c.source: c.target for c in load_concepts(session)}["海关总署"] == "China Customs HQ"
    assert "China Customs HQ" in (work[0] / "out" / "a.csv").read_text(encoding="utf-8-sig")


def test_terms_that_left_the_glossary_leave_the_workspace(work):
    batch(work, Counting())
    report = batch(work, Counting(), (AGENCY,))
    assert report.notes == [
        f"1 terms that are not in this glossary were taken out of the workspace {work[1].location}."
    ]
    with work[1].session() as session:
        assert [concept.source for concept in load_concepts(session)] == ["国际原子能机构"]
        assert session.query(OccurrenceRow).count() == 1


def test_two_files_of_one_name_are_two_documents(work):
    (work[0] / "other").mkdir()
    (work[0] / "other" / "a.txt").write_text("另一份文件。", encoding="utf-8")
    path, workspace = work
    for folder in ("in", "other", "in"):
        run_batch(workspace, [str(path / folder)], (AGENCY,), Counting(), path / "out", ["csv"])
    with workspace.session() as session:
        assert sorted(session.scalars(select(DocumentRow.name))) == ["a", "a-2"]


def test_an_output_that_cannot_be_written_is_named(work):
    (work[0] / "out").write_text("a file where the directory should be", encoding="utf-8")
    report = batch(work, Counting())
    assert all("cannot be written" in failure for failure in report.failures)
    assert report.failures


def test_names_are_written_in_the_style_of_the_document(work):
    lines = [f"{number}国际原子能机构访华。" for number in "甲乙丙"]
    (work[0] / "in" / "a.txt").write_text("\n".join(lines), encoding="utf-8")
    path, workspace = work

    def english(style):
        run_batch(workspace, [str(path / "in")], (AGENCY,), Counting(), path / "out", ("csv",), style=style)
        return [" ".join(row["target"].split()) for row in rows_of(path / "out" / "a.csv")]

    full = "International Atomic Energy Agency"
    assert english("full") == [f"{full} said."] * 3
    assert english("first-full") == [f"{full} (IAEA) said.", "IAEA said.", "IAEA said."]
    assert english("acronym") == ["IAEA said."] * 3


def test_equal_sentences_are_asked_once_however_their_names_are_to_be_written():
    engine = Counting()
    done = translate(["国际原子能机构访华。"] * 3, engine, Glossary((AGENCY,)), style="first-full")
    assert [" ".join(one.text.split()) for one in done][1:] == ["IAEA said."] * 2
    assert len(engine.asked) == 1


def test_one_concept_under_two_names_in_a_document_is_flagged(work):
    (work[0] / "in" / "a.txt").write_text("甲海关总署。\n乙海关总署。\n丙海关总署。", encoding="utf-8")

    class Varied(Counting):
        def translate(self, texts):
            return ["China Customs said." if "丙" in t else "General Administration of Customs said." for t in texts]

    varied = Concept("海关总署", "General Administration of Customs", target_variants=("China Customs",))
    batch(work, Varied(), (varied,))
    flags = [row["flags"] for row in rows_of(work[0] / "out" / "a.csv")]
    assert [("China Customs here and General Administration of Customs elsewhere" in f) for f in flags] == [
        False,
        False,
        True,
    ]


def test_a_refresh_keeps_the_style_of_names_that_the_batch_had(work):
    (work[0] / "in" / "a.txt").write_text("甲国际原子能机构访华。\n乙国际原子能机构访华。", encoding="utf-8")
    path, workspace = work
    engine = Counting()
    run_batch(workspace, [str(path / "in")], (AGENCY,), engine, path / "out", ("csv",), style="acronym")
    asked = len(engine.asked)
    with workspace.session() as session:
        [document] = session.scalars(select(DocumentRow.id))
        assert count_outdated(session, document, Glossary(tuple(load_concepts(session))), engine) == 0
    refresh(workspace, engine)
    assert len(engine.asked) == asked
