"""Home without a browser: figures and where they lead, the first steps, and files that come in or are refused."""

from __future__ import annotations

import threading
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import select
from streamlit.testing.v1 import AppTest

from app import add_documents, intake
from app.intake import Upload, take_uploads
from app.intake_run import Intakes
from app.overview import overview, stamp
from app.settings import Settings, save_settings
from documents.store import list_documents, remove_document
from storage import Person, Workspace, open_workspace
from storage.models import SegmentRow, TranslationRow
from tests.app.test_pages import document_id, opened, shown
from translate.store import save_person, segments_at


def links(app: AppTest) -> dict[str, str]:
    """Links of the page and where they lead, by what they say."""
    found = app.get("page_link")
    return {link.proto.label: f"{link.proto.page}?{link.proto.query_string}" for link in found}


def until_done(app: AppTest) -> AppTest:
    """Run the page until the files are in."""
    for thread in threading.enumerate():
        if thread.name == "Intake":
            thread.join(60)
    return app.run()


@pytest.fixture
def new(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ZHENGMING_WORKSPACE", str(tmp_path / "new.db"))
    return tmp_path / "new.db"


def test_home_counts_what_is_there_and_leads_to_it(root: Path, store: Workspace) -> None:
    app = opened(root, "home")
    values = {metric.label: metric.value for metric in app.metric}
    assert values["Documents"] == "3"
    assert int(values["Names to decide"]) > 0
    assert app.button("next_step").label == "Decide on names"
    found = links(app)
    [machine] = [where for said, where in found.items() if said.endswith(" by machine")]
    assert machine == "review?state=machine"
    assert found["Marked by a check, or damaged"] == "review?state=check"


def test_the_figures_follow_every_change(store: Workspace) -> None:
    with store.session() as session:
        before, was = overview(session), stamp(session)
    document = document_id(store)
    with store.session() as session:
        row = segments_at(session, document, [0])[0]
        save_person(session, row.id, row.translation.version, "Mine.", "confirmed", (), ())  # type: ignore[union-attr]
    with store.session() as session:
        after, now = overview(session), stamp(session)
        counted = len(session.scalars(select(SegmentRow.id)).all())
        open_damage = (
            select(SegmentRow.id).join(TranslationRow).where(SegmentRow.damage > 0, TranslationRow.state != "confirmed")
        )
        assert after.damaged == len(session.scalars(open_damage).all())
    assert now != was
    assert (after.settled, after.states["machine"]) == (before.settled + 1, before.states["machine"] - 1)
    assert after.sentences == before.sentences == counted
    with store.session() as session:
        remove_document(session, document)
    with store.session() as session:
        gone = overview(session)
        assert stamp(session) != now
    assert (gone.documents, gone.settled) == (before.documents - 1, before.settled)


def test_the_first_steps_are_ticked_off_and_vanish(root: Path, store: Workspace) -> None:
    def steps(app: AppTest) -> list[bool]:
        told = [
            m.value
            for m in app.markdown
            if "**Add documents**" in m.value or "**Settle the names**" in m.value or "**Read the English**" in m.value
        ]
        return ["check_circle" in value for value in told]

    assert steps(opened(root, "home")) == [True, False, False]
    with store.session() as session:
        row = segments_at(session, document_id(store), [0])[0]
        save_person(session, row.id, row.translation.version, "Mine.", "confirmed", (), ())  # type: ignore[union-attr]
    assert steps(opened(root, "home")) == []


def test_an_empty_workspace_says_how_to_begin(root: Path, new: Path) -> None:
    app = opened(root, "home")
    assert any("sample documents" in button.label for button in app.button)
    for page in ("documents", "review"):
        assert "no documents yet" in opened(root, page).info[0].value
    assert opened(root, "glossary").success or opened(root, "glossary").info


def test_the_sample_documents_are_one_click_away(root: Path, new: Path) -> None:
    with closing(open_workspace(new)) as store, store.session() as session:
        save_settings(session, Settings(engine="gloss"))
    app = opened(root, "home")
    app.button("samples").click()
    app.run(timeout=60)
    app = until_done(app)
    assert not app.exception
    assert {metric.label: metric.value for metric in app.metric}["Documents"] == "5"
    assert "5 files taken in" in app.success[0].value and "sentences translated" in app.success[0].value
    assert shown(app).count('class="taken"') == 5
    app.button("intake_seen").click()
    app.run()
    assert not app.success


def test_who_may_not_add_names_is_told_so(root: Path, store: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(add_documents, "person", lambda: Person("r", "reviewer"))
    app = opened(root, "home")
    assert "role of a terminologist" in " ".join(info.value for info in app.info)
    assert not app.get("file_uploader")


def test_each_file_is_reported_by_itself(new: Path) -> None:
    store = open_workspace(new)
    text = "海关总署与国际原子能机构签署协议。国家核安全局表示欢迎。".encode()
    uploads = [
        Upload("news.txt", text),
        Upload("\u202etxt.exe.txt", "海关总署发布公告。".encode("gb18030")),
        Upload("CON.txt", "海关总署发布公告。".encode()),
        Upload("empty.txt", b" \n"),
        Upload("letter.docx", b"PK\x03\x04"),
        Upload("noise.txt", bytes(range(256)) * 40),
        Upload("renamed.txt", b"%PDF-1.7 \xe2\xe3"),
    ]
    report = take_uploads(store, uploads, lambda text, share: None)
    assert [(file.file, file.translated, file.present, file.missing) for file in report.taken] == [
        ("news.txt", 2, 0, 0),
        ("\u202etxt.exe.txt", 1, 0, 0),
        ("CON.txt", 1, 0, 0),
    ]
    assert {file.file for file in report.refused} == {"empty.txt", "letter.docx", "noise.txt", "renamed.txt"}
    assert not report.failures
    with store.reading() as session:
        assert {name for _, name, _ in list_documents(session)} == {"news", "_txt.exe", "_CON"}
    again = take_uploads(store, uploads[:1], lambda text, share: None)
    assert [(file.translated, file.present) for file in again.taken] == [(0, 2)]
    store.close()


def test_of_a_table_only_the_named_columns_are_taken(new: Path) -> None:
    store = open_workspace(new)
    uploads = [
        Upload("rows.csv", "编号,标题\n甲,海关公告\n".encode()),
        Upload("other.csv", "编号,正文\n乙,海关公告\n".encode()),
        Upload("news.txt", "海关总署发布公告。".encode()),
    ]
    report = take_uploads(store, uploads, lambda text, share: None, ["标题"])
    assert [(file.file, file.translated) for file in report.taken] == [("rows.csv", 1), ("news.txt", 1)]
    assert [file.reason for file in report.refused] == ["has no column 标题; it has 编号, 正文."]
    store.close()


def test_what_is_done_stays_when_a_person_stops(new: Path) -> None:
    store = open_workspace(new)
    uploads = [Upload(f"{n}.txt", f"海关总署第{n}次发布公告。".encode()) for n in range(3)]
    seen: list[str] = []

    def tell(doing: str, share: float) -> None:
        seen.append(doing)
        if seen.count("Reading and cleaning") == 3:
            raise intake.StoppedError

    report = take_uploads(store, uploads, tell)
    assert report.stopped
    assert [(file.file, bool(file.document_id)) for file in report.files] == [
        ("0.txt", True),
        ("1.txt", False),
        ("2.txt", False),
    ]
    assert report.refused[0].reason.startswith("was not reached")
    with store.reading() as session:
        assert [name for _, name, _ in list_documents(session)] == ["0"]
    again = take_uploads(store, uploads, lambda text, share: None)
    assert len(again.taken) == 3
    store.close()


def test_a_run_is_stopped_seen_and_forgotten() -> None:
    going, told = threading.Event(), threading.Event()

    def job(tell: intake.Tell) -> intake.IntakeReport:
        told.set()
        going.wait(10)
        try:
            tell("x", 0.5)
        except intake.StoppedError:
            return intake.IntakeReport(stopped=True)
        return intake.IntakeReport()

    runs = Intakes()
    run = runs.start("me", job)
    assert runs.start("me", job) is run and runs.start("you", job) is not run
    told.wait(10)
    runs.forget("me")
    assert runs.of("me") is run, "one at work is not forgotten"
    run.stop()
    going.set()
    run.wait(10)
    assert (run.state, run.report) == ("ended", intake.IntakeReport(stopped=True))
    runs.forget("me")
    assert runs.of("me") is None


def test_a_run_that_breaks_says_so() -> None:
    def job(tell: intake.Tell) -> intake.IntakeReport:
        raise ValueError("secret text of a document")

    run = Intakes().start("me", job)
    run.wait(10)
    assert not run.active and "broke off (ValueError)" in run.error and "secret" not in run.error
