"""The Review page over a real workspace: what it shows, saves, refuses, and brings back."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from sqlalchemy import select
from streamlit.testing.v1 import AppTest

from app.presence import COOKIE
from storage import Workspace
from storage.models import CommentRow, RevisionRow
from storage.people import this_person
from tests.app.conftest import Browser
from tests.app.test_pages import at_document, document_id, english, opened, shown
from translate.memory.store import remember
from translate.memory.unit import Unit
from translate.store import save_person, segments_at


@pytest.fixture
def document(store: Workspace) -> int:
    return document_id(store)


def at(root: Path, **params: str | int) -> AppTest:
    """The Review page at an address."""
    app = AppTest.from_file(str(root / "app" / "main.py"), default_timeout=20)
    app.run()
    app.switch_page("screens/review.py")
    for name, value in params.items():
        app.query_params[name] = str(value)
    app.run()
    assert not app.exception
    return app


def press(app: AppTest, key: str) -> AppTest:
    app.button(key).click()
    app.run()
    assert not app.exception
    return app


def by_machine(store: Workspace, document: int, position: int) -> tuple[int, str]:
    """Id of a segment, and its English."""
    with store.session() as session:
        row = segments_at(session, document, [position])[0]
        assert row.translation is not None
        return row.id, row.translation.target


def test_an_edit_is_saved_with_its_proof_and_its_history(root: Path, store: Workspace, document: int) -> None:
    app = at_document(opened(root, "review"), document)
    before = english(store, document, 0)
    text = before.target + " Reviewed."
    app.text_area[0].set_value(text)
    app.run()
    assert "Not saved" in shown(app)
    press(app, "act_save")
    after = english(store, document, 0)
    assert (after.target, after.state, after.version) == (text, "edited", before.version + 1)
    with store.session() as session:
        row = segments_at(session, document, [0])[0].translation
        assert row is not None and row.occurrences
        assert all(text[o.target_start : o.target_end] == o.found for o in row.occurrences)
        kept = session.execute(select(RevisionRow.target, RevisionRow.state, RevisionRow.who).order_by(RevisionRow.id))
        assert kept.all() == [(before.target, "machine", "machine"), (text, "edited", this_person().name)]
    app.segmented_control("beside").set_value("history")
    app.run()
    assert "Reviewed.</ins>" in shown(app)
    restore = next(button for button in app.button if (button.key or "").startswith("restore_"))
    press(app, str(restore.key))
    assert english(store, document, 0).target == before.target


def test_an_error_holds_back_confirmation_unless_a_reason_is_given(root: Path, store: Workspace, document: int) -> None:
    app = at_document(opened(root, "review"), document)
    app.text_area[0].set_value("Nothing of the sort.")
    press(app, "act_confirm")
    assert "Not confirmed" in app.warning[0].value
    assert english(store, document, 0).state == "machine"
    assert app.text_area[0].value == "Nothing of the sort."
    note = next(box for box in app.text_input if (box.key or "").startswith("note_"))
    note.set_value("The client wants no names here")
    press(app, "act_confirm")
    after = english(store, document, 0)
    assert (after.state, after.target) == ("confirmed", "Nothing of the sort.")
    assert any(flag["severity"] == "error" for flag in after.flags)
    assert app.session_state["review_at"] == (document, 1)
    with store.session() as session:
        assert "The client wants no names here" in session.scalars(select(RevisionRow.note)).all()


def test_typed_text_survives_going_elsewhere_and_a_new_session(root: Path, store: Workspace, document: int) -> None:
    app = at_document(opened(root, "review"), document)
    app.text_area[0].set_value("A draft.")
    press(app, "act_next")
    assert app.text_area[0].value != "A draft."
    assert "Not saved" in shown(app)
    press(app, "act_previous")
    assert app.text_area[0].value == "A draft."
    again = at(root, document=document)
    assert again.text_area[0].value == "A draft."
    assert english(store, document, 0).state == "machine"


def while_another_saves(root: Path, store: Workspace, document: int) -> AppTest:
    """The Review page at the first sentence, whose English somebody else has saved since it was drawn."""
    app = at_document(opened(root, "review"), document)
    with store.session() as session:
        row = segments_at(session, document, [0])[0]
        assert row.translation is not None
        save_person(session, row.id, row.translation.version, "Theirs.", "edited", (), ())
    return app


def test_two_reviewers_are_both_shown_their_text(root: Path, store: Workspace, document: int) -> None:
    app = while_another_saves(root, store, document)
    app.text_area[0].set_value("Mine.")
    press(app, "act_save")
    assert "Mine." in shown(app) and "Theirs." in shown(app)
    assert english(store, document, 0).target == "Theirs."
    press(app, "keep_mine")
    assert app.text_area[0].value == "Mine."
    press(app, "act_save")
    assert english(store, document, 0).target == "Mine."


def test_english_that_nobody_typed_is_no_text_of_mine(root: Path, store: Workspace, document: int) -> None:
    app = while_another_saves(root, store, document)
    press(app, "act_save")
    assert "Somebody else" in app.warning[0].value
    assert app.text_area[0].value == "Theirs." and english(store, document, 0).target == "Theirs."


def test_a_locked_sentence_is_changed_by_nobody(root: Path, store: Workspace, document: int) -> None:
    segment, _ = by_machine(store, document, 0)
    app = press(at(root, document=document), "act_lock")
    assert english(store, document, 0).state == "locked"
    assert app.text_area[0].disabled and app.button("act_confirm").disabled
    with store.session() as session, pytest.raises(Exception, match="locked"):
        save_person(session, segment, 2, "Other", "edited", (), ())
    press(app, "act_lock")
    assert english(store, document, 0).state == "confirmed" and not app.text_area[0].disabled


def test_the_chinese_is_copied_into_the_box(root: Path, store: Workspace, document: int) -> None:
    app = press(at(root, document=document), "act_copy")
    assert app.text_area[0].value.startswith("2021年10月12日")
    assert english(store, document, 0).state == "machine"


def test_the_address_filters_and_a_filter_can_be_taken_off(root: Path, store: Workspace, document: int) -> None:
    with store.session() as session:
        rows = segments_at(session, document, [3, 7])
        rows[0].translation.flags = [{"check": "numbers", "severity": "warning", "text": "12"}]  # type: ignore[union-attr]
        rows[1].translation.state = "edited"  # type: ignore[union-attr]
    assert at(root, flag="numbers").session_state["review_at"] == (document, 3)
    app = at(root, state="edited")
    assert app.session_state["review_at"] == (document, 7)
    assert app.selectbox("document_choice").value == 0 and app.selectbox("review_state").value == "edited"
    app.selectbox("review_state").set_value("confirmed")
    app.run()
    assert "No sentence fits" in app.info[0].value
    app = at(root, document=document, flag="numbers", concept="国际原子能机构")
    press(app, "without_concept")
    assert [button.key for button in app.button if (button.key or "").startswith("without_")] == ["without_flag"]
    assert app.session_state["review_at"] == (document, 3)


def test_an_address_that_makes_no_sense_shows_something(root: Path, store: Workspace, document: int) -> None:
    for params in (
        {"document": "999999"},
        {"document": "x" * 50, "sentence": "-3"},
        {"sentence": "9" * 8},
        {"state": "<b>"},
    ):
        app = at(root, **params)
        assert "review_at" in app.session_state, params
    assert at(root, text="%_' OR 1=1 --").info[0].value.startswith("No sentence fits")


def test_repeats_take_the_english(root: Path, store: Workspace, tmp_path: Path) -> None:
    from app.intake import take_files

    pages = tmp_path / "repeats.txt"
    pages.write_text("海关总署发布公告。\n会议在维也纳举行。\n海关总署发布公告。\n", encoding="utf-8")
    take_files(store, [str(pages)], lambda text, share: None)
    document = document_id(store, "repeats")
    app = at(root, document=document)
    assert any("**1** other sentence" in text.value for text in app.markdown)
    app.text_area[0].set_value("General Administration of Customs issued an announcement.")
    press(app, "act_save")
    press(app, "propagate")
    other = english(store, document, 2)
    assert (other.target, other.state) == ("General Administration of Customs issued an announcement.", "edited")


def test_comments_are_made_and_settled(root: Path, store: Workspace, document: int) -> None:
    app = at(root, document=document)
    app.segmented_control("beside").set_value("comments")
    app.run()
    box = next(area for area in app.text_area if (area.key or "").startswith("comment_"))
    box.set_value("Is <b>this</b> right?")
    press(app, "add_comment")
    assert "Is &lt;b&gt;this&lt;/b&gt; right?" in shown(app)
    assert at(root, state="commented").session_state["review_at"] == (document, 0)
    with store.session() as session:
        number = session.scalars(select(CommentRow.id)).one()
    press(app, f"settle_comment_{number}")
    assert "No sentence fits" in at(root, state="commented").info[0].value


def test_a_reader_reads_and_writes_nothing(
    root: Path, store: Workspace, document: int, people: dict[str, str], browser: Browser
) -> None:
    browser.cookies[COOKIE] = people["reader"]
    app = at(root, document=document)
    assert app.text_area[0].disabled
    assert all(app.button(key).disabled for key in ("act_confirm", "act_save", "act_lock", "act_copy"))
    assert not [b for b in app.button if b.key in ("add_name", "find_replace")]
    browser.cookies[COOKIE] = people["reviewer"]
    app = at(root, document=document)
    assert not app.text_area[0].disabled and not [b for b in app.button if b.key == "add_name"]
    press(app, "act_lock")
    with store.session() as session:
        assert (
            session.scalars(select(RevisionRow.who).order_by(RevisionRow.id.desc())).first() == "reviewer@example.org"
        )


def test_the_memory_stands_beside(root: Path, store: Workspace, document: int) -> None:
    before = segment_source(store, document, 5)
    other = before.replace("。", "！")
    with store.session() as session:
        remember(session, [Unit(other, "A translation of another time.", "confirmed", document="Old & new")])
    app = at(root, document=document, sentence=6)
    for _ in range(100):
        if "A translation of another time." in shown(app):
            break
        time.sleep(0.05)
        app.run()
    page = shown(app)
    assert "A translation of another time." in page and "Old &amp; new" in page
    assert '<del class="d">！</del><ins class="d">。</ins>' in page


def segment_source(store: Workspace, document: int, position: int) -> str:
    with store.session() as session:
        return segments_at(session, document, [position])[0].source
